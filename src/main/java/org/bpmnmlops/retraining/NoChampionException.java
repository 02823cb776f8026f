package org.bpmnmlops.retraining;

/** No version of a model is live; the message says what to do. */
class NoChampionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoChampionException(String model) {
    super(
        ("No version of the model '%s' is live, so there is nothing to train again. Run the pipeline"
                + " that trains it; or correct the parameter modelName, if it means another model")
            .formatted(model));
  }
}
