package org.bpmnmlops.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the JVM's optimizing compiler out of a start: it would take half of the processor time for
 * methods that nobody calls again. A JVM that takes no such directives starts as it always did.
 */
final class StartCompiler {

  private static final Logger LOG = LoggerFactory.getLogger(StartCompiler.class);

  /** A method left out now is left out for good, so what every program calls is not. */
  private static final String DIRECTIVES =
      """
      [
        {
          match: [
            "java/lang/String*.*", "java/lang/AbstractString*.*", "java/lang/Math.*",
            "java/util/Array*.*", "java/util/Collections*.*", "java/util/HashMap*.*",
            "java/util/stream/*.*"
          ],
          c2: { Exclude: false }
        },
        { match: ["*.*"], c2: { Exclude: true } }
      ]
      """;

  /** Directives above. */
  private static final int COUNT = 2;

  private final CompletableFuture<Boolean> heldBack;

  private StartCompiler(CompletableFuture<Boolean> heldBack) {
    this.heldBack = heldBack;
  }

  /** Takes effect a moment later, beside what the caller goes on with. */
  static StartCompiler hold() {
    return new StartCompiler(CompletableFuture.supplyAsync(StartCompiler::add));
  }

  private static boolean add() {
    try {
      Path file = Files.createTempFile("start-compiler-", ".json");
      // Whether it can be deleted must not decide whether the directives are taken back.
      file.toFile().deleteOnExit();
      Files.writeString(file, DIRECTIVES);
      String answer = command("compilerDirectivesAdd", file.toString());
      LOG.debug("{}", answer);
      return answer.contains(COUNT + " compiler directives added");
    } catch (IOException | JMException | JMRuntimeException e) {
      LOG.debug("The optimizing compiler stays in", e);
      return false;
    }
  }

  /** Waits for the effect; false where this JVM takes no directives. */
  boolean awaitHeld() {
    return heldBack.join();
  }

  /** The compiler is back for what comes now. */
  void release() {
    if (awaitHeld()) {
      try {
        for (int i = 0; i < COUNT; i++) {
          command("compilerDirectivesRemove");
        }
      } catch (JMException e) {
        throw new IllegalStateException("Cannot bring the optimizing compiler back", e);
      }
    }
  }

  private static String command(String name, String... arguments) throws JMException {
    boolean none = arguments.length == 0;
    return String.valueOf(
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                name,
                none ? new Object[0] : new Object[] {arguments},
                none ? new String[0] : new String[] {String[].class.getName()}));
  }
}
