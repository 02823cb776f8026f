package org.bpmnmlops.modeler;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpmnmlops.modeler.ElementTemplate.Binding;
import org.bpmnmlops.modeler.ElementTemplate.Choice;
import org.bpmnmlops.modeler.ElementTemplate.Constraints;
import org.bpmnmlops.modeler.ElementTemplate.Field;
import org.bpmnmlops.modeler.ElementTemplate.Pattern;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.Parameter.Kind;

/** The field in which a parameter is entered. */
final class ParameterField {

  private static final Choice NOT_SET = new Choice("(not set)", "");

  private ParameterField() {}

  static Field of(Parameter<?> parameter, String group) {
    boolean choice = parameter.kind() == Kind.CHOICE || parameter.kind() == Kind.YES_OR_NO;
    return new Field(
        parameter.name(),
        description(parameter),
        choice ? "Dropdown" : "String",
        parameter.defaultValue().map(ParameterField::text).orElse(choice ? "" : null),
        choice ? choices(parameter) : null,
        constraints(parameter),
        group,
        Binding.parameter(parameter.name()));
  }

  private static String description(Parameter<?> parameter) {
    return parameter.kind() == Kind.TEXT || parameter.kind() == Kind.CHOICE
        ? parameter.help()
        : "%s Expects %s.".formatted(parameter.help(), parameter.expected());
  }

  private static List<Choice> choices(Parameter<?> parameter) {
    List<Choice> choices = new ArrayList<>();
    if (parameter.defaultValue().isEmpty() && !parameter.required()) {
      choices.add(NOT_SET);
    }
    Stream<String> values =
        parameter.kind() == Kind.YES_OR_NO
            ? Stream.of("true", "false")
            : parameter.choices().stream();
    values.forEach(value -> choices.add(new Choice(value, value)));
    return choices;
  }

  private static Constraints constraints(Parameter<?> parameter) {
    boolean needed = parameter.required() && parameter.defaultValue().isEmpty();
    Optional<Pattern> pattern =
        parameter
            .shape()
            .map(java.util.regex.Pattern::pattern)
            .or(() -> shape(parameter.kind()))
            .map(
                shape ->
                    new Pattern(
                        needed ? "^(%s)$".formatted(shape) : "^(%s)?$".formatted(shape),
                        "Expects %s".formatted(parameter.expected())));
    return needed || pattern.isPresent()
        ? new Constraints(needed ? true : null, pattern.orElse(null))
        : null;
  }

  /** What can be told from the text alone; ranges are checked at deployment. */
  private static Optional<String> shape(Kind kind) {
    return switch (kind) {
      case WHOLE_NUMBER -> Optional.of("-?\\d+");
      case NUMBER -> Optional.of("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
      case DURATION -> Optional.of("P(?=.)(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?");
      case DATE -> Optional.of("\\d{4}-\\d{2}-\\d{2}");
      case TEXT, CHOICE, YES_OR_NO -> Optional.empty();
    };
  }

  /** A number as somebody would type it: 1, not 1.0. */
  private static String text(Object value) {
    return value instanceof Double number
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : value.toString();
  }
}
