package org.bpmnmlops.promotion;

import org.bpmnmlops.process.Parameter;

/** The parameters of model-rollback. */
final class PromotionParameters {

  static final Parameter<Long> TO_VERSION =
      Parameter.wholeNumber(
              "toVersion", "Version to go back to; by default the champion before this one.")
          .between(1L, (long) Integer.MAX_VALUE);
  static final Parameter<String> ROLLBACK_REASON =
      Parameter.text("rollbackReason", "Why the version is taken back, for the model's history.")
          .byDefault("rollback");

  private PromotionParameters() {}
}
