package org.bpmnmlops.monitoring;

import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.wording.Verdict;

/** What the three reports of a run came to. */
record Verdicts(Verdict quality, Verdict drift, Verdict performance) {

  /** One word per report: {@code good warn unknown}. */
  String text() {
    return "%s %s %s".formatted(quality.text(), drift.text(), performance.text());
  }

  Verdict worst() {
    return quality.or(drift).or(performance);
  }

  /** How they differ from these, in words for people; empty where they do not. */
  String changeSince(String before) {
    if (before.equals(text())) {
      return "";
    }
    List<String> names = List.of("quality", "drift", "performance");
    List<String> old = List.of(before.split(" "));
    List<String> now = List.of(text().split(" "));
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!now.get(i).equals(old.get(i))) {
        changes.add(
            "%s was “%s” and is “%s”"
                .formatted(
                    names.get(i), Verdict.of(old.get(i)).words(), Verdict.of(now.get(i)).words()));
      }
    }
    return String.join("; ", changes);
  }
}
