package org.bpmnmlops.monitoring;

import org.bpmnmlops.TestDatabase;

class ProductionImportOnPostgresTest extends ProductionImportPromises {

  ProductionImportOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
