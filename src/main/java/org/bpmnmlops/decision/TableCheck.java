package org.bpmnmlops.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bpmnmlops.decision.DecisionTable.Column;
import org.bpmnmlops.process.StepCatalog;
import org.springframework.stereotype.Component;

/**
 * Whether a table can stand in for the one that is live: the same question asked of the same facts,
 * answered with the same words.
 */
@Component
class TableCheck {

  private static final int MOST_FINDINGS = 20;
  private static final int MOST_RULES = 1000;

  private final StepCatalog steps;

  TableCheck(StepCatalog steps) {
    this.steps = steps;
  }

  /**
   * Refuses a table that cannot stand in.
   *
   * @throws UnusableTableException tells everything to change
   */
  void check(DecisionTable edited, DecisionTable live) {
    List<String> findings = new ArrayList<>();
    if (!edited.hitPolicy().equals(live.hitPolicy())
        || !Objects.equals(edited.aggregation(), live.aggregation())) {
      findings.add("the hit policy is %s; expected %s".formatted(policy(edited), policy(live)));
    }
    compare("input", edited.inputs(), live.inputs(), findings);
    compare("output", edited.outputs(), live.outputs(), findings);
    int rules = edited.rules().size();
    if (rules < 1 || rules > MOST_RULES) {
      findings.add("the table has %d rules; expected 1 to %d".formatted(rules, MOST_RULES));
    }
    if (findings.isEmpty()) {
      findings.addAll(RuleCheck.findings(edited, new ExampleFacts(steps, live)));
    }
    if (!findings.isEmpty()) {
      throw new UnusableTableException(findings.stream().limit(MOST_FINDINGS).toList());
    }
  }

  private static String policy(DecisionTable table) {
    return table.hitPolicy() + (table.aggregation() == null ? "" : " " + table.aggregation());
  }

  private static void compare(
      String kind, List<Column> edited, List<Column> live, List<String> findings) {
    int before = findings.size();
    for (Column column : live) {
      if (edited.stream().noneMatch(column::isSameAs)) {
        findings.add("the %s %s is missing".formatted(kind, column.signature()));
      }
    }
    for (Column column : edited) {
      if (live.stream().noneMatch(column::isSameAs)) {
        findings.add(
            "the %s %s is new; the process knows only those of the table that is live"
                .formatted(kind, column.signature()));
      }
    }
    if (findings.size() == before && edited.size() != live.size()) {
      findings.add("an %s stands there twice".formatted(kind));
    }
  }
}
