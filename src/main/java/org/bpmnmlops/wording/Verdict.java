package org.bpmnmlops.wording;

import java.util.Locale;

/** What a report, a column or a check comes to, from best to worst. */
public enum Verdict {
  GOOD("✓", "good"),
  /** Nothing to compare, or too little to judge by. */
  UNKNOWN("?", "too little to judge"),
  WARN("!", "warning"),
  BAD("✕", "bad");

  private final String sign;
  private final String words;

  Verdict(String sign, String words) {
    this.sign = sign;
    this.words = words;
  }

  /** The worse of two. */
  public Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Beside the words, so that a verdict does not hang on colours. */
  public String sign() {
    return sign;
  }

  /** As people read it. */
  public String words() {
    return words;
  }

  /** As variables, the database and REST have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The verdict of this text. */
  public static Verdict of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
