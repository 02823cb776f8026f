package org.bpmnmlops.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.wording.Words;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Makes model cards. In a version's folder stands the card of the day it was registered; what is
 * asked for over HTTP has everything that happened since.
 */
@Component
class ModelCards {

  static final String JSON_FILE = "card.json";
  static final String HTML_FILE = "card.html";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final ModelFolders folders;
  private final ModelHistory history;
  private final SpringTemplateEngine templates = new SpringTemplateEngine();

  ModelCards(ModelFolders folders, ModelHistory history) {
    this.folders = folders;
    this.history = history;
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(ModelCards.class.getClassLoader());
    resolver.setPrefix("models/");
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    templates.addTemplateResolver(resolver);
  }

  /** Reads what a version's folder has. */
  ModelCard card(ModelVersion version, List<Alias> aliases, String process, RowFiles files) {
    Path folder = folders.folder(version.name(), version.version());
    try {
      TrainedModel model = TrainedModel.load(folder.resolve(ModelFolders.MODEL));
      String rows = files.rows();
      return new ModelCard(
          ModelCard.FORMAT,
          ModelCard.VERSION,
          version,
          aliases,
          process,
          model.target(),
          model.classes(),
          model.rawColumns().names(),
          model.droppedColumns(),
          model.settings(),
          read(folder.resolve(rows.substring(0, rows.length() - ".csv".length()) + ".json")),
          read(folder.resolve("separation.json")),
          read(folder.resolve(ModelFolders.EVALUATION)),
          history.promotions(version.name(), version.version()),
          history.notes(version.name(), version.version()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(folder, e), e);
    }
  }

  /** Writes both forms into the version's folder. */
  void write(ModelCard card) {
    Path folder = folders.folder(card.version().name(), card.version().version());
    Artifacts.write(folder.resolve(JSON_FILE), file -> JSON.writeValue(file.toFile(), card));
    Artifacts.write(folder.resolve(HTML_FILE), file -> Files.writeString(file, html(card)));
  }

  String html(ModelCard card) {
    Context context = new Context(Locale.ENGLISH);
    context.setVariable("page", new ModelCardPage(card));
    return Words.unbroken(templates.process("card.html", context));
  }

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }
}
