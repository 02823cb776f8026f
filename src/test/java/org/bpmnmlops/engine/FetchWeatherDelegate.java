package org.bpmnmlops.engine;

import java.util.List;
import org.bpmnmlops.process.ErrorCode;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** A step somebody adds to the product: all the Java their pipeline needs. */
@Component
class FetchWeatherDelegate implements Step {

  static final Parameter<String> CITY = Parameter.text("city", "Whose weather.").mandatory();
  static final Parameter<Long> MISSES =
      Parameter.wholeNumber("misses", "How often the weather is not there.")
          .between(0L, 9L)
          .byDefault(0L);
  static final ProcessVariable<String> WEATHER = ProcessVariable.text("weather", "The weather.");
  static final ErrorCode NOT_THERE = new ErrorCode("NOT_THERE", "The weather is not known yet.");

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Fetch weather",
        "Asks for the weather.",
        List.of(CITY, MISSES),
        List.of(WEATHER),
        List.of(NOT_THERE));
  }

  @Override
  public void execute(DelegateExecution execution) {
    long attempt = execution.getVariable("attempts_fetchWeather") instanceof Long count ? count : 1;
    if (attempt <= MISSES.get(execution)) {
      throw NOT_THERE.because(new IllegalStateException("no weather at attempt " + attempt));
    }
    WEATHER.set(execution, "sunny in " + CITY.get(execution));
  }
}
