package org.bpmnmlops.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bpmnmlops.process.InvalidParameterException;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.RunParameters;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.el.FixedValue;
import org.camunda.bpm.engine.impl.form.handler.DefaultStartFormHandler;
import org.camunda.bpm.engine.impl.form.handler.FormFieldHandler;
import org.camunda.bpm.engine.impl.form.handler.FormFieldValidationConstraintHandler;
import org.camunda.bpm.engine.impl.form.type.AbstractFormFieldType;
import org.camunda.bpm.engine.impl.form.type.EnumFormType;
import org.camunda.bpm.engine.impl.form.type.SimpleFormFieldType;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * What Tasklist shows where somebody starts a process that draws no form of its own: its
 * parameters, with the values of the diagram. Who sends the form changes nothing but what they
 * entered; {@link ParameterListener} checks it as on any other way in.
 */
final class StartForm extends DefaultStartFormHandler {

  /** Property of a field: a sentence for whoever fills it in. */
  static final String HELP = "help";

  /** Property of a field that few will want to change. */
  static final String RARE = "rare";

  /** How a run is run; not what it does. */
  private static final Set<String> OF_RUNS =
      Set.of(
          RunParameters.MAX_ACTIVE_RUNS.name(),
          RunParameters.MAX_ATTEMPTS.name(),
          RunParameters.RETRY_DELAY.name(),
          RunParameters.LONG_STEP.name(),
          RunParameters.LOGICAL_DATE.name());

  /** So many fields are looked through at a glance; of more, those not drawn are folded away. */
  private static final int FEW = 6;

  private StartForm(Collection<Parameter<?>> parameters, Map<String, String> properties) {
    List<String> drawn = List.copyOf(properties.keySet());
    long ofWork =
        parameters.stream().filter(parameter -> !OF_RUNS.contains(parameter.name())).count();
    Predicate<Parameter<?>> isRare =
        parameter ->
            !parameter.required()
                && (OF_RUNS.contains(parameter.name())
                    || ofWork > FEW && !drawn.contains(parameter.name()));
    parameters.stream()
        .sorted(
            Comparator.comparing((Parameter<?> parameter) -> isRare.test(parameter))
                .thenComparing(Parameter::required, Comparator.reverseOrder())
                .thenComparing(parameter -> place(drawn, parameter.name())))
        .map(
            parameter -> field(parameter, properties.get(parameter.name()), isRare.test(parameter)))
        .forEach(formFieldHandlers::add);
  }

  private static int place(List<String> drawn, String name) {
    return drawn.contains(name) ? drawn.indexOf(name) : drawn.size();
  }

  /** Gives a process its form. */
  static void on(
      ProcessDefinitionEntity process,
      Collection<Parameter<?>> parameters,
      Map<String, String> properties) {
    StartForm form = new StartForm(parameters, properties);
    form.setDeploymentId(process.getDeploymentId());
    process.setStartFormHandler(form);
  }

  private static <T> FormFieldHandler field(Parameter<T> parameter, String drawn, boolean rare) {
    FormFieldHandler field = new FormFieldHandler();
    field.setId(parameter.name());
    field.setLabel(fixed(parameter.name()));
    field.setType(type(parameter));
    value(parameter, drawn).ifPresent(value -> field.setDefaultValueExpression(fixed(value)));
    Map<String, String> words = new LinkedHashMap<>();
    words.put(
        HELP,
        parameter.kind() == Parameter.Kind.TEXT
                || parameter.kind() == Parameter.Kind.YES_OR_NO
                || parameter.kind() == Parameter.Kind.CHOICE
            ? parameter.help()
            : "%s Expected: %s.".formatted(parameter.help(), parameter.expected()));
    if (rare) {
      words.put(RARE, "true");
    }
    field.setProperties(words);
    if (parameter.required()) {
      FormFieldValidationConstraintHandler required = new FormFieldValidationConstraintHandler();
      required.setName("required");
      required.setValidator((value, context) -> true);
      field.getValidationHandlers().add(required);
    }
    return field;
  }

  private static AbstractFormFieldType type(Parameter<?> parameter) {
    return switch (parameter.kind()) {
      case YES_OR_NO -> new AsEntered("boolean");
      case WHOLE_NUMBER -> new AsEntered("long");
      case CHOICE -> {
        Map<String, String> choices = new LinkedHashMap<>();
        parameter.choices().forEach(choice -> choices.put(choice, choice));
        yield new EnumFormType(choices) {
          @Override
          public TypedValue convertValue(TypedValue value) {
            return value;
          }
        };
      }
      // The engine's forms know no other numbers.
      case TEXT, NUMBER, DURATION, DATE -> new AsEntered("string");
    };
  }

  /** Leaves it to the check of the parameter what is a number, so that its answer names it. */
  @SuppressWarnings("deprecation") // The engine calls them all the same.
  private static final class AsEntered extends SimpleFormFieldType {

    private final String name;

    AsEntered(String name) {
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    protected TypedValue convertValue(TypedValue value) {
      return value;
    }

    @Override
    public Object convertFormValueToModelValue(Object value) {
      return value;
    }

    @Override
    public String convertModelValueToFormValue(Object value) {
      return value == null ? null : value.toString();
    }
  }

  /** An old version may hold a value that is refused today; its runs would tell. */
  private static <T> Optional<?> value(Parameter<T> parameter, String drawn) {
    try {
      Optional<T> value = parameter.check(drawn);
      return parameter.kind() == Parameter.Kind.NUMBER ? value.map(Object::toString) : value;
    } catch (InvalidParameterException e) {
      return Optional.empty();
    }
  }

  private static Expression fixed(Object value) {
    return new FixedValue(value);
  }
}
