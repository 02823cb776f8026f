package org.bpmnmlops.backfill;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Starts, shows, stops and continues backfills, each with the rights of the user who asks. */
@RestController
@RequestMapping("/api/v1/backfills")
class BackfillController {

  static final String PROCESS = "backfill";
  static final String GO_ON = "backfillGoesOn";
  private static final String STOPPED = "stopped";

  private final Backfills backfills;
  private final RuntimeService runtime;
  private final HistoryService history;
  private final TransactionTemplate transaction;

  BackfillController(
      Backfills backfills,
      RuntimeService runtime,
      HistoryService history,
      TransactionTemplate transaction) {
    this.backfills = backfills;
    this.runtime = runtime;
    this.history = history;
    this.transaction = transaction;
  }

  /**
   * What the command line and Cockpit show.
   *
   * @param state {@code running}, {@code stopped}, {@code ended} or {@code cancelled}
   * @param counts days by state
   * @param dates null in lists
   */
  record Shown(
      String id,
      String pipeline,
      LocalDate from,
      LocalDate to,
      int parallel,
      String rerun,
      boolean dryRun,
      String starter,
      Instant startedAt,
      String state,
      Map<String, Long> counts,
      List<BackfillDate> dates) {}

  /** Every field is a parameter of process {@code backfill}, which checks it. */
  record Wanted(
      String pipeline,
      String from,
      String to,
      Object parallel,
      String rerun,
      @JsonProperty("dryRun") Object dryRun) {

    Map<String, Object> variables() {
      Map<String, Object> variables = new HashMap<>();
      variables.put(BackfillVariables.PIPELINE.name(), pipeline);
      variables.put(BackfillVariables.FROM.name(), from);
      variables.put(BackfillVariables.TO.name(), to);
      variables.put(BackfillVariables.PARALLEL.name(), text(parallel));
      variables.put(BackfillVariables.RERUN.name(), rerun);
      variables.put(BackfillVariables.DRY_RUN.name(), text(dryRun));
      variables.values().removeIf(value -> value == null);
      return variables;
    }

    private static String text(Object value) {
      return value == null ? null : value.toString();
    }
  }

  /**
   * {@code POST /api/v1/backfills}; 400 names what is wrong, 403 who may not start the pipeline.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Shown start(@RequestBody Wanted wanted) {
    String id =
        runtime
            .createProcessInstanceByKey(PROCESS)
            .businessKey("%s__%s__%s".formatted(wanted.pipeline(), wanted.from(), wanted.to()))
            .setVariables(wanted.variables())
            .execute()
            .getProcessInstanceId();
    return one(id);
  }

  @GetMapping("/{id}")
  Shown one(@PathVariable String id) {
    HistoricProcessInstance instance =
        history.createHistoricProcessInstanceQuery().processInstanceId(id).singleResult();
    return backfills
        .find(id)
        .filter(found -> instance != null)
        .map(found -> shown(found, instance, backfills.dates(id), true))
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "There is no backfill '%s', or you may not read it".formatted(id)));
  }

  /** The newest backfills of a pipeline that the user may read. */
  @GetMapping
  List<Shown> newest(@RequestParam String pipeline) {
    return backfills.newest(pipeline).stream()
        .flatMap(
            backfill ->
                history
                    .createHistoricProcessInstanceQuery()
                    .processInstanceId(backfill.id())
                    .list()
                    .stream()
                    .map(it -> shown(backfill, it, backfills.dates(backfill.id()), false)))
        .toList();
  }

  /** Lets the running days end and takes no further one. */
  @PostMapping("/{id}/stop")
  Shown stop(@PathVariable String id) {
    change(id, true);
    return one(id);
  }

  /** Goes on after a stop. */
  @PostMapping("/{id}/continue")
  Shown goOn(@PathVariable String id) {
    change(id, false);
    return one(id);
  }

  private void change(String id, boolean stopped) {
    Shown now = one(id);
    if (!List.of("running", STOPPED).contains(now.state())) {
      throw new ResponseStatusException(
          HttpStatus.CONFLICT, "Backfill '%s' has %s already".formatted(id, now.state()));
    }
    transaction.executeWithoutResult(
        status -> {
          backfills.stop(id, stopped);
          // Asks the engine whether this user may.
          runtime.setVariable(id, STOPPED, stopped);
          if (!stopped) {
            runtime.createMessageCorrelation(GO_ON).processInstanceId(id).correlateAll();
          }
        });
  }

  private static Shown shown(
      Backfill backfill, HistoricProcessInstance instance, List<BackfillDate> dates, boolean all) {
    Map<String, Long> counts = new java.util.TreeMap<>();
    dates.forEach(date -> counts.merge(date.state(), 1L, Long::sum));
    return new Shown(
        backfill.id(),
        backfill.pipeline(),
        backfill.from(),
        backfill.to(),
        backfill.lanes(),
        backfill.rerun(),
        backfill.dryRun(),
        backfill.starter(),
        backfill.startedAt(),
        state(backfill, instance),
        counts,
        all ? dates : null);
  }

  private static String state(Backfill backfill, HistoricProcessInstance instance) {
    if (instance.getEndTime() != null) {
      return HistoricProcessInstance.STATE_COMPLETED.equals(instance.getState())
          ? "ended"
          : "cancelled";
    }
    return backfill.stopped() ? STOPPED : "running";
  }

  @ExceptionHandler
  ProblemDetail refused(BadUserRequestException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail paused(SuspendedEntityInteractionException e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.CONFLICT, "The process 'backfill' is paused: resume it and start again");
  }
}
