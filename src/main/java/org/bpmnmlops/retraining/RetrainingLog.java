package org.bpmnmlops.retraining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bpmnmlops.evaluation.CrossValidation;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was tried, and on what: tables {@code mlops_retraining} and {@code mlops_candidate}. */
@Component
class RetrainingLog {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_FAILURE = 4000;

  /**
   * An attempt to train again.
   *
   * @param dataHash SHA-256 of the merged rows
   * @param labelledUntil newest outcome among them; null where there is none
   */
  record Attempt(
      String run,
      String model,
      int champion,
      String dataHash,
      Instant labelledUntil,
      Instant mergedAt) {}

  /**
   * A candidate of an attempt. Either it failed, or all of the rest is there.
   *
   * @param candidateRun the process instance that trained it
   * @param model reference to its file
   * @param preprocessed and separation, references to what it was trained on
   */
  record Candidate(
      String run,
      String algorithm,
      String candidateRun,
      String model,
      String modelHash,
      String preprocessed,
      String separation,
      CrossValidation validation,
      String failure) {}

  private final JdbcClient jdbc;

  RetrainingLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest outcome that the last attempt saw; empty where there was no attempt. */
  Optional<Instant> labelledUntil(String model) {
    return jdbc.sql(
            "SELECT labelled_until FROM mlops_retraining WHERE model = :model"
                + " AND labelled_until IS NOT NULL ORDER BY merged_at DESC, run"
                + " FETCH FIRST 1 ROW ONLY")
        .param("model", model)
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant);
  }

  /** Another run that trained on the same rows. */
  Optional<String> trainedBefore(String model, String dataHash, String run) {
    return jdbc.sql(
            "SELECT run FROM mlops_retraining WHERE model = :model AND data_hash = :hash"
                + " AND run <> :run ORDER BY merged_at FETCH FIRST 1 ROW ONLY")
        .param("model", model)
        .param("hash", dataHash)
        .param("run", run)
        .query(String.class)
        .optional();
  }

  /** Notes an attempt; the same run notes it once, however often it merges. */
  void add(Attempt attempt) {
    jdbc.sql("DELETE FROM mlops_retraining WHERE run = :run").param("run", attempt.run()).update();
    jdbc.sql(
            """
            INSERT INTO mlops_retraining (run, model, champion, data_hash, labelled_until, merged_at)
            VALUES (:run, :model, :champion, :hash, :until, :mergedAt)
            """)
        .param("run", attempt.run())
        .param("model", attempt.model())
        .param("champion", attempt.champion())
        .param("hash", attempt.dataHash())
        .param("until", timestamp(attempt.labelledUntil()))
        .param("mergedAt", timestamp(attempt.mergedAt()))
        .update();
  }

  /** Notes a candidate; the last word of the same run and algorithm counts. */
  void add(Candidate candidate) {
    jdbc.sql("DELETE FROM mlops_candidate WHERE run = :run AND algorithm = :algorithm")
        .param("run", candidate.run())
        .param("algorithm", candidate.algorithm())
        .update();
    jdbc.sql(
            """
            INSERT INTO mlops_candidate (run, algorithm, candidate_run, model, model_hash,
                preprocessed, separation, validation, failure)
            VALUES (:run, :algorithm, :candidateRun, :model, :hash, :preprocessed, :separation,
                :validation, :failure)
            """)
        .param("run", candidate.run())
        .param("algorithm", candidate.algorithm())
        .param("candidateRun", candidate.candidateRun())
        .param("model", candidate.model())
        .param("hash", candidate.modelHash())
        .param("preprocessed", candidate.preprocessed())
        .param("separation", candidate.separation())
        .param("validation", candidate.validation() == null ? null : json(candidate.validation()))
        .param("failure", shorten(candidate.failure()))
        .update();
  }

  /** The candidates of an attempt, by algorithm. */
  List<Candidate> candidates(String run) {
    return jdbc.sql("SELECT * FROM mlops_candidate WHERE run = :run ORDER BY algorithm")
        .param("run", run)
        .query(
            (row, number) ->
                new Candidate(
                    row.getString("run"),
                    row.getString("algorithm"),
                    row.getString("candidate_run"),
                    row.getString("model"),
                    row.getString("model_hash"),
                    row.getString("preprocessed"),
                    row.getString("separation"),
                    parse(row.getString("validation")),
                    row.getString("failure")))
        .list();
  }

  private static Timestamp timestamp(Instant moment) {
    return moment == null ? null : Timestamp.from(moment);
  }

  private static String shorten(String text) {
    return text == null || text.length() <= LONGEST_FAILURE
        ? text
        : text.substring(0, LONGEST_FAILURE);
  }

  private static String json(CrossValidation validation) {
    try {
      return JSON.writeValueAsString(validation);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A cross-validation is JSON", e);
    }
  }

  private static CrossValidation parse(String json) {
    try {
      return json == null ? null : JSON.readValue(json, CrossValidation.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A row of mlops_candidate holds no JSON of ours", e);
    }
  }
}
