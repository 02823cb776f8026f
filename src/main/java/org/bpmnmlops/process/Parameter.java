package org.bpmnmlops.process;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * A setting of a step: a property of the process in the diagram, or a start variable of the same
 * name, which wins. Immutable; the methods that narrow it return a new one.
 *
 * @param <T> {@code String}, {@code Long}, {@code Double} or {@code Boolean}: what the variable
 *     holds
 */
public final class Parameter<T> {

  /**
   * How the value is entered and checked. Durations are ISO 8601 text, dates {@code yyyy-MM-dd}.
   */
  public enum Kind {
    TEXT,
    CHOICE,
    WHOLE_NUMBER,
    NUMBER,
    YES_OR_NO,
    DURATION,
    DATE
  }

  /** What the engine's text variables hold. */
  private static final int LONGEST_TEXT = 4000;

  /** Longer waits lead to dates that not every database holds. */
  private static final Duration LONGEST_DURATION = Duration.ofDays(366);

  private static final int LAST_YEAR = 9999;

  private final ProcessVariable<T> variable;
  private final Kind kind;
  private final Function<String, T> parser;
  private final T defaultValue;
  private final boolean required;
  private final T min;
  private final T max;
  private final List<String> choices;
  private final Pattern shape;
  private final String wanted;

  private Parameter(
      ProcessVariable<T> variable,
      Kind kind,
      Function<String, T> parser,
      T defaultValue,
      boolean required,
      T min,
      T max,
      List<String> choices,
      Pattern shape,
      String wanted) {
    this.variable = variable;
    this.kind = kind;
    this.parser = parser;
    this.defaultValue = defaultValue;
    this.required = required;
    this.min = min;
    this.max = max;
    this.choices = choices;
    this.shape = shape;
    this.wanted = wanted;
  }

  private static <T> Parameter<T> of(
      ProcessVariable<T> variable, Kind kind, Function<String, T> parser) {
    return new Parameter<>(variable, kind, parser, null, false, null, null, List.of(), null, null);
  }

  public static Parameter<String> text(String name, String help) {
    return of(ProcessVariable.text(name, help), Kind.TEXT, Function.identity());
  }

  public static Parameter<String> choice(String name, List<String> choices, String help) {
    return new Parameter<>(
        ProcessVariable.text(name, help),
        Kind.CHOICE,
        Function.identity(),
        null,
        false,
        null,
        null,
        List.copyOf(choices),
        null,
        null);
  }

  /**
   * Text with a form of its own.
   *
   * @param check gives the text to use, or throws an {@link IllegalArgumentException}
   * @param wanted what a user may enter, in words
   */
  public static Parameter<String> text(
      String name, String help, UnaryOperator<String> check, String wanted) {
    return new Parameter<>(
        ProcessVariable.text(name, help),
        Kind.TEXT,
        check,
        null,
        false,
        null,
        null,
        List.of(),
        null,
        wanted);
  }

  /**
   * Text that a regular expression describes, which a form can check while somebody types.
   *
   * @param shape of the whole text; forms read it as JavaScript
   * @param wanted what a user may enter, in words
   */
  public static Parameter<String> text(String name, String help, Pattern shape, String wanted) {
    return new Parameter<>(
        ProcessVariable.text(name, help),
        Kind.TEXT,
        Function.identity(),
        null,
        false,
        null,
        null,
        List.of(),
        shape,
        wanted);
  }

  public static Parameter<Long> wholeNumber(String name, String help) {
    return of(ProcessVariable.wholeNumber(name, help), Kind.WHOLE_NUMBER, Long::valueOf);
  }

  public static Parameter<Double> number(String name, String help) {
    return of(ProcessVariable.number(name, help), Kind.NUMBER, Parameter::parseNumber);
  }

  public static Parameter<Boolean> yesOrNo(String name, String help) {
    return of(ProcessVariable.yesOrNo(name, help), Kind.YES_OR_NO, Parameter::parseYesOrNo);
  }

  /**
   * An ISO 8601 duration such as {@code PT5M}, up to 366 days; kept as text because the engine's
   * timers read it.
   */
  public static Parameter<String> duration(String name, String help) {
    return of(ProcessVariable.text(name, help), Kind.DURATION, Parameter::parseDuration);
  }

  /** A day such as {@code 2026-11-22}, kept as text. */
  public static Parameter<String> date(String name, String help) {
    return of(ProcessVariable.text(name, help), Kind.DATE, Parameter::parseDate);
  }

  /** The value used where neither the diagram nor the start names one. */
  public Parameter<T> byDefault(T value) {
    return new Parameter<>(
        variable, kind, parser, value, required, min, max, choices, shape, wanted);
  }

  /** A run cannot start without a value. */
  public Parameter<T> mandatory() {
    return new Parameter<>(
        variable, kind, parser, defaultValue, true, min, max, choices, shape, wanted);
  }

