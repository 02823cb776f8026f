package org.bpmnmlops.decision;

import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.decision.DecisionTable.Column;
import org.bpmnmlops.decision.DecisionTable.Row;
import org.bpmnmlops.engine.Spelling;

/** Looks for cells of a table that the engine would stumble over, or pass over in silence. */
final class RuleCheck {

  private final DecisionTable table;
  private final ExampleFacts facts;
  private final List<String> findings = new ArrayList<>();

  private RuleCheck(DecisionTable table, ExampleFacts facts) {
    this.table = table;
    this.facts = facts;
  }

  /** Everything to change, each with rule and column. */
  static List<String> findings(DecisionTable table, ExampleFacts facts) {
    RuleCheck check = new RuleCheck(table, facts);
    for (int i = 0; i < table.rules().size(); i++) {
      Row rule = table.rules().get(i);
      check.check("rule " + (i + 1), rule);
    }
    return check.findings;
  }

  private void check(String name, Row rule) {
    if (rule.inputs().size() != table.inputs().size()
        || rule.outputs().size() != table.outputs().size()) {
      findings.add(
          "%s has %d conditions and %d outputs; expected %d and %d"
              .formatted(
                  name,
                  rule.inputs().size(),
                  rule.outputs().size(),
                  table.inputs().size(),
                  table.outputs().size()));
      return;
    }
    for (int i = 0; i < rule.inputs().size(); i++) {
      condition(new Place(name, table.inputs().get(i), rule.inputs().get(i)));
    }
    for (int i = 0; i < rule.outputs().size(); i++) {
      output(new Place(name, table.outputs().get(i), rule.outputs().get(i)));
    }
  }

  private void condition(Place place) {
    try {
      Cell cell = Cell.condition(place.text);
      if (hasKnownNames(place, cell)) {
        boolean typed = cell.names().stream().allMatch(facts::hasTypeOf);
        cell.fault(
                facts.of(place.column), facts.all(), typed && facts.hasTypeOf(place.column.name()))
            .ifPresent(place::report);
      }
    } catch (Cell.UnusableException e) {
      place.report(e.getMessage());
    }
  }

  private void output(Place place) {
    List<String> values = place.column.values();
    String expected =
        values == null
            ? "an expression, such as a text in quotation marks"
            : "one of \"%s\"".formatted(String.join("\", \"", values));
    if (place.text.isEmpty()) {
      place.report("there is nothing; expected " + expected);
      return;
    }
    try {
      Cell cell = Cell.expression(place.text);
      if (!hasKnownNames(place, cell)) {
        return;
      }
      boolean typed = cell.names().stream().allMatch(facts::hasTypeOf);
      var fault = cell.fault(null, facts.all(), typed);
      if (fault.isPresent()) {
        place.report(fault.get());
      } else if (values != null
          && cell.names().isEmpty()
          && !values.contains(cell.value(null, facts.all()))) {
        place.report("expected " + expected);
      }
    } catch (Cell.UnusableException e) {
      place.report(e.getMessage());
    }
  }

  private boolean hasKnownNames(Place place, Cell cell) {
    boolean allKnown = true;
    for (String name : cell.names()) {
      if (!facts.isKnown(name)) {
        allKnown = false;
        place.report(
            "there is no fact '%s'; %sa text stands in quotation marks"
                .formatted(
                    name,
                    Spelling.closest(name, facts.all().keySet())
                        .map(near -> "did you mean '%s'? Or: ".formatted(near))
                        .orElse("")));
      }
    }
    return allKnown;
  }

  /** A cell and where it stands. */
  private final class Place {

    private final String rule;
    private final Column column;
    private final String text;

    private Place(String rule, Column column, String text) {
      this.rule = rule;
      this.column = column;
      this.text = text;
    }

    private void report(String what) {
      findings.add("%s, %s: `%s`: %s".formatted(rule, column.words(), text, what));
    }
  }
}
