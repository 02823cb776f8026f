package org.bpmnmlops.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gives each distinct text of a column a number, in order of appearance. */
final class TextDictionary {

  /** The texts that stand for a missing value: those of pandas, and infinity. */
  private static final Set<String> MISSING =
      Set.of(
          "",
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null",
          "inf",
          "+inf",
          "-inf",
          "Inf",
          "+Inf",
          "-Inf",
          "INF",
          "+INF",
          "-INF",
          "infinity",
          "+infinity",
          "-infinity",
          "Infinity",
          "+Infinity",
          "-Infinity");

  static final int MISSING_CODE = -1;

  private final List<String> levels = new ArrayList<>();
  private String[] texts = new String[64];
  private int[] codes = new int[64];
  private int used;

  static boolean isMissing(String text) {
    return MISSING.contains(text);
  }

  /** The text's number; -1 where it stands for a missing value. */
  int code(char[] buffer, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + buffer[i];
    }
    int slot = slot(hash);
    while (texts[slot] != null) {
      if (texts[slot].hashCode() == hash && equal(texts[slot], buffer, from, to)) {
        return codes[slot];
      }
      slot = (slot + 1) & (texts.length - 1);
    }
    return add(slot, new String(buffer, from, to - from));
  }

  /** The texts by number. */
  List<String> levels() {
    return levels;
  }

  private int add(int slot, String text) {
    int code = MISSING_CODE;
    if (!MISSING.contains(text)) {
      code = levels.size();
      levels.add(text);
    }
    texts[slot] = text;
    codes[slot] = code;
    used++;
    if (used * 2 > texts.length) {
      grow();
    }
    return code;
  }

  private void grow() {
    String[] oldTexts = texts;
    int[] oldCodes = codes;
    texts = new String[oldTexts.length * 2];
    codes = new int[oldTexts.length * 2];
    for (int i = 0; i < oldTexts.length; i++) {
      if (oldTexts[i] != null) {
        int slot = slot(oldTexts[i].hashCode());
        while (texts[slot] != null) {
          slot = (slot + 1) & (texts.length - 1);
        }
        texts[slot] = oldTexts[i];
        codes[slot] = oldCodes[i];
      }
    }
  }

  private int slot(int hash) {
    int mixed = hash * 0x9E3779B1;
    return (mixed ^ (mixed >>> 15)) & (texts.length - 1);
  }

  private static boolean equal(String text, char[] buffer, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != buffer[i]) {
        return false;
      }
    }
    return true;
  }
}
