package org.bpmnmlops.security;

import org.bpmnmlops.Server;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.identity.User;

/** A user without any right until a test grants one; closing removes both. */
final class OrdinaryUser implements AutoCloseable {

  static final String ID = "olga";
  static final String PASSWORD = "Correct-Horse-7";

  private final IdentityService identity;
  private final AuthorizationService authorizations;

  OrdinaryUser(IdentityService identity, AuthorizationService authorizations) {
    this.identity = identity;
    this.authorizations = authorizations;
    User user = identity.newUser(ID);
    user.setPassword(PASSWORD);
    identity.saveUser(user);
  }

  Server.Caller of(Server server) {
    return server.user(ID, PASSWORD);
  }

  void grant(Resource resource, String resourceId, Permission... permissions) {
    Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    grant.setUserId(ID);
    grant.setResource(resource);
    grant.setResourceId(resourceId);
    for (Permission permission : permissions) {
      grant.addPermission(permission);
    }
    authorizations.saveAuthorization(grant);
  }

  @Override
  public void close() {
    identity.deleteUser(ID);
    authorizations.createAuthorizationQuery().userIdIn(ID).list().stream()
        .map(Authorization::getId)
        .forEach(authorizations::deleteAuthorization);
  }
}
