package org.bpmnmlops;

import org.bpmnmlops.log.RunLogging;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Spring resets Logback whenever a further context starts in the JVM, and with it the runs' logs of
 * the contexts before; a server has one context, tests have several.
 */
class RunLogsAttached implements TestExecutionListener {

  @Override
  public void beforeTestClass(TestContext test) {
    test.getApplicationContext().getBean(RunLogging.class).afterPropertiesSet();
  }
}
