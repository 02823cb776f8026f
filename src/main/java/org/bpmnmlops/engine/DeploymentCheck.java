package org.bpmnmlops.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.run.RunQueue;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.bpmn.deployer.BpmnDeployer;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.repository.Resource;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.stereotype.Component;

/**
 * Refuses a model that breaks the conventions of {@link ModelConventions}, with everything to
 * change in one answer. Old versions, which the engine reads again at every restart, are never
 * refused.
 */
@Component
class DeploymentCheck implements Deployer {

  private final ModelConventions conventions;
  private final RunQueue queue;

  DeploymentCheck(ModelConventions conventions, RunQueue queue) {
    this.conventions = conventions;
    this.queue = queue;
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    if (!deployment.isNew()) {
      return;
    }
    List<String> findings = new ArrayList<>();
    List<String> pipelines = new ArrayList<>();
    for (Resource resource : deployment.getResources().values()) {
      if (isBpmn(resource.getName())) {
        BpmnModelInstance model = read(resource);
        if (model != null) {
          conventions.check(model).forEach(f -> findings.add(resource.getName() + ": " + f));
          pipelines.addAll(conventions.pipelines(model));
        }
      }
    }
    if (!findings.isEmpty()) {
      throw new BadUserRequestException(
          "The model cannot be deployed; to change:\n- " + String.join("\n- ", findings));
    }
    pipelines.forEach(queue::register);
  }

  /** What is no readable BPMN is left to the engine's own parser, which names line and column. */
  private static BpmnModelInstance read(Resource resource) {
    try {
      return Bpmn.readModelFromStream(new ByteArrayInputStream(resource.getBytes()));
    } catch (ModelException e) {
      return null;
    }
  }

  private static boolean isBpmn(String name) {
    for (String suffix : BpmnDeployer.BPMN_RESOURCE_SUFFIXES) {
      if (name.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }
}
