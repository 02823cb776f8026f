package org.bpmnmlops.processes;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class RetrainingKillOnH2Test extends RetrainingKillPromises {

  @Override
  Map<String, String> database() {
    return Map.of();
  }

  @Override
  DataSource look() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:file:" + home.resolve("db").resolve("mlops"));
    database.setUser("sa");
    return database;
  }

  /** Where most is at stake; {@link RetrainingKillEverywhereOnH2Test} has all. */
  @Override
  List<String> stops() {
    return List.of(
        "serviceTask_mergeData end",
        "serviceTask_promoteModel end",
        "serviceTask_archiveProductionData end",
        "serviceTask_sendResult end");
  }
}
