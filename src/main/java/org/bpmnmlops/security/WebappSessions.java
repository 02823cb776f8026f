package org.bpmnmlops.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.camunda.bpm.webapp.impl.security.filter.util.CsrfConstants;
import org.springframework.stereotype.Component;

/** Who is signed in to Cockpit, Tasklist or Admin in the browser that sends a request. */
@Component
class WebappSessions {

  private final ProcessEngine engine;

  WebappSessions(ProcessEngine engine) {
    this.engine = engine;
  }

  /** Groups, tenants and whether the user still exists are at most as old as a login may be. */
  Optional<SignedIn> find(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    Authentications authentications = AuthenticationUtil.getAuthsFromSession(session);
    AuthenticationUtil.updateCache(authentications, session, Logins.REMEMBERED.toMillis());
    if (authentications.getAuthenticationForProcessEngine(engine.getName())
        instanceof UserAuthentication user) {
      return Optional.of(
          new SignedIn(user.getIdentityId(), user.getGroupIds(), user.getTenantIds()));
    }
    return Optional.empty();
  }

  /** Whether a page of ours sends the request, which knows the session's token. */
  boolean hasToken(HttpServletRequest request) {
    Object expected =
        request.getSession(false).getAttribute(CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME);
    String given = request.getHeader(CsrfConstants.CSRF_TOKEN_HEADER_NAME);
    return expected instanceof String token
        && given != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
