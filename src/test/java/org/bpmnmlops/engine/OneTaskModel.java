package org.bpmnmlops.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.connect.impl.AbstractConnector;
import org.camunda.connect.spi.Connector;
import org.camunda.connect.spi.ConnectorRequest;
import org.camunda.connect.spi.ConnectorResponse;

/**
 * A process of one connector task "Call" with a boundary error event, so that a connector is seen
 * as a model sees it. The models of a JVM share one engine, which is what starting costs, and take
 * turns; each brings connectors and beans of its own and is closed at its end.
 */
public final class OneTaskModel implements AutoCloseable {

  private static final Map<String, Connector<?>> CURRENT = new ConcurrentHashMap<>();
  private static final Map<Object, Object> BEANS = new ConcurrentHashMap<>();
  private static final ProcessEngine SHARED =
      start(List.of(new Current("http-connector"), new Current("mail-send")), BEANS);

  private final ProcessEngine engine = SHARED;
  private final List<String> deployments = new ArrayList<>();

  /**
   * @param connectors that the model knows besides Connect's own
   * @param beans that its expressions know
   */
  public OneTaskModel(List<Connector<?>> connectors, Map<String, Object> beans) {
    CURRENT.clear();
    connectors.forEach(connector -> CURRENT.put(connector.getId(), connector));
    BEANS.clear();
    BEANS.putAll(beans);
  }

  /** An engine in memory that knows these connectors and beans. */
  public static ProcessEngine start(List<Connector<?>> connectors, Map<Object, Object> beans) {
    String name = "one-task-" + UUID.randomUUID();
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName(name);
    configuration.setJdbcUrl("jdbc:h2:mem:" + name);
    configuration.setJobExecutorActivate(false);
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setBeans(beans);
    configuration.getProcessEnginePlugins().add(new ConnectPlugin(connectors));
    return configuration.buildProcessEngine();
  }

  /** Stands in the shared engine for whichever connector the model of the moment brought. */
  private static final class Current
      extends AbstractConnector<ConnectorRequest<ConnectorResponse>, ConnectorResponse> {

    private Current(String id) {
      super(id);
    }

    @Override
    @SuppressWarnings("unchecked")
    public ConnectorRequest<ConnectorResponse> createRequest() {
      return (ConnectorRequest<ConnectorResponse>) CURRENT.get(getId()).createRequest();
    }

    @Override
    public ConnectorResponse execute(ConnectorRequest<ConnectorResponse> request) {
      throw new IllegalStateException("A request is executed by the connector that made it");
    }
  }

  /** What a run came to. */
  public record Outcome(
      String run, String end, Map<String, Object> variables, String incidentMessage) {}

  /**
   * Deploys the process {@code key}, whose task is {@code connector} and whose boundary error event
   * catches {@code errorCode} into {@code failureMessage}, and runs it.
   *
   * @param connector the content of {@code <camunda:connector>}
   */
  public Outcome run(
      String key,
      String connector,
      String errorCode,
      String businessKey,
      Map<String, Object> variables) {
    deploy(key, connector, errorCode);
    String run =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey(key, businessKey, variables)
            .getProcessInstanceId();
    return work(run);
  }

  private Outcome work(String run) {
    String message = "";
    Job job = engine.getManagementService().createJobQuery().processInstanceId(run).singleResult();
    try {
      engine.getManagementService().executeJob(job.getId());
    } catch (RuntimeException e) {
      message = String.valueOf(e.getMessage());
    }
    return new Outcome(run, end(run), variables(run), message);
  }

  private String end(String run) {
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(run)
        .activityType("noneEndEvent")
        .list()
        .stream()
        .map(activity -> activity.getActivityId())
        .collect(Collectors.joining(","));
  }

  private Map<String, Object> variables(String run) {
    return engine
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .processInstanceId(run)
        .list()
        .stream()
        .collect(
            Collectors.toMap(
                HistoricVariableInstance::getName, variable -> "" + variable.getValue()));
  }

  private void deploy(String key, String connector, String errorCode) {
    String model =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
          <bpmn:process id="%s" isExecutable="true">
            <bpmn:startEvent id="start"/>
            <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="serviceTask_call"/>
            <bpmn:serviceTask id="serviceTask_call" name="Call" camunda:asyncBefore="true">
              <bpmn:extensionElements>
                <camunda:connector>%s</camunda:connector>
              </bpmn:extensionElements>
            </bpmn:serviceTask>
            <bpmn:sequenceFlow id="f2" sourceRef="serviceTask_call" targetRef="done"/>
            <bpmn:endEvent id="done"/>
            <bpmn:boundaryEvent id="boundary" attachedToRef="serviceTask_call">
              <bpmn:errorEventDefinition errorRef="error"
                  camunda:errorMessageVariable="failureMessage"/>
            </bpmn:boundaryEvent>
            <bpmn:sequenceFlow id="f3" sourceRef="boundary" targetRef="failed"/>
            <bpmn:endEvent id="failed"/>
          </bpmn:process>
          <bpmn:error id="error" errorCode="%s"/>
        </bpmn:definitions>
        """
            .formatted(key, connector, errorCode);
    deployments.add(
        engine
            .getRepositoryService()
            .createDeployment()
            .addInputStream(
                key + ".bpmn", new ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8)))
            .deploy()
            .getId());
  }

  @Override
  public void close() {
    deployments.forEach(it -> engine.getRepositoryService().deleteDeployment(it, true));
  }
}
