package org.bpmnmlops.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name was meant. */
public final class Spelling {

  private Spelling() {}

  /**
   * The known name that differs in capitals only, or by at most two characters (Levenshtein
   * distance) and at most a third of the name's length; empty when none is that near.
   */
  public static Optional<String> closest(String name, Collection<String> known) {
    return known.stream()
        .filter(
            other ->
                other.equalsIgnoreCase(name)
                    || distance(name, other) <= Math.min(2, other.length() / 3))
        .min(Comparator.comparingInt(other -> distance(name, other)));
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
