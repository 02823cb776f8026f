package org.bpmnmlops.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bpmnmlops.log.Outage;
import org.camunda.bpm.engine.IdentityService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.util.UriUtils;

/**
 * Every request passes here. It goes on as a user of the engine, from HTTP Basic or from the
 * session of Cockpit, Tasklist and Admin, and so with that user's rights in all engine calls; or it
 * is for one of the few open addresses; or it is answered 401.
 */
final class SignInFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(SignInFilter.class);

  /** Camunda's web applications sign users in by themselves. */
  private static final String WEBAPPS = "/camunda";

  /** Creates administrators while there is none; ours exists before the server listens. */
  private static final String WEBAPPS_SETUP = "/camunda/api/admin/setup";

  /** The login page asks for it to see whether there is one; nothing is there. */
  private static final String LANDING_PAGE = "/camunda-welcome";

  private static final String HEALTH = "/actuator/health";

  private static final Set<String> OPEN = Set.of("/", WEBAPPS, LANDING_PAGE);
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> SAME_SITE = Set.of("same-origin", "none");
  private static final Pattern ENCODED_FOR_NO_REASON =
      Pattern.compile("%(2[DE]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E)", Pattern.CASE_INSENSITIVE);
  private static final String BASIC = "Basic ";

  private final transient IdentityService identity;
  private final transient Logins logins;
  private final transient WebappSessions sessions;
  private final transient ObjectMapper json;

  SignInFilter(
      IdentityService identity, Logins logins, WebappSessions sessions, ObjectMapper json) {
    this.identity = identity;
    this.logins = logins;
    this.sessions = sessions;
    this.json = json;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "SAMEORIGIN");
    response.setHeader("Referrer-Policy", "same-origin");
    String path = path(request);
    if (isAmbiguous(request, path)) {
      refuse(response, HttpStatus.BAD_REQUEST, "The address is not written in its plain form");
    } else if (path.startsWith(WEBAPPS_SETUP)) {
      refuse(response, HttpStatus.FORBIDDEN, "The first administrator exists already");
    } else if (isOpen(request, path)) {
      chain.doFilter(request, response);
    } else {
      doFilterSignedIn(request, response, chain);
    }
  }

  /** Health is open, and tells more to those who sign in. */
  private static boolean isOpen(HttpServletRequest request, String path) {
    return path.startsWith(WEBAPPS + "/")
        || OPEN.contains(path)
        || (path.equals(HEALTH) && request.getHeader(HttpHeaders.AUTHORIZATION) == null);
  }

  private void doFilterSignedIn(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    boolean bySession = authorization == null;
    Optional<SignedIn> user;
    try {
      user = bySession ? sessions.find(request) : basic(authorization);
    } catch (RuntimeException e) {
      if (!Outage.isOne(e)) {
        throw e;
      }
      LOG.warn("Nobody can sign in: the database does not answer", e);
      refuse(
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "The database does not answer; the server's log says what to do. Try again later");
      return;
    }
    boolean writes = !READING.contains(request.getMethod());
    if (user.isEmpty()) {
      if (!isFromScript(request)) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"bpmn-mlops\"");
      }
      refuse(
          response,
          HttpStatus.UNAUTHORIZED,
          bySession
              ? "Sign in with the user name and password of a Camunda user (HTTP Basic)"
              : "The user name or the password is wrong, or the user is locked");
    } else if (writes && bySession && !sessions.hasToken(request)) {
      refuse(response, HttpStatus.FORBIDDEN, "The header X-XSRF-TOKEN is not the session's");
    } else if (writes && isFromElsewhere(request)) {
      refuse(response, HttpStatus.FORBIDDEN, "A page of another site sent this request");
    } else {
      doFilterAs(user.get(), request, response, chain);
    }
  }

  private void doFilterAs(
      SignedIn user, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    identity.setAuthentication(user.user(), user.groups(), user.tenants());
    try {
      chain.doFilter(
          new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
              return user;
            }

            @Override
            public String getRemoteUser() {
              return user.user();
            }
          },
          response);
    } finally {
      identity.clearAuthentication();
    }
  }

  private Optional<SignedIn> basic(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    String credentials;
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      credentials = new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not Base64, so nobody's password; answered 401 like a wrong one.
      return Optional.empty();
    }
    int colon = credentials.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : logins.check(credentials.substring(0, colon), credentials.substring(colon + 1));
  }

  /** As Tomcat maps it to a servlet: decoded, and without {@code ..}, {@code //} and parameters. */
  private static String path(HttpServletRequest request) {
    return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
  }

  /**
   * Spring, Jersey and Camunda's own filter read the address as it was sent. Where that differs
   * from what this filter decides on, it would let a stranger through: {@code
   * /api/v1/reports/../../../camunda/x} is a report to Spring and a web application to Tomcat.
   */
  private static boolean isAmbiguous(HttpServletRequest request, String path) {
    String sent = request.getRequestURI();
    return ENCODED_FOR_NO_REASON.matcher(sent).find()
        || !UriUtils.decode(sent, StandardCharsets.UTF_8).equals(request.getContextPath() + path);
  }

  /** Browsers add a remembered Basic login to requests of any page, and say whose page it was. */
  private static boolean isFromElsewhere(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && !SAME_SITE.contains(site) && !isFromModeler(request);
  }

  /**
   * The Camunda Modeler's pages are files, which for a browser are another site. It sends no
   * origin, or that of a file; a site's page cannot but name its own, and a file opened in a
   * browser has {@code null}.
   */
  private static boolean isFromModeler(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return "cors".equals(request.getHeader("Sec-Fetch-Mode"))
        && (origin == null || origin.equals("file://"));
  }

  /** A browser would interrupt the page with a login dialog of its own. */
  private static boolean isFromScript(HttpServletRequest request) {
    String mode = request.getHeader("Sec-Fetch-Mode");
    return mode != null && !mode.equals("navigate");
  }

  private void refuse(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, detail));
  }
}
