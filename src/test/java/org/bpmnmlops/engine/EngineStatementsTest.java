package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.ibatis.session.Configuration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
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
  void anotherDatabaseThanTheSettingsNameIsRefused() {
    var engine = engine("other", plugin("jdbc:postgresql://localhost/other"));
    assertThatThrownBy(engine::buildProcessEngine).hasMessageContaining("its database is h2");
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
    configuration.setJdbcUrl("jdbc:h2:mem:statements-" + name);
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
