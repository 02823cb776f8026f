package org.bpmnmlops.registry;

import org.bpmnmlops.TestDatabase;

class ModelRegistryOnPostgresTest extends ModelRegistryPromises {

  ModelRegistryOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
