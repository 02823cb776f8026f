package org.bpmnmlops.decision;

import camundajar.impl.scala.Product;
import camundajar.impl.scala.collection.Iterable;
import camundajar.impl.scala.collection.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.feel.api.EvaluationFailure;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.EveryItem;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.For;
import org.camunda.feel.syntaxtree.FunctionDefinition;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.PositionalFunctionParameters;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.SomeItem;

/**
 * What stands in a table's cells, in FEEL. The engine parses a cell when a run gets to it, and
 * counts an unknown name as null; here both are found before.
 */
final class Cell {

  /** The parser calls itself for every bracket. */
  private static final int DEEPEST = 10;

  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";
  private static final int LONGEST = 500;

  /** Their answers can outgrow the memory, or take for ever. */
  private static final Set<String> BY_PATTERN = Set.of("extract", "matches", "replace", "split");

  /** Those that take a number of digits. */
  private static final Pattern ROUNDING = Pattern.compile("decimal|round .*|floor|ceiling");

  private static final int MOST_DIGITS = 100;
  private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();

  /** A cell that cannot be used, in words that follow the name of its column. */
  static final class UnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }

  private final ParsedExpression expression;
  private final boolean condition;
  private final Set<String> names = new LinkedHashSet<>();

  private Cell(ParseResult parsed, String text, boolean condition) throws UnusableException {
    if (parsed.isFailure()) {
      throw new UnusableException(
          "`%s` is no FEEL: %s".formatted(text, parsed.failure().message().replace("\n", " ")));
    }
    this.expression = parsed.parsedExpression();
    this.condition = condition;
    if (collect(expression)) {
      throw new UnusableException(
          "`%s` has a loop, a pattern, a function of its own, or rounds to more than %d digits;"
                  .formatted(text, MOST_DIGITS)
              + " expected comparisons and sums");
    }
  }

  /** A condition on a column, such as {@code >= 1000}. */
  static Cell condition(String text) throws UnusableException {
    return new Cell(FEEL.parseUnaryTests(checked(text)), text, true);
  }

  /** An expression, such as {@code "promote"}. */
  static Cell expression(String text) throws UnusableException {
    return new Cell(FEEL.parseExpression(checked(text)), text, false);
  }

  /** The facts a cell looks at; none where it is not usable. */
  static Set<String> namesIn(String text, boolean condition) {
    try {
      return (condition ? condition(text) : expression(text)).names;
    } catch (UnusableException e) {
      return Set.of();
    }
  }

  /** The facts it looks at besides its column's. */
  Set<String> names() {
    return names;
  }

  /**
   * Its value on some facts; null too where it has none.
   *
   * @param input of the cell's column
   */
  Object value(Object input, Map<String, Object> facts) {
    EvaluationResult result = evaluate(input, facts);
    return result.isFailure() ? null : result.result();
  }

  /** What the engine would pass over in silence on these facts: the first thing. */
  Optional<String> fault(Object input, Map<String, Object> facts, boolean typesAreKnown) {
    EvaluationResult result = evaluate(input, facts);
    if (result.isFailure()) {
      return Optional.of(result.failure().message());
    }
    Iterator<EvaluationFailure> faults = result.suppressedFailures().iterator();
    while (faults.hasNext()) {
      EvaluationFailure fault = faults.next();
      switch (fault.failureType().toString()) {
        case "FUNCTION_INVOCATION_FAILURE", "NO_VARIABLE_FOUND" -> {}
        case "NO_FUNCTION_FOUND" -> {
          return Optional.of(fault.failureMessage());
        }
        default -> {
          if (typesAreKnown) {
            return Optional.of(fault.failureMessage());
          }
        }
      }
    }
    return Optional.empty();
  }

  private EvaluationResult evaluate(Object input, Map<String, Object> facts) {
    return condition
        ? FEEL.evaluateWithInput(expression, input, facts)
        : FEEL.evaluate(expression, facts);
  }

  private static String checked(String text) throws UnusableException {
    if (text.length() > LONGEST) {
      throw new UnusableException(
          "has %d characters; expected at most %d".formatted(text.length(), LONGEST));
    }
    int depth = 0;
    for (char c : text.toCharArray()) {
      depth += OPENING.indexOf(c) >= 0 ? 1 : CLOSING.indexOf(c) >= 0 ? -1 : 0;
      if (depth > DEEPEST) {
        throw new UnusableException(
            "has more than %d brackets inside each other".formatted(DEEPEST));
      }
    }
    return text;
  }

  /** Collects names; true where there is what might not come to an end. */
  private boolean collect(Object node) {
    if (node instanceof For
        || node instanceof SomeItem
        || node instanceof EveryItem
        || node instanceof FunctionDefinition) {
      return true;
    }
    if (node instanceof FunctionInvocation call
        && (BY_PATTERN.contains(call.function()) || roundsToMany(call))) {
      return true;
    }
    if (node instanceof Ref ref) {
      names.add(ref.names().head());
      return false;
    }
    boolean found = false;
    if (node instanceof Iterable<?> list) {
      for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
        found |= collect(each.next());
      }
    } else if (node instanceof Product product) {
      for (int i = 0; i < product.productArity(); i++) {
        found |= collect(product.productElement(i));
      }
    }
    return found;
  }

  /** Whether a second argument is no number, or a large one. */
  private static boolean roundsToMany(FunctionInvocation call) {
    if (!ROUNDING.matcher(call.function()).matches()) {
      return false;
    }
    if (!(call.params() instanceof PositionalFunctionParameters positional)) {
      return true;
    }
    Iterator<Exp> arguments = positional.params().iterator();
    for (int i = 0; arguments.hasNext(); i++) {
      Exp argument = arguments.next();
      if (i > 0
          && !(argument instanceof ConstNumber digits
              && Math.abs(digits.value().toDouble()) <= MOST_DIGITS)) {
        return true;
      }
    }
    return false;
  }
}
