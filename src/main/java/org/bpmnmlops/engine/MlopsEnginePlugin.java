package org.bpmnmlops.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.DependsOn;
import org.springframework.stereotype.Component;

/**
 * Puts our listeners, checks and history level into the engine, after our tables exist and the
 * schedules are found usable.
 */
@Component
@DependsOn("schedule")
@DependsOnDatabaseInitialization
class MlopsEnginePlugin extends AbstractProcessEnginePlugin {

  private final BuiltInListeners listeners;
  private final DeploymentCheck check;

  MlopsEnginePlugin(BuiltInListeners listeners, DeploymentCheck check) {
    this.listeners = listeners;
    this.check = check;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setCustomPostBPMNParseListeners(
        with(configuration.getCustomPostBPMNParseListeners(), (BpmnParseListener) listeners));
    configuration.setCustomPreDeployers(
        with(configuration.getCustomPreDeployers(), (Deployer) check));
    configuration.setCustomHistoryLevels(
        with(configuration.getCustomHistoryLevels(), (HistoryLevel) new RunHistory()));
  }

  @Override
  public void postInit(ProcessEngineConfigurationImpl configuration) {
    // Of the forms that name no engine, which are those drawn from fields.
    configuration.getFormEngines().put(null, new ParameterFormEngine());
  }

  private static <T> List<T> with(List<T> existing, T added) {
    List<T> all = existing == null ? new ArrayList<>() : new ArrayList<>(existing);
    all.add(added);
    return all;
  }
}
