package org.bpmnmlops.security;

import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;
import org.glassfish.jersey.server.ServerProperties;

/**
 * Found by Jersey in every REST application of the server: the engine's at {@code /engine-rest} and
 * the copy of it that Cockpit and Tasklist call.
 */
public class RestSetup implements AutoDiscoverable {

  @Override
  public void configure(FeatureContext context) {
    context.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    context.register(RestFaults.class, 1);
    context.register(EngineFaults.class, 1);
    context.register(DatabaseFaults.class, 1);
    context.register(BodyFaults.class, 1);
    context.register(GivenVariables.class);
    context.register(GivenQueries.class);
  }
}
