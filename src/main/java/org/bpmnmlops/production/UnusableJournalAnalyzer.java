package org.bpmnmlops.production;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator what to do where Spring would print a stack trace. */
class UnusableJournalAnalyzer extends AbstractFailureAnalyzer<UnusableJournalException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, UnusableJournalException e) {
    return new FailureAnalysis(e.getMessage(), e.advice(), e);
  }
}
