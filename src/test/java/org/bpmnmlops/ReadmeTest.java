package org.bpmnmlops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpmnmlops.process.StepCatalog;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class ReadmeTest {

  @Autowired private StepCatalog steps;

  @Test
  void namesEveryParameter() throws IOException {
    Set<String> missing = new TreeSet<>(steps.parametersOf(steps.declarations().keySet()).keySet());
    missing.removeAll(Set.of("city", "misses"));

    missing.removeIf(readme()::contains);

    assertThat(missing).isEmpty();
  }

  @Test
  void namesEverySetting() throws IOException {
    Set<String> missing = new TreeSet<>();
    Matcher settings =
        Pattern.compile("\\$\\{((MLOPS|SERVER)_[A-Z_]+)")
            .matcher(Files.readString(Path.of("src/main/resources/application.yaml")));
    while (settings.find()) {
      missing.add(settings.group(1));
    }
    assertThat(missing).contains("MLOPS_HOME");

    missing.removeIf(readme()::contains);

    assertThat(missing).isEmpty();
  }

  /** What the README shows as code. */
  private static Set<String> readme() throws IOException {
    Set<String> code = new TreeSet<>();
    Matcher words = Pattern.compile("`([\\w.-]+)`").matcher(Files.readString(Path.of("README.md")));
    while (words.find()) {
      code.add(words.group(1));
    }
    return code;
  }
}
