package org.bpmnmlops.production;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Production data without the application, for tests of other packages. */
public final class ProductionRows {

  private ProductionRows() {}

  public static ProductionData in(DataSource database) {
    return new ProductionData(JdbcClient.create(database), new JdbcTemplate(database));
  }
}
