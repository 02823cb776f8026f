package org.bpmnmlops.production;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Production data without the application, for tests of what works with it. */
public final class ProductionDatabase {

  private ProductionDatabase() {}

  public static ProductionData of(DataSource database) {
    return new ProductionData(JdbcClient.create(database), new JdbcTemplate(database));
  }
}
