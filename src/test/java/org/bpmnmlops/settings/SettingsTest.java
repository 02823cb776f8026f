package org.bpmnmlops.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bpmnmlops.MlopsApplication;
import org.bpmnmlops.Troubles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an operator reads who set something wrong. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mlops.first-run       | maybe               | MLOPS_FIRST_RUN is 'maybe'; expected true or false
          mlops.secure-cookies  | yes                 | MLOPS_SECURE_COOKIES is 'yes'; expected true or false
          mlops.shutdown-wait   | soon                | MLOPS_SHUTDOWN_WAIT is 'soon'; expected a time
          mlops.base-url        | mlops.example.org   | MLOPS_BASE_URL is 'mlops.example.org'; expected the address
          mlops.base-url        | http://a:pw@b       | MLOPS_BASE_URL is 'http://***@b'; expected the address
          mlops.mail.port       | 70000               | MLOPS_MAIL_PORT is '70000'; expected a port from 1 to 65535
          mlops.mail.tls        | ssl                 | MLOPS_MAIL_TLS is 'ssl'; expected starttls, implicit or none
          mlops.mail.timeout    | 0s                  | MLOPS_MAIL_TIMEOUT is '0s'; expected a time between
          mlops.status.timeout  | 2h                  | MLOPS_STATUS_TIMEOUT is '2h'; expected a time between
          mlops.mail.to         | nobody              | MLOPS_MAIL_TO has 'nobody', which is no mail address
          mlops.mail.from       | a@b@c               | MLOPS_MAIL_FROM has 'a@b@c', which is no mail address
          mlops.status.url      | nowhere             | MLOPS_STATUS_URL is not usable; expected the full address
          mlops.serving.model   | ''                  | MLOPS_MODEL is ''; expected the name of a model
          mlops.serving.feedback-mark  | 0             | MLOPS_FEEDBACK_MARK is '0'; expected a number of rows
          mlops.registry.keep-versions | 0             | MLOPS_KEEP_VERSIONS is '0'; expected a number of versions
          server.address        | 192.0.2.1           | SERVER_ADDRESS is '192.0.2.1'; expected an address of this machine
          server.port           | http                | SERVER_PORT is 'http'; expected a port from 0
          mlops.schedule.daily  | every day           | MLOPS_SCHEDULE_DAILY is 'every day', which is no schedule
          mlops.data-dir        | pom.xml             | MLOPS_DATA_DIR is 'pom.xml'; expected a folder
          mlops.home            | pom.xml             | MLOPS_HOME is 'pom.xml'; expected a folder that this user may write to
          mlops.home            | /proc/x             | MLOPS_HOME is '/proc/x'; expected a folder that this user may write to
          spring.datasource.url | jdbc:mysql://db/x?password=pw | MLOPS_DB_URL is 'jdbc:mysql://db/x?password=***'; expected the address of a PostgreSQL
          """)
  void stopTheStartWithAMessageAndNothingElse(
      String property, String value, String message, CapturedOutput output) {
    start(property + "=" + value);

    assertThat(output).contains("APPLICATION FAILED TO START", message);
    assertThat(output).doesNotContain("\tat ", "pw");
  }

  @Test
  void areAllNamedAtOnce(CapturedOutput output) {
    start("mlops.mail.port=x", "server.port=y");

    assertThat(output).contains("MLOPS_MAIL_PORT is 'x'", "SERVER_PORT is 'y'");
    Troubles.assertTold("A setting cannot be used", output);
  }

  @Test
  void nameADatabaseThatDoesNotAnswer(CapturedOutput output) throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }

    start("spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/mlops".formatted(nobody));

    assertThat(output)
        .contains("APPLICATION FAILED TO START", "MLOPS_DB_URL is 'jdbc:postgresql://127.0.0.1:")
        .contains("expected a PostgreSQL server that answers: start it, or name another")
        .doesNotContain("\tat ");
    Troubles.assertTold("The database is down, or elsewhere", output);
  }

  @Test
  void nameAPortThatIsTaken(CapturedOutput output) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      start("server.port=" + taken.getLocalPort());

      assertThat(output)
          .contains("SERVER_PORT is %d, where another program".formatted(taken.getLocalPort()))
          .doesNotContain("\tat ");
      Troubles.assertTold("The port is taken", output);
    }
  }

  @Test
  void nameADatabaseOfAnotherKind(CapturedOutput output) {
    start("spring.datasource.url=jdbc:mysql://db/x");

    Troubles.assertTold("The database is of another kind", output);
  }

  @Test
  void nameAHomeThatAnotherServerUses(CapturedOutput output) throws IOException {
    Path file = Files.createDirectories(home.resolve("db")).resolve("mlops.mv.db");
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      start("spring.datasource.url=jdbc:h2:file:" + home.toAbsolutePath().resolve("db/mlops"));

      assertThat(lock.isValid()).isTrue();
      Troubles.assertTold("Another server uses this home", output);
      assertThat(output).doesNotContain("\tat ", "TomcatStarter");
    }
  }

  @Test
  void leaveNothingInAHomeThatIsFine() throws IOException {
    Files.createDirectories(home);

    start("server.port=y");

    try (var left = Files.list(home)) {
      assertThat(left).isEmpty();
    }
  }

  private void start(String... settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add(
        "--spring.datasource.url=jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
    arguments.add("--camunda.bpm.job-execution.enabled=false");
    arguments.add("--camunda.bpm.generate-unique-process-engine-name=true");
    // The webapps are one per JVM: those of a server that stops take those of the others with them.
    arguments.add("--camunda.bpm.webapp.enabled=false");
    arguments.add("--mlops.first-run=false");
    arguments.add("--mlops.home=" + home);
    for (String setting : settings) {
      String property = setting.substring(0, setting.indexOf('=') + 1);
      arguments.removeIf(argument -> argument.startsWith("--" + property));
      arguments.add("--" + setting);
    }
    assertThatThrownBy(
            () -> SpringApplication.run(MlopsApplication.class, arguments.toArray(String[]::new)))
        .isInstanceOf(Exception.class);
  }
}
