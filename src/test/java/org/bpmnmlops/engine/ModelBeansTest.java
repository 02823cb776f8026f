package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class ModelBeansTest {

  private static final class SomeStep implements Step {
    @Override
    public StepDeclaration declaration() {
      return new StepDeclaration("Do it", "Does it.", List.of(), List.of(), List.of());
    }

    @Override
    public void execute(DelegateExecution execution) {
      throw new UnsupportedOperationException();
    }
  }

  @ForModels
  private static final class Marked {}

  @Test
  void showsStepsAndMarkedBeansAndHidesTheRest() {
    var factory = new DefaultListableBeanFactory();
    factory.registerSingleton("someStep", new SomeStep());
    factory.registerSingleton("marked", new Marked());
    factory.registerSingleton("dataSource", new Object());

    var beans = new ModelBeans(factory);

    assertThat(beans.keySet()).containsExactlyInAnyOrder("someStep", "marked");
    assertThat(beans.get("someStep")).isInstanceOf(SomeStep.class);
    assertThat(beans.get("marked")).isInstanceOf(Marked.class);
    assertThat(beans.get("dataSource")).isNull();
    assertThat(beans.containsKey("dataSource")).isFalse();
    assertThat(beans.containsKey("nothing")).isFalse();
    assertThat(beans.containsKey(null)).isFalse();
  }
}
