package org.bpmnmlops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One script that cannot be loaded keeps all of Cockpit's custom scripts from loading. */
@MlopsTest
class CockpitScriptsTest {

  private static final String SERVED = "/camunda/app/cockpit/scripts/";
  private static final Path SCRIPTS =
      Path.of("src/main/resources/META-INF/resources/webjars" + SERVED);
  private static final Pattern ADDRESS =
      Pattern.compile("(?:from |import\\(|load\\()'((?:\\.{1,2}|/webjars)/[^'`$]+)'");

  @Autowired private Server server;

  @Test
  void servesOurConfigurationInsteadOfCamundas() {
    assertThat(server.anonymous().get(SERVED + "config.js").body())
        .contains("customScripts: ['scripts/mlops/plugins.js']");
  }

  @Test
  void servesWhateverScriptsImport() throws IOException {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>();
    try (Stream<Path> files = Files.walk(SCRIPTS.resolve("mlops"))) {
      files
          .filter(Files::isRegularFile)
          .map(file -> SERVED + SCRIPTS.relativize(file).toString().replace('\\', '/'))
          .forEach(next::add);
    }
    while (!next.isEmpty()) {
      String address = next.poll();
      if (!seen.add(address)) {
        continue;
      }
      var answer = server.admin().get(address);
      assertThat(answer.statusCode()).as(address).isEqualTo(200);
      assertThat(answer.headers().firstValue("Cache-Control")).as(address).hasValue("no-cache");
      if (address.startsWith(SERVED) && address.endsWith(".js")) {
        Matcher imports = ADDRESS.matcher(answer.body());
        while (imports.find()) {
          next.add(server.uri(address).resolve(imports.group(1)).getPath());
        }
      }
    }
    assertThat(seen)
        .contains(
            "/webjars/preact/dist/preact.module.js",
            "/webjars/d3/dist/d3.min.js",
            "/webjars/bpmn-js/dist/bpmn-navigated-viewer.production.min.js",
            SERVED + "mlops/pages/run.js");
  }

  @Test
  void givesEveryRouteItsPage() throws IOException {
    Matcher routes =
        Pattern.compile("(?m)^ {2}(\\w+): '/mlops/")
            .matcher(Files.readString(SCRIPTS.resolve("mlops/plugins.js")));
    Set<String> names = routes.results().map(it -> it.group(1)).collect(Collectors.toSet());
    try (Stream<Path> pages = Files.list(SCRIPTS.resolve("mlops/pages"))) {
      List<String> files =
          pages.map(page -> page.getFileName().toString().replace(".js", "")).toList();
      assertThat(files).containsAll(names);
    }
    assertThat(names).contains("pipelines", "grid", "run");
  }

  /** The content-security policy forbids both, and text that is HTML would be a way in. */
  @Test
  void writesNoHtmlAndAsksNoOtherHost() throws IOException {
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file))
                      .doesNotContain(
                          "innerHTML", "dangerouslySet", "https://", "http://", "eval("));
    }
  }
}
