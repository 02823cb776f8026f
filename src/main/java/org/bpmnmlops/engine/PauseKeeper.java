package org.bpmnmlops.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A paused process stays paused when a new version of it is deployed, its timer included. */
@Component
class PauseKeeper extends AbstractProcessEnginePlugin implements Deployer {

  private static final Logger LOG = LoggerFactory.getLogger(PauseKeeper.class);

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    List<Deployer> deployers = new ArrayList<>();
    Optional.ofNullable(engine.getCustomPostDeployers()).ifPresent(deployers::addAll);
    deployers.add(this);
    engine.setCustomPostDeployers(deployers);
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    List<ProcessDefinitionEntity> processes =
        deployment.getDeployedArtifacts(ProcessDefinitionEntity.class);
    if (deployment.isNew() && processes != null) {
      processes.stream().filter(PauseKeeper::followsAPausedOne).forEach(PauseKeeper::pause);
    }
  }

  /** Asks the database: what the engine remembers of the previous version may be outdated. */
  private static boolean followsAPausedOne(ProcessDefinitionEntity process) {
    CommandContext context = Context.getCommandContext();
    return context.runWithoutAuthorization(
        () ->
            context
                .getProcessEngineConfiguration()
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(process.getKey())
                .orderByProcessDefinitionVersion()
                .desc()
                .listPage(0, 2)
                .stream()
                .filter(other -> other.getVersion() < process.getVersion())
                .findFirst()
                .map(ProcessDefinition::isSuspended)
                .orElse(false));
  }

  private static void pause(ProcessDefinitionEntity process) {
    LOG.info("{} is paused, and so is its new version {}", process.getKey(), process.getVersion());
    CommandContext context = Context.getCommandContext();
    context.runWithoutAuthorization(
        () -> {
          context
              .getProcessEngineConfiguration()
              .getRepositoryService()
              .updateProcessDefinitionSuspensionState()
              .byProcessDefinitionId(process.getId())
              .suspend();
          return null;
        });
  }
}
