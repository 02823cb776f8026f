package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.ibatis.session.Configuration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class EngineStatementsTest {

  @Test
  void anEngineHasTheStatementsItWouldHaveReadItself() {
    ProcessEngine plain = engine("plain").buildProcessEngine();
    ProcessEngine ours = engine("ours", plugin("jdbc:h2:mem:ours")).buildProcessEngine();
    try {
      Configuration expected = configuration(plain);
      Configuration read = configuration(ours);
      assertThat(read.getMappedStatementNames())
          .containsExactlyInAnyOrderElementsOf(expected.getMappedStatementNames());
      assertThat(read.getVariables()).isEqualTo(expected.getVariables());
      assertThat(read.getDefaultExecutorType()).isEqualTo(expected.getDefaultExecutorType());
      assertThat(read.getDefaultStatementTimeout())
          .isEqualTo(expected.getDefaultStatementTimeout());
      assertThat(read.getEnvironment().getTransactionFactory())
          .hasSameClassAs(expected.getEnvironment().getTransactionFactory());
      ours.getIdentityService().saveUser(ours.getIdentityService().newUser("ada"));
      assertThat(ours.getIdentityService().createUserQuery().userId("ada").listPage(0, 2))
          .hasSize(1);
    } finally {
      ours.close();
      plain.close();
    }
  }

  @Test
  void anEngineOnAnotherDatabaseThanTheSettingsNameReadsItsOwn() {
    ProcessEnginePlugin plugin = plugin("jdbc:postgresql://localhost/other");
    ProcessEngine engine = engine("other", plugin).buildProcessEngine();
    try {
      engine.getIdentityService().saveUser(engine.getIdentityService().newUser("ada"));
      assertThat(engine.getIdentityService().createUserQuery().listPage(0, 2)).hasSize(1);
      assertThat(configuration(engine).getVariables()).containsEntry("bitand1", "BITAND(");
    } finally {
      engine.close();
    }
  }

  private static Configuration configuration(ProcessEngine engine) {
    return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getSqlSessionFactory()
        .getConfiguration();
  }

  private static ProcessEngineConfigurationImpl engine(
      String name, ProcessEnginePlugin... plugins) {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName(name);
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:statements-%s;DB_CLOSE_DELAY=-1".formatted(name));
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("create-drop");
    configuration.setJobExecutorActivate(false);
    configuration.setProcessEnginePlugins(List.of(plugins));
    return configuration;
  }

  private static ProcessEnginePlugin plugin(String url) {
    var context = new GenericApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("spring.datasource.url", url)));
    new EngineStatements().initialize(context);
    return context.getBeanFactory().getBean(ProcessEnginePlugin.class);
  }
}
