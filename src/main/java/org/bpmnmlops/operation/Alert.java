package org.bpmnmlops.operation;

/**
 * Something an operator has to look at.
 *
 * @param definition id of the process definition
 * @param pipeline its key
 * @param step id of the step in the diagram
 * @param run process instance id; null where there is none
 * @param cause what happened, in words
 */
record Alert(Kind kind, String definition, String pipeline, String step, String run, String cause) {

  enum Kind {
    INCIDENT(
        "incident",
        "%s: step \"%s\" failed and waits for help",
        "Mend the cause, then choose Retry on the run's page, or type 'retry RUN' in a terminal: the"
            + " run goes on from this step. Where a parameter is the cause, correct it first, as a"
            + " variable of its name in Cockpit's view of the run. Until then the run keeps its"
            + " place among the active runs."),
    LONG_STEP(
        "long-step",
        "%s: step \"%s\" takes long",
        "Nothing was stopped. Look into the log for what the step does; where its data has grown,"
            + " raise the parameter longStep of the process."),
    MISSED_START(
        "missed-start",
        "%s: the start \"%s\" did not come",
        "Look at /actuator/health of every server, and whether all job threads are busy. The start"
            + " is made up for as soon as a server has a thread for it.");

    private final String text;
    private final String subject;
    private final String advice;

    Kind(String text, String subject, String advice) {
      this.text = text;
      this.subject = subject;
      this.advice = advice;
    }

    String subject(String pipeline, String stepName) {
      return subject.formatted(pipeline, stepName);
    }

    String advice() {
      return advice;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Alerts that have this in common are sent once an hour. */
  String key() {
    return "%s__%s__%s".formatted(kind, pipeline, step);
  }
}
