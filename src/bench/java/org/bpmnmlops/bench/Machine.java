package org.bpmnmlops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/** What is printed: the machine, how busy it is, numbers, and whether a target was met. */
final class Machine {

  private Machine() {}

  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** The heading of a benchmark. */
  static void introduce(String benchmark) throws IOException {
    say("%n%s", benchmark);
    say(
        "%s, %d cores, Java %s, load %s",
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        load());
  }

  /** The load averages of 1, 5 and 15 minutes where the system tells them. */
  static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file)
        ? String.join(" ", Arrays.copyOf(Files.readString(file).split(" "), 3))
        : "unknown";
  }

  /** The line that says whether a target was met: at most {@code limit}. */
  static void atMost(String what, double value, double limit, String unit) {
    say("%-58s %9.3f %-4s target <= %.3f  %s", what, value, unit, limit, met(value <= limit));
  }

  /** As {@link #atMost}, for what should be large. */
  static void atLeast(String what, double value, double limit, String unit) {
    say("%-58s %9.3f %-4s target >= %.3f  %s", what, value, unit, limit, met(value >= limit));
  }

  /** The line of a number nobody set a target for. */
  static void tell(String what, double value, String unit) {
    say("%-58s %9.3f %s", what, value, unit);
  }

  private static String met(boolean yes) {
    return yes ? "met" : "MISSED";
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
