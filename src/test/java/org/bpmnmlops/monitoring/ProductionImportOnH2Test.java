package org.bpmnmlops.monitoring;

import org.bpmnmlops.TestDatabase;

class ProductionImportOnH2Test extends ProductionImportPromises {

  ProductionImportOnH2Test() {
    super(TestDatabase.H2);
  }
}