  /** Both ends belong to the range. */
  public Parameter<T> between(T lowest, T highest) {
    return new Parameter<>(
        variable, kind, parser, defaultValue, required, lowest, highest, choices, shape, wanted);
  }

  /**
   * The same parameter in a process where one value alone makes sense.
   *
   * @param why, and what to do, in words
   */
  public Parameter<T> only(T value, String why) {
    return new Parameter<>(
        variable,
        kind,
        parser,
        value,
        required,
        value,
        value,
        choices,
        shape,
        "%s: %s".formatted(value, why));
  }

  public String name() {
    return variable.name();
  }

  public String help() {
    return variable.help();
  }

  public Kind kind() {
    return kind;
  }

  public boolean required() {
    return required;
  }

  public Optional<T> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  public Optional<T> min() {
    return Optional.ofNullable(min);
  }

  public Optional<T> max() {
    return Optional.ofNullable(max);
  }

  /** The values a {@link Kind#CHOICE} accepts; empty for the other kinds. */
  public List<String> choices() {
    return choices;
  }

  /** The regular expression of the whole text, where the parameter has one of its own. */
  public Optional<Pattern> shape() {
    return Optional.ofNullable(shape);
  }

  /**
   * The value of this run, typed and checked again, because variables can be changed over REST
   * while a run goes on.
   *
   * @throws InvalidParameterException when the value is missing or cannot be used
   */
  public T get(VariableScope scope) {
    return find(scope)
        .orElseThrow(
            () -> new InvalidParameterException("Parameter '%s' is not set".formatted(name())));
  }

  /** Like {@link #get}, for a parameter that may be left empty. */
  public Optional<T> find(VariableScope scope) {
    Object raw = RecordedParameters.value(scope, name());
    return raw == null ? defaultValue() : check(raw);
  }

  /**
   * Types and checks a value as it comes from the diagram (text) or from a start (any JSON type).
   * Blank text counts as not set and gives the default.
   *
   * @return the value to use; empty where an optional parameter is not set
   * @throws InvalidParameterException when it cannot be used
   */
  public Optional<T> check(Object raw) {
    String text = raw == null ? "" : raw.toString().strip();
    if (text.isEmpty()) {
      if (required && defaultValue == null) {
        throw new InvalidParameterException(
            "Parameter '%s' is not set; expected %s".formatted(name(), expected()));
      }
      return defaultValue();
    }
    if (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
      throw new InvalidParameterException(
          "Parameter '%s' has %d characters; expected %s of at most %d characters, none of them NUL"
              .formatted(name(), text.length(), expected(), LONGEST_TEXT));
    }
    T value = parse(text);
    if (outOfRange(value)
        || (!choices.isEmpty() && !choices.contains(text))
        || (shape != null && !shape.matcher(text).matches())) {
      throw unusable(text);
    }
    return Optional.of(value);
  }

  /** What a user may enter, in words: "a number from 0.05 to 0.5". */
  public String expected() {
    if (wanted != null) {
      return wanted;
    }
    String what =
        switch (kind) {
          case TEXT -> "text";
          case CHOICE -> "one of " + String.join(", ", choices);
          case WHOLE_NUMBER -> "a whole number";
          case NUMBER -> "a number";
          case YES_OR_NO -> "true or false";
          case DURATION -> "a duration such as PT5M, at most P366D";
          case DATE -> "a date such as 2026-11-22";
        };
    if (min != null && max != null) {
      return "%s from %s to %s".formatted(what, plain(min), plain(max));
    }
    return what;
  }

  /** 0.000001 and 1000000, as somebody would type it. */
  private static String plain(Object bound) {
    return new BigDecimal(bound.toString()).stripTrailingZeros().toPlainString();
  }

  private T parse(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw unusable(text);
    }
  }

  @SuppressWarnings("unchecked")
  private boolean outOfRange(T value) {
    if (!(value instanceof Comparable<?> comparable)) {
      return false;
    }
    Comparable<T> ordered = (Comparable<T>) comparable;
    return (min != null && ordered.compareTo(min) < 0)
        || (max != null && ordered.compareTo(max) > 0);
  }

  private InvalidParameterException unusable(String text) {
    return new InvalidParameterException(
        "Parameter '%s' is '%s'; expected %s".formatted(name(), text, expected()));
  }

  private static Double parseNumber(String text) {
    double value = Double.parseDouble(text);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Boolean parseYesOrNo(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static String parseDuration(String text) {
    Duration duration = Duration.parse(text);
    if (duration.isNegative() || duration.compareTo(LONGEST_DURATION) > 0) {
      throw new IllegalArgumentException(text);
    }
    // The engine's timers do not read every spelling that Java does, such as pt5m.
    return duration.toString();
  }

  private static String parseDate(String text) {
    LocalDate date = LocalDate.parse(text);
    if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException(text);
    }
    return date.toString();
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(name(), expected());
  }
}
