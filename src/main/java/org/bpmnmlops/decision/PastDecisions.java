package org.bpmnmlops.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricDecisionInputInstance;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.model.dmn.instance.Input;
import org.springframework.stereotype.Component;

/** What tables decided in past runs, and on which facts, as the engine recorded it. */
@Component
class PastDecisions {

  /**
   * One of them.
   *
   * @param inputs by the names of the table's columns
   * @param others variables of the run that the table looks at besides, as they were at last
   * @param outputs null where no rule fitted
   */
  record PastDecision(
      String run,
      Instant at,
      Map<String, Object> inputs,
      Map<String, Object> others,
      Map<String, Object> outputs) {

    Map<String, Object> facts() {
      Map<String, Object> facts = new HashMap<>(others);
      facts.putAll(inputs);
      return facts;
    }
  }

  private final HistoryService history;
  private final RepositoryService repository;

  PastDecisions(HistoryService history, RepositoryService repository) {
    this.history = history;
    this.repository = repository;
  }

  /**
   * The newest decisions of runs that the caller may read.
   *
   * @param others names of further variables to look up
   */
  List<PastDecision> newest(String decision, int most, Set<String> others) {
    List<HistoricDecisionInstance> newest =
        history
            .createHistoricDecisionInstanceQuery()
            .decisionDefinitionKey(decision)
            .includeInputs()
            .includeOutputs()
            .orderByEvaluationTime()
            .desc()
            .listPage(0, most)
            .stream()
            .filter(each -> each.getProcessInstanceId() != null)
            .toList();
    Map<String, Map<String, Object>> variables = variables(newest, others);
    Map<String, Map<String, String>> columns = new HashMap<>();
    List<PastDecision> past = new ArrayList<>();
    for (HistoricDecisionInstance each : newest) {
      Map<String, String> names =
          columns.computeIfAbsent(each.getDecisionDefinitionId(), this::columnsById);
      past.add(
          new PastDecision(
              each.getProcessInstanceId(),
              each.getEvaluationTime().toInstant(),
              inputs(each, names),
              variables.getOrDefault(each.getProcessInstanceId(), Map.of()),
              outputs(each)));
    }
    return past;
  }

  private Map<String, Map<String, Object>> variables(
      List<HistoricDecisionInstance> decisions, Set<String> names) {
    Map<String, Map<String, Object>> byRun = new HashMap<>();
    if (decisions.isEmpty() || names.isEmpty()) {
      return byRun;
    }
    for (HistoricVariableInstance variable :
        history
            .createHistoricVariableInstanceQuery()
            .processInstanceIdIn(
                decisions.stream()
                    .map(HistoricDecisionInstance::getProcessInstanceId)
                    .distinct()
                    .toArray(String[]::new))
            .variableNameIn(names.toArray(String[]::new))
            .list()) {
      byRun
          .computeIfAbsent(variable.getProcessInstanceId(), run -> new HashMap<>())
          .put(variable.getName(), variable.getValue());
    }
    return byRun;
  }

  private Map<String, String> columnsById(String definition) {
    Map<String, String> names = new HashMap<>();
    repository
        .getDmnModelInstance(definition)
        .getModelElementsByType(Input.class)
        .forEach(
            input ->
                names.put(
                    input.getId(), input.getInputExpression().getText().getTextContent().strip()));
    return names;
  }

  private static Map<String, Object> inputs(
      HistoricDecisionInstance decision, Map<String, String> names) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    for (HistoricDecisionInputInstance input : decision.getInputs()) {
      String name = names.get(input.getClauseId());
      if (name != null) {
        inputs.put(name, input.getValue());
      }
    }
    return inputs;
  }

  private static Map<String, Object> outputs(HistoricDecisionInstance decision) {
    if (decision.getOutputs().isEmpty()) {
      return null;
    }
    Map<String, Object> outputs = new LinkedHashMap<>();
    decision
        .getOutputs()
        .forEach(output -> outputs.put(output.getVariableName(), output.getValue()));
    return outputs;
  }
}
