package org.bpmnmlops.status;

import java.util.HashMap;
import java.util.Map;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.camunda.connect.httpclient.impl.HttpConnectorImpl;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Camunda's http-connector with what many runs at a time need: connections for all of them (the
 * connector's own client has 5 for each server, 10 in all), the standard timeouts also for a call
 * that names none, no cookies that one run would hand to the next, and no silent repetition:
 * whether a call is made again is drawn in the diagram.
 */
@Component
class PooledHttpConnector extends HttpConnectorImpl implements DisposableBean {

  /** Twice the 16 active runs, so that a slow server of one pipeline does not stop the others. */
  private static final int CONNECTIONS_PER_SERVER = 32;

  private static final int CONNECTIONS = 64;

  private final HttpOptions options;

  PooledHttpConnector(
      HttpOptions options, OwnStatusCall ownStatus, StatusCallInterceptor otherStatus) {
    this.options = options;
    addRequestInterceptor(ownStatus);
    addRequestInterceptor(otherStatus);
  }

  @Override
  protected CloseableHttpClient createClient() {
    return new LateClient(PooledHttpConnector::client);
  }

  private static CloseableHttpClient client() {
    return HttpClients.custom()
        .useSystemProperties()
        .setMaxConnPerRoute(CONNECTIONS_PER_SERVER)
        .setMaxConnTotal(CONNECTIONS)
        .disableCookieManagement()
        .disableAutomaticRetries()
        .build();
  }

  @Override
  protected <T extends HttpRequestBase> void applyConfig(T request, Map<String, Object> config) {
    Map<String, Object> complete = new HashMap<>(options.standard());
    if (config != null) {
      complete.putAll(config);
    }
    super.applyConfig(request, complete);
  }

  @Override
  public void destroy() throws Exception {
    httpClient.close();
  }
}
