package org.bpmnmlops.status;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;

/** A client that is made by the first call: most servers report to themselves and call nobody. */
final class LateClient extends CloseableHttpClient {

  private final Supplier<CloseableHttpClient> maker;
  private CloseableHttpClient client;

  LateClient(Supplier<CloseableHttpClient> maker) {
    this.maker = maker;
  }

  private synchronized CloseableHttpClient client() {
    if (client == null) {
      client = maker.get();
    }
    return client;
  }

  @Override
  protected CloseableHttpResponse doExecute(
      HttpHost target, HttpRequest request, HttpContext context) throws IOException {
    return client().execute(target, request, context);
  }

  @Override
  public synchronized void close() throws IOException {
    if (client != null) {
      client.close();
    }
  }

  @Deprecated
  @Override
  public HttpParams getParams() {
    return client().getParams();
  }

  @Deprecated
  @Override
  public ClientConnectionManager getConnectionManager() {
    return client().getConnectionManager();
  }
}
