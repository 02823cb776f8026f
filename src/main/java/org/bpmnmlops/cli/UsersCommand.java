package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "users",
    description = "Users of the server.",
    subcommands = UsersCommand.Create.class)
final class UsersCommand implements Runnable {

  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "Missing the subcommand 'create'");
  }

  @Command(name = "create", description = "Create a user and put them into groups.")
  static final class Create implements Callable<Integer> {

    private static final String VARIABLE = "MLOPS_NEW_PASSWORD";

    @Spec private CommandSpec command;

    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "USER", description = "Name to sign in with, letters and digits.")
    private String user;

    @Option(
        names = "--first-name",
        paramLabel = "NAME",
        defaultValue = "",
        description = "First name.")
    private String firstName;

    @Option(
        names = "--last-name",
        paramLabel = "NAME",
        defaultValue = "",
        description = "Last name.")
    private String lastName;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Mail address.")
    private String email;

    @Option(
        names = "--group",
        paramLabel = "GROUP",
        description =
            "pipeline-viewers, pipeline-operators, model-owners, camunda-admin; repeatable.")
    private List<String> groups = new ArrayList<>();

    @Override
    public Integer call() {
      Api api = server.api();
      // Before the user exists: a group that is misspelled leaves nothing behind.
      groups.forEach(group -> api.get("/engine-rest/group/" + Api.part(group)));
      ObjectNode body = Api.JSON.createObjectNode();
      // Camunda's pages show both names, and "null" for one that is not there.
      body.putObject("profile")
          .put("id", user)
          .put("firstName", (firstName + lastName).isEmpty() ? user : firstName)
          .put("lastName", lastName)
          .put("email", email);
      body.putObject("credentials").put("password", password());
      api.post("/engine-rest/user/create", body);
      for (String group : groups) {
        api.put(
            "/engine-rest/group/%s/members/%s".formatted(Api.part(group), Api.part(user)),
            Api.JSON.createObjectNode());
      }
      ObjectNode created = Api.JSON.createObjectNode().put("user", user);
      groups.forEach(created.putArray("groups")::add);
      server.show(
          created,
          () ->
              server
                  .terminal()
                  .line(
                      "Created the user %s%s."
                          .formatted(
                              user, groups.isEmpty() ? "" : " in " + String.join(", ", groups))));
      return 0;
    }

    /** Never an option: other users of the machine can read those. */
    private String password() {
      String given = Commands.environment(command).get(VARIABLE);
      if (given != null) {
        return given;
      }
      Console console = System.console();
      if (console == null) {
        throw new CommandFailedException(
            CommandFailedException.FAILED,
            "There is no terminal to ask for the new user's password: set " + VARIABLE);
      }
      char[] first = console.readPassword("Password of the new user: ");
      char[] second = console.readPassword("Once more: ");
      if (first == null || !java.util.Arrays.equals(first, second)) {
        throw new CommandFailedException(
            CommandFailedException.FAILED, "The two differ; no user was created");
      }
      return new String(first);
    }
  }
}
