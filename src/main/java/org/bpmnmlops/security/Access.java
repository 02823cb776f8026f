package org.bpmnmlops.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets users of one application pass, and answers the others 403. */
final class Access implements HandlerInterceptor {

  private final Application application;
  private final AuthorizationService authorizations;

  Access(Application application, AuthorizationService authorizations) {
    this.application = application;
    this.authorizations = authorizations;
  }

  /**
   * Runs before the controller.
   *
   * @throws AuthorizationException when the user may not use the application
   */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(request.getUserPrincipal() instanceof SignedIn signedIn)) {
      throw new IllegalStateException("A request reached a controller without signing in");
    }
    if (!authorizations.isUserAuthorized(
        signedIn.user(),
        signedIn.groups(),
        Permissions.ACCESS,
        Resources.APPLICATION,
        application.id())) {
      throw new AuthorizationException(
          signedIn.user(),
          Permissions.ACCESS.getName(),
          Resources.APPLICATION.resourceName(),
          application.id());
    }
    return true;
  }
}
