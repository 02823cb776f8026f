package org.bpmnmlops;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestExecutionListeners;

/**
 * A test on the whole application: random port, database in memory, job executor off, a new home
 * below {@code target}; {@link Server} calls it over HTTP. All tests with this annotation and
 * nothing else share one Spring context, which is what starting costs; they clean up what they
 * start.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:mlops;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000",
      "camunda.bpm.job-execution.enabled=false",
      "mlops.first-run=false",
      // Spring Boot's tests switch it off.
      "management.prometheus.metrics.export.enabled=true"
    })
@ContextConfiguration(initializers = NewHome.class)
@Import(Server.class)
@TestExecutionListeners(
    listeners = RunLogsAttached.class,
    mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
public @interface MlopsTest {}
