package org.bpmnmlops.registry;

import org.bpmnmlops.TestDatabase;

class ModelRegistryOnH2Test extends ModelRegistryPromises {

  ModelRegistryOnH2Test() {
    super(TestDatabase.H2);
  }
}
