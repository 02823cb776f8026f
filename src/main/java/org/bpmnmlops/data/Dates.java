package org.bpmnmlops.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as data sets write them: {@code 2016-03-27}, {@code 2016/03/27}, {@code
 * 27.03.2016}, {@code 03/27/2016}, each with a time of day if wanted.
 */
final class Dates {

  private static final String TIME =
      "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?(?: ?(?:Z|UTC|([-+])(\\d{2}):?(\\d{2})))?)?";
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + TIME);
  private static final Pattern DAY_DOT_MONTH =
      Pattern.compile("(\\d{1,2})(\\.)(\\d{1,2})\\.(\\d{4})" + TIME);
  private static final Pattern SLASHES =
      Pattern.compile("(\\d{1,2})([/-])(\\d{1,2})\\2(\\d{4})" + TIME);
  private static final int FIRST_TIME_GROUP = 5;
  private static final int SECONDS_A_DAY = 86_400;

  private Dates() {}

  static boolean isDate(String text) {
    Matcher slashes = SLASHES.matcher(text);
    if (slashes.matches()) {
      int one = number(slashes, 1);
      int other = number(slashes, 3);
      return one >= 1 && other >= 1 && Math.min(one, other) <= 12 && Math.max(one, other) <= 31;
    }
    return !Double.isNaN(days(text));
  }

  /**
   * Days since 1970-01-01 UTC, with the time of day as a fraction; a time without a zone is taken
   * for UTC. NaN where the text is no date, or one that leaves open which part is the month.
   */
  static double days(String text) {
    Matcher matcher = YEAR_FIRST.matcher(text);
    boolean yearFirst = matcher.matches();
    if (!yearFirst) {
      matcher = DAY_DOT_MONTH.matcher(text);
      if (!matcher.matches()) {
        return Double.NaN;
      }
    }
    try {
      LocalDate date =
          yearFirst
              ? LocalDate.of(number(matcher, 1), number(matcher, 3), number(matcher, 4))
              : LocalDate.of(number(matcher, 4), number(matcher, 3), number(matcher, 1));
      return date.toEpochDay() + (double) secondsOfDay(matcher) / SECONDS_A_DAY;
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  private static int secondsOfDay(Matcher matcher) {
    int hour = number(matcher, FIRST_TIME_GROUP);
    int minute = number(matcher, FIRST_TIME_GROUP + 1);
    int second = number(matcher, FIRST_TIME_GROUP + 2);
    if (hour > 24 || minute > 59 || second > 60) {
      throw new DateTimeException("No time of day: " + matcher.group());
    }
    int offset =
        60 * (60 * number(matcher, FIRST_TIME_GROUP + 4) + number(matcher, FIRST_TIME_GROUP + 5));
    int sign = "-".equals(matcher.group(FIRST_TIME_GROUP + 3)) ? 1 : -1;
    return 3600 * hour + 60 * minute + second + sign * offset;
  }

  private static int number(Matcher matcher, int group) {
    String text = matcher.group(group);
    return text == null ? 0 : Integer.parseInt(text);
  }
}
