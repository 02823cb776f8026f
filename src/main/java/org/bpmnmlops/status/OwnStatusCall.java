package org.bpmnmlops.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import org.apache.http.Header;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpStatus;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.util.EntityUtils;
import org.camunda.connect.spi.ConnectorInvocation;
import org.camunda.connect.spi.ConnectorRequestInterceptor;
import org.springframework.stereotype.Component;

/**
 * Hands a run's report to this server's own status API without leaving the process: it is stored in
 * the transaction of its step, so that either both happened or neither. Calls to other addresses
 * pass through as they are.
 */
@Component
class OwnStatusCall implements ConnectorRequestInterceptor {

  private static final URI OWN = URI.create(StatusServer.OWN);

  private final StatusReports reports;
  private final ObjectMapper json;

  OwnStatusCall(StatusReports reports, ObjectMapper json) {
    this.reports = reports;
    this.json = json;
  }

  @Override
  public Object handleInvocation(ConnectorInvocation invocation) throws Exception {
    if (!(invocation.getTarget() instanceof HttpRequestBase request)
        || !request.getURI().equals(OWN)) {
      return invocation.proceed();
    }
    Header key = request.getFirstHeader(StatusApi.IDEMPOTENCY_KEY);
    try {
      var updated = reports.take(body(request), key == null ? null : key.getValue());
      return new Answer(HttpStatus.SC_OK, json.writeValueAsBytes(updated));
    } catch (UnreadableReportException e) {
      return new Answer(HttpStatus.SC_BAD_REQUEST, json.writeValueAsBytes(e.getMessage()));
    }
  }

  private static byte[] body(HttpRequestBase request) throws IOException {
    return request instanceof HttpEntityEnclosingRequest report && report.getEntity() != null
        ? EntityUtils.toByteArray(report.getEntity())
        : new byte[0];
  }

  private static final class Answer extends BasicHttpResponse implements CloseableHttpResponse {

    Answer(int status, byte[] body) {
      super(HttpVersion.HTTP_1_1, status, null);
      setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
