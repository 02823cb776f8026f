package org.bpmnmlops.retraining;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;

/** A decision table of {@code processes/} on an engine of its own, with facts that fit no rule. */
final class Tables {

  private static final DmnEngine ENGINE =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

  private final DmnDecision table;
  private final Map<String, Object> facts;

  private Tables(DmnDecision table, Map<String, Object> facts) {
    this.table = table;
    this.facts = facts;
  }

  static Tables of(String decision, Map<String, Object> facts) {
    try {
      byte[] file = Files.readAllBytes(Path.of("processes", decision + ".dmn"));
      return new Tables(
          ENGINE.parseDecision(decision, new ByteArrayInputStream(file)), new HashMap<>(facts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with one fact changed; null where it is not known. */
  Tables with(String fact, Object value) {
    Map<String, Object> changed = new HashMap<>(facts);
    changed.put(fact, value);
    return new Tables(table, changed);
  }

  DmnDecisionRuleResult decide() {
    return ENGINE.evaluateDecisionTable(table, facts).getSingleResult();
  }
}
