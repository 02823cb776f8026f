package org.bpmnmlops.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpmnmlops.decision.DecisionTable.Column;
import org.bpmnmlops.engine.CurrentUser;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.DecisionDefinitionQuery;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The decision tables of the engine, with who changed them, for those who may change them. */
@Component
class Decisions {

  /** Name of the deployments made here; their source is the user. Others are administrators'. */
  static final String DEPLOYMENT = "Edited decision table";

  private static final Set<String> SINGLE_HIT = Set.of("FIRST", "UNIQUE", "ANY");
  private static final int MOST_TRIED = 500;

  /**
   * A version of a table.
   *
   * @param changedBy null where it came with the application, or by a deployment of an
   *     administrator
   * @param deployment its name
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "DecisionVersion")
  record Version(
      String id,
      String name,
      int version,
      String changedBy,
      Instant changedAt,
      String deployment) {}

  /**
   * What became of an edit.
   *
   * @param version that decides now, or the one that still does
   * @param deployed false for a mere trial, and where nothing differs
   */
  @Schema(name = "DecisionChange")
  record Edit(Version version, boolean deployed, Trial trial, List<String> remarks) {}

  private final RepositoryService repository;
  private final PastDecisions past;
  private final TableCheck check;
  private final CurrentUser user;
  private final TransactionTemplate transaction;

  Decisions(
      RepositoryService repository,
      PastDecisions past,
      TableCheck check,
      CurrentUser user,
      TransactionTemplate transaction) {
    this.repository = repository;
    this.past = past;
    this.check = check;
    this.user = user;
    this.transaction = transaction;
  }

  /** The latest version of every table that the caller may read. */
  List<DecisionDefinition> all() {
    return query().latestVersion().orderByDecisionDefinitionKey().asc().list();
  }

  /** Empty where there is none, or none that the caller may read. */
  Optional<DecisionDefinition> latest(String id) {
    return Optional.ofNullable(
        query().decisionDefinitionKey(id).latestVersion().withoutTenantId().singleResult());
  }

  Optional<DecisionDefinition> version(String id, int version) {
    return Optional.ofNullable(
        query()
            .decisionDefinitionKey(id)
            .decisionDefinitionVersion(version)
            .withoutTenantId()
            .singleResult());
  }

  /** Newest first. */
  List<DecisionDefinition> versions(String id) {
    return query()
        .decisionDefinitionKey(id)
        .withoutTenantId()
        .orderByDecisionDefinitionVersion()
        .desc()
        .list();
  }

  Version describe(DecisionDefinition definition) {
    Deployment deployment =
        user.withoutChecks(
            () ->
                repository
                    .createDeploymentQuery()
                    .deploymentId(definition.getDeploymentId())
                    .singleResult());
    boolean edited = DEPLOYMENT.equals(deployment.getName());
    return new Version(
        definition.getKey(),
        definition.getName(),
        definition.getVersion(),
        edited ? deployment.getSource() : null,
        deployment.getDeploymentTime().toInstant(),
        deployment.getName());
  }

  /** Empty where the decision is no table. */
  Optional<DecisionTable> table(DecisionDefinition definition) {
    return Optional.ofNullable(
            repository
                .getDmnModelInstance(definition.getId())
                .<Decision>getModelElementById(definition.getKey()))
        .filter(
            decision ->
                decision.getExpression()
                    instanceof org.camunda.bpm.model.dmn.instance.DecisionTable)
        .map(DecisionTable::of);
  }

  byte[] file(DecisionDefinition definition) {
    try (InputStream file = repository.getDecisionModel(definition.getId())) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean mayChange(String id) {
    return user.may(Permissions.UPDATE, Resources.DECISION_DEFINITION, id);
  }

  /** Refuses a caller who may not change the table. */
  void requireChange(String id) {
    user.require(Permissions.UPDATE, Resources.DECISION_DEFINITION, id);
  }

  /**
   * Checks an edited table, tries it on past runs, and deploys it unless that is all.
   *
   * @param live the version it replaces
   * @param expected version that was edited, as the caller named it; null where any may be replaced
   * @throws UnusableTableException when it cannot stand in for that
   * @throws OvertakenException when another edit comes first
   */
  Edit change(DecisionDefinition live, byte[] file, boolean dryRun, String by, String expected) {
    Decision edited = TableFile.read(file, live.getKey());
    DecisionTable table = DecisionTable.of(edited);
    DecisionTable before =
        table(live)
            .filter(it -> SINGLE_HIT.contains(it.hitPolicy()))
            .orElseThrow(
                () ->
                    new UnusableTableException(
                        List.of(
                            "'%s' is no table of which one rule decides; administrators deploy it"
                                .formatted(live.getKey()))));
    check.check(table, before);
    Trial trial =
        Trial.of(edited, table, past.newest(live.getKey(), MOST_TRIED, furtherNames(table)));
    boolean deploys = !dryRun && !Arrays.equals(file, file(live));
    if (deploys) {
      user.withoutChecks(() -> transaction.execute(status -> deploy(live, file, by, expected)));
    }
    DecisionDefinition now = deploys ? latest(live.getKey()).orElseThrow() : live;
    return new Edit(describe(now), deploys, trial, remarks(table));
  }

  /** The engine lets one transaction after the other deploy. */
  private DecisionDefinition deploy(
      DecisionDefinition live, byte[] file, String by, String expected) {
    DecisionDefinition deployed =
        repository
            .createDeployment()
            .name(DEPLOYMENT)
            .source(by)
            .addInputStream(live.getKey() + ".dmn", new ByteArrayInputStream(file))
            .deployWithResult()
            .getDeployedDecisionDefinitions()
            .get(0);
    if (expected != null && deployed.getVersion() != live.getVersion() + 1) {
      throw new OvertakenException(deployed.getVersion() - 1, expected);
    }
    return deployed;
  }

  private static List<String> remarks(DecisionTable table) {
    if (table.rules().stream().anyMatch(DecisionTable.Row::isMetByEverything)) {
      return List.of();
    }
    return List.of(
        "No rule fits whatever the facts are; the diagram says what becomes of a run that none"
            + " fits. A last rule without conditions decides the rest");
  }

  /** What the table looks at besides its columns. */
  private static Set<String> furtherNames(DecisionTable table) {
    Set<String> names = new LinkedHashSet<>();
    table.inputs().forEach(column -> names.addAll(Cell.namesIn(column.name(), false)));
    table
        .rules()
        .forEach(
            rule -> {
              rule.inputs().forEach(text -> names.addAll(Cell.namesIn(text, true)));
              rule.outputs().forEach(text -> names.addAll(Cell.namesIn(text, false)));
            });
    table.inputs().stream().map(Column::name).forEach(names::remove);
    return names;
  }

  private DecisionDefinitionQuery query() {
    return repository.createDecisionDefinitionQuery();
  }
}
