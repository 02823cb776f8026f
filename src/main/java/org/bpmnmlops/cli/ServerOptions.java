package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command that talks to a server takes. */
final class ServerOptions {

  /** The password in a home is for the server on this machine and is sent nowhere else. */
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address of the server; default: http://localhost:8080, or SERVER_PORT there.")
  private String url;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description =
          "Home of a server on this machine, whose admin-password is used when MLOPS_USER and"
              + " MLOPS_PASSWORD are not set; default: MLOPS_HOME, or var.")
  private Path home;

  @Option(names = "--json", description = "Print the server's JSON.")
  private boolean json;

  private Terminal terminal;

  Terminal terminal() {
    if (terminal == null) {
      terminal = new Terminal(command.commandLine().getOut());
    }
    return terminal;
  }

  boolean json() {
    return json;
  }

  /** Prints what the server said, as it is or as people read it. */
  void show(JsonNode answer, Runnable forPeople) {
    if (json) {
      terminal().json(answer);
    } else {
      forPeople.run();
    }
  }

  Api api() {
    URI base = base();
    return new Api(base, login(base, Commands.environment(command)));
  }

  /** For what is open to everybody; needs no password. */
  Api anonymousApi() {
    return new Api(base(), null);
  }

  private URI base() {
    String text =
        url != null
            ? url
            : "http://localhost:"
                + Commands.environment(command).getOrDefault("SERVER_PORT", "8080");
    try {
      URI uri = URI.create(text.endsWith("/") ? text : text + "/");
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like every other address that is no server's.
    }
    throw new ParameterException(
        command.commandLine(),
        "--url is '%s'; expected an address such as https://mlops.example.org, without user and password"
            .formatted(text));
  }

  private Api.Login login(URI base, Map<String, String> environment) {
    String user = environment.get("MLOPS_USER");
    String password = environment.get("MLOPS_PASSWORD");
    if (user != null && password != null) {
      return new Api.Login(user, password, "MLOPS_PASSWORD");
    }
    if (user != null || password != null) {
      throw new CommandFailedException(
          CommandFailedException.REFUSED,
          "Of MLOPS_USER and MLOPS_PASSWORD only one is set: set both, or none for the user admin of"
              + " a server on this machine");
    }
    Path file = home(environment).resolve("admin-password");
    if (!THIS_MACHINE.contains(base.getHost())) {
      throw new CommandFailedException(
          CommandFailedException.REFUSED,
          "Set MLOPS_USER and MLOPS_PASSWORD to sign in at %s".formatted(base));
    }
    try {
      return new Api.Login("admin", Files.readString(file).strip(), file.toString());
    } catch (IOException e) {
      throw new CommandFailedException(
          CommandFailedException.REFUSED,
          ("There is no password to sign in with: set MLOPS_USER and MLOPS_PASSWORD, or name the"
                  + " server's home, which holds admin-password, with --home (looked for %s)")
              .formatted(file));
    }
  }

  private Path home(Map<String, String> environment) {
    Path folder = home != null ? home : Path.of(environment.getOrDefault("MLOPS_HOME", "var"));
    return folder.toAbsolutePath().normalize();
  }

  CommandLine commandLine() {
    return command.commandLine();
  }
}
