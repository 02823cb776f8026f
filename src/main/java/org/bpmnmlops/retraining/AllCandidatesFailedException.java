package org.bpmnmlops.retraining;

/** No candidate of a retraining has a model; the message says why each failed. */
class AllCandidatesFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AllCandidatesFailedException(String message) {
    super(message);
  }
}
