package org.bpmnmlops.monitoring;

import org.bpmnmlops.TestDatabase;

class MonitoringLogOnH2Test extends MonitoringLogPromises {

  MonitoringLogOnH2Test() {
    super(TestDatabase.H2);
  }
}
