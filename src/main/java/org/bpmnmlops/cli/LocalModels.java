package org.bpmnmlops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which of the shipped models one run needs: reading all of them takes longer than the run does.
 */
final class LocalModels {

  private static final Pattern NEEDS_OTHERS =
      Pattern.compile("<bpmn:(callActivity|businessRuleTask)\\b|formRef=");
  private static final Pattern PROCESS_ID = Pattern.compile("[A-Za-z0-9_-]+");

  private LocalModels() {}

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
