package org.bpmnmlops.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator what to change where Spring would print a stack trace. */
class AdminPasswordRefusedAnalyzer extends AbstractFailureAnalyzer<AdminPasswordRefusedException> {

  /** The engine's policy; the place is for the user's name. */
  static final String EXPECTED =
      "Choose one of at least 10 characters, with an upper-case and a lower-case letter, a digit"
          + " and a sign such as '-', that does not contain %s";

  @Override
  protected FailureAnalysis analyze(Throwable root, AdminPasswordRefusedException e) {
    return new FailureAnalysis(
        e.getMessage(),
        "%s; or unset %s to have one made."
            .formatted(EXPECTED.formatted("'admin'"), AdminPassword.VARIABLE),
        e);
  }
}
