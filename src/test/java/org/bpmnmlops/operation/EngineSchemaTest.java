package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EngineSchemaTest {

  @Test
  void letsADatabaseFindTheVariablesOfAnExecutionThoughItPlannedThatWhileThereWereNone() {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:schema-lock;DB_CLOSE_DELAY=-1");
    for (int start = 0; start < 2; start++) {
      try (TestNode node =
          new TestNode(
              database, "indexed", Duration.ZERO, BlockingStep.thatEndsAtOnce("indexed"))) {
        assertThat(node.locked()).isZero();
        assertThat(planForVariablesOfAnExecution(database)).contains(EngineSchema.INDEX);
      }
    }
  }

  /** The engine's own query has these conditions. */
  private static String planForVariablesOfAnExecution(DataSource database) {
    return JdbcClient.create(database)
        .sql(
            "EXPLAIN SELECT * FROM %s WHERE EXECUTION_ID_ = ? AND TASK_ID_ IS NULL"
                .formatted(EngineSchema.VARIABLES))
        .param("none")
        .query(String.class)
        .single();
  }
}
