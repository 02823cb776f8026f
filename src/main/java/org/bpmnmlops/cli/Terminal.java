package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints for a person or for a program. Colours and a table's width are the terminal's; into a pipe
 * or a file go neither. Texts of a server are printed without their control characters, so that a
 * log line cannot move the cursor.
 */
final class Terminal {

  /** What a word stands for; the terminal decides how that looks. */
  enum Tone {
    PLAIN(""),
    GOOD("32"),
    BAD("31"),
    BUSY("36"),
    ODD("33"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Tone(String code) {
      this.code = code;
    }

    /** By the words of the REST API. */
    static Tone of(String status) {
      return switch (status) {
        case "success", "UP", "active", "healthy", "good", "INFO" -> GOOD;
        case "failed", "incident", "DOWN", "OUT_OF_SERVICE", "ERROR", "critical", "drift", "bad" ->
            BAD;
        case "running", "queued", "retrying", "waiting", "planned" -> BUSY;
        case "warning", "paused", "stopped", "cancelled", "unknown", "warn", "WARN" -> ODD;
        case "skipped", "none", "-" -> FAINT;
        default -> PLAIN;
      };
    }
  }

  /** A word and its tone. */
  record Cell(String text, Tone tone) {
    static Cell of(Object text) {
      return new Cell(text == null ? "-" : plain(text.toString()), Tone.PLAIN);
    }

    static Cell status(String text) {
      return new Cell(plain(text), Tone.of(text));
    }
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int NARROWEST = 9;
  private static final int WIDE = 110;
  private static final int GAP = 2;

  private final PrintWriter out;
  private final boolean colours;
  private final int width;

  Terminal(PrintWriter out) {
    this(out, Ansi.AUTO.enabled(), width(System.console() != null));
  }

  /**
   * @param width in characters; 0 for as wide as the texts are
   */
  Terminal(PrintWriter out, boolean colours, int width) {
    this.out = out;
    this.colours = colours;
    this.width = width;
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void json(JsonNode node) {
    try {
      line(JSON.writeValueAsString(node));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String tone(Tone tone, String text) {
    return colours && !tone.code.isEmpty()
        ? "\u001b[" + tone.code + "m" + text + "\u001b[0m"
        : text;
  }

  /**
   * Columns as wide as their longest word; where that is too wide for the terminal, the last column
   * gives way.
   *
   * @param wideOnly headers of the columns that a narrow terminal does without
   */
  void table(List<String> headers, List<List<Cell>> rows, String... wideOnly) {
    List<String> left = width > 0 && width < WIDE ? List.of(wideOnly) : List.of();
    List<Integer> columns =
        IntStream.range(0, headers.size())
            .filter(column -> !left.contains(headers.get(column)))
            .boxed()
            .toList();
    List<List<Cell>> lines = new ArrayList<>();
    lines.add(columns.stream().map(column -> new Cell(headers.get(column), Tone.FAINT)).toList());
    rows.forEach(row -> lines.add(columns.stream().map(row::get).toList()));
    int[] widths = new int[columns.size()];
    for (List<Cell> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], line.get(c).text().length());
      }
    }
    if (width > 0) {
      int last = widths.length - 1;
      int before = Arrays.stream(widths, 0, last).map(column -> column + GAP).sum();
      widths[last] = Math.min(widths[last], Math.max(NARROWEST, width - before));
    }
    lines.forEach(line -> line(row(line, widths)));
  }

  private String row(List<Cell> cells, int[] widths) {
    List<String> shown = new ArrayList<>();
    for (int c = 0; c < cells.size(); c++) {
      String text = cut(cells.get(c).text(), widths[c]);
      String padding = c == cells.size() - 1 ? "" : " ".repeat(widths[c] - text.length());
      shown.add(tone(cells.get(c).tone(), text) + padding);
    }
    return String.join(" ".repeat(GAP), shown).stripTrailing();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  /** On one line, without anything a terminal would obey. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cc}+", " ");
  }

  /** As {@link #plain}, with its line breaks. */
  static String plainLines(String text) {
    return text.replace("\r\n", "\n").replaceAll("[\\p{Cc}&&[^\n\t]]+", " ");
  }

  /** 0 where nobody looks. */
  private static int width(boolean terminal) {
    String columns = System.getenv("COLUMNS");
    if (columns != null && columns.matches("\\d{1,4}")) {
      return Integer.parseInt(columns);
    }
    return terminal ? askTerminal() : 0;
  }

  private static int askTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      if (stty.waitFor(1, TimeUnit.SECONDS) && answer.matches("\\d+ [1-9]\\d*")) {
        return Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
      }
    } catch (IOException e) {
      // No stty here, as on Windows: as wide as the smallest terminals.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 80;
  }
}
