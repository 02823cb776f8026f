package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@MlopsTest
@ExtendWith(OutputCaptureExtension.class)
class UnmatchedMessagesTest {

  @Autowired private Server server;

  @Test
  void aMessageThatNoRunWaitsForIsAnsweredAndNoErrorOfTheServer(CapturedOutput output) {
    HttpResponse<String> answer =
        server
            .admin()
            .post(
                "/engine-rest/message",
                "{\"messageName\": \"TakeBack\", \"processInstanceId\": \"ended\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Cannot correlate message 'TakeBack'");
    assertThat(output).doesNotContain("TakeBack");
  }
}
