package org.bpmnmlops.evaluation;

import org.bpmnmlops.wording.Words;

/** What models are compared by. Better is always a positive {@link #gain}. */
public enum Metric {
  /** Share of the rows classified correctly. */
  ACCURACY("accuracy"),
  /** Mean of the classes' recalls. */
  BALANCED_ACCURACY("balancedAccuracy"),
  /** Mean of the classes' F1. */
  F1_MACRO("f1Macro"),
  /** Mean of the classes' areas under the ROC curve, each against the rest. */
  AUC("auc"),
  /** Mean of {@code -ln P(class of the row)}; the only one where less is better. */
  LOG_LOSS("logLoss");

  private final String text;

  Metric(String text) {
    this.text = text;
  }

  /**
   * The metric of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Metric of(String text) {
    for (Metric metric : values()) {
      if (metric.text.equals(text)) {
        return metric;
      }
    }
    throw new IllegalArgumentException("There is no metric '%s'".formatted(text));
  }

  /** How much better {@code value} is than {@code than}; negative where it is worse. */
  public double gain(double value, double than) {
    return this == LOG_LOSS ? than - value : value - than;
  }

  /** A value as people read it: {@code 91.3 %} of a share, else with three decimals. */
  public String inWords(double value) {
    return isShare() ? Words.percent(value) : Words.score(value);
  }

  /** A gain as people read it: {@code +2.3 pp} of a share, else as it is. */
  public String gainInWords(double gain) {
    return isShare() ? Words.points(gain) : Words.change(gain);
  }

  private boolean isShare() {
    return this != AUC && this != LOG_LOSS;
  }

  /** Null where it is undefined because a class has no rows. */
  Double of(Metrics metrics) {
    return switch (this) {
      case ACCURACY -> metrics.accuracy();
      case BALANCED_ACCURACY -> metrics.macro().recall();
      case F1_MACRO -> metrics.macro().f1();
      case AUC -> metrics.macro().auc();
      case LOG_LOSS -> metrics.logLoss();
    };
  }

  /** As written in a diagram. */
  @Override
  public String toString() {
    return text;
  }
}
