package org.bpmnmlops.serving;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts the rows that have an outcome, in the caller's transaction. Who counts a model's rows
 * waits for whoever does so already, so exactly one crosses the mark.
 */
@Component
class FeedbackCount {

  /**
   * @param labelled rows of the model with an outcome
   * @param crossed whether this one made the mark full
   */
  record Total(long labelled, boolean crossed) {}

  private final JdbcClient jdbc;
  private final ServingSettings settings;

  FeedbackCount(JdbcClient jdbc, ServingSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  Total total(String model) {
    return new Total(
        jdbc.sql("SELECT labelled FROM mlops_feedback WHERE model = :model")
            .param("model", model)
            .query(Long.class)
            .optional()
            .orElse(0L),
        false);
  }

  Total addOne(String model) {
    String add =
        "UPDATE mlops_feedback SET labelled = labelled + 1, since_message = since_message + 1"
            + " WHERE model = :model";
    if (jdbc.sql(add).param("model", model).update() == 0) {
      addModel(model);
      jdbc.sql(add).param("model", model).update();
    }
    boolean crossed =
        jdbc.sql(
                    "UPDATE mlops_feedback SET since_message = 0"
                        + " WHERE model = :model AND since_message >= :mark")
                .param("model", model)
                .param("mark", settings.feedbackMark())
                .update()
            > 0;
    return new Total(total(model).labelled(), crossed);
  }

  private void addModel(String model) {
    jdbc.sql("SELECT model FROM mlops_feedback WHERE model = '*' FOR UPDATE")
        .query(String.class)
        .single();
    jdbc.sql(
            """
            INSERT INTO mlops_feedback (model, labelled, since_message)
            SELECT CAST(:model AS VARCHAR(100)), 0, 0
            WHERE NOT EXISTS (SELECT 1 FROM mlops_feedback WHERE model = :model)
            """)
        .param("model", model)
        .update();
  }
}
