package org.bpmnmlops.production;

import org.bpmnmlops.TestDatabase;

class ProductionDataOnH2Test extends ProductionDataPromises {

  ProductionDataOnH2Test() {
    super(TestDatabase.H2);
  }
}
