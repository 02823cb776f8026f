package org.bpmnmlops.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: {@code java -jar bpmn-mlops.jar <command>}. */
@Command(
    name = "bpmn-mlops",
    description = "Machine-learning pipelines as BPMN processes.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    versionProvider = Commands.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it failed, or the run did",
      "2:an option or a parameter is not as it should be",
      "3:no server was reached",
      "4:the server does not let this user do that",
      "5:there is no such pipeline, run, model, file",
      "6:not in this state, such as a pause or a home in use"
    })
public final class Commands implements Runnable {

  private static final Set<String> HELP = Set.of("-h", "--help");

  /** What is not for Spring, though it looks so. */
  private static final Set<String> OURS =
      Set.of("--help", "--version", "--url", "--home", "--json");

  /** The settings of Spring whose names have no dot and that need no value. */
  private static final Set<String> SWITCHES = Set.of("--debug", "--trace");

  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          ServeCommand.class,
          RunCommand.class,
          TestStepCommand.class,
          PipelinesCommand.class,
          TriggerCommand.class,
          RunsCommand.class,
          StateCommand.class,
          LogsCommand.class,
          RetryCommand.class,
          BackfillCommand.class,
          PauseCommand.Pause.class,
          PauseCommand.Resume.class,
          ModelsCommand.class,
          PromoteCommand.class,
          RollbackCommand.class,
          ReportsCommand.class,
          PredictCommand.class,
          UsersCommand.class,
          HealthCommand.class,
          DbCommand.class);

  private final Class<?> application;
  private final Map<String, String> environment;

  @Spec private CommandSpec command;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @CommandLine.Option(names = "--version", versionHelp = true, description = "Show the version.")
  private boolean version;

  /** The jar's; classes that are in none have no version. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Commands.class.getPackage().getImplementationVersion();
      return new String[] {"bpmn-mlops " + (version == null ? "(not from a jar)" : version)};
    }
  }

  private Commands(Class<?> application, Map<String, String> environment) {
    this.application = application;
    this.environment = Map.copyOf(environment);
  }

  /** Whether these arguments start the server as Spring's do: none, or settings. */
  public static boolean areSettings(String... arguments) {
    return Arrays.stream(arguments).allMatch(Commands::isSetting);
  }

  private static boolean isSetting(String argument) {
    String name = argument.split("=", 2)[0];
    return name.startsWith("--")
        && !OURS.contains(name)
        && (argument.contains("=") || name.contains(".") || SWITCHES.contains(name));
  }

  /** Options that stand before the command, behind it. */
  public static String[] commandFirst(String... arguments) {
    List<String> sorted = new ArrayList<>(List.of(arguments));
    sorted.stream()
        .filter(argument -> command(argument).isPresent())
        .findFirst()
        .ifPresent(
            command -> {
              sorted.remove(command);
              sorted.add(0, command);
            });
    return sorted.toArray(String[]::new);
  }

  /**
   * @param application that {@code serve} and {@code run} start
   * @return exit code, when the command is over; that of {@code serve} is over while it serves
   */
  public static int execute(Class<?> application, String... arguments) {
    return line(application, System.getenv(), arguments).execute(arguments);
  }

  /**
   * A line that knows the command which is asked for, or all of them where none is: looking at the
   * options of all takes a part of what {@code run} does.
   *
   * @param environment variables as of the shell
   * @param arguments that it will be given
   */
  static CommandLine line(
      Class<?> application, Map<String, String> environment, String... arguments) {
    CommandLine line = new CommandLine(new Commands(application, environment));
    asked(arguments).map(List::<Class<?>>of).orElse(COMMANDS).forEach(line::addSubcommand);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> fail(command.getErr(), command.getColorScheme().ansi(), e));
    return line;
  }

  private static Optional<Class<?>> asked(String... arguments) {
    return Arrays.stream(arguments).findFirst().flatMap(Commands::command);
  }

  private static Optional<Class<?>> command(String name) {
    return COMMANDS.stream()
        .filter(command -> command.getAnnotation(Command.class).name().equals(name))
        .findFirst();
  }

  /** Starts the server as {@code serve} does. */
  public static void startServer(Class<?> application, String... settings) {
    ServeCommand.start(application, settings);
  }

  /** Whether a command leaves the server running behind it. */
  public static boolean serves(String... arguments) {
    return arguments[0].equals("serve") && Arrays.stream(arguments).noneMatch(HELP::contains);
  }

  static Class<?> application(CommandSpec command) {
    return ((Commands) command.root().userObject()).application;
  }

  static Map<String, String> environment(CommandSpec command) {
    return ((Commands) command.root().userObject()).environment;
  }

  private static int fail(PrintWriter err, Ansi ansi, Exception e) {
    boolean expected = e instanceof CommandFailedException;
    err.println(
        ansi.string("@|bold,red error|@") + ": " + (expected ? e.getMessage() : unexpected(e)));
    err.flush();
    return expected ? ((CommandFailedException) e).exitCode() : CommandFailedException.FAILED;
  }

  private static String unexpected(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Terminal.plainLines(root.getClass().getSimpleName() + ": " + root.getMessage());
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "Name a command");
  }
}
