package org.bpmnmlops.retraining;

import java.util.Arrays;
import java.util.List;
import org.bpmnmlops.data.ReferenceWindow;
import org.bpmnmlops.evaluation.Metric;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.training.TrainingParameters;

/** The parameters of retraining. */
final class RetrainingParameters {

  static final Parameter<Boolean> FORCED =
      Parameter.yesOrNo("forced", "Train whatever the table says, also on rows trained on before.")
          .byDefault(false);
  static final Parameter<Long> DRIFT_DAYS =
      Parameter.wholeNumber(
              "driftDays", "Predictions of so many days are looked at for drift, at most.")
          .between(1L, 366L)
          .byDefault(30L);
  static final Parameter<String> REFERENCE_WINDOW =
      Parameter.text(
              "referenceWindow",
              "Which of the champion's rows are learned from again: all, or the newest, such as"
                  + " 5000 rows or 90 days.",
              ReferenceWindow.TEXT,
              "all, or the newest, such as 5000 rows or 90 days")
          .byDefault("all");
  static final Parameter<Boolean> DROP_EQUAL_ROWS =
      Parameter.yesOrNo("dropEqualRows", "Keep only the first of merged rows with equal values.")
          .byDefault(false);
  static final Parameter<String> CANDIDATES =
      Parameter.text(
              "candidates",
              "Algorithms that are tried side by side, separated by commas.",
              RetrainingParameters::algorithms,
              "some of "
                  + String.join(", ", TrainingParameters.ALGORITHM.choices())
                  + ", separated by commas")
          .byDefault("logistic-regression,random-forest,xgboost");
  static final Parameter<String> METRIC =
      Parameter.choice(
              "metric",
              Arrays.stream(Metric.values()).map(Metric::toString).toList(),
              "What candidates are ranked and the gain is measured by.")
          .byDefault(Metric.ACCURACY.toString());

  /** Read by the timers of Approve model. */
  static final Parameter<String> APPROVAL_REMINDER =
      Parameter.duration("approvalReminder", "After this time an open approval is mailed again.")
          .byDefault("PT4H");

  static final Parameter<String> APPROVAL_ESCALATION =
      Parameter.duration("approvalEscalation", "After this time an open approval is urgent.")
          .byDefault("PT24H");
  static final Parameter<String> APPROVAL_DEADLINE =
      Parameter.duration("approvalDeadline", "After this time an open approval is a rejection.")
          .byDefault("PT72H");

  static final List<Parameter<?>> APPROVAL =
      List.of(APPROVAL_REMINDER, APPROVAL_ESCALATION, APPROVAL_DEADLINE);

  private RetrainingParameters() {}

  private static String algorithms(String text) {
    List<String> algorithms = Candidates.algorithms(text);
    if (algorithms.isEmpty() || !TrainingParameters.ALGORITHM.choices().containsAll(algorithms)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
