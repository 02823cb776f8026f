package org.bpmnmlops.operation;

/** Two nodes of one database must not share a name: each would free the other's running steps. */
class NodeNameTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NodeNameTakenException(String name) {
    super(
        "Another server runs as node '%s' on this database. Give each node a name of its own: set MLOPS_NODE"
            .formatted(name));
  }
}
