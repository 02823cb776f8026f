package org.bpmnmlops.data;

/**
 * Reads decimal numbers out of a character buffer without an object per number, to the same double
 * as {@link Double#parseDouble}. A number with at most 15 significant digits and a power of ten
 * within 22 is one exact multiplication or division; one with up to 18 digits and that many
 * decimals is a division in twice the precision, taken where its rounding is beyond doubt; all
 * others go through the JDK.
 */
final class Decimals {

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int EXACT_DIGITS = 15;
  private static final int LONG_DIGITS = 18;
  private static final int LARGEST_EXPONENT = 9999;

  private Decimals() {}

  /** The number a text stands for; NaN where it is no decimal number. */
  static double parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /**
   * The number between {@code from} and {@code to}; NaN where it is no decimal number, infinite
   * where it is too large for a double. No blanks, hexadecimal digits or type suffixes.
   */
  static double parse(char[] buffer, int from, int to) {
    int at = from;
    boolean negative = false;
    if (at < to && (buffer[at] == '-' || buffer[at] == '+')) {
      negative = buffer[at] == '-';
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int significant = 0;
    int fraction = 0;
    boolean point = false;
    for (; at < to; at++) {
      char c = buffer[at];
      int digit = c - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        if (significant > 0 || digit > 0) {
          significant++;
        }
        if (significant <= LONG_DIGITS) {
          mantissa = mantissa * 10 + digit;
        }
        if (point) {
          fraction++;
        }
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    int exponent = 0;
    if (at < to) {
      exponent = exponent(buffer, at, to);
      if (exponent == Integer.MIN_VALUE) {
        return Double.NaN;
      }
    }
    int scale = exponent - fraction;
    double value;
    if (significant > LONG_DIGITS || scale > 22 || scale < -22) {
      return Double.parseDouble(new String(buffer, from, to - from));
    }
    if (significant > EXACT_DIGITS) {
      value = scale > 0 ? Double.NaN : quotient(mantissa, POWERS_OF_TEN[-scale]);
      if (Double.isNaN(value)) {
        return Double.parseDouble(new String(buffer, from, to - from));
      }
      return negative ? -value : value;
    }
    value = scale < 0 ? mantissa / POWERS_OF_TEN[-scale] : mantissa * POWERS_OF_TEN[scale];
    return negative ? -value : value;
  }

  /**
   * {@code mantissa / power} correctly rounded; NaN where the exact quotient is so near the middle
   * of two doubles that this arithmetic cannot tell.
   *
   * @param power of ten that a double holds exactly
   */
  private static double quotient(long mantissa, double power) {
    double high = mantissa;
    double low = mantissa - (long) high;
    double quotient = high / power;
    double rest = (Math.fma(-quotient, power, high) + low) / power;
    double rounded = quotient + rest;
    double error = Math.abs(rest - (rounded - quotient));
    double half = Math.ulp(rounded) / 2;
    boolean powerOfTwo = (Double.doubleToRawLongBits(rounded) & 0xFFFFFFFFFFFFFL) == 0;
    return powerOfTwo || Math.abs(error - half) < half * 0x1p-30 ? Double.NaN : rounded;
  }

  /** The exponent "e-5" at {@code from}; the smallest int where there is none. */
  private static int exponent(char[] buffer, int from, int to) {
    if (buffer[from] != 'e' && buffer[from] != 'E') {
      return Integer.MIN_VALUE;
    }
    int at = from + 1;
    boolean negative = false;
    if (at < to && (buffer[at] == '-' || buffer[at] == '+')) {
      negative = buffer[at] == '-';
      at++;
    }
    if (at == to) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < to; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      exponent = Math.min(LARGEST_EXPONENT, exponent * 10 + digit);
    }
    return negative ? -exponent : exponent;
  }
}
