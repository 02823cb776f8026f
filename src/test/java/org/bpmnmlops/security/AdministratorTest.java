package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.bpmnmlops.Troubles;
import org.bpmnmlops.artifact.Home;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two nodes on one PostgreSQL with one home. */
class AdministratorTest {

  private static final String GROUP = "camunda-admin";

  private static EmbeddedPostgres postgres;
  private static Node first;
  private static Node second;

  @TempDir Path home;

  private static final class Node {
    private final ProcessEngine engine;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    Node(DataSource database, String name) {
      var transactions = new DataSourceTransactionManager(database);
      transaction = new TransactionTemplate(transactions);
      jdbc = new JdbcTemplate(database);
      var configuration = new SpringProcessEngineConfiguration();
      configuration.setApplicationContext(new StaticApplicationContext());
      configuration.setTransactionManager(transactions);
      configuration.setTransactionsExternallyManaged(true);
      configuration
          .setProcessEngineName(name)
          .setDataSource(database)
          .setDatabaseSchemaUpdate("true")
          .setAuthorizationEnabled(true)
          .setJobExecutorActivate(false);
      configuration.setEnablePasswordPolicy(true);
      engine = configuration.buildProcessEngine();
    }

    Administrator administrator(Path home, String given) {
      return new Administrator(
          engine.getIdentityService(),
          engine.getAuthorizationService(),
          new AdminPassword(new Home(home, home), given),
          jdbc,
          transaction);
    }
  }

  @BeforeAll
  static void startNodes() throws IOException {
    postgres = EmbeddedPostgres.start();
    first = new Node(postgres.getPostgresDatabase(), "administrator-first");
    second = new Node(postgres.getPostgresDatabase(), "administrator-second");
  }

  @AfterAll
  static void stopNodes() throws IOException {
    second.engine.close();
    first.engine.close();
    postgres.close();
  }

  @AfterEach
  void forgetEverybody() {
    identity().createUserQuery().list().forEach(user -> identity().deleteUser(user.getId()));
    identity().deleteGroup(GROUP);
    grants().forEach(grant -> first.engine.getAuthorizationService().deleteAuthorization(grant));
  }

  @Test
  void createsAnAdministratorWhoCanSignInWithThePasswordOfTheFile() throws IOException {
    first.administrator(home, "").afterPropertiesSet();

    String password = Files.readString(home.resolve("admin-password")).strip();
    assertThat(identity().checkPassword("admin", password)).isTrue();
    assertThat(administrators()).containsExactly("admin");
    assertThat(
            first
                .engine
                .getAuthorizationService()
                .createAuthorizationQuery()
                .groupIdIn(GROUP)
                .resourceId(Authorization.ANY)
                .count())
        .isEqualTo(Resources.values().length);
  }

  @RepeatedTest(3)
  void createsOneWhenTwoNodesStartAtOnce() {
    var start = new CountDownLatch(1);
    var starts =
        Stream.of(first, second)
            .map(node -> node.administrator(home, ""))
            .map(
                administrator ->
                    CompletableFuture.runAsync(
                        () -> {
                          awaitStart(start);
                          administrator.afterPropertiesSet();
                        }))
            .toArray(CompletableFuture[]::new);

    start.countDown();
    CompletableFuture.allOf(starts).join();

    assertThat(administrators()).containsExactly("admin");
    assertThat(grants()).doesNotHaveDuplicates().hasSizeGreaterThan(Resources.values().length);
  }

  @Test
  void changesNothingWhenItStartsAgain() {
    first.administrator(home, "Given-By-Me-1").afterPropertiesSet();
    List<String> before = grants();

    second.administrator(home, "Another-One-2").afterPropertiesSet();

    assertThat(grants()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(identity().checkPassword("admin", "Given-By-Me-1")).isTrue();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void leavesAServerAloneThatHasOtherAdministrators() {
    first.administrator(home, "").afterPropertiesSet();
    User boss = identity().newUser("boss");
    boss.setPassword("Correct-Horse-7");
    identity().saveUser(boss);
    identity().createMembership("boss", GROUP);
    identity().deleteUser("admin");

    second.administrator(home, "").afterPropertiesSet();

    assertThat(administrators()).containsExactly("boss");
  }

  @Test
  void givesTheRightsBackToAnAdminWhoLeftTheGroupEmpty() {
    first.administrator(home, "").afterPropertiesSet();
    identity().deleteMembership("admin", GROUP);

    second.administrator(home, "").afterPropertiesSet();

    assertThat(administrators()).containsExactly("admin");
  }

  @Test
  void refusesToStartWithAWeakPasswordAndLeavesNothingBehind() {
    var administrator = first.administrator(home, "weak-Admin-77");

    assertThatThrownBy(administrator::afterPropertiesSet)
        .isInstanceOfSatisfying(
            AdminPasswordRefusedException.class,
            e -> {
              var told = new AdminPasswordRefusedAnalyzer().analyze(e);
              assertThat(told.getDescription()).contains("'admin'", "MLOPS_ADMIN_PASSWORD");
              assertThat(told.getAction()).contains("at least 10 characters");
              Troubles.assertTold(
                  "The administrator's password is too weak", told.getDescription());
            });
    assertThat(identity().createUserQuery().count()).isZero();
    assertThat(grants()).isEmpty();
  }

  private static IdentityService identity() {
    return first.engine.getIdentityService();
  }

  private static List<String> administrators() {
    return identity().createUserQuery().memberOfGroup(GROUP).list().stream()
        .map(User::getId)
        .toList();
  }

  private static List<String> grants() {
    return first.engine.getAuthorizationService().createAuthorizationQuery().list().stream()
        .map(Authorization::getId)
        .toList();
  }

  private static void awaitStart(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
