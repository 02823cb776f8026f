package org.bpmnmlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpmnmlops.MlopsApplication;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.Troubles;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.engine.Drawn;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.registry.TrainedRun;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

/** The commands that talk to a server, against a real one. */
@MlopsTest
class CommandsTest {

  private static final String PIPELINE = "typed-weather";
  private static final String ROLLBACK = "model-rollback";

  @Autowired private Server server;
  @Autowired private Home home;
  @Autowired private ModelRegistry registry;
  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private IdentityService identity;
  @Autowired private HistoryService history;
  @Autowired private JdbcClient jdbc;

  private final Map<String, String> environment = new HashMap<>();
  private String deployment;
  private String out;
  private String err;

  @BeforeEach
  void draw() {
    deployment =
        repository
            .createDeployment()
            .addModelInstance(
                "weather.bpmn", Drawn.pipeline(PIPELINE, Map.of("city", "Ulm", "maxAttempts", "1")))
            .deploy()
            .getId();
    environment.put("MLOPS_HOME", home.home().toString());
    environment.put("SERVER_PORT", Integer.toString(server.uri("/").getPort()));
  }

  @AfterEach
  void erase() {
    repository.deleteDeployment(deployment, true, true);
    runtime.createProcessInstanceQuery().processDefinitionKey("backfill").list().stream()
        .forEach(it -> runtime.deleteProcessInstance(it.getId(), "test over"));
    history.createHistoricProcessInstanceQuery().processDefinitionKey(ROLLBACK).list().stream()
        .forEach(it -> history.deleteHistoricProcessInstance(it.getId()));
    jdbc.sql("DELETE FROM mlops_run WHERE pipeline IN (:pipelines)")
        .param("pipelines", List.of(PIPELINE, ROLLBACK))
        .update();
    if (identity.createUserQuery().userId("typist").count() > 0) {
      identity.deleteUser("typist");
    }
  }

  @Test
  void showsARunFromStartToEnd() {
    assertThat(run("trigger", PIPELINE, "--set", "city=Bonn")).isZero();
    String run = out.strip();
    work();

    assertThat(run("pipelines")).isZero();
    assertThat(out).containsPattern(PIPELINE + " +active +success");
    assertThat(run("runs", PIPELINE)).isZero();
    assertThat(out).containsPattern(run + " +success");
    assertThat(run("state", run)).isZero();
    assertThat(out).contains("success").containsPattern("Fetch weather +success +1");
    assertThat(run("logs", run, "--step", "fetchWeather")).isZero();
    assertThat(out).contains("Fetch weather: done: weather sunny in Bonn").doesNotContain("\u001b");
  }

  @Test
  void printsTheServersJsonForPrograms() throws IOException {
    run("trigger", PIPELINE, "--json");
    String run = new ObjectMapper().readTree(out).get("run").asText();
    work();

    run("runs", "--json");
    assertThat(new ObjectMapper().readTree(out).at("/runs/0/id").asText()).isEqualTo(run);
    run("logs", run, "--json", "--level", "info");
    assertThat(out.lines()).allSatisfy(line -> new ObjectMapper().readTree(line).get("time"));
  }

  @Test
  void waitsForTheEndAndSaysByItsExitCodeHowThatWas() throws Exception {
    whileWorking(
        () -> {
          assertThat(run("trigger", PIPELINE, "--wait")).isZero();
          assertThat(run("trigger", PIPELINE, "--wait", "--set", "misses=9")).isEqualTo(1);
        });
    assertThat(out).contains("NO_WEATHER", "no weather at attempt 1");
  }

