package org.bpmnmlops.decision;

/** Somebody else changed the table that was edited. */
final class OvertakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OvertakenException(int live, String edited) {
    super(
        "The table is at version %d, not %s: get it again and repeat the change there"
            .formatted(live, edited));
  }
}
