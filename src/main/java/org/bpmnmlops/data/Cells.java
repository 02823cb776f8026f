package org.bpmnmlops.data;

/** What a single cell means, by the rules that {@link TableReader} reads whole columns with. */
public final class Cells {

  private Cells() {}

  /** Whether the text stands for a missing value: blank, or one of those of pandas. */
  public static boolean isMissing(String text) {
    String value = text.strip();
    return value.isEmpty() || TextDictionary.isMissing(value);
  }

  /** The finite number a text stands for; NaN where it is none. */
  public static double number(String text) {
    double number = Decimals.parse(text.strip());
    return Double.isInfinite(number) ? Double.NaN : number + 0.0;
  }

  /** The category a text stands for: {@code 1}, {@code 01} and {@code 1.0} are one. */
  public static String category(String text) {
    double number = number(text);
    return Double.isNaN(number) ? text.strip() : Numbers.text(number);
  }
}
