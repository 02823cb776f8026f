package org.bpmnmlops.wording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Numbers, moments and lists as people read them, whatever the language of the machine. A half is
 * rounded up, of the number as it is written: 0.15 becomes 0.2, though its double is a little less.
 * {@code report.js} does the same: a page must not say another number than its twin.
 */
public final class Words {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Pattern PERCENT = Pattern.compile("(?<=\\d) (?=%)");

  private static final int LONGEST = 80;

  private Words() {}

  /** {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** {@code 1 row}, {@code 2,000 rows}. */
  public static String count(long number, String one) {
    return count(number) + " " + (number == 1 ? one : one + "s");
  }

  /** {@code 12.5 %}; small shares keep a digit that is not 0. */
  public static String percent(double share) {
    if (share > 0 && share < 0.0001) {
      return "< 0.01 %";
    }
    if (share > 0.999 && share < 1) {
      return "> 99.9 %";
    }
    int decimals = share > 0 && share < 0.001 ? 4 : 3;
    return plain(rounded(share, decimals).movePointRight(2)) + " %";
  }

  /** Four significant digits; very large and very small numbers with a power of ten. */
  public static String number(double value) {
    return digits(value, 4);
  }

  /** Three decimals, as scores have them; {@code < 0.001} for less. */
  public static String score(double value) {
    if (value == 0) {
      return "0";
    }
    if (Math.abs(value) < 0.001) {
      return value > 0 ? "< 0.001" : "> -0.001";
    }
    return Math.abs(value) >= 10 ? digits(value, 4) : rounded(value, 3).toPlainString();
  }

  /** {@code +2.3 pp}: by how many per cent points a share became better or worse. */
  public static String points(double share) {
    BigDecimal points = rounded(share, 3).movePointRight(2);
    return (points.signum() > 0 ? "+" : "") + plain(points) + " pp";
  }

  /** Four decimals and always a sign: how much better or worse something became. */
  public static String change(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }

  private static String digits(double value, int digits) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    if (size >= 1e15 || size < 1e-4) {
      return String.format(Locale.ENGLISH, "%." + (digits - 1) + "e", new BigDecimal(value));
    }
    if (size >= 1000) {
      return String.format(Locale.ENGLISH, "%,d", Math.round(value));
    }
    BigDecimal written = BigDecimal.valueOf(value);
    return plain(rounded(value, digits - written.precision() + written.scale()));
  }

  /** In doubles, because JavaScript has no others. */
  private static BigDecimal rounded(double value, int decimals) {
    double shifted = BigDecimal.valueOf(Math.abs(value)).movePointRight(decimals).doubleValue();
    return BigDecimal.valueOf((long) Math.signum(value) * Math.round(shifted), decimals);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** HTML whose lines do not break between a number and its per cent sign. */
  public static String unbroken(String text) {
    return PERCENT.matcher(text).replaceAll("\u00a0");
  }

  /** For points of a chart, where more digits only take place. */
  public static Double sixDigits(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(6, RoundingMode.HALF_EVEN)).doubleValue()
        : null;
  }

  /**
   * Null for what is no number: sums of very large ones are infinite, and JSON knows no infinity.
   */
  public static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** So that a report stays small and readable whatever a cell holds. */
  public static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /** {@code 72 hours}, {@code 90 minutes}: in the largest unit of which it is a whole number. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 3600 == 0
        ? count(seconds / 3600, "hour")
        : seconds % 60 == 0 ? count(seconds / 60, "minute") : count(seconds, "second");
  }

  /** {@code 2026-11-25 12:00:00 UTC}. */
  public static String time(Instant moment) {
    return TIME.format(moment);
  }

  /**
   * {@code a, b and c}, or {@code a, b and 7 more}.
   *
   * @param most named before the rest is counted; one name is as short as "1 more"
   */
  public static String list(List<String> names, int most) {
    if (names.size() <= 1) {
      return String.join("", names);
    }
    boolean all = names.size() <= most + 1;
    int shown = all ? names.size() - 1 : most;
    String last = all ? names.get(shown) : count(names.size() - shown) + " more";
    return String.join(", ", names.subList(0, shown)) + " and " + last;
  }
}
