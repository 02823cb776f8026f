package org.bpmnmlops.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.wording.Words;

/** A model card in the words and numbers that people read; the template asks for these. */
final class ModelCardPage {

  /** A label and its value; {@code code} for hashes and ids. */
  public record Fact(String label, String value, boolean code) {}

  /** One row of the table of classes; shares as text. */
  public record ClassRow(String name, String rows, String precision, String recall, String f1) {}

  /** One row of the confusion matrix. */
  public record Confused(String name, List<Cell> cells) {}

  /**
   * @param right whether these rows were classified correctly
   */
  public record Cell(String count, boolean right) {}

  /**
   * What the model made of a feature.
   *
   * @param width of its bar in percent of the largest
   * @param against whether it speaks against the positive class
   */
  public record Weight(String feature, String value, long width, boolean against) {}

  /** Something that happened to the version. */
  public record Event(Instant at, String what, String why) {

    public String when() {
      return Words.time(at);
    }
  }

  private static final int MOST_WEIGHTS = 30;

  private final ModelCard card;
  private final JsonNode evaluation;

  ModelCardPage(ModelCard card) {
    this.card = card;
    this.evaluation = card.evaluation();
  }

  public String title() {
    return "%s, version %d".formatted(card.version().name(), card.version().version());
  }

  public String name() {
    return card.version().name();
  }

  public int version() {
    return card.version().version();
  }

  public List<Alias> aliases() {
    return card.aliases();
  }

  public String lead() {
    return "Predicts %s (%s) from %s by %s."
        .formatted(
            card.target(),
            String.join(", ", card.classes()),
            String.join(", ", card.features()),
            words(card.version().algorithm()));
  }

  public String accuracy() {
    return percent(evaluation.path("accuracy"));
  }

  public String accuracyHelp() {
    return ("accuracy on %s held-out rows, 95 %% interval %s to %s; always answering %s, the most"
            + " frequent class, gets %s")
        .formatted(
            number(evaluation.path("testRows")),
            percent(evaluation.path("accuracyLow")),
            percent(evaluation.path("accuracyHigh")),
            evaluation.path("baselineClass").asText(),
            percent(evaluation.path("baselineAccuracy")));
  }

  public List<Fact> metrics() {
    List<Fact> facts = new ArrayList<>();
    add(facts, "Balanced accuracy", percent(evaluation.path("balancedAccuracy")));
    add(facts, "Log loss", decimal(evaluation.path("logLoss")));
    JsonNode scores = evaluation.path("positive");
    String of = " of class " + evaluation.path("positiveClass").asText();
    if (!scores.isObject()) {
      scores = evaluation.path("macro");
      of = ", mean over the classes";
    }
    add(facts, "Precision" + of, percent(scores.path("precision")));
    add(facts, "Recall" + of, percent(scores.path("recall")));
    add(facts, "F1" + of, percent(scores.path("f1")));
    add(facts, "Area under the ROC curve", decimal(scores.path("auc")));
    add(facts, "Average precision", decimal(scores.path("prAuc")));
    return facts;
  }

  public List<ClassRow> classRows() {
    List<ClassRow> rows = new ArrayList<>();
    for (JsonNode one : evaluation.path("perClass")) {
      rows.add(
          new ClassRow(
              one.path("name").asText(),
              number(one.path("testRows")),
              percent(one.path("precision")),
              percent(one.path("recall")),
              percent(one.path("f1"))));
    }
    return rows;
  }

  public List<String> classes() {
    return card.classes();
  }

  public List<Confused> confusion() {
    List<Confused> rows = new ArrayList<>();
    JsonNode matrix = evaluation.path("confusion");
    for (int i = 0; i < matrix.size(); i++) {
      List<Cell> cells = new ArrayList<>();
      for (int j = 0; j < matrix.get(i).size(); j++) {
        cells.add(new Cell(number(matrix.get(i).get(j)), i == j));
      }
      rows.add(new Confused(card.classes().get(i), cells));
    }
    return rows;
  }

  public String weightsHelp() {
    return card.version().algorithm().equals("logistic-regression")
        ? "Coefficients of the scaled features: how much each moves the log-odds"
            + (card.classes().size() == 2
                ? " of class %s. Orange ones lower them.".formatted(card.classes().get(1))
                : "; the largest over the classes.")
        : "Share of each feature in what the trees gained.";
  }

  public List<Weight> weights() {
    List<Weight> weights = new ArrayList<>();
    double largest = 0;
    for (JsonNode weight : evaluation.path("weights")) {
      largest = Math.max(largest, Math.abs(strongest(weight)));
    }
    for (JsonNode weight : evaluation.path("weights")) {
      if (weights.size() == MOST_WEIGHTS) {
        break;
      }
      double value = strongest(weight);
      weights.add(
          new Weight(
              weight.path("feature").asText(),
              Words.score(value),
              largest > 0 ? Math.round(100 * Math.abs(value) / largest) : 0,
              value < 0));
    }
    return weights;
  }

