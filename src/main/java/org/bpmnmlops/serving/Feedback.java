package org.bpmnmlops.serving;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bpmnmlops.production.PredictionIds;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionData.Labelled;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Source;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes what came true. Nothing is trained here: the outcome is recorded, and when enough came a
 * message wakes the process that decides, all in one transaction.
 */
@Component
class Feedback {

  /**
   * What was made of a feedback.
   *
   * @param version of the model that predicted; null where nobody knows it
   * @param total rows of the model with an outcome
   * @param retrain whether this one made the mark full
   */
  record Receipt(
      UUID prediction,
      String model,
      Integer version,
      Labelled labelled,
      long total,
      boolean retrain) {}

  private final ProductionData production;
  private final Predictor predictor;
  private final Serving serving;
  private final FeedbackCount count;
  private final FeedbackMessenger messenger;
  private final PredictionLog log;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Feedback(
      ProductionData production,
      Predictor predictor,
      Serving serving,
      FeedbackCount count,
      FeedbackMessenger messenger,
      PredictionLog log,
      TransactionTemplate transaction,
      Clock clock) {
    this.production = production;
    this.predictor = predictor;
    this.serving = serving;
    this.count = count;
    this.messenger = messenger;
    this.log = log;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Takes the outcome of a prediction; the last one counts, the same one twice counts once.
   *
   * @throws UnknownException when there is no such prediction
   * @throws UnusableInputException when the model has no such class
   */
  Receipt byPrediction(UUID prediction, Object actual) {
    log.settle(row -> row.id().equals(prediction));
    return transaction.execute(status -> take(prediction, actual));
  }

  private Receipt take(UUID prediction, Object actual) {
    ProductionRow row =
        production
            .find(prediction)
            .orElseThrow(
                () ->
                    new UnknownException(
                        "predictionId",
                        prediction.toString(),
                        "There is no prediction '%s'; expected the predictionId of an answer, or the"
                                .formatted(prediction)
                            + " features"));
    String outcome = outcome("actual", actual, serving.model(row.model()).classes());
    return receipt(row.model(), row.version(), prediction, outcome);
  }

  /**
   * Takes the outcome of a case whose prediction the caller cannot name: that of the oldest recent
   * prediction of the same features without outcome, or else a row of its own.
   *
   * @param name of the model; null for the default
   * @param predicted what the caller was answered; null where they do not say
   * @param key makes the same feedback count once; null where the caller sent none
   * @throws UnusableInputException when the features do not fit the model, or it has no such class
   */
  Receipt byFeatures(
      String name, Map<String, Object> features, Object predicted, Object actual, String key) {
    ServedModel served = serving.model(name);
    log.settle(row -> row.model().equals(served.version().name()));
    return transaction.execute(status -> take(served, features, predicted, actual, key));
  }

  private Receipt take(
      ServedModel served,
      Map<String, Object> features,
      Object predicted,
      Object actual,
      String key) {
    String model = served.version().name();
    String outcome = outcome("actual", actual, served.classes());
    String prediction =
        predicted == null ? null : outcome("prediction", predicted, served.classes());
    String modelKey = key == null || key.isBlank() ? null : model + "\n" + key;
    Optional<UUID> before = modelKey == null ? Optional.empty() : production.findByKey(modelKey);
    if (before.isPresent()) {
      return receipt(model, version(before.get()), before.get(), outcome);
    }
    Map<String, Object> typed = predictor.features(served, features);
    UUID id =
        production.findUnlabelled(model, typed).orElseGet(() -> add(model, typed, prediction));
    Receipt receipt = receipt(model, version(id), id, outcome);
    if (modelKey != null) {
      production.rememberKey(id, modelKey);
    }
    return receipt;
  }

  private UUID add(String model, Map<String, Object> features, String prediction) {
    Instant now = clock.instant();
    UUID id = PredictionIds.at(now);
    production.record(
        List.of(
            new ProductionRow(
                id,
                model,
                null,
                features,
                prediction,
                Map.of(),
                now,
                null,
                null,
                Source.FEEDBACK,
                null,
                null)));
    return id;
  }

  private Integer version(UUID prediction) {
    return production.find(prediction).map(ProductionRow::version).orElse(null);
  }

  private Receipt receipt(String model, Integer version, UUID prediction, String outcome) {
    Labelled labelled = production.label(prediction, outcome, clock.instant());
    FeedbackCount.Total total = labelled == Labelled.NEW ? count.addOne(model) : count.total(model);
    if (total.crossed()) {
      messenger.enough(model, total.labelled());
    }
    return new Receipt(prediction, model, version, labelled, total.labelled(), total.crossed());
  }

  private static String outcome(String field, Object value, List<String> classes) {
    return ClassLabels.find(classes, value)
        .orElseThrow(
            () ->
                new UnusableInputException(
                    field,
                    value == null ? null : String.valueOf(value),
                    "one of " + String.join(", ", classes)));
  }
}
