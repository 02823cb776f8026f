package org.bpmnmlops.console;

import org.bpmnmlops.engine.CurrentUser;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.ProcessInstancePermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.stereotype.Component;

/**
 * What the caller may do with a pipeline, by the engine's authorisations. Our own tables are read
 * with SQL, which the engine does not check; whoever reads them asks here first.
 */
@Component
class Rights {

  /**
   * For pages that offer only what will be accepted.
   *
   * @param start start runs, also again
   * @param pause pause and resume the pipeline
   * @param retry give failed steps another attempt
   * @param move let a run under way go on from another step
   * @param cancel end a run
   */
  record May(boolean start, boolean pause, boolean retry, boolean move, boolean cancel) {}

  private final CurrentUser user;

  Rights(CurrentUser user) {
    this.user = user;
  }

  /** Whether the caller sees the pipeline's runs, ended ones too. */
  boolean mayReadRuns(String pipeline) {
    return user.may(Permissions.READ_HISTORY, Resources.PROCESS_DEFINITION, pipeline);
  }

  /**
   * Refuses a caller who may not see the pipeline's runs.
   *
   * @throws AuthorizationException names the missing permission
   */
  void requireReadRuns(String pipeline) {
    user.require(Permissions.READ_HISTORY, Resources.PROCESS_DEFINITION, pipeline);
  }

  May of(String pipeline) {
    boolean update =
        onRuns(pipeline, Permissions.UPDATE_INSTANCE, ProcessInstancePermissions.UPDATE);
    return new May(
        onPipeline(pipeline, Permissions.CREATE_INSTANCE)
            && user.may(Permissions.CREATE, Resources.PROCESS_INSTANCE, Authorization.ANY),
        onPipeline(pipeline, ProcessDefinitionPermissions.SUSPEND)
            || onPipeline(pipeline, Permissions.UPDATE),
        update
            || onRuns(
                pipeline,
                ProcessDefinitionPermissions.RETRY_JOB,
                ProcessInstancePermissions.RETRY_JOB),
        update,
        onRuns(pipeline, Permissions.DELETE_INSTANCE, ProcessInstancePermissions.DELETE));
  }

  private boolean onRuns(String pipeline, Permission ofDefinition, Permission ofInstance) {
    return onPipeline(pipeline, ofDefinition)
        || user.may(ofInstance, Resources.PROCESS_INSTANCE, Authorization.ANY);
  }

  private boolean onPipeline(String pipeline, Permission permission) {
    return user.may(permission, Resources.PROCESS_DEFINITION, pipeline);
  }
}
