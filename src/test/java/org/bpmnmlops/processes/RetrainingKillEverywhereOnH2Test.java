package org.bpmnmlops.processes;

import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("kill")
class RetrainingKillEverywhereOnH2Test extends RetrainingKillOnH2Test {

  @Override
  List<String> stops() {
    return EVERYWHERE;
  }
}
