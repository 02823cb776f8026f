package org.bpmnmlops.console;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** The deployed pipelines as far as the caller may see them. */
@Component
class Definitions {

  private final RepositoryService repository;
  private final RunTable runs;
  private final Rights rights;

  Definitions(RepositoryService repository, RunTable runs, Rights rights) {
    this.repository = repository;
    this.runs = runs;
    this.rights = rights;
  }

  /** The latest version of each pipeline, by id in alphabetical order. */
  List<ProcessDefinition> pipelines() {
    return runs.pipelines().stream()
        .map(this::find)
        .flatMap(Optional::stream)
        .filter(definition -> rights.mayReadRuns(definition.getKey()))
        .toList();
  }

  /** Process ids of the pipelines whose runs the caller may see. */
  List<String> readable() {
    return runs.pipelines().stream().filter(rights::mayReadRuns).toList();
  }

  /**
   * The latest version of a pipeline.
   *
   * @throws NotFoundException when there is none, or the caller may not see it
   */
  ProcessDefinition pipeline(String id) {
    ProcessDefinition definition =
        find(id)
            .filter(it -> runs.pipelines().contains(id))
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no pipeline '%s', or you may not see it; GET /api/v1/pipelines lists yours"
                            .formatted(id)));
    rights.requireReadRuns(id);
    return definition;
  }

  /** The version that a run has, whether or not it is the latest. */
  Optional<ProcessDefinition> version(String id, int version) {
    return Optional.ofNullable(
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey(id)
            .processDefinitionVersion(version)
            .singleResult());
  }

  /** Ids of all versions of a pipeline. */
  List<String> versions(String id) {
    return repository.createProcessDefinitionQuery().processDefinitionKey(id).list().stream()
        .map(ProcessDefinition::getId)
        .toList();
  }

  private Optional<ProcessDefinition> find(String id) {
    return Optional.ofNullable(
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey(id)
            .latestVersion()
            .singleResult());
  }
}
