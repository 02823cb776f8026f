package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "db",
    description = "The database of a server.",
    subcommands = DbCommand.Check.class)
final class DbCommand implements Runnable {

  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "Missing the subcommand 'check'");
  }

  @Command(
      name = "check",
      description =
          "Open the database that MLOPS_DB_URL names, else the one in the home, and tell its"
              + " versions; no server is needed.")
  static final class Check implements Callable<Integer> {

    /** H2's code for a database file that another process has open. */
    private static final int IN_USE = 90020;

    private static final String USED_BY = "usedBy";
    private static final Map<String, String> NAMES = Map.of(USED_BY, "used by");

    @Spec private CommandSpec command;

    @Option(
        names = "--home",
        paramLabel = "FOLDER",
        description = "Home of the server; default: MLOPS_HOME, or var.")
    private Path home;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
      Map<String, String> environment = Commands.environment(command);
      String url = environment.getOrDefault("MLOPS_DB_URL", "");
      ObjectNode found = url.isEmpty() ? file(environment) : shared(url, environment);
      Terminal terminal = new Terminal(command.commandLine().getOut());
      if (json) {
        terminal.json(found);
      } else {
        terminal.line(terminal.tone(Tone.GOOD, "The database is well."));
        found
            .properties()
            .forEach(
                fact ->
                    terminal.line(
                        "  %-10s %s"
                            .formatted(
                                NAMES.getOrDefault(fact.getKey(), fact.getKey()),
                                Terminal.plain(fact.getValue().asText()))));
      }
      return 0;
    }

    private ObjectNode file(Map<String, String> environment) {
      Path folder =
          (home != null ? home : Path.of(environment.getOrDefault("MLOPS_HOME", "var")))
              .toAbsolutePath()
              .normalize();
      Path file = folder.resolve("db").resolve("mlops.mv.db");
      if (Files.notExists(file)) {
        throw new CommandFailedException(
            CommandFailedException.NOT_THERE,
            "There is no database in %s: the command 'serve' makes one at its first start, or name"
                    .formatted(folder)
                + " the server's home with --home");
      }
      String url = "jdbc:h2:file:%s/db/mlops;IFEXISTS=TRUE".formatted(folder);
      try {
        return ask(url, "sa", "").put("file", file.toString());
      } catch (SQLException e) {
        if (e.getErrorCode() == IN_USE) {
          return Api.JSON
              .createObjectNode()
              .put("file", file.toString())
              .put(USED_BY, "a server that runs; the command 'health' asks how it is");
        }
        throw unusable("The database in " + folder, e);
      }
    }

    private static ObjectNode shared(String url, Map<String, String> environment) {
      try {
        return ask(
            url,
            environment.getOrDefault("MLOPS_DB_USER", "sa"),
            environment.getOrDefault("MLOPS_DB_PASSWORD", ""));
      } catch (SQLException e) {
        throw unusable("The database that MLOPS_DB_URL names", e);
      }
    }

    private static CommandFailedException unusable(String what, SQLException e) {
      return new CommandFailedException(
          CommandFailedException.FAILED,
          "%s cannot be used: %s; check MLOPS_DB_URL, MLOPS_DB_USER and MLOPS_DB_PASSWORD"
              .formatted(what, Terminal.plain(String.valueOf(e.getMessage()))));
    }

    private static ObjectNode ask(String url, String user, String password) throws SQLException {
      DriverManager.setLoginTimeout(10);
      try (Connection connection = DriverManager.getConnection(url, user, password);
          Statement statement = connection.createStatement()) {
        ObjectNode found = Api.JSON.createObjectNode();
        found.put(
            "database",
            "%s %s"
                .formatted(
                    connection.getMetaData().getDatabaseProductName(),
                    connection.getMetaData().getDatabaseProductVersion()));
        found.put(
            "engine",
            one(statement, "SELECT VERSION_ FROM ACT_GE_SCHEMA_LOG ORDER BY TIMESTAMP_ DESC"));
        found.put("runs", one(statement, "SELECT COUNT(*) FROM mlops_run"));
        return found;
      }
    }

    private static String one(Statement statement, String sql) throws SQLException {
      try (ResultSet rows = statement.executeQuery(sql)) {
        return rows.next() ? rows.getString(1) : "-";
      }
    }
  }
}
