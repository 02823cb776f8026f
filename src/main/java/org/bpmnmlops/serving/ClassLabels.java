package org.bpmnmlops.serving;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Classes as JSON has them: one that is a number in the data set is a number in answers, and may
 * come back as {@code 1}, {@code 1.0} or {@code "1"}.
 */
final class ClassLabels {

  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,15})(\\.\\d{1,15})?");

  private ClassLabels() {}

  /** A number, a truth value or text. */
  static Object json(String label) {
    if (NUMBER.matcher(label).matches()) {
      return label.indexOf('.') < 0 ? (Object) Long.valueOf(label) : (Object) Double.valueOf(label);
    }
    return switch (label) {
      case "true" -> true;
      case "false" -> false;
      default -> label;
    };
  }

  /** The class that a JSON value means; empty when it is none of them. */
  static Optional<String> find(List<String> classes, Object value) {
    String text = String.valueOf(value).strip();
    if (value == null) {
      return Optional.empty();
    }
    if (classes.contains(text)) {
      return Optional.of(text);
    }
    return number(text)
        .flatMap(
            wanted ->
                classes.stream()
                    .filter(
                        name -> number(name).filter(it -> it.compareTo(wanted) == 0).isPresent())
                    .findFirst());
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return text.length() > 40 ? Optional.empty() : Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
