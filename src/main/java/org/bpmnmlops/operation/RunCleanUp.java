package org.bpmnmlops.operation;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpmnmlops.artifact.RunFolders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes the folders of runs whose history the engine has cleaned up, but never that of a
 * pipeline's newest successful run, nor that of a run whose model is in the registry: it tells how
 * the model came about.
 */
@Component
class RunCleanUp {

  private static final Logger LOG = LoggerFactory.getLogger(RunCleanUp.class);

  /** A run that has just started may have files before its history is committed. */
  private static final Duration YOUNG = Duration.ofDays(1);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final RunFolders folders;

  RunCleanUp(JdbcClient jdbc, Clock clock, RunFolders folders) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.folders = folders;
  }

  void cleanUp() {
    List<String> old = folders.unchangedSince(clock.instant().minus(YOUNG));
    Set<String> kept = inUse();
    List<String> gone =
        old.stream().filter(run -> !kept.contains(run) && !hasHistory(run)).toList();
    gone.forEach(folders::delete);
    if (!gone.isEmpty()) {
      LOG.info("Deleted the folders of {} runs whose history is gone", gone.size());
    }
  }

  private Set<String> inUse() {
    return new HashSet<>(
        jdbc.sql(
                """
                SELECT r.id FROM mlops_run r
                JOIN (SELECT pipeline, MAX(ended_at) AS latest FROM mlops_run
                      WHERE outcome = 'success' GROUP BY pipeline) newest
                  ON newest.pipeline = r.pipeline AND newest.latest = r.ended_at
                WHERE r.outcome = 'success'
                UNION SELECT run FROM mlops_model_version
                """)
            .query(String.class)
            .list());
  }

  private boolean hasHistory(String run) {
    return jdbc.sql("SELECT COUNT(*) FROM ACT_HI_PROCINST WHERE PROC_INST_ID_ = :run")
            .param("run", run)
            .query(Long.class)
            .single()
        > 0;
  }
}
