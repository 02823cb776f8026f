package org.bpmnmlops.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.report.Finding;

/**
 * Collects findings; the same in many lines is one finding with the first line and their number.
 */
final class Findings {

  private static final int LONGEST_VALUE = 60;

  private final String file;
  private final List<Finding> about = new ArrayList<>();
  private final Map<String, Lines> repeated = new LinkedHashMap<>();

  private static final class Lines {
    private final long first;
    private final String column;
    private final String message;
    private long count;

    Lines(long first, String column, String message) {
      this.first = first;
      this.column = column;
      this.message = message;
    }
  }

  Findings(String file) {
    this.file = file;
  }

  /** About the file as a whole, or one line that comes once. */
  void add(Long line, String column, String message) {
    about.add(new Finding(file, line, column, message));
  }

  /**
   * About a line that may have company.
   *
   * @param kind what lines have in common that are one finding, in one column
   * @param message about the first of them
   */
  void addLine(String kind, long line, String column, String message) {
    repeated.computeIfAbsent(kind + "\n" + column, key -> new Lines(line, column, message)).count++;
  }

  List<Finding> all() {
    List<Finding> all = new ArrayList<>(about);
    for (Lines lines : repeated.values()) {
      String more =
          lines.count == 1
              ? ""
              : " (so %,d more line%s)".formatted(lines.count - 1, lines.count == 2 ? "" : "s");
      all.add(new Finding(file, lines.first, lines.column, lines.message + more));
    }
    return all;
  }

  static String shown(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
  }
}
