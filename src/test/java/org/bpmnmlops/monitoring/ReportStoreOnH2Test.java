package org.bpmnmlops.monitoring;

import org.bpmnmlops.TestDatabase;

class ReportStoreOnH2Test extends ReportStorePromises {

  ReportStoreOnH2Test() {
    super(TestDatabase.H2);
  }
}
