package org.bpmnmlops.decision;

import java.util.List;

/** A table that is not deployed, with everything to change. */
final class UnusableTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> findings;

  UnusableTableException(List<String> findings) {
    super("The table is not usable; to change:\n- " + String.join("\n- ", findings));
    this.findings = List.copyOf(findings);
  }

  List<String> findings() {
    return findings;
  }
}
