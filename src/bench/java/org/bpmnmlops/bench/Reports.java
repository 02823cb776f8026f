package org.bpmnmlops.bench;

import static org.bpmnmlops.bench.Machine.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.drift.DatasetDrift;
import org.bpmnmlops.drift.DriftDetector;
import org.bpmnmlops.drift.DriftMethod;
import org.bpmnmlops.drift.DriftRule;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.drift.PreparedReference;
import org.bpmnmlops.report.ComparedData;
import org.bpmnmlops.report.DataContract;
import org.bpmnmlops.report.DriftReport;
import org.bpmnmlops.report.PerformanceReport;
import org.bpmnmlops.report.QualityReport;
import org.bpmnmlops.report.Report;
import org.bpmnmlops.report.ReportSubject;
import org.bpmnmlops.report.ReportWriter;

/**
 * (g) The drift of ten columns beside scipy, and (h) the three reports, files included, beside
 * Evidently's presets; on the same rows.
 */
final class Reports {

  private static final int MILLION = 1_000_000;
  private static final int REPEATS = 5;

  private static final Path FOLDER = Path.of("target", "bench", "reports");
  private static final ReportSubject SUBJECT =
      new ReportSubject("advertising", 1, Instant.parse("2026-11-25T12:00:00Z"), null, null, null);

  private Reports() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    if (List.of(args).contains("drift")) {
      drift();
    } else {
      reports();
    }
    say("load at the end %s", Machine.load());
  }

  private static void drift() throws IOException, InterruptedException {
    Machine.introduce("Drift of ten columns, 1,000,000 rows against 1,000,000; medians");
    ReportRows before = ReportRows.of(MILLION, 0, 1);
    ReportRows now = ReportRows.of(MILLION, 0.2, 2);
    Path[] files = write(before, now);
    Table reference = before.numbers();
    Table current = now.numbers();
    Schema schema = ReportRows.schema(reference);
    for (DriftMethod method : List.of(DriftMethod.WASSERSTEIN, DriftMethod.KOLMOGOROV_SMIRNOV)) {
      DriftDetector detector =
          new DriftDetector(
              DriftSettings.DEFAULT.withTypes(Map.of(ColumnType.NUMERICAL, DriftRule.of(method))));
      detector.detect(reference, current, schema);
      DatasetDrift[] found = new DatasetDrift[1];
      double cpuBefore = cpuSeconds();
      double ours = median(() -> found[0] = detector.detect(reference, current, schema));
      double oursCpu = (cpuSeconds() - cpuBefore) / REPEATS;
      JsonNode scipy = python("drift.py", method.name(), files);
      double theirs = scipy.path("seconds").asDouble();
      double theirsCpu = scipy.path("cpuSeconds").asDouble();
      say(
          "%s: ours %.2f s (processor %.2f s), scipy %.2f s (processor %.2f s)",
          method.label(), ours, oursCpu, theirs, theirsCpu);
      double farthest = 0;
      for (int c = 0; c < found[0].columns().size(); c++) {
        double score = found[0].columns().get(c).score().orElseThrow();
        farthest = Math.max(farthest, Math.abs(score - scipy.path("scores").path(c).asDouble()));
      }
      Machine.atMost("  largest difference of a score from scipy's", farthest, 1e-6, "");
      if (method == DriftMethod.WASSERSTEIN) {
        Machine.atMost("  the default method, ours / scipy", ours / theirs, 1 / 8.0, "");
        Machine.atMost("  the same in processor time", oursCpu / theirsCpu, 1 / 8.0, "");
      } else {
        Machine.tell("  ours / scipy, which takes the limit law here", ours / theirs, "");
      }
    }
  }

  /** Of this process with all its threads, garbage collection among them. */
  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static void reports() throws IOException, InterruptedException {
    Machine.introduce("The three reports, HTML and JSON written; medians");
    ReportWriter writer = new ReportWriter();
    write(writer, "warm", ReportRows.of(50_000, 0, 1), ReportRows.of(50_000, 0.2, 2));
    long small = write(writer, "small", ReportRows.of(1000, 0, 1), ReportRows.of(1000, 0.2, 2));
    double quarter = timed(writer, MILLION / 4);
    double million = timed(writer, MILLION);
    Machine.atMost("1,000,000 rows x 10 columns", million, 5, "s");
    Machine.atMost("peak of the process's memory", peakMegabytes(), 1024, "MB");
    Machine.atMost("time of 1,000,000 rows / of 250,000 rows", million / quarter, 4.8, "");
    ReportRows before = ReportRows.of(MILLION, 0, 1);
    ReportRows now = ReportRows.of(MILLION, 0.2, 2);
    long large = write(writer, "large", before, now);
    Machine.atMost("size of 1,000,000 rows / of 1,000 rows", large / (double) small, 1.1, "");
    Machine.tell("size of the three HTML files at 1,000,000 rows", large / 1024.0, "KB");
    JsonNode evidently = python("evidently_reports.py", "", write(before, now));
    say(
        "Evidently %s: quality %.1f s, drift %.1f s, classification %.1f s, %.0f KB of HTML",
        evidently.path("version").asText(),
        evidently.path("quality").asDouble(),
        evidently.path("drift").asDouble(),
        evidently.path("performance").asDouble(),
        evidently.path("bytes").asDouble() / 1024);
    Machine.atMost(
        "ours / Evidently", million / evidently.path("seconds").asDouble(), 1 / 10.0, "");
  }

  private static double timed(ReportWriter writer, int rows) {
    ReportRows before = ReportRows.of(rows, 0, 1);
    ReportRows now = ReportRows.of(rows, 0.2, 2);
    return median(() -> write(writer, "rows-" + rows, before, now));
  }

  private static double median(Runnable work) {
    double[] seconds = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    return Machine.median(seconds);
  }

  /** Size of the three HTML files in bytes. */
  private static long write(ReportWriter writer, String name, ReportRows before, ReportRows now) {
    Table reference = before.table();
    Table current = now.table();
    Schema schema = ReportRows.schema(reference);
    ComparedData data =
        new ComparedData(
            reference,
            PreparedReference.of(reference, schema),
            Optional.of(current),
            Optional.empty(),
            Optional.of("target"));
    List<Report> reports =
        List.of(
            QualityReport.of(
                SUBJECT, data, DataContract.infer(reference, schema), List.of(), Optional.empty()),
            DriftReport.of(SUBJECT, data, DriftSettings.DEFAULT, List.of(), Optional.empty()),
            PerformanceReport.of(
                SUBJECT,
                before.scored(),
                Optional.of(now.scored()),
                Optional.of("1"),
                "0",
                List.of(),
                Optional.empty()));
    long size = 0;
    for (Report report : reports) {
      Path file = FOLDER.resolve(name + "-" + report.kind().prefix() + ".html");
      writer.write(file, report);
      size += file.toFile().length();
    }
    return size;
  }

  private static double peakMegabytes() throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      return status
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path[] write(ReportRows before, ReportRows now) throws IOException {
    Path[] files = {FOLDER.resolve("reference.bin"), FOLDER.resolve("current.bin")};
    before.write(files[0]);
    now.write(files[1]);
    return files;
  }

  private static JsonNode python(String script, String argument, Path... files)
      throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    Process process =
        new ProcessBuilder(
                python,
                "src/bench/python/" + script,
                files[0].toString(),
                files[1].toString(),
                argument)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "%s failed; see src/bench/README.md for what it needs".formatted(python));
    }
    return new ObjectMapper().readTree(answer.substring(answer.lastIndexOf('{')));
  }
}
