package org.bpmnmlops.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpmnmlops.run.RunQueue;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.bpmn.deployer.BpmnDeployer;
import org.camunda.bpm.engine.impl.dmn.deployer.DecisionDefinitionDeployer;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.repository.Resource;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.stereotype.Component;

/**
 * Refuses a file that is no model, and a model that breaks the conventions of {@link
 * ModelConventions}, with everything to change in one answer. Old versions, which the engine reads
 * again at every restart, are never refused.
 */
@Component
class DeploymentCheck implements Deployer {

  private static final String FORM_SUFFIX = ".form";
  private static final ObjectMapper JSON = new ObjectMapper();

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
      try {
        if (endsWith(resource, BpmnDeployer.BPMN_RESOURCE_SUFFIXES)) {
          BpmnModelInstance model = Bpmn.readModelFromStream(content(resource));
          conventions.check(model).forEach(f -> findings.add(resource.getName() + ": " + f));
          pipelines.addAll(conventions.pipelines(model));
        } else if (endsWith(resource, DecisionDefinitionDeployer.DMN_RESOURCE_SUFFIXES)) {
          Dmn.readModelFromStream(content(resource));
        } else if (resource.getName().endsWith(FORM_SUFFIX)) {
          JSON.readTree(resource.getBytes());
        }
      } catch (JsonProcessingException e) {
        findings.add(
            "%s: line %d, column %d: %s"
                .formatted(
                    resource.getName(),
                    e.getLocation().getLineNr(),
                    e.getLocation().getColumnNr(),
                    e.getOriginalMessage()));
      } catch (IOException e) {
        findings.add("%s: no JSON in UTF-8".formatted(resource.getName()));
      } catch (ModelException e) {
        findings.add(resource.getName() + ": " + Unreadable.explain(resource.getBytes(), e));
      }
    }
    if (!findings.isEmpty()) {
      throw new BadUserRequestException(
          "The model cannot be deployed; to change:\n- " + String.join("\n- ", findings));
    }
    pipelines.forEach(queue::register);
  }

  private static InputStream content(Resource resource) {
    return new ByteArrayInputStream(resource.getBytes());
  }

  private static boolean endsWith(Resource resource, String[] suffixes) {
    return Arrays.stream(suffixes).anyMatch(resource.getName()::endsWith);
  }
}
