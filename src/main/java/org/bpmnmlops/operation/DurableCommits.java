package org.bpmnmlops.operation;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Makes the commits of an H2 file durable; PostgreSQL's are, and a database in memory has none. */
@Component
class DurableCommits implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof HikariDataSource pool && pool.getJdbcUrl().startsWith("jdbc:h2:file:")
        ? new DurableDataSource(pool)
        : bean;
  }
}
