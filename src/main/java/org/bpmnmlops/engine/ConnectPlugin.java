package org.bpmnmlops.engine;

import static org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseUtil.findCamundaExtensionElement;
import static org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseUtil.parseInputOutput;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.core.variable.mapping.IoMapping;
import org.camunda.bpm.engine.impl.core.variable.scope.AbstractVariableScope;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.connect.plugin.impl.ConnectorParseListener;
import org.camunda.connect.plugin.impl.ConnectorVariableScope;
import org.camunda.connect.plugin.impl.ServiceTaskConnectorActivityBehavior;
import org.camunda.connect.spi.Connector;
import org.camunda.connect.spi.ConnectorRequest;
import org.camunda.connect.spi.ConnectorResponse;
import org.springframework.stereotype.Component;

/**
 * Gives {@code <camunda:connector>} the connectors that are Spring beans, by their id. Connect's
 * own register is one static map for the whole JVM, filled without Spring, so two engines in one
 * JVM would share whichever connector came last; here each engine has its own. An id that is no
 * bean is looked up in Connect's register, which is filled only then: it would make a second HTTP
 * client at every start.
 *
 * <p>For whoever draws: the expressions of a connector's inputs and outputs know {@code execution},
 * which Connect by itself does not offer them.
 */
@Component("connectProcessEnginePlugin")
class ConnectPlugin extends AbstractProcessEnginePlugin {

  private static final String EXECUTION = "execution";

  private final Map<String, Connector<?>> connectors;

  ConnectPlugin(List<Connector<?>> connectors) {
    this.connectors =
        connectors.stream().collect(Collectors.toMap(Connector::getId, Function.identity()));
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    List<BpmnParseListener> listeners = new ArrayList<>();
    Optional.ofNullable(engine.getCustomPreBPMNParseListeners()).ifPresent(listeners::addAll);
    listeners.add(new Parser());
    engine.setCustomPreBPMNParseListeners(listeners);
  }

  private final class Parser extends ConnectorParseListener {

    @Override
    protected void parseConnectorElement(Element task, ScopeImpl scope, ActivityImpl activity) {
      super.parseConnectorElement(task, scope, activity);
      Element connector = findCamundaExtensionElement(task, "connector");
      if (connector != null) {
        String id = connector.element("connectorId").getText().strip();
        activity.setActivityBehavior(new Behavior(id, parseInputOutput(connector)));
      }
    }
  }

  private final class Behavior extends ServiceTaskConnectorActivityBehavior {

    Behavior(String connectorId, IoMapping mapping) {
      super(connectorId, mapping);
    }

    @Override
    protected void ensureConnectorInitialized() {
      connectorInstance = connectors.get(connectorId);
      if (connectorInstance == null) {
        super.ensureConnectorInitialized();
      }
    }

    @Override
    protected void applyInputParameters(ActivityExecution execution, ConnectorRequest<?> request) {
      if (ioMapping != null) {
        ConnectorVariableScope scope = scope(execution);
        ioMapping.executeInputParameters(scope);
        scope.writeToRequest(request);
      }
    }

    @Override
    protected void applyOutputParameters(ActivityExecution execution, ConnectorResponse response) {
      if (ioMapping != null) {
        ConnectorVariableScope scope = scope(execution);
        scope.readFromResponse(response);
        ioMapping.executeOutputParameters(scope);
      }
    }

    private ConnectorVariableScope scope(ActivityExecution execution) {
      ConnectorVariableScope scope = new ConnectorVariableScope((AbstractVariableScope) execution);
      scope.setVariableLocal(EXECUTION, execution);
      return scope;
    }
  }
}