  @Test
  void backfillsDaysAndShowsHowTheyEnd() throws Exception {
    assertThat(run("backfill", PIPELINE, "--from", "2025-11-03", "--to", "2025-11-02"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err).contains("error: Parameter 'from' is '2025-11-03', after 'to'");
    whileWorking(
        () -> {
          assertThat(
                  run(
                      "backfill",
                      PIPELINE,
                      "--from",
                      "2025-11-02",
                      "--to",
                      "2025-11-03",
                      "--dry-run"))
              .isZero();
          assertThat(out).contains("2025-11-02  planned", "Plan of typed-weather", "2 planned");
          assertThat(run("backfill", PIPELINE, "--from", "2025-11-02", "--to", "2025-11-03"))
              .isZero();
        });
    assertThat(out).contains("2025-11-02  success", "2025-11-03  success", "2 success");
  }

  @Test
  void putsAVersionLiveAndBackAndSaysWhy() throws Exception {
    String model = "m-" + UUID.randomUUID();
    registry.register(TrainedRun.of(home, model, 1).asked());
    registry.register(TrainedRun.of(home, model, 2).asked());

    whileWorking(
        () ->
            assertThat(run("promote", model, "2", "--reason", "it is well again", "--json"))
                .as(err)
                .isZero());
    assertThat(out).contains("it is well again");
    assertThat(registry.find(model, Alias.CHAMPION)).map(ModelVersion::version).contains(2);

    whileWorking(() -> assertThat(run("rollback", model)).as(err).isZero());
    assertThat(registry.find(model, Alias.CHAMPION)).map(ModelVersion::version).contains(1);

    assertThat(run("promote", model, "1")).isEqualTo(CommandFailedException.CONFLICT);
    assertThat(err).contains("is live already");
    assertThat(run("rollback", "no-such-model")).isEqualTo(CommandFailedException.NOT_THERE);
    assertThat(err).contains("There is no model 'no-such-model'");
  }

  @Test
  void pausesAndResumes() {
    assertThat(run("pause", PIPELINE)).isZero();
    assertThat(run("trigger", PIPELINE)).isEqualTo(CommandFailedException.CONFLICT);
    assertThat(err).contains("paused");
    assertThat(run("resume", PIPELINE)).isZero();
    assertThat(run("trigger", PIPELINE)).isZero();
  }

  @Test
  void createsAUserWhoMayDoWhatTheGroupMay() {
    environment.put("MLOPS_NEW_PASSWORD", "Correct-Horse-7");
    assertThat(run("users", "create", "typist", "--group", "no-such-group"))
        .isEqualTo(CommandFailedException.NOT_THERE);
    environment.put("MLOPS_NEW_PASSWORD", "short");
    assertThat(run("users", "create", "typist")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err).contains("The password is too weak. Choose one of at least 10 characters");
    assertThat(identity.createUserQuery().userId("typist").count()).isZero();
    environment.put("MLOPS_NEW_PASSWORD", "Correct-Horse-7");
    assertThat(run("users", "create", "typist", "--group", "pipeline-viewers")).isZero();
    User typist = identity.createUserQuery().userId("typist").singleResult();
    assertThat(typist.getFirstName() + " " + typist.getLastName()).isEqualTo("typist ");

    environment.put("MLOPS_USER", "typist");
    environment.put("MLOPS_PASSWORD", "Correct-Horse-7");
    assertThat(run("pipelines")).isZero();
    assertThat(run("trigger", PIPELINE)).isEqualTo(CommandFailedException.REFUSED);
    assertThat(err).contains("The user 'typist' may not do that");
    environment.put("MLOPS_PASSWORD", "another");
    assertThat(run("pipelines")).isEqualTo(CommandFailedException.REFUSED);
    assertThat(err).contains("MLOPS_USER", "MLOPS_PASSWORD").doesNotContain("another");
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() throws IOException {
    assertThat(run("trigger", PIPELINE, "--set", "misses=many"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err).contains("error: Parameter 'misses' is 'many'; expected a whole number");
    assertThat(run("trigger", "advertising-pipeline", "--set", "modelName=a/b"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err).contains("error: Parameter 'modelName' is 'a/b'; expected at most 100 letters");
    assertThat(run("trigger", "no-such-pipeline")).isEqualTo(CommandFailedException.NOT_THERE);
    assertThat(err).contains("There is no pipeline 'no-such-pipeline'");
    assertThat(run("state", "no-such-run")).isEqualTo(CommandFailedException.NOT_THERE);
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    assertThat(run("health", "--url", "http://localhost:" + nobody))
        .isEqualTo(CommandFailedException.NOT_REACHED);
    assertThat(err).contains("There is no server at http://localhost:" + nobody, "serve");
    Troubles.assertTold("The command line finds no server", err);
  }

  @Test
  void asksForHealthWithoutAPasswordAndForItsPartsWithOne() throws IOException {
    assertThat(run("health")).isZero();
    assertThat(out).startsWith("UP").doesNotContain("database");
    assertThat(run("health", "--parts")).isZero();
    assertThat(out).startsWith("UP").containsPattern("database +UP").containsPattern("engine +UP");
    run("health", "--parts", "--json");
    assertThat(new ObjectMapper().readTree(out).at("/components/db/status").asText())
        .isEqualTo("UP");
  }

  @Test
  void locksNobodyByAskingForHealthWithAPasswordThatIsNoLongerRight() {
    identity.saveUser(newUser("typist", "Correct-Horse-7"));
    environment.put("MLOPS_USER", "typist");
    environment.put("MLOPS_PASSWORD", "of-yesterday");

    assertThat(run("health")).isZero();

    assertThat(identity.checkPassword("typist", "Correct-Horse-7")).isTrue();
    assertThat(run("health", "--parts")).isEqualTo(CommandFailedException.REFUSED);
    assertThat(err).contains("does not know the user 'typist'");
  }

  private User newUser(String name, String password) {
    User user = identity.newUser(name);
    user.setPassword(password);
    return user;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pipelines --bogus",
        "trigger",
        "backfill x --from 2025-01-01",
        "pipelines --url ftp://x",
        "no-such-command",
        "users"
      })
  void answersWrongOptionsWithHelp(String line) {
    assertThat(run(line.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err).containsAnyOf("Usage: bpmn-mlops", "Did you mean");
    assertThat(out).isEmpty();
  }

  @Test
  void sendsThePasswordOfAHomeToNoOtherMachine() {
    assertThat(run("pipelines", "--url", "http://mlops.example.org"))
        .isEqualTo(CommandFailedException.REFUSED);
    assertThat(err).contains("Set MLOPS_USER and MLOPS_PASSWORD to sign in at");
  }

  @Test
  void readsADatabaseWithoutAServer() {
    environment.put("MLOPS_DB_URL", "jdbc:h2:mem:mlops");
    environment.put("MLOPS_DB_USER", "sa");
    assertThat(run("db", "check")).isZero();
    assertThat(out).contains("H2", "7.24");

    environment.put("MLOPS_DB_URL", "jdbc:postgresql://localhost:1/mlops");
    assertThat(run("db", "check")).isEqualTo(1);
    assertThat(err).contains("The database that MLOPS_DB_URL names cannot be used");

    environment.remove("MLOPS_DB_URL");
    assertThat(run("db", "check")).isEqualTo(CommandFailedException.NOT_THERE);
  }

  @Test
  void saysInWordsThatAServerUsesTheDatabaseOfAHome(@TempDir Path used) throws IOException {
    Path file = Files.createDirectories(used.resolve("db")).resolve("mlops.mv.db");
    try (FileChannel open =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      open.lock();

      assertThat(run("db", "check", "--home", used.toString())).isZero();
    }
    assertThat(out).containsPattern("(?m)^  used by +a server that runs");
  }

  @Test
  void hasHelpForEveryCommand() {
    for (Map.Entry<String, CommandLine> command :
        Commands.line(MlopsApplication.class, environment).getSubcommands().entrySet()) {
      assertThat(run(command.getKey(), "--help")).as(command.getKey()).isZero();
      assertThat(out).startsWith("Usage: bpmn-mlops " + command.getKey());
      assertThat(out.lines()).allMatch(line -> line.length() <= 80);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--server.port=0",
        "--debug",
        "--name=value --mlops.first-run=false",
        "--mlops.first-run"
      })
  void takesSettingsOfSpringForTheServer(String line) {
    assertThat(Commands.areSettings(line.split(" "))).isTrue();
  }

  @Test
  void startsTheServerWithoutAnyArgument() {
    assertThat(Commands.areSettings()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "run x",
        "--url http://localhost:9090 runs",
        "--url=http://localhost:9090 runs",
        "--json runs",
        "--json",
        "--home=elsewhere",
        "--verison",
        "--server.port 9000",
        "--server.port=9000 runs"
      })
  void startsNoServerWhereACommandWasMeant(String line) {
    assertThat(Commands.areSettings(line.split(" "))).isFalse();
  }

  @Test
  void takesOptionsBeforeTheCommandToo() throws IOException {
    environment.remove("SERVER_PORT");
    String url = server.uri("/").toString();

    assertThat(run(Commands.commandFirst("--url", url, "--json", "pipelines"))).as(err).isZero();

    assertThat(new ObjectMapper().readTree(out).isContainerNode()).isTrue();
  }

  @Test
  void asksForACommandWhereThereAreOnlyItsOptions() {
    assertThat(run("--json")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err).contains("--json", "Usage: bpmn-mlops");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out).startsWith("bpmn-mlops ").hasLineCount(1);
  }

  private int run(String... arguments) {
    StringWriter printed = new StringWriter();
    StringWriter complained = new StringWriter();
    CommandLine line = Commands.line(MlopsApplication.class, environment);
    line.setUsageHelpAutoWidth(false);
    line.setOut(new PrintWriter(printed));
    line.setErr(new PrintWriter(complained));
    int code = line.execute(arguments);
    out = printed.toString();
    err = complained.toString();
    return code;
  }

  private boolean work() {
    boolean worked = false;
    for (List<Job> jobs = due(); !jobs.isEmpty(); jobs = due()) {
      management.executeJob(jobs.get(0).getId());
      worked = true;
    }
    return worked;
  }

  private List<Job> due() {
    return management.createJobQuery().messages().list().stream()
        .filter(
            job -> Set.of(PIPELINE, ROLLBACK, "backfill").contains(job.getProcessDefinitionKey()))
        .toList();
  }

  /** With somebody beside who works on what is due, as a job executor would. */
  private void whileWorking(Runnable commands) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread worker =
        new Thread(
            () -> {
              while (!over.get()) {
                if (!work()) {
                  Waiting.sleep(20);
                }
              }
            });
    worker.start();
    try {
      commands.run();
    } finally {
      over.set(true);
      worker.join();
    }
  }
}
