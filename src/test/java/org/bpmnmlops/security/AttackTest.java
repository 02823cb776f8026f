package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.authorization.Authorization.ANY;

import java.util.concurrent.atomic.AtomicInteger;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Plays the published attacks on Camunda 7.24.0 as a user who is signed in and has no rights. */
@MlopsTest
@ExtendWith(OutputCaptureExtension.class)
class AttackTest {

  /** Counts the expressions of an attacker that ran in this JVM. */
  private static final AtomicInteger EXECUTED = new AtomicInteger();

  private static final String EXPRESSION =
      "${''.getClass().forName('%s').getMethod('execute').invoke(null)}"
          .formatted(Weapon.class.getName());

  private static final String OR_QUERY =
      "{\"orQueries\": [{\"assigneeExpression\": \"%s\"}]}".formatted(EXPRESSION);

  @Autowired Server server;
  @Autowired IdentityService identity;
  @Autowired AuthorizationService authorizations;
  @Autowired FilterService filters;
  @Autowired TaskService tasks;

  private OrdinaryUser olga;

  /** What the attacker's expression calls; stands for {@code Runtime}. */
  public static final class Weapon {
    private Weapon() {}

    public static String execute() {
      EXECUTED.incrementAndGet();
      return "olga";
    }
  }

  @BeforeEach
  void createUser() {
    EXECUTED.set(0);
    olga = new OrdinaryUser(identity, authorizations);
  }

  @AfterEach
  void deleteUser() {
    olga.close();
    filters.createFilterQuery().filterName("attack").list().stream()
        .forEach(filter -> filters.deleteFilter(filter.getId()));
  }

  /** CVE-2026-77226. */
  @Test
  void createsNoAdministratorEvenWhileThereIsNone() {
    String user =
        """
        {"profile": {"id": "mallory"}, "credentials": {"password": "Correct-Horse-7"}}
        """;
    String path = "/camunda/api/admin/setup/default/user/create";
    var browser = WebappBrowser.signIn(server, OrdinaryUser.ID, OrdinaryUser.PASSWORD);
    identity.deleteMembership(Administrator.ID, "camunda-admin");
    try {
      assertThat(browser.caller().post(path, user, "X-XSRF-TOKEN", browser.token()).statusCode())
          .isEqualTo(403);
      assertThat(olga.of(server).post(path, user).statusCode()).isEqualTo(403);
      assertThat(identity.createUserQuery().userId("mallory").count()).isZero();
    } finally {
      identity.createMembership(Administrator.ID, "camunda-admin");
    }
  }

  /** CVE-2026-109432, by query. */
  @ParameterizedTest
  @ValueSource(strings = {"/engine-rest/task", "/engine-rest/task/count"})
  void runsNoExpressionOfAQuery(String path) {
    var answer = olga.of(server).post(path + "?maxResults=5", OR_QUERY);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("'assigneeExpression' is an expression; expected a value");
    assertThat(EXECUTED).hasValue(0);
  }

  /** CVE-2026-109432, past the REST API. */
  @Test
  void runsNoExpressionOfAQueryInTheEngine() {
    var query =
        tasks.createTaskQuery().or().taskAssigneeExpression(EXPRESSION).taskName("any").endOr();

    assertThatThrownBy(query::list).hasMessageContaining("Unable to resolve expression");
    assertThat(EXECUTED).hasValue(0);
  }

  @Test
  void writesNoStackTraceForAnExpressionInAQuery(CapturedOutput log) {
    olga.of(server).post("/engine-rest/task", OR_QUERY);

    assertThat(log.getAll()).doesNotContain("assigneeExpression", "Unable to resolve", "\tat ");
  }

  /** CVE-2026-109432, through the copy of the REST API that Tasklist calls. */
  @Test
  void runsNoExpressionOfAQueryInTheWebapps() {
    var browser = WebappBrowser.signIn(server, OrdinaryUser.ID, OrdinaryUser.PASSWORD);

    var answer =
        browser
            .caller()
            .post(
                "/camunda/api/engine/engine/default/task/count",
                OR_QUERY,
                "X-XSRF-TOKEN",
                browser.token());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(EXECUTED).hasValue(0);
  }

  /** CVE-2026-109432, by a filter that is stored first and executed later. */
  @Test
  void runsNoExpressionOfAStoredFilter() {
    olga.grant(Resources.FILTER, ANY, Permissions.CREATE, Permissions.READ);
    Server.Caller caller = olga.of(server);

    var stored =
        caller.post(
            "/engine-rest/filter/create",
            """
            {"resourceType": "Task", "name": "attack", "query": %s}
            """
                .formatted(OR_QUERY));
    assertThat(stored.statusCode()).isEqualTo(400);
    assertThat(stored.body()).contains("'assigneeExpression' is an expression; expected a value");
    filters.saveFilter(
        filters
            .newTaskFilter("attack")
            .setQuery(tasks.createTaskQuery().or().taskAssigneeExpression(EXPRESSION).endOr()));

    for (var filter : filters.createFilterQuery().filterName("attack").list()) {
      String path = "/engine-rest/filter/" + filter.getId();
      caller.get(path + "/list?maxResults=5");
      caller.get(path + "/count");
      assertThat(caller.post(path + "/list?maxResults=5", OR_QUERY).statusCode()).isEqualTo(400);
      assertThat(caller.post(path + "/count", OR_QUERY).statusCode()).isEqualTo(400);
    }
    assertThat(filters.createFilterQuery().filterName("attack").count()).isEqualTo(1);
    assertThat(EXECUTED).hasValue(0);
  }
}
