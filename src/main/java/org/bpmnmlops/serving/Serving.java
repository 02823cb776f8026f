package org.bpmnmlops.serving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.log.Outage;
import org.bpmnmlops.production.StoredPrediction;
import org.bpmnmlops.registry.ModelRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Predictions that are recorded before anybody gets them. */
@Component
@EnableConfigurationProperties(ServingSettings.class)
class Serving {

  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private final LiveModels models;
  private final ModelRegistry registry;
  private final Predictor predictor;
  private final PredictionLog log;
  private final ServingSettings settings;
  private final Outage outage;

  Serving(
      LiveModels models,
      ModelRegistry registry,
      Predictor predictor,
      PredictionLog log,
      ServingSettings settings,
      Outage outage) {
    this.models = models;
    this.registry = registry;
    this.predictor = predictor;
    this.log = log;
    this.settings = settings;
    this.outage = outage;
  }

  /**
   * The champion that answers now.
   *
   * @param name of the model; null or blank for the default
   * @throws NoModelException when the model has no version yet, or none that can be loaded
   * @throws UnknownException when there is no model of that name, and others are
   */
  ServedModel model(String name) {
    String wanted = name == null || name.isBlank() ? settings.model() : name.strip();
    return models.find(wanted).orElseThrow(() -> noModel(wanted));
  }

  /**
   * Answers rows with one version of the model, all recorded.
   *
   * @throws NotRecordedException when the database does not take them
   */
  List<Predictor.Prediction> predict(
      ServedModel model, List<? extends Map<String, ?>> rows, boolean list) {
    List<Predictor.Prediction> predictions = predictor.predict(model, rows, list, null);
    log.record(predictions.stream().map(it -> StoredPrediction.of(it.row())).toList());
    return predictions;
  }

  /** Why no prediction would be answered although there is a model; empty where all is well. */
  Optional<String> trouble(ServedModel model) {
    if (!outage.isNow()) {
      try {
        registry.changes(model.version().name());
        return log.trouble();
      } catch (DataAccessException | TransactionException e) {
        LOG.warn("Predictions cannot be recorded", e);
      }
    }
    return Optional.of("The database does not answer: predictions cannot be recorded");
  }

  private RuntimeException noModel(String name) {
    String trouble = models.trouble(name).orElse(null);
    if (trouble != null) {
      return new NoModelException(
          "The champion of '%s' cannot be loaded: %s".formatted(name, trouble));
    }
    if (name.equals(settings.model()) || registry.changes(name) > 0) {
      return new NoModelException(
          "Model '%s' has no version yet: run the pipeline that trains it".formatted(name));
    }
    return new UnknownException(
        "model", name, "There is no model '%s'; there are %s".formatted(name, registry.names()));
  }
}
