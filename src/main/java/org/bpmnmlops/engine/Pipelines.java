package org.bpmnmlops.engine;

/** What makes a process a pipeline: it has the step "Admit run". */
final class Pipelines {

  static final String ADMISSION = "admitRunDelegate";

  private Pipelines() {}
}
