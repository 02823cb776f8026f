package org.bpmnmlops.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Pipelines: how they are doing, and starting, pausing and resuming them. */
@RestController
@RequestMapping(path = "/api/v1/pipelines", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Pipelines", description = "How pipelines are doing; start, pause, resume")
class PipelinesController {

  /** What a start takes; both may be missing. */
  record Start(Map<String, Object> parameters, String businessKey) {}

  /** The run to look at now. */
  record Started(String run) {}

  private final Overview overview;
  private final Grid grid;
  private final HeatMap heatMap;
  private final Definitions definitions;
  private final RunControl control;
  private final Clock clock;

  PipelinesController(
      Overview overview,
      Grid grid,
      HeatMap heatMap,
      Definitions definitions,
      RunControl control,
      Clock clock) {
    this.overview = overview;
    this.grid = grid;
    this.heatMap = heatMap;
    this.definitions = definitions;
    this.control = control;
    this.clock = clock;
  }

  @Operation(summary = "The pipelines whose runs the caller may see")
  @GetMapping
  List<Overview.Line> pipelines() {
    return overview.all();
  }

  @Operation(
      summary = "One pipeline with its steps and parameters",
      description = "Parameters are those its steps declare; values are the diagram's.")
  @GetMapping("/{id}")
  Overview.Detail pipeline(@PathVariable String id) {
    return overview.one(id);
  }

  @Operation(summary = "Runs as columns and steps as rows, newest first")
  @GetMapping("/{id}/grid")
  Grid.Table grid(
      @PathVariable String id,
      @ParameterObject @ModelAttribute RunFilter filter,
      @RequestParam(defaultValue = "0") @Min(0) @Max(1_000_000) int page,
      @RequestParam(defaultValue = "25") @Min(1) @Max(100) int size) {
    return grid.table(id, filter.of(id), page, size);
  }

  @Operation(summary = "The numbers that runs recorded, for charts over runs; newest first")
  @GetMapping("/{id}/metrics")
  Grid.Series metrics(
      @PathVariable String id,
      @ParameterObject @ModelAttribute RunFilter filter,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int size) {
    return grid.series(id, filter.of(id), size);
  }

  @Operation(
      summary = "Counts, times and failures by activity",
      description = "Of activities left in the period, which is the last seven days by default.")
  @GetMapping("/{id}/heat")
  List<HeatMap.Heat> heat(
      @PathVariable String id,
      @RequestParam(required = false) Instant from,
      @RequestParam(required = false) Instant to) {
    definitions.pipeline(id);
    Instant end = to == null ? clock.instant().plusSeconds(1) : to;
    return heatMap.of(
        definitions.versions(id), from == null ? end.minus(Duration.ofDays(7)) : from, end);
  }

  @Operation(
      summary = "Starts a run",
      description = "Parameters that are left out are as in the diagram.")
  @PostMapping("/{id}/start")
  @ResponseStatus(HttpStatus.CREATED)
  Started start(@PathVariable String id, @RequestBody(required = false) Start start) {
    return new Started(
        control.start(
            id,
            start == null || start.parameters() == null ? Map.of() : start.parameters(),
            start == null ? null : start.businessKey()));
  }

  @Operation(
      summary = "Pauses a pipeline",
      description = "It takes no new runs, and those under way stop after the step they are in.")
  @PostMapping("/{id}/pause")
  Overview.Line pause(@PathVariable String id) {
    control.pause(id);
    return overview.one(id).pipeline();
  }

  @Operation(summary = "Resumes a pipeline, and its runs with it")
  @PostMapping("/{id}/resume")
  Overview.Line resume(@PathVariable String id) {
    control.resume(id);
    return overview.one(id).pipeline();
  }
}
