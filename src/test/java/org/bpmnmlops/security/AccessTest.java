package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@MlopsTest
class AccessTest {

  private static final String STATUS = "/api/v1/status?dag_id=nothing";

  @Autowired Server server;
  @Autowired IdentityService identity;
  @Autowired AuthorizationService authorizations;
  @Autowired RequestMappingHandlerMapping requestMappingHandlerMapping;

  @Test
  void letsInWhoMayUseTheApplication() {
    try (var olga = new OrdinaryUser(identity, authorizations)) {
      var refused = olga.of(server).get(STATUS);

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.body()).contains("olga", "ACCESS", "status");
      assertThat(olga.of(server).post("/api/v1/update-status", "{}").statusCode()).isEqualTo(403);

      olga.grant(Resources.APPLICATION, "status", Permissions.ACCESS);

      assertThat(olga.of(server).get(STATUS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tellsWhoReportsAStatusFromWhoReadsIt() {
    try (var olga = new OrdinaryUser(identity, authorizations)) {
      olga.grant(Resources.APPLICATION, "status", Permissions.ACCESS);

      var refused = olga.of(server).post("/api/v1/update-status", "{}");

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("olga", "ACCESS", "update-status");

      olga.grant(Resources.APPLICATION, "update-status", Permissions.ACCESS);

      assertThat(olga.of(server).post("/api/v1/update-status", "[]").statusCode()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "metrics, /actuator/prometheus",
    "documentation, /v3/api-docs",
    "documentation, /v3/api-docs.yaml"
  })
  void guardsWhatIsNoController(String application, String path) {
    try (var olga = new OrdinaryUser(identity, authorizations)) {
      var refused = olga.of(server).get(path);

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("olga", "ACCESS", application);
      assertThat(server.admin().get(path).statusCode()).isEqualTo(200);

      olga.grant(Resources.APPLICATION, application, Permissions.ACCESS);

      assertThat(olga.of(server).get(path).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsAdministratorsIn() {
    assertThat(server.admin().get(STATUS).statusCode()).isEqualTo(200);
  }

  /**
   * A new controller has to stand in the table of applications, or here for the engine's checks.
   */
  @Test
  void knowsEveryAddressOfOurRestApi() {
    var matcher = new AntPathMatcher();
    var known =
        Stream.concat(
                Arrays.stream(Application.values()).flatMap(each -> each.paths().stream()),
                Stream.of(
                    "/api/v1/backfills/**",
                    "/api/v1/decisions/**",
                    "/api/v1/pipelines/**",
                    "/api/v1/runs/**"))
            .toList();

    assertThat(requestMappingHandlerMapping.getHandlerMethods().keySet())
        .flatMap(mapping -> mapping.getPatternValues())
        .filteredOn(path -> path.startsWith("/api"))
        .isNotEmpty()
        .allMatch(path -> known.stream().anyMatch(pattern -> matcher.match(pattern, path)));
  }

  @Test
  void remembersForAMinuteWhoMayUseTheServingApiAndNothingElse() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now.get();
          }
        };
    Access serving = new Access(Application.SERVING, authorizations, clock);
    Access models = new Access(Application.MODELS, authorizations, clock);
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setUserPrincipal(new SignedIn(OrdinaryUser.ID, List.of(), List.of()));
    try (var olga = new OrdinaryUser(identity, authorizations)) {
      olga.grant(Resources.APPLICATION, "serving", Permissions.ACCESS);
      olga.grant(Resources.APPLICATION, "models", Permissions.ACCESS);
      assertThat(serving.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
      assertThat(models.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
    }

    now.set(now.get().plusSeconds(59));
    assertThat(serving.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
    assertThatThrownBy(() -> models.preHandle(request, new MockHttpServletResponse(), this))
        .isInstanceOf(AuthorizationException.class);
    now.set(now.get().plusSeconds(1));
    assertThatThrownBy(() -> serving.preHandle(request, new MockHttpServletResponse(), this))
        .isInstanceOf(AuthorizationException.class);
  }

  @Test
  void refusesWhoCameWithoutSigningIn() {
    var access = new Access(Application.STATUS, authorizations, Clock.systemUTC());

    assertThatThrownBy(
            () ->
                access.preHandle(
                    new MockHttpServletRequest(), new MockHttpServletResponse(), new Object()))
        .isInstanceOf(IllegalStateException.class);
  }
}
