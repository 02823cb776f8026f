package org.bpmnmlops.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.builder.AbstractFlowNodeBuilder;

/** (e) A process of 40 empty asynchronous steps, on our server and on Camunda alone. */
final class EmptySteps {

  private static final int STEPS = 40;
  private static final int WARM_UP = 30;
  private static final int MEASURED = 51;
  private static final String PROCESS = "empty-steps";

  private EmptySteps() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Machine.introduce("A process of %d empty steps, H2 file, durable commits".formatted(STEPS));
    double ours;
    try (ServerProcess server =
        ServerProcess.ours(ServerProcess.newHome("steps"), ServerProcess.SMALL, Map.of())) {
      ours = measure(server.rest());
    }
    double bare;
    try (ServerProcess server =
        ServerProcess.empty(ServerProcess.newHome("steps-empty"), ServerProcess.SMALL, List.of())) {
      bare = measure(server.rest());
    }
    Machine.atMost("median of %d runs".formatted(MEASURED), ours, 0.8, "s");
    Machine.tell("Camunda alone", bare, "s");
    Machine.tell("ours / Camunda alone", ours / bare, "");
  }

  private static String model() {
    AbstractFlowNodeBuilder<?, ?> end =
        Bpmn.createExecutableProcess(PROCESS)
            .camundaHistoryTimeToLiveString("P1D")
            .startEvent()
            .camundaAsyncAfter();
    for (int i = 1; i <= STEPS; i++) {
      end = end.serviceTask("step" + i).camundaExpression("${true}").camundaAsyncBefore();
    }
    return Bpmn.convertToString(end.endEvent().done());
  }

  private static double measure(Rest rest) throws IOException, InterruptedException {
    rest.deploy(PROCESS + ".bpmn", model());
    double[] seconds = new double[MEASURED];
    for (int i = -WARM_UP; i < MEASURED; i++) {
      double millis = rest.await(rest.start(PROCESS, Map.of())).millis();
      if (i >= 0) {
        seconds[i] = millis / 1000;
      }
    }
    return Machine.median(seconds);
  }
}
