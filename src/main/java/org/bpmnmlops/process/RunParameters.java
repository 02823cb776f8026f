package org.bpmnmlops.process;

import org.camunda.bpm.engine.delegate.VariableScope;

/** The parameters every pipeline has, whatever its steps. */
public final class RunParameters {

  public static final Parameter<Long> MAX_ACTIVE_RUNS =
      Parameter.wholeNumber(
              "maxActiveRuns", "How many runs of this pipeline go on at once; further ones wait.")
          .between(1L, 10_000L)
          .byDefault(16L);
  public static final Parameter<Long> MAX_ATTEMPTS =
      Parameter.wholeNumber("maxAttempts", "How often a step with a retry loop is tried in all.")
          .between(1L, 100L)
          .byDefault(2L);
  public static final Parameter<String> RETRY_DELAY =
      Parameter.duration("retryDelay", "How long a retry loop waits before the next attempt.")
          .byDefault("PT5M");
  public static final Parameter<String> LONG_STEP =
      Parameter.duration("longStep", "A step that takes longer sends an alert.").byDefault("PT10M");
  public static final Parameter<String> LOGICAL_DATE =
      Parameter.date(
          "logicalDate",
          "The day this run stands for; by default the day it is due or started (UTC).");

  private static final String DATE_IN_TEXT = "{logicalDate}";

  private RunParameters() {}

  /**
   * A text in which <code>{logicalDate}</code> may stand for the run's day, such as the name of a
   * data set: {@code sales-2026-11-22.csv}.
   *
   * @throws InvalidParameterException when it does and the process has no logical date
   */
  public static String withDate(String text, VariableScope scope) {
    return text.contains(DATE_IN_TEXT) ? text.replace(DATE_IN_TEXT, LOGICAL_DATE.get(scope)) : text;
  }
}
