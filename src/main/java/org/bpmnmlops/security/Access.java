package org.bpmnmlops.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets users of one application pass, and answers the others 403. Who may use {@link
 * Application#SERVING} is remembered for as long as a login is: asking the database would cost more
 * than predicting.
 */
final class Access implements HandlerInterceptor {

  private static final int MOST_REMEMBERED = 10_000;

  private final Application application;
  private final AuthorizationService authorizations;
  private final Clock clock;
  private final Map<SignedIn, Instant> allowedUntil = new ConcurrentHashMap<>();

  Access(Application application, AuthorizationService authorizations, Clock clock) {
    this.application = application;
    this.authorizations = authorizations;
    this.clock = clock;
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
    Instant until = allowedUntil.get(signedIn);
    if (until != null && clock.instant().isBefore(until)) {
      return true;
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
    if (application == Application.SERVING && allowedUntil.size() < MOST_REMEMBERED) {
      allowedUntil.put(signedIn, clock.instant().plus(Logins.REMEMBERED));
    }
    return true;
  }
}
