package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real JVM that commits to an H2 file, whose own setting would write after an hour. */
class DurableDataSourceTest {

  private static final int ENOUGH = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern COMMITTED = Pattern.compile("^(\\d+)\\.$", Pattern.MULTILINE);

  @TempDir private Path home;

  @Test
  void losesNoCommitThatReturnedBeforeTheServerWasKilled()
      throws IOException, InterruptedException, SQLException {
    String url = "jdbc:h2:file:" + home.resolve("rows");

    List<Long> committed = commitAndKill(url + ";WRITE_DELAY=3600000");

    assertThat(committed).hasSizeGreaterThanOrEqualTo(ENOUGH);
    assertThat(rows(url)).containsAll(committed);
  }

  /** The numbers it said were committed, also those it said with its last breath. */
  private List<Long> commitAndKill(String url) throws IOException, InterruptedException {
    Path said = home.resolve("said.txt");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            CommitsUntilKilled.class.getName(),
            url);
    java.environment().put("CLASSPATH", KillTest.classPath());
    Process server = java.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      await().atMost(PATIENCE).until(() -> !server.isAlive() || numbers(said).size() >= ENOUGH);
    } finally {
      server.destroyForcibly().waitFor();
    }
    return numbers(said);
  }

  private static List<Long> numbers(Path said) throws IOException {
    return COMMITTED
        .matcher(Files.readString(said))
        .results()
        .map(number -> Long.valueOf(number.group(1)))
        .toList();
  }

  private static Set<Long> rows(String url) throws SQLException {
    Set<Long> rows = new HashSet<>();
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT number FROM committed")) {
      while (found.next()) {
        rows.add(found.getLong(1));
      }
    }
    return rows;
  }
}
