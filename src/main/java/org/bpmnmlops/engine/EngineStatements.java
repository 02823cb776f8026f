package org.bpmnmlops.engine;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.ibatis.builder.xml.XMLConfigBuilder;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSessionFactory;
import org.camunda.bpm.engine.impl.util.ReflectUtil;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Reads the engine's SQL statements, which stand in a hundred XML files, beside Spring's start; the
 * engine would do it in the midst of its own, a third of which it is.
 */
final class EngineStatements
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    String database = context.getEnvironment().getProperty("spring.datasource.url", "");
    String type =
        database.startsWith("jdbc:postgresql:")
            ? DbSqlSessionFactory.POSTGRES
            : DbSqlSessionFactory.H2;
    CompletableFuture<Configuration> statements =
        CompletableFuture.supplyAsync(() -> read(type), EngineStatements::inBackground);
    context.getBeanFactory().registerSingleton("engineStatements", new Plugin(type, statements));
  }

  private static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "engine-statements");
    thread.setDaemon(true);
    thread.start();
  }

  /** What {@code ProcessEngineConfigurationImpl.initSqlSessionFactory} reads. */
  private static Configuration read(String type) {
    InputStream mappings =
        ReflectUtil.getResourceAsStream(
            ProcessEngineConfigurationImpl.DEFAULT_MYBATIS_MAPPING_FILE);
    Properties properties = new Properties();
    properties.put("prefix", "");
    ProcessEngineConfigurationImpl.initSqlSessionFactoryProperties(properties, "", type);
    return new XMLConfigBuilder(
            new InputStreamReader(mappings, StandardCharsets.UTF_8), "", properties)
        .parse();
  }

  /** Hands the statements to an engine on that database; any other reads its own. */
  private static final class Plugin extends AbstractProcessEnginePlugin {

    private final String type;
    private final CompletableFuture<Configuration> statements;

    private boolean used;

    Plugin(String type, CompletableFuture<Configuration> statements) {
      this.type = type;
      this.statements = statements;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
      used =
          type.equals(typeOf(engine.getDataSource())) && engine.getDatabaseTablePrefix().isEmpty();
      if (used) {
        engine.setSqlSessionFactory(new DefaultSqlSessionFactory(statements.join()));
      }
    }

    private static String typeOf(DataSource database) {
      try (Connection connection = database.getConnection()) {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")
            ? DbSqlSessionFactory.POSTGRES
            : DbSqlSessionFactory.H2;
      } catch (SQLException e) {
        throw new IllegalStateException("Cannot tell the engine's database", e);
      }
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
      if (!used) {
        return;
      }
      Configuration read = statements.join();
      read.setEnvironment(
          new Environment("default", engine.getTransactionFactory(), engine.getDataSource()));
      read.setDefaultStatementTimeout(engine.getJdbcStatementTimeout());
      if (engine.isJdbcBatchProcessing()) {
        read.setDefaultExecutorType(ExecutorType.BATCH);
      }
    }
  }
}
