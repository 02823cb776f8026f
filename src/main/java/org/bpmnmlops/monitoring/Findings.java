package org.bpmnmlops.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpmnmlops.report.Finding;

/**
 * Collects findings: few whatever a file holds. The same in many lines is one finding with the
 * first line and their number.
 */
final class Findings {

  private static final int LONGEST_VALUE = 60;

  /** Values of a column that are named one by one; all others are one finding. */
  private static final int MOST_VALUES = 10;

  private static final int MOST = 200;

  private final String file;
  private final List<Finding> about = new ArrayList<>();
  private final Map<String, Lines> repeated = new LinkedHashMap<>();
  private final Map<String, Set<String>> named = new HashMap<>();
  private long unnamed;

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
    if (about.size() < MOST) {
      about.add(finding(line, column, message));
    } else {
      unnamed++;
    }
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

  /**
   * About a line with a value that other lines may share.
   *
   * @param message about the value, in which {@code %s} stands for it
   * @param others about all values but the first {@value #MOST_VALUES}, likewise
   */
  void addValue(String value, long line, String column, String message, String others) {
    Set<String> known = named.computeIfAbsent(column + "\n" + message, key -> new HashSet<>());
    if (known.contains(value) || (known.size() < MOST_VALUES && known.add(value))) {
      addLine(message + "\n" + value, line, column, message.formatted(shown(value)));
    } else {
      addLine(others, line, column, others.formatted(shown(value)));
    }
  }

  List<Finding> all() {
    List<Finding> all = new ArrayList<>(about);
    for (Lines lines : repeated.values()) {
      String more =
          lines.count == 1
              ? ""
              : " (so %,d more line%s)".formatted(lines.count - 1, lines.count == 2 ? "" : "s");
      all.add(finding(lines.first, lines.column, lines.message + more));
    }
    long left = unnamed + Math.max(0, all.size() - MOST);
    if (left == 0) {
      return all;
    }
    List<Finding> first = new ArrayList<>(all.subList(0, MOST));
    first.add(finding(null, null, "%,d more findings are not listed".formatted(left)));
    return first;
  }

  private Finding finding(Long line, String column, String message) {
    return new Finding(file, line, column == null ? null : shown(column), message);
  }

  static String shown(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
  }
}
