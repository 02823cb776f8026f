package org.bpmnmlops.process;

import org.camunda.bpm.engine.delegate.BpmnError;

/**
 * A failure that a model handles with a boundary error event.
 *
 * @param code as written in the model
 * @param meaning one sentence for whoever draws the boundary error event
 */
public record ErrorCode(String code, String meaning) {

  /** The longest message the engine's text variables hold, with room to spare. */
  static final int LONGEST_MESSAGE = 3900;

  /** The BPMN error for a condition the diagram handles; the cause's message is what users read. */
  public BpmnError because(Exception cause) {
    return new BpmnError(code, shorten(String.valueOf(cause.getMessage())), cause);
  }

  private static String shorten(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + " ... (shortened)";
  }
}
