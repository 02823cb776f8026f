package org.bpmnmlops.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/**
 * Whoever the engine works for right now, for code that reads or writes beside the engine and so
 * has to ask for permission itself.
 */
@Component
public class CurrentUser {

  private final IdentityService identity;
  private final AuthorizationService authorizations;

  CurrentUser(IdentityService identity, AuthorizationService authorizations) {
    this.identity = identity;
    this.authorizations = authorizations;
  }

  /** Where nobody is signed in, as in a timer's job, everything is allowed, as in the engine. */
  public boolean may(Permission permission, Resource resource, String id) {
    Authentication user = identity.getCurrentAuthentication();
    return user == null
        || authorizations.isUserAuthorized(
            user.getUserId(), user.getGroupIds(), permission, resource, id);
  }

  /**
   * Refuses a user without the permission.
   *
   * @throws AuthorizationException names it
   */
  public void require(Permission permission, Resource resource, String id) {
    if (!may(permission, resource, id)) {
      throw new AuthorizationException(
          identity.getCurrentAuthentication().getUserId(),
          permission.getName(),
          resource.resourceName(),
          id);
    }
  }

  /**
   * Work that the caller may ask for, but may not do by any other way; ask {@link #require} first.
   */
  public <T> T withoutChecks(Supplier<T> work) {
    Authentication user = identity.getCurrentAuthentication();
    identity.clearAuthentication();
    try {
      return work.get();
    } finally {
      identity.setAuthentication(user);
    }
  }
}
