package org.bpmnmlops.processes;

import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;

@Tag("kill")
class MonitoringKillOnH2Test extends MonitoringKillPromises {

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
}
