package org.bpmnmlops.operation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the root cause out of a printed stack trace. */
public final class RootCause {

  private static final Pattern CAUSE =
      Pattern.compile(
          "^(?:Caused by: )?(?<type>[\\w.$]+)(?:: (?<message>.*?))?(?=\\R\\tat |\\R\\t\\.\\.\\. |\\z)",
          Pattern.DOTALL | Pattern.MULTILINE);

  private RootCause() {}

  /** The message of the last "Caused by", or its type where it has none. */
  public static String of(String stackTrace) {
    int start = stackTrace.lastIndexOf("\nCaused by: ") + 1;
    Matcher cause = CAUSE.matcher(stackTrace).region(start, stackTrace.length());
    if (!cause.lookingAt()) {
      return stackTrace.lines().findFirst().orElse(stackTrace);
    }
    String message = cause.group("message");
    return message == null || message.isBlank() || message.equals("null")
        ? cause.group("type")
        : message.strip();
  }
}
