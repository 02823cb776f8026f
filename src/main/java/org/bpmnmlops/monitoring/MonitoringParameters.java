package org.bpmnmlops.monitoring;

import java.util.List;
import org.bpmnmlops.process.Parameter;

/** The parameters of monitoring beside those of drift and registry. */
final class MonitoringParameters {

  static final String ALWAYS = "always";
  static final String ON_CHANGE = "on-change";

  static final Parameter<Long> WINDOW =
      Parameter.wholeNumber(
              "window",
              "Days of predictions to look at; by default all since the live version went live.")
          .between(1L, 3650L);
  static final Parameter<String> PRODUCTION_FILE =
      Parameter.text(
              "productionFile",
              "File in the folder production of the home that is imported once.",
              MonitoringParameters::fileName,
              "the name of a file, such as prod_data.csv, without a folder")
          .byDefault("prod_data.csv");
  static final Parameter<Long> KEEP_REPORTS =
      Parameter.wholeNumber("keepReports", "How many reports of each kind are kept.")
          .between(1L, 1000L)
          .byDefault(10L);
  static final Parameter<String> SUMMARY_MAIL =
      Parameter.choice(
              "summaryMail",
              List.of(ON_CHANGE, ALWAYS),
              "When to mail a summary: when a verdict changed and once a day, or after every run.")
          .byDefault(ON_CHANGE);

  private MonitoringParameters() {}

  private static String fileName(String text) {
    if (!text.matches("[^/\\\\\\p{Cntrl}]{1,200}") || text.startsWith(".")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
