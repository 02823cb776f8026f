package org.bpmnmlops.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ContextResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Models that came with the application are deployed under their file's name. The engine would take
 * the absolute path of those that are no part of a jar, and an unchanged model would get a new
 * version whenever the application starts in another folder, or from its jar.
 */
@Component
class ShippedNames extends AbstractProcessEnginePlugin {

  /** Before the engine deploys them. */
  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    ProcessEngineConfigurationImpl any =
        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    if (any instanceof SpringTransactionsProcessEngineConfiguration configuration
        && configuration.getDeploymentResources() != null) {
      configuration.setDeploymentResources(
          Arrays.stream(configuration.getDeploymentResources())
              .map(resource -> resource.getFilename() == null ? resource : new Named(resource))
              .toArray(Resource[]::new));
    }
  }

  /** The engine deploys a context's resource under its path within the context. */
  private static final class Named extends AbstractResource implements ContextResource {

    private final Resource resource;

    private Named(Resource resource) {
      this.resource = resource;
    }

    @Override
    public String getPathWithinContext() {
      return resource.getFilename();
    }

    @Override
    public String getFilename() {
      return resource.getFilename();
    }

    @Override
    public String getDescription() {
      return resource.getDescription();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return resource.getInputStream();
    }
  }
}
