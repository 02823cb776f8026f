package org.bpmnmlops.status;

import java.util.Map;
import org.bpmnmlops.process.ForModels;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Options of a call by the http-connector, for its input {@code request-config}: {@code
 * ${httpOptions.standard()}}.
 */
@Component
@EnableConfigurationProperties(StatusSettings.class)
@ForModels
public class HttpOptions {

  private final int timeoutMillis;

  HttpOptions(StatusSettings settings) {
    timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
  }

  /**
   * Hard timeouts for connecting, for each wait for data and for a free connection, in milliseconds
   * as {@code Integer}, the only type the connector takes. Without them a server that hangs would
   * hold a worker for ever.
   */
  public Map<String, Object> standard() {
    return Map.of(
        "connection-timeout", timeoutMillis,
        "socket-timeout", timeoutMillis,
        "connection-request-timeout", timeoutMillis);
  }
}
