package org.bpmnmlops.monitoring;

import org.bpmnmlops.TestDatabase;

class MonitoringLogOnPostgresTest extends MonitoringLogPromises {

  MonitoringLogOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
