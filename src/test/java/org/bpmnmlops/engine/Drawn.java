package org.bpmnmlops.engine;

import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.AbstractFlowNodeBuilder;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** Pipelines drawn in memory, as a user would draw them in the Modeler. */
public final class Drawn {

  private Drawn() {}

  /** Start -> Admit run -> Slot free? -> (Slot granted ->) Fetch weather, with its retry loop. */
  public static BpmnModelInstance pipeline(String key, Map<String, String> properties) {
    BpmnModelInstance model =
        admission(key)
            .serviceTask("serviceTask_fetchWeather")
            .name("Fetch weather")
            .camundaDelegateExpression("${fetchWeatherDelegate}")
            .camundaAsyncBefore()
            .endEvent("endEvent_done")
            .camundaAsyncBefore()
            .moveToActivity("serviceTask_fetchWeather")
            .boundaryEvent("boundary_notThere")
            .error("NOT_THERE")
            .exclusiveGateway("gateway_attemptsLeft")
            .condition("yes", "${attempts_fetchWeather < maxAttempts}")
            .intermediateCatchEvent("event_wait")
            .timerWithDuration("${retryDelay}")
            .connectTo("serviceTask_fetchWeather")
            .moveToNode("gateway_attemptsLeft")
            .condition("no", "${attempts_fetchWeather >= maxAttempts}")
            .intermediateThrowEvent("event_noWeather")
            .endEvent("endEvent_failed")
            .camundaAsyncBefore()
            .moveToNode("gateway_slotFree")
            .condition("no", "${!slotGranted}")
            .intermediateCatchEvent("event_slotGranted")
            .message("slotGranted")
            .camundaAsyncAfter()
            .connectTo("serviceTask_fetchWeather")
            .done();
    addProperties(model, key, properties);
    addProperties(
        model,
        "event_noWeather",
        Map.of("failureCode", "NO_WEATHER", "failureMessage", "No weather: ${fault_fetchWeather}"));
    return model;
  }

  private static AbstractFlowNodeBuilder<?, ?> admission(String key) {
    return Bpmn.createExecutableProcess(key)
        .camundaHistoryTimeToLiveString("P1D")
        .startEvent("startEvent_onRequest")
        .camundaAsyncAfter()
        .serviceTask("serviceTask_admitRun")
        .camundaDelegateExpression("${admitRunDelegate}")
        .camundaAsyncBefore()
        .exclusiveGateway("gateway_slotFree")
        .condition("yes", "${slotGranted}");
  }

  static void addProperties(BpmnModelInstance model, String element, Map<String, String> values) {
    var target =
        (org.camunda.bpm.model.bpmn.instance.BaseElement) model.getModelElementById(element);
    ExtensionElements extensions = target.getExtensionElements();
    if (extensions == null) {
      extensions = model.newInstance(ExtensionElements.class);
      target.setExtensionElements(extensions);
    }
    CamundaProperties properties = extensions.addExtensionElement(CamundaProperties.class);
    values.forEach(
        (name, value) -> {
          CamundaProperty property = model.newInstance(CamundaProperty.class);
          property.setCamundaName(name);
          property.setCamundaValue(value);
          properties.addChildElement(property);
        });
  }

  static Process process(BpmnModelInstance model) {
    return model.getModelElementsByType(Process.class).iterator().next();
  }
}
