package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks a server again and again until it has something new; less often the longer it takes. */
final class Waiting {

  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 3000;

  private Waiting() {}

  /** The first answer that will do. */
  static JsonNode until(Supplier<JsonNode> question, Predicate<JsonNode> enough) {
    long pause = FIRST_MILLIS;
    for (JsonNode answer = question.get(); ; answer = question.get()) {
      if (enough.test(answer)) {
        return answer;
      }
      sleep(pause);
      pause = Math.min(LONGEST_MILLIS, pause * 3 / 2);
    }
  }

  static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException(CommandFailedException.FAILED, "Interrupted");
    }
  }
}
