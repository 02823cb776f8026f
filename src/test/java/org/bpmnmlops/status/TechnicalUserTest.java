package org.bpmnmlops.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class TechnicalUserTest {

  @Autowired Server server;
  @Autowired TechnicalUser technicalUser;

  @Test
  void reachesTheStatusApiAndNothingElse() {
    Server.Caller caller = server.user(technicalUser.name(), technicalUser.password());

    assertThat(caller.get("/api/v1/status?dag_id=nothing").body()).isEqualTo("{}");
    assertThat(caller.get("/engine-rest/user/count").body()).isEqualTo("{\"count\":0}");
  }
}
