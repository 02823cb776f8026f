package org.bpmnmlops.monitoring;

import org.bpmnmlops.TestDatabase;

class ReportStoreOnPostgresTest extends ReportStorePromises {

  ReportStoreOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
