package org.bpmnmlops.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tells the operator which setting moves this server to a free port. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortInUseAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, PortInUseException e) {
    return new FailureAnalysis(
        "SERVER_PORT is %d, where another program listens already".formatted(e.getPort()),
        "Stop that program, or set SERVER_PORT to a free port.",
        e);
  }
}
