package org.bpmnmlops.console;

import org.bpmnmlops.Server;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.identity.User;

/** A user without any right until a test grants one; closing removes both. */
final class Operator implements AutoCloseable {

  private static final String PASSWORD = "Correct-Horse-7";

  private final String id;
  private final IdentityService identity;
  private final AuthorizationService authorizations;

  Operator(String id, IdentityService identity, AuthorizationService authorizations) {
    this.id = id;
    this.identity = identity;
    this.authorizations = authorizations;
    User user = identity.newUser(id);
    user.setPassword(PASSWORD);
    identity.saveUser(user);
  }

  Server.Caller of(Server server) {
    return server.user(id, PASSWORD);
  }

  Operator grant(Resource resource, String resourceId, Permission... permissions) {
    Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    grant.setUserId(id);
    grant.setResource(resource);
    grant.setResourceId(resourceId);
    for (Permission permission : permissions) {
      grant.addPermission(permission);
    }
    authorizations.saveAuthorization(grant);
    return this;
  }

  @Override
  public void close() {
    identity.deleteUser(id);
    authorizations.createAuthorizationQuery().userIdIn(id).list().stream()
        .map(Authorization::getId)
        .forEach(authorizations::deleteAuthorization);
  }
}
