package org.bpmnmlops.engine;

import java.util.Arrays;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * A decision table that came with the application is not deployed over one that somebody deployed
 * since; the file's name is the decision's id. See docs/adr/0016.
 */
@Component
class EditedTables extends AbstractProcessEnginePlugin {

  private static final Logger LOG = LoggerFactory.getLogger(EditedTables.class);
  private static final String SUFFIX = ".dmn";

  /** After the engine can be asked, before it deploys what came with the application. */
  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    ProcessEngineConfigurationImpl any =
        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    if (any instanceof SpringTransactionsProcessEngineConfiguration configuration
        && configuration.getDeploymentResources() != null) {
      configuration.setDeploymentResources(
          Arrays.stream(configuration.getDeploymentResources())
              .filter(
                  resource ->
                      !isEdited(
                          resource,
                          engine.getRepositoryService(),
                          configuration.getDeploymentName()))
              .toArray(Resource[]::new));
    }
  }

  private static boolean isEdited(Resource resource, RepositoryService repository, String shipped) {
    String file = resource.getFilename();
    if (file == null || !file.endsWith(SUFFIX)) {
      return false;
    }
    DecisionDefinition latest =
        repository
            .createDecisionDefinitionQuery()
            .decisionDefinitionKey(file.substring(0, file.length() - SUFFIX.length()))
            .withoutTenantId()
            .latestVersion()
            .singleResult();
    if (latest == null) {
      return false;
    }
    String deployment =
        repository
            .createDeploymentQuery()
            .deploymentId(latest.getDeploymentId())
            .singleResult()
            .getName();
    if (shipped.equals(deployment)) {
      return false;
    }
    LOG.info(
        "Version {} of {} was edited here and stays; the one that came with the application is not"
            + " deployed",
        latest.getVersion(),
        latest.getKey());
    return true;
  }
}
