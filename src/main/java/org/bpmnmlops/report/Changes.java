package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/** Says what is different between two reports of a kind. */
final class Changes {

  private static final int MOST_NAMES = 5;

  private Changes() {}

  static List<String> between(ReportSummary before, ReportSummary now) {
    List<String> changes = new ArrayList<>();
    if (before.verdict() != now.verdict()) {
      changes.add("The verdict was “%s”, it is “%s”".formatted(before.headline(), now.headline()));
    }
    for (Figure figure : now.figures()) {
      before
          .figure(figure.name())
          .filter(old -> !old.text().equals(figure.text()))
          .ifPresent(
              old ->
                  changes.add(
                      "%s: %s, before %s".formatted(figure.label(), figure.text(), old.text())));
    }
    List<String> worse = worse(before.flagged(), now.flagged());
    List<String> better = worse(now.flagged(), before.flagged());
    if (!worse.isEmpty()) {
      changes.add("Worse than before: " + Words.list(worse, MOST_NAMES));
    }
    if (!better.isEmpty()) {
      changes.add("Better than before: " + Words.list(better, MOST_NAMES));
    }
    return changes;
  }

  private static List<String> worse(Map<String, Verdict> one, Map<String, Verdict> other) {
    return other.entrySet().stream()
        .filter(e -> e.getValue().compareTo(one.getOrDefault(e.getKey(), Verdict.GOOD)) > 0)
        .map(Map.Entry::getKey)
        .toList();
  }
}
