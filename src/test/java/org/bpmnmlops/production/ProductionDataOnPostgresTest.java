package org.bpmnmlops.production;

import org.bpmnmlops.TestDatabase;

class ProductionDataOnPostgresTest extends ProductionDataPromises {

  ProductionDataOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
