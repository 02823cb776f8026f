package org.bpmnmlops.registry;

import static org.bpmnmlops.evaluation.EvaluationParameters.FOLDS;
import static org.bpmnmlops.process.PipelineVariables.DATA_HASH;
import static org.bpmnmlops.process.PipelineVariables.EVALUATION;
import static org.bpmnmlops.process.PipelineVariables.MODEL;
import static org.bpmnmlops.process.PipelineVariables.MODEL_ALIAS;
import static org.bpmnmlops.process.PipelineVariables.MODEL_HASH;
import static org.bpmnmlops.process.PipelineVariables.MODEL_IS_NEW;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SEPARATION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Register model": makes the run's model a version of a named model. */
@Component
class RegisterModelDelegate implements Step {

  private final ModelRegistry registry;

  RegisterModelDelegate(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String process = execution.getProcessDefinitionId();
    var registered =
        registry.register(
            new Registration(
                MODEL_NAME.get(execution),
                execution.getProcessInstanceId(),
                execution
                    .getProcessEngineServices()
                    .getRepositoryService()
                    .getProcessDefinition(process)
                    .getKey(),
                process,
                MODEL.get(execution),
                MODEL_HASH.get(execution),
                EVALUATION.get(execution),
                PREPROCESSED_DATA.get(execution),
                SEPARATION.get(execution),
                DATA_HASH.get(execution)));
    MODEL_VERSION.set(execution, (long) registered.version().version());
    MODEL_IS_NEW.set(execution, registered.isNew());
    MODEL_ALIAS.set(execution, registered.alias().map(Object::toString).orElse("none"));
  }

  @Override
  public List<Parameter<?>> narrowed() {
    return List.of(
        FOLDS.only(
            0L,
            "Register model keeps what the model did on its held-out rows, which cross-validation"
                + " does not look at. Leave folds out; to measure by cross-validation, use a"
                + " process of your own without Register model"));
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Register model",
        "Makes the model a version in the registry: the first is champion, later ones challenge.",
        List.of(MODEL_NAME),
        List.of(MODEL_VERSION, MODEL_IS_NEW, MODEL_ALIAS),
        List.of());
  }
}
