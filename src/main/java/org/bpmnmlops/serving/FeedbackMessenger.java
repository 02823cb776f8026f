package org.bpmnmlops.serving;

/** Tells waiting processes that enough outcomes have come. */
@FunctionalInterface
public interface FeedbackMessenger {

  /** Name of the message; processes start by it or wait for it. */
  String MESSAGE = "FeedbackReceived";

  /**
   * Sends the message in the caller's transaction. It is no fault when nobody waits for it.
   *
   * @param model variable {@code modelName} of whoever receives it
   * @param labelled rows of the model with an outcome, by now
   */
  void enough(String model, long labelled);
}
