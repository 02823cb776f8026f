package org.bpmnmlops.engine;

import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@link Drawn#pipeline} on the server under test, until it is erased with all its runs. */
public final class DrawnPipeline {

  private final RepositoryService repository;
  private final JdbcClient jdbc;
  private final String key;
  private final String deployment;

  public DrawnPipeline(
      RepositoryService repository, JdbcClient jdbc, String key, Map<String, String> properties) {
    this.repository = repository;
    this.jdbc = jdbc;
    this.key = key;
    deployment =
        repository
            .createDeployment()
            .addModelInstance(key + ".bpmn", Drawn.pipeline(key, properties))
            .deploy()
            .getId();
  }

  /** Deletes the model and its runs, as somebody does who needs them no more. */
  public void delete() {
    repository.deleteDeployment(deployment, true);
  }

  /** Leaves nothing for other tests to find. */
  public void erase() {
    repository.deleteDeployment(deployment, true, true);
    jdbc.sql("DELETE FROM mlops_run WHERE pipeline = :pipeline").param("pipeline", key).update();
  }
}
