package org.bpmnmlops.data;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the champion's rows a retraining learns from again.
 *
 * @param rows the newest so many; null for any number
 * @param days those known for at most so many days; null for any age
 */
public record ReferenceWindow(Integer rows, Integer days) {

  /** How a window is written. */
  public static final Pattern TEXT = Pattern.compile("all|(\\d{1,9}) (rows|days)");

  /**
   * @param text {@code all}, {@code 5000 rows} or {@code 90 days}
   * @throws IllegalArgumentException when it is something else
   */
  public static ReferenceWindow parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no window; expected all, or such as 5000 rows or 90 days".formatted(text));
    }
    if (matcher.group(1) == null) {
      return new ReferenceWindow(null, null);
    }
    int number = Integer.parseInt(matcher.group(1));
    return matcher.group(2).equals("rows")
        ? new ReferenceWindow(number, null)
        : new ReferenceWindow(null, number);
  }

  /**
   * Whether a row belongs.
   *
   * @param row its place, from 0; later rows are newer
   * @param of rows in all
   */
  boolean holds(int row, int of, Instant known, Instant now) {
    return (rows == null || row >= of - rows)
        && (days == null || !known.isBefore(now.minus(Duration.ofDays(days))));
  }
}
