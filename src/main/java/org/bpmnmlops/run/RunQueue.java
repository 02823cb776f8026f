package org.bpmnmlops.run;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which runs go on and which wait: table {@code mlops_run}, in the transaction of the caller. Runs
 * are admitted in order of arrival, backfills last, never more at once than the run at the head
 * allows. Deciding takes a lock on the pipeline's row, so two decisions never overlap.
 */
@Component
public class RunQueue {

  /** So many of the queue are read at once; mostly one slot is free. */
  private static final int HEAD = 2;

  private final JdbcClient jdbc;
  private final Clock clock;

  RunQueue(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Makes a pipeline known; once is enough, more does no harm. */
  public void register(String pipeline) {
    jdbc.sql(
            "INSERT INTO mlops_pipeline (id) SELECT CAST(:id AS VARCHAR(255)) WHERE NOT EXISTS"
                + " (SELECT 1 FROM mlops_pipeline WHERE id = :id)")
        .param("id", pipeline)
        .update();
  }

  /** Takes the next place in the queue. */
  public void enqueue(NewRun run) {
    jdbc.sql(
            """
            INSERT INTO mlops_run (id, pipeline, process_version, business_key, starter,
                logical_date, caller, priority, max_active, state, waiting, started_at)
            VALUES (:id, :pipeline, :version, :key, :starter, :date, :caller, :priority, :maxActive,
                'queued', FALSE, :startedAt)
            """)
        .param("id", run.id())
        .param("pipeline", run.pipeline())
        .param("version", run.processVersion())
        .param("key", run.businessKey())
        .param("starter", run.starter())
        .param("date", run.logicalDate().toString())
        .param("caller", run.caller())
        .param("priority", run.priority())
        .param("maxActive", run.maxActive())
        .param("startedAt", Timestamp.from(run.startedAt()))
        .update();
  }

  /**
   * Asks for a slot. Free slots go to those at the head of the queue first.
   *
   * @return whether this run has one, and which waiting runs got one with it
   */
  public Admission admit(String run) {
    String pipeline = lockPipelineOf(run);
    List<String> granted = grantFreeSlots(pipeline);
    boolean admitted = state(run).equals("active");
    if (!admitted) {
      jdbc.sql("UPDATE mlops_run SET waiting = TRUE WHERE id = :id").param("id", run).update();
    }
    return new Admission(admitted, granted);
  }

  /** Whether a run has no slot yet. */
  public boolean isQueued(String run) {
    return state(run).equals("queued");
  }

  /** Gives a run that has no slot one, whatever the limit; does nothing to any other. */
  public void letIn(String run) {
    lockPipelineOf(run);
    makeActive(run);
  }

  /** Ends a run. Its slot is still to be handed on, in the same transaction. */
  public void end(RunEnd end) {
    if (!endIf("active", end)) {
      // Whoever gives it a slot in this moment holds this lock.
      lockPipelineOf(end.id());
      if (!endIf("queued", end)) {
        endIf("active", end);
      }
    }
  }

  private boolean endIf(String state, RunEnd end) {
    return jdbc.sql(
                """
                UPDATE mlops_run SET state = 'ended', waiting = FALSE, outcome = :outcome,
                    accuracy = :accuracy, failure_code = :code, failure_message = :message,
                    warnings = :warnings, ended_at = :endedAt
                WHERE id = :id AND state = :state
                """)
            .param("outcome", end.outcome().text())
            .param("accuracy", end.accuracy())
            .param("code", end.failureCode())
            .param("message", end.failureMessage())
            .param("warnings", end.warnings())
            .param("endedAt", Timestamp.from(end.endedAt()))
            .param("id", end.id())
            .param("state", state)
            .update()
        == 1;
  }

  /**
   * Gives slots that have become free to the next. From here to the end of the transaction nobody
   * else admits or ends a run of the pipeline: the less there is left to do, the better.
   *
   * @return the waiting runs that may go on now
   */
  public List<String> handOn(String pipeline) {
    lock(pipeline);
    return grantFreeSlots(pipeline);
  }

  /**
   * Whether a pipeline has a run under way or one that succeeded. Holds the pipeline's lock until
   * the caller's transaction ends, so that of two who ask at once only one hears "no".
   */
  public boolean hasRunOrModel(String pipeline) {
    lock(pipeline);
    return jdbc.sql(
                "SELECT COUNT(*) FROM mlops_run WHERE pipeline = :pipeline"
                    + " AND (state <> 'ended' OR outcome = 'success')")
            .param("pipeline", pipeline)
            .query(Long.class)
            .single()
        > 0;
  }

  /** The user who started a run; empty where a timer did. */
  public Optional<String> starter(String run) {
    return jdbc.sql("SELECT starter FROM mlops_run WHERE id = :id AND starter IS NOT NULL")
        .param("id", run)
        .query(String.class)
        .optional();
  }

  /** Whether a run is over. */
  public boolean hasEnded(String run) {
    return state(run).equals("ended");
  }

  private String lockPipelineOf(String run) {
    return jdbc.sql(
            "SELECT id FROM mlops_pipeline WHERE id = (SELECT pipeline FROM mlops_run WHERE id = :id)"
                + " FOR UPDATE")
        .param("id", run)
        .query(String.class)
        .optional()
        .orElseThrow(
            () -> new IllegalStateException("Run '%s' has no row in mlops_run".formatted(run)));
  }

  /**
   * Until the caller's transaction ends, nobody else admits, ends or counts the pipeline's runs.
   */
  public void lock(String pipeline) {
    jdbc.sql("SELECT id FROM mlops_pipeline WHERE id = :id FOR UPDATE")
        .param("id", pipeline)
        .query(String.class)
        .single();
  }

  private List<String> grantFreeSlots(String pipeline) {
    List<String> resumed = new ArrayList<>();
    boolean slotsLeft = true;
    while (slotsLeft) {
      List<Queued> next = head(pipeline);
      slotsLeft = next.size() == HEAD;
      for (int i = 0; i < next.size(); i++) {
        Queued run = next.get(i);
        if (run.active() + i >= run.maxActive()) {
          return resumed;
        }
        makeActive(run.id());
        if (run.waiting()) {
          resumed.add(run.id());
        }
      }
    }
    return resumed;
  }

  private void makeActive(String run) {
    jdbc.sql(
            "UPDATE mlops_run SET state = 'active', waiting = FALSE, admitted_at = :now"
                + " WHERE id = :id AND state = 'queued'")
        .param("now", Timestamp.from(clock.instant()))
        .param("id", run)
        .update();
  }

  /** The first in the queue; the order names the whole index, so that H2 sorts nothing. */
  private List<Queued> head(String pipeline) {
    return jdbc.sql(
            """
            SELECT id, max_active, waiting, (SELECT COUNT(*) FROM mlops_run
                WHERE pipeline = :pipeline AND state = 'active') AS active
            FROM mlops_run WHERE pipeline = :pipeline AND state = 'queued'
            ORDER BY pipeline, state, priority, place FETCH FIRST %d ROWS ONLY
            """
                .formatted(HEAD))
        .param("pipeline", pipeline)
        .query(
            (row, number) ->
                new Queued(
                    row.getString("id"),
                    row.getInt("max_active"),
                    row.getBoolean("waiting"),
                    row.getLong("active")))
        .list();
  }

  private String state(String run) {
    return jdbc.sql("SELECT state FROM mlops_run WHERE id = :id")
        .param("id", run)
        .query(String.class)
        .single();
  }

  /**
   * The answer to a run that asks for a slot.
   *
   * @param admitted whether it goes on now; otherwise it waits for the message "Slot granted"
   * @param resumed other runs, already waiting, that go on now
   */
  public record Admission(boolean admitted, List<String> resumed) {}

  /**
   * A run that has no slot yet.
   *
   * @param active how many runs of its pipeline are active
   */
  private record Queued(String id, int maxActive, boolean waiting, long active) {}
}
