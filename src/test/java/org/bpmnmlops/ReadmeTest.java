package org.bpmnmlops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    missing.removeIf(documentation()::contains);

    assertThat(missing).isEmpty();
  }

  @Test
  void namesEverySetting() throws IOException {
    Set<String> missing = new TreeSet<>();
    Matcher settings =
        Pattern.compile("\\$\\{((MLOPS|SERVER)_[A-Z_]+)")
            .matcher(Files.readString(Path.of("src/main/resources/application.properties")));
    while (settings.find()) {
      missing.add(settings.group(1));
    }
    assertThat(missing).contains("MLOPS_HOME");

    missing.removeIf(documentation()::contains);

    assertThat(missing).isEmpty();
  }

  @Test
  void leadsToPagesAndPicturesThatExist() throws IOException {
    Set<String> broken = new TreeSet<>();
    for (Path page : pages()) {
      Matcher links = Pattern.compile("]\\((?!http)([^)#]+)").matcher(Files.readString(page));
      while (links.find()) {
        if (!Files.exists(page.resolveSibling(links.group(1)))) {
          broken.add(page + ": " + links.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  /** What README and documentation show as code. */
  private static Set<String> documentation() throws IOException {
    Set<String> code = new TreeSet<>();
    for (Path page : pages()) {
      Matcher words = Pattern.compile("`([\\w.-]+)`").matcher(Files.readString(page));
      while (words.find()) {
        code.add(words.group(1));
      }
    }
    return code;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              docs.filter(file -> file.toString().endsWith(".md")),
              Stream.of("README.md", "camunda-modeler/README.md", "src/main/docker/README.md")
                  .map(Path::of))
          .toList();
    }
  }
}
