package org.bpmnmlops.artifact;

/** A file that a step has written was deleted since; the message says what to do. */
public final class GoneFileException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String reference;

  GoneFileException(String reference, String step) {
    super(
        reference.startsWith(Artifacts.RUNS)
            ? "%s is gone. Continue the run from '%s', which writes it, on the run's page in Cockpit"
                .formatted(reference, step)
            : "%s is gone. Put the folder of the version back from a backup".formatted(reference));
    this.reference = reference;
  }

  public String reference() {
    return reference;
  }
}
