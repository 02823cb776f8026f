package org.bpmnmlops.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.decision.PastDecisions.PastDecision;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.model.dmn.instance.Decision;

/** What an edited table would have decided in past runs. */
record Trial(
    @Schema(description = "Past decisions the table was tried on, the newest first") int tried,
    @Schema(description = "Those it would decide as before") int same,
    @Schema(description = "Those it would decide otherwise") List<Change> changes) {

  /** The one the process engine has, without its history. */
  private static final DmnEngine ENGINE =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

  /**
   * A run that would now go another way.
   *
   * @param before and {@code now}: the outputs; null where no rule fits
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Change(
      String run,
      Instant at,
      Map<String, Object> inputs,
      Map<String, Object> before,
      Map<String, Object> now) {}

  /**
   * Tries a table.
   *
   * @throws UnusableTableException when the table cannot be evaluated
   */
  static Trial of(Decision edited, DecisionTable table, List<PastDecision> past) {
    List<Change> changes = new ArrayList<>();
    try {
      DmnDecision decision =
          ENGINE.parseDecision(
              edited.getId(),
              (org.camunda.bpm.model.dmn.DmnModelInstance) edited.getModelInstance());
      for (PastDecision each : past) {
        Map<String, Object> now = decide(decision, table, each.facts());
        if (!decisive(table, now).equals(decisive(table, each.outputs()))) {
          changes.add(new Change(each.run(), each.at(), each.inputs(), each.outputs(), now));
        }
      }
    } catch (DmnEngineException e) {
      throw new UnusableTableException(List.of("the table cannot be evaluated: " + e.getMessage()));
    }
    return new Trial(past.size(), past.size() - changes.size(), changes);
  }

  private static Map<String, Object> decide(
      DmnDecision decision, DecisionTable table, Map<String, Object> facts) {
    Map<String, Object> all = new HashMap<>(facts);
    table.inputs().forEach(column -> all.putIfAbsent(column.name(), null));
    DmnDecisionResult result = ENGINE.evaluateDecision(decision, all);
    if (result.isEmpty()) {
      return null;
    }
    return new LinkedHashMap<>(result.get(result.size() - 1).getEntryMap());
  }

  private static Map<String, Object> decisive(DecisionTable table, Map<String, Object> outputs) {
    Map<String, Object> decisive = new HashMap<>();
    if (outputs != null) {
      table.decisiveOutputs().forEach(name -> decisive.put(name, outputs.get(name)));
    }
    return decisive;
  }
}
