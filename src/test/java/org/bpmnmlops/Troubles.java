package org.bpmnmlops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The README's table "When something is wrong". Tests that provoke a trouble hold what they see
 * against what it says there, so that neither can change alone.
 */
public final class Troubles {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private Troubles() {}

  /** Rows by what they mean: what is seen, and what to do. */
  static Map<String, List<String>> rows() {
    try {
      String readme = Files.readString(Path.of("README.md"));
      String section = readme.split("\n## When something is wrong\n")[1].split("\n## ")[0];
      Map<String, List<String>> rows = new LinkedHashMap<>();
      section
          .lines()
          .filter(line -> line.startsWith("| `"))
          .map(line -> line.substring(1, line.length() - 1).split("\\|"))
          .forEach(cells -> rows.put(cells[1].strip(), List.of(cells[0], cells[2].strip())));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Holds what was really said against the row with that meaning; dots in the README stand for what
   * differs from case to case.
   */
  public static void assertTold(String meaning, CharSequence said) {
    assertThat(rows()).containsKey(meaning);
    Matcher seen = CODE.matcher(rows().get(meaning).get(0));
    List<String> pieces =
        seen.results()
            .flatMap(code -> Arrays.stream(code.group(1).split("…")))
            .filter(piece -> !piece.isBlank())
            .collect(Collectors.toList());
    assertThat(said.toString().replaceAll("\\s+", " ")).containsSubsequence(pieces);
  }
}
