package org.bpmnmlops.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.wording.Verdict;

/**
 * The first screen of a report, and what a mail says of it.
 *
 * @param headline the verdict in a few words
 * @param lead a sentence that says why
 * @param figures the three numbers that matter, always the same ones for a kind of report
 * @param flagged verdict by column, or by class, for those that are not good
 * @param previousAt when the report was made that this one is compared with; null for the first
 * @param changes sentences that say what is different from the previous report; empty where nothing
 *     is
 */
public record ReportSummary(
    Verdict verdict,
    String headline,
    String lead,
    List<Figure> figures,
    Map<String, Verdict> flagged,
    Instant previousAt,
    List<String> changes) {

  public ReportSummary {
    figures = List.copyOf(figures);
    changes = List.copyOf(changes);
  }

  /** The same beside the report before. */
  ReportSummary since(Optional<PreviousReport> previous) {
    return new ReportSummary(
        verdict,
        headline,
        lead,
        figures,
        flagged,
        previous.map(PreviousReport::createdAt).orElse(null),
        previous.map(before -> Changes.between(before.summary(), this)).orElse(List.of()));
  }

  public Optional<Figure> figure(String name) {
    return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
  }
}
