package org.bpmnmlops.engine;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Gives the engine our {@link ModelExpressions}, and scripts the same beans. */
@Component
class ModelExpressionsPlugin extends AbstractProcessEnginePlugin {

  private final ApplicationContext context;

  ModelExpressionsPlugin(ApplicationContext context) {
    this.context = context;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setBeans(new ModelBeans(context));
    configuration.setExpressionManager(new ModelExpressions(context));
  }
}
