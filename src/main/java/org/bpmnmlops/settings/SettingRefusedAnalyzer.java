package org.bpmnmlops.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tells the operator what to change where Spring would print a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SettingRefusedAnalyzer extends AbstractFailureAnalyzer<SettingRefusedException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, SettingRefusedException e) {
    return new FailureAnalysis(
        e.getMessage(), "Correct it and start again; docs/settings.md lists all settings.", e);
  }
}
