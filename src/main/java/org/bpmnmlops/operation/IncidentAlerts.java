package org.bpmnmlops.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpmnmlops.operation.Alert.Kind;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.incident.IncidentHandler;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Raises an alert for every incident, beside the engine's own handling. The engine asks it once per
 * root cause: the incidents that callers of the failed process inherit do not pass here.
 */
@Component
@DependsOnDatabaseInitialization
class IncidentAlerts extends AbstractProcessEnginePlugin {

  private final Alerts alerts;

  IncidentAlerts(Alerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setCompositeIncidentHandlersEnabled(true);
    List<IncidentHandler> handlers = new ArrayList<>();
    if (engine.getCustomIncidentHandlers() != null) {
      handlers.addAll(engine.getCustomIncidentHandlers());
    }
    Stream.of(Incident.FAILED_JOB_HANDLER_TYPE, Incident.EXTERNAL_TASK_HANDLER_TYPE)
        .map(Handler::new)
        .forEach(handlers::add);
    engine.setCustomIncidentHandlers(handlers);
  }

  private final class Handler implements IncidentHandler {

    private final String type;

    Handler(String type) {
      this.type = type;
    }

    @Override
    public String getIncidentHandlerType() {
      return type;
    }

    /** The engine takes the incident from its own handler and ignores what this one returns. */
    @Override
    public Incident handleIncident(IncidentContext incident, String message) {
      CommandContext context = Context.getCommandContext();
      if (incident.getProcessDefinitionId() != null) {
        alerts.raise(alert(incident, message, context), context);
      }
      return null;
    }

    @Override
    public void resolveIncident(IncidentContext incident) {
      // Nobody needs a mail that all is well again; Cockpit shows it.
    }

    @Override
    public void deleteIncident(IncidentContext incident) {
      // As above.
    }
  }

  private static Alert alert(IncidentContext incident, String message, CommandContext context) {
    String step =
        incident.getFailedActivityId() == null
            ? incident.getActivityId()
            : incident.getFailedActivityId();
    String pipeline =
        context
            .getProcessEngineConfiguration()
            .getDeploymentCache()
            .findDeployedProcessDefinitionById(incident.getProcessDefinitionId())
            .getKey();
    return new Alert(
        Kind.INCIDENT,
        incident.getProcessDefinitionId(),
        pipeline,
        step,
        run(incident, context),
        cause(incident, message, context));
  }

  private static String run(IncidentContext incident, CommandContext context) {
    if (incident.getExecutionId() == null) {
      return null;
    }
    ExecutionEntity execution =
        context.getExecutionManager().findExecutionById(incident.getExecutionId());
    return execution == null ? null : execution.getProcessInstanceId();
  }

  /** The root cause's message, which the engine keeps only as the last part of the stack trace. */
  private static String cause(IncidentContext incident, String message, CommandContext context) {
    JobEntity job = context.getJobManager().findJobById(incident.getConfiguration());
    String trace = job == null ? null : job.getExceptionStacktrace();
    if (trace != null) {
      return RootCause.of(trace);
    }
    return message == null ? "The number of retries was set to 0" : message;
  }
}
