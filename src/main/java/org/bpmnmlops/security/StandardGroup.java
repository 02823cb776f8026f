package org.bpmnmlops.security;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.CREATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.DELETE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_TASK;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.RETRY_JOB;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.SUSPEND;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.SUSPEND_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.UPDATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.Resources.APPLICATION;
import static org.camunda.bpm.engine.authorization.Resources.DECISION_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.DECISION_REQUIREMENTS_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.DEPLOYMENT;
import static org.camunda.bpm.engine.authorization.Resources.FILTER;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_INSTANCE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;

/** The groups every installation begins with. The README has them as a table. */
enum StandardGroup {
  PIPELINE_VIEWERS(
      "pipeline-viewers",
      "Pipeline viewers (read only)",
      List.of("cockpit", "models", "reports", "status", "metrics", "documentation")),

  PIPELINE_OPERATORS(
      "pipeline-operators",
      "Pipeline operators",
      List.of(
          "cockpit",
          "tasklist",
          "models",
          "reports",
          "status",
          "update-status",
          "metrics",
          "documentation"),
      Right.grant(
          PROCESS_DEFINITION,
          ANY,
          CREATE_INSTANCE,
          UPDATE_INSTANCE,
          DELETE_INSTANCE,
          RETRY_JOB,
          SUSPEND,
          SUSPEND_INSTANCE),
      Right.grant(PROCESS_INSTANCE, ANY, CREATE),
      Right.grant(FILTER, ANY, READ),
      // Moving a token past "Approve" or setting its answer would be approving.
      Right.revoke(PROCESS_DEFINITION, "model-retraining", UPDATE_INSTANCE),
      Right.revoke(PROCESS_DEFINITION, "model-rollback", CREATE_INSTANCE)),

  MODEL_OWNERS(
      "model-owners",
      "Model owners",
      List.of("cockpit", "tasklist", "models", "reports", "status", "serving", "documentation"),
      Right.grant(PROCESS_DEFINITION, "model-retraining", CREATE_INSTANCE),
      Right.grant(PROCESS_DEFINITION, "model-rollback", CREATE_INSTANCE),
      Right.grant(PROCESS_INSTANCE, ANY, CREATE),
      Right.grant(DECISION_DEFINITION, ANY, Permissions.CREATE_INSTANCE, Permissions.UPDATE),
      Right.grant(FILTER, ANY, READ));

  private final String id;
  private final String label;
  private final List<Right> rights;

  /** Every group reads all processes, decisions and runs. */
  StandardGroup(String id, String label, List<String> applications, Right... further) {
    this.id = id;
    this.label = label;
    List<Right> all = new ArrayList<>();
    all.add(Right.grant(PROCESS_DEFINITION, ANY, READ, READ_INSTANCE, READ_HISTORY, READ_TASK));
    all.add(Right.grant(DECISION_DEFINITION, ANY, READ, Permissions.READ_HISTORY));
    all.add(Right.grant(DECISION_REQUIREMENTS_DEFINITION, ANY, READ));
    all.add(Right.grant(DEPLOYMENT, ANY, READ));
    applications.forEach(application -> all.add(Right.grant(APPLICATION, application, ACCESS)));
    all.addAll(List.of(further));
    this.rights = Right.merged(all);
  }

  String id() {
    return id;
  }

  String label() {
    return label;
  }

  List<Right> rights() {
    return rights;
  }

  /** Permissions on one resource, or permissions taken away from those on all of its kind. */
  record Right(
      boolean granted, Resource resource, String resourceId, List<Permission> permissions) {

    static Right grant(Resource resource, String id, Permission... permissions) {
      return new Right(true, resource, id, List.of(permissions));
    }

    /** One per resource, as the engine keeps them. */
    static List<Right> merged(List<Right> rights) {
      Map<String, Right> merged = new LinkedHashMap<>();
      for (Right right : rights) {
        merged.merge(
            right.granted + right.resource.resourceName() + right.resourceId,
            right,
            (a, b) ->
                new Right(
                    a.granted,
                    a.resource,
                    a.resourceId,
                    Stream.concat(a.permissions.stream(), b.permissions.stream()).toList()));
      }
      return List.copyOf(merged.values());
    }

    static Right revoke(Resource resource, String id, Permission... permissions) {
      return new Right(false, resource, id, List.of(permissions));
    }
  }
}