  public String moreWeights() {
    int more = evaluation.path("weights").size() - MOST_WEIGHTS;
    return more > 0 ? "and %d more, see card.json".formatted(more) : "";
  }

  public List<Fact> data() {
    JsonNode data = card.data();
    List<Fact> facts = new ArrayList<>();
    add(facts, "Data set", data.path("dataset").asText());
    facts.add(new Fact("SHA-256", data.path("dataHash").asText(), true));
    add(
        facts,
        "Rows",
        "%s of %s; left out %s without target, %s with a missing value, %s duplicates"
            .formatted(
                number(data.path("rows")),
                number(data.path("rawRows")),
                number(data.path("droppedWithoutTarget")),
                number(data.path("droppedWithMissing")),
                number(data.path("droppedDuplicates"))));
    JsonNode separation = card.separation();
    add(
        facts,
        "Separation",
        "%s to learn, %s to test (share %s, seed %s%s)"
            .formatted(
                number(separation.path("trainRows")),
                number(separation.path("testRows")),
                separation.path("testShare").asText(),
                separation.path("seed").asText(),
                separation.path("stratified").asBoolean() ? ", stratified" : ""));
    for (JsonNode column : data.path("leftOut")) {
      add(
          facts,
          "Left out",
          column.path("column").asText() + ": " + column.path("reason").asText());
    }
    if (!card.constant().isEmpty()) {
      add(facts, "Constant", String.join(", ", card.constant()));
    }
    return facts;
  }

  public List<Fact> parameters() {
    List<Fact> facts = new ArrayList<>();
    JsonNode settings = new ObjectMapper().valueToTree(card.settings());
    for (Map.Entry<String, JsonNode> setting : settings.properties()) {
      if (!setting.getValue().isNull() && isUsed(setting.getKey())) {
        add(facts, setting.getKey(), setting.getValue().asText());
      }
    }
    JsonNode preparation = card.data().path("preparation");
    add(facts, "missing", preparation.path("missing").asText());
    List<String> features = new ArrayList<>();
    preparation.path("features").forEach(feature -> features.add(feature.path("name").asText()));
    add(facts, "features", String.join(", ", features));
    return facts;
  }

  /** Settings of other algorithms have no effect. */
  private boolean isUsed(String setting) {
    String algorithm = card.version().algorithm();
    return switch (setting) {
      case "C" -> algorithm.equals("logistic-regression");
      case "trees" -> algorithm.equals("random-forest");
      case "rounds", "learningRate" -> algorithm.equals("xgboost");
      case "maxDepth" -> !algorithm.equals("logistic-regression");
      default -> true;
    };
  }

  public List<Fact> provenance() {
    ModelVersion version = card.version();
    List<Fact> facts = new ArrayList<>();
    add(facts, "Registered", Words.time(version.registeredAt()));
    add(facts, "Pipeline", version.pipeline());
    facts.add(new Fact("Process", card.process(), true));
    facts.add(new Fact("Run", version.run(), true));
    facts.add(new Fact("Model's SHA-256", version.modelHash(), true));
    facts.add(new Fact("Fingerprint", version.fingerprint(), true));
    return facts;
  }

  public List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (ModelHistory.Promotion promotion : card.promotions()) {
      events.add(new Event(promotion.at(), "Champion, by " + promotion.by(), promotion.reason()));
      if (promotion.replacedAt() != null) {
        events.add(
            new Event(
                promotion.replacedAt(),
                "%s v%d, by %s"
                    .formatted(
                        promotion.replacedWith() < version() ? "Taken back for" : "Replaced by",
                        promotion.replacedWith(),
                        promotion.replacedBy()),
                promotion.replacedReason()));
      }
      if (promotion.undoneAt() != null) {
        events.add(
            new Event(
                promotion.undoneAt(),
                "Taken back, by " + promotion.undoneBy(),
                promotion.undoneReason()));
      }
    }
    for (ModelHistory.Note note : card.notes()) {
      String by = note.by().equals(card.version().run()) ? "" : ", by " + note.by();
      events.add(new Event(note.at(), note.topic() + by, note.text()));
    }
    events.sort(Comparator.comparing(Event::at));
    return events;
  }

  private static double strongest(JsonNode weight) {
    double strongest = 0;
    for (JsonNode value : weight.path("values")) {
      if (Math.abs(value.doubleValue()) > Math.abs(strongest)) {
        strongest = value.doubleValue();
      }
    }
    return strongest;
  }

  private static void add(List<Fact> facts, String label, String value) {
    facts.add(new Fact(label, value, false));
  }

  private static String words(String algorithm) {
    return algorithm.equals("xgboost") ? "XGBoost" : algorithm.replace('-', ' ');
  }

  private static String percent(JsonNode share) {
    return share.isNumber() ? Words.percent(share.doubleValue()) : "undefined";
  }

  private static String decimal(JsonNode value) {
    return value.isNumber() ? Words.score(value.doubleValue()) : "undefined";
  }

  private static String number(JsonNode count) {
    return Words.count(count.asLong());
  }
}
