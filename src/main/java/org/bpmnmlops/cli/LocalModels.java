package org.bpmnmlops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Which of the shipped models one run needs: reading all of them takes longer than the run does.
 */
final class LocalModels {

  private static final Pattern NEEDS_OTHERS =
      Pattern.compile("<bpmn:(callActivity|businessRuleTask)\\b|formRef=");
  private static final Pattern PROCESS_ID = Pattern.compile("[A-Za-z0-9_-]+");

  private static final Pattern PROCESS =
      Pattern.compile("<bpmn:process\\s[^>]*?\\bid=\"([^\"]+)\"");

  /** What makes a process a pipeline: it has the step "Admit run". */
  static final String ADMISSION = "${admitRunDelegate}";

  private LocalModels() {}

  /**
   * Looks at the shipped models before an engine is built, which takes much longer.
   *
   * @throws CommandFailedException when none of them is of this process
   */
  static void require(String pipeline) {
    Map<String, Boolean> shipped = new TreeMap<>();
    try {
      for (Resource file :
          new PathMatchingResourcePatternResolver().getResources("classpath*:processes/*.bpmn")) {
        String model = file.getContentAsString(StandardCharsets.UTF_8);
        PROCESS
            .matcher(model)
            .results()
            .forEach(process -> shipped.put(process.group(1), model.contains(ADMISSION)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!shipped.containsKey(pipeline)) {
      shipped.values().removeIf(isPipeline -> !isPipeline);
      throw missing(pipeline, shipped.keySet());
    }
  }

  static CommandFailedException missing(String pipeline, Collection<String> known) {
    return new CommandFailedException(
        CommandFailedException.NOT_THERE,
        "There is no pipeline '%s'; there are %s".formatted(pipeline, String.join(", ", known)));
  }

  /** The file of a pipeline that calls no other process, table or form. */
  static Optional<String> alone(String pipeline) {
    if (!PROCESS_ID.matcher(pipeline).matches()) {
      return Optional.empty();
    }
    String file = "processes/" + pipeline + ".bpmn";
    try (InputStream model = LocalModels.class.getClassLoader().getResourceAsStream(file)) {
      if (model == null) {
        return Optional.empty();
      }
      String text = new String(model.readAllBytes(), StandardCharsets.UTF_8);
      return NEEDS_OTHERS.matcher(text).find() ? Optional.empty() : Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
