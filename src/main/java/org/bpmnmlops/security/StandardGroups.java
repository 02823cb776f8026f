package org.bpmnmlops.security;

import static org.bpmnmlops.security.StandardGroup.MODEL_OWNERS;
import static org.bpmnmlops.security.StandardGroup.PIPELINE_OPERATORS;
import static org.bpmnmlops.security.StandardGroup.PIPELINE_VIEWERS;
import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;

import org.bpmnmlops.security.StandardGroup.Right;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates the {@link StandardGroup}s and their rights, each once in the life of a database: what an
 * administrator deletes or takes away stays away.
 */
@Component
class StandardGroups implements InitializingBean {

  private static final String WORKFLOW = "WORKFLOW";

  private final IdentityService identity;
  private final AuthorizationService authorizations;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  StandardGroups(
      IdentityService identity,
      AuthorizationService authorizations,
      JdbcClient jdbc,
      TransactionTemplate transaction) {
    this.identity = identity;
    this.authorizations = authorizations;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public void afterPropertiesSet() {
    transaction.executeWithoutResult(
        status -> {
          // The row nodes that start at once wait for; the engine locks it for its own start too.
          jdbc.sql("SELECT VALUE_ FROM ACT_GE_PROPERTY WHERE NAME_ = 'startup.lock' FOR UPDATE")
              .query(String.class)
              .single();
          keepReporters();
          for (StandardGroup group : StandardGroup.values()) {
            if (isNew(group.id())) {
              create(group);
            }
            group.rights().stream()
                .filter(right -> isNew(name(group, right)))
                .forEach(right -> give(group, right));
          }
        });
  }

  private void create(StandardGroup standard) {
    if (identity.createGroupQuery().groupId(standard.id()).count() == 0) {
      Group group = identity.newGroup(standard.id());
      group.setName(standard.label());
      group.setType(WORKFLOW);
      identity.saveGroup(group);
    }
  }

  /** Where an administrator was first, their choice stays. */
  private void give(StandardGroup group, Right right) {
    int type = right.granted() ? Authorization.AUTH_TYPE_GRANT : Authorization.AUTH_TYPE_REVOKE;
    boolean exists =
        authorizations
                .createAuthorizationQuery()
                .authorizationType(type)
                .groupIdIn(group.id())
                .resourceType(right.resource())
                .resourceId(right.resourceId())
                .count()
            > 0;
    if (!exists) {
      save(right, null, group.id());
    }
  }

  /**
   * In databases from before {@code update-status} was a right of its own, {@code status} was it:
   * whoever has that keeps the other too, but for the groups that only read.
   */
  private void keepReporters() {
    Right right = Right.grant(Resources.APPLICATION, Application.UPDATE_STATUS.id(), ACCESS);
    if (!isKnown(PIPELINE_OPERATORS.id()) || !isNew(name(PIPELINE_OPERATORS, right))) {
      return;
    }
    for (Authorization before :
        authorizations
            .createAuthorizationQuery()
            .authorizationType(Authorization.AUTH_TYPE_GRANT)
            .resourceType(Resources.APPLICATION)
            .resourceId(Application.STATUS.id())
            .list()) {
      if (before.isPermissionGranted(ACCESS)
          && !PIPELINE_VIEWERS.id().equals(before.getGroupId())
          && !MODEL_OWNERS.id().equals(before.getGroupId())) {
        save(right, before.getUserId(), before.getGroupId());
      }
    }
  }

  private void save(Right right, String user, String group) {
    Authorization authorization =
        authorizations.createNewAuthorization(
            right.granted() ? Authorization.AUTH_TYPE_GRANT : Authorization.AUTH_TYPE_REVOKE);
    authorization.setUserId(user);
    authorization.setGroupId(group);
    authorization.setResource(right.resource());
    authorization.setResourceId(right.resourceId());
    right
        .permissions()
        .forEach(right.granted() ? authorization::addPermission : authorization::removePermission);
    authorizations.saveAuthorization(authorization);
  }

  private boolean isKnown(String id) {
    return jdbc.sql("SELECT COUNT(*) FROM mlops_default_right WHERE id = :id")
            .param("id", id)
            .query(Long.class)
            .single()
        > 0;
  }

  /** Whether this is the first time; from now on it is not. */
  private boolean isNew(String id) {
    return jdbc.sql(
                "INSERT INTO mlops_default_right (id) SELECT CAST(:id AS VARCHAR(255))"
                    + " WHERE NOT EXISTS (SELECT 1 FROM mlops_default_right WHERE id = :id)")
            .param("id", id)
            .update()
        == 1;
  }

  private static String name(StandardGroup group, Right right) {
    return "%s/%s/%s/%s"
        .formatted(
            group.id(),
            right.granted() ? "grant" : "revoke",
            right.resource().resourceName(),
            right.resourceId());
  }
}
