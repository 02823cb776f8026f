package org.bpmnmlops.security;

import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees at every start, before the server listens, that somebody can administer it: creates the user
 * {@code admin} where the group of administrators is empty, and grants the group every right.
 */
@Component
class Administrator implements InitializingBean {

  static final String ID = "admin";

  private static final Logger log = LoggerFactory.getLogger(Administrator.class);

  private final IdentityService identity;
  private final AuthorizationService authorizations;
  private final AdminPassword password;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  Administrator(
      IdentityService identity,
      AuthorizationService authorizations,
      AdminPassword password,
      JdbcTemplate jdbc,
      TransactionTemplate transaction) {
    this.identity = identity;
    this.authorizations = authorizations;
    this.password = password;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public void afterPropertiesSet() {
    transaction.executeWithoutResult(
        status -> {
          // The row nodes that start at once wait for; the engine locks it for its own start too.
          jdbc.queryForObject(
              "SELECT VALUE_ FROM ACT_GE_PROPERTY WHERE NAME_ = 'startup.lock' FOR UPDATE",
              String.class);
          createGroup();
          createUser();
          grantEverything();
        });
  }

  private void createGroup() {
    if (identity.createGroupQuery().groupId(Groups.CAMUNDA_ADMIN).count() == 0) {
      Group group = identity.newGroup(Groups.CAMUNDA_ADMIN);
      group.setName("Administrators");
      group.setType(Groups.GROUP_TYPE_SYSTEM);
      identity.saveGroup(group);
    }
  }

  private void createUser() {
    if (identity.createUserQuery().memberOfGroup(Groups.CAMUNDA_ADMIN).count() > 0) {
      if (password.isGiven()) {
        log.info(
            "There is an administrator: {} is for the first start only; change the password in Admin",
            AdminPassword.VARIABLE);
      }
      return;
    }
    if (identity.createUserQuery().userId(ID).count() == 0) {
      User user = identity.newUser(ID);
      // Camunda's pages greet with both names.
      user.setFirstName("Local");
      user.setLastName("Admin");
      user.setPassword(
          password.get(
              candidate -> identity.checkPasswordAgainstPolicy(candidate, user).isValid()));
      identity.saveUser(user);
      log.info("Created the user '{}'; the password is {}", ID, password.whereabouts());
    }
    identity.createMembership(ID, Groups.CAMUNDA_ADMIN);
  }

  private void grantEverything() {
    for (Resource resource : Resources.values()) {
      if (authorizations
              .createAuthorizationQuery()
              .groupIdIn(Groups.CAMUNDA_ADMIN)
              .resourceType(resource)
              .resourceId(Authorization.ANY)
              .count()
          == 0) {
        Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setGroupId(Groups.CAMUNDA_ADMIN);
        grant.setResource(resource);
        grant.setResourceId(Authorization.ANY);
        grant.addPermission(Permissions.ALL);
        authorizations.saveAuthorization(grant);
      }
    }
  }
}
