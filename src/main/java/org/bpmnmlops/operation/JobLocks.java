package org.bpmnmlops.operation;

import java.time.Duration;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Frees locks on jobs whose holder is gone. The engine has no call for it. The revision goes up
 * with the lock: should the holder live after all, its commit finds another revision and fails, so
 * that the job's result counts once.
 */
@Component
class JobLocks {

  private static final String FREE =
      "UPDATE ACT_RU_JOB SET LOCK_OWNER_ = NULL, LOCK_EXP_TIME_ = NULL, REV_ = REV_ + 1"
          + " WHERE LOCK_OWNER_ IS NOT NULL";

  private final JdbcClient jdbc;

  JobLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All of them; only for a database that one JVM alone can open. */
  int freeAll() {
    return jdbc.sql(FREE).update();
  }

  int freeThoseOf(String owner) {
    return jdbc.sql(FREE + " AND LOCK_OWNER_ = :owner").param("owner", owner).update();
  }

  /**
   * @param except ids of jobs that this owner works on
   */
  int freeThoseOf(String owner, Collection<String> except) {
    return except.isEmpty()
        ? freeThoseOf(owner)
        : jdbc.sql(FREE + " AND LOCK_OWNER_ = :owner AND ID_ NOT IN (:except)")
            .param("owner", owner)
            .param("except", except)
            .update();
  }

  /** Those of owners without a row in {@code mlops_node} that is younger than this. */
  int freeAbandoned(Duration dead) {
    return jdbc.sql(
            FREE
                + " AND NOT EXISTS (SELECT 1 FROM mlops_node n WHERE n.name = LOCK_OWNER_"
                + " AND n.seen_at > CURRENT_TIMESTAMP - INTERVAL '%d' SECOND)"
                    .formatted(dead.toSeconds()))
        .update();
  }
}
