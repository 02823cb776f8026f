package org.bpmnmlops.status;

import static org.bpmnmlops.process.PipelineErrors.STATUS_FAILED;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.ByteArrayEntity;
import org.camunda.connect.spi.ConnectorInvocation;
import org.camunda.connect.spi.ConnectorRequestInterceptor;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * What the http-connector does more when it calls the status API of another server: it logs in,
 * follows no redirect (which would carry the login to another server), gives up after a fixed time
 * however slowly the server answers, reads no endless answer, and turns every fault of the
 * connection into the BPMN error {@code STATUS_FAILED}. Calls to other addresses pass through as
 * they are.
 */
@Component
class StatusCallInterceptor implements ConnectorRequestInterceptor, DisposableBean {

  private static final int LONGEST_ANSWER_BYTES = 64 * 1024;
  private static final int WAITS_PER_CALL = 3;

  private final StatusServer server;
  private final long timeoutMillis;
  private final ScheduledExecutorService watchdog;

  StatusCallInterceptor(StatusServer server, StatusSettings settings) {
    this.server = server;
    this.timeoutMillis = settings.timeout().toMillis();
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "status-call-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    this.watchdog = executor;
  }

  @Override
  public Object handleInvocation(ConnectorInvocation invocation) throws Exception {
    if (!(invocation.getTarget() instanceof HttpRequestBase request)
        || !server.isTargetOf(request.getURI())) {
      return invocation.proceed();
    }
    prepare(request);
    Future<?> deadline =
        watchdog.schedule(request::abort, WAITS_PER_CALL * timeoutMillis, TimeUnit.MILLISECONDS);
    try {
      Object response = invocation.proceed();
      readAnswer(request, (HttpResponse) response);
      return response;
    } catch (IOException e) {
      if (request.isAborted()) {
        throw STATUS_FAILED.because(
            StatusFailedException.tooSlow(server, e, WAITS_PER_CALL * timeoutMillis));
      }
      throw STATUS_FAILED.because(StatusFailedException.notReached(server, e, timeoutMillis));
    } finally {
      deadline.cancel(false);
    }
  }

  private void prepare(HttpRequestBase request) {
    request.setConfig(RequestConfig.copy(request.getConfig()).setRedirectsEnabled(false).build());
    request.removeHeaders(HttpHeaders.AUTHORIZATION);
    server.authorization().ifPresent(value -> request.setHeader(HttpHeaders.AUTHORIZATION, value));
  }

  /** Reads the answer here, where a fault in the middle of it can still become a BPMN error. */
  private void readAnswer(HttpRequestBase request, HttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      // Else the expression that checks the answer would miss the variable 'response'.
      response.setEntity(new ByteArrayEntity(new byte[0]));
      return;
    }
    InputStream in = entity.getContent();
    byte[] answer = in.readNBytes(LONGEST_ANSWER_BYTES + 1);
    if (answer.length > LONGEST_ANSWER_BYTES) {
      // Closing the stream would read on to its end.
      request.abort();
      throw STATUS_FAILED.because(
          StatusFailedException.endlessAnswer(server, LONGEST_ANSWER_BYTES));
    }
    in.close();
    ByteArrayEntity complete = new ByteArrayEntity(answer);
    complete.setContentType(entity.getContentType());
    response.setEntity(complete);
  }

  @Override
  public void destroy() {
    watchdog.shutdownNow();
  }
}
