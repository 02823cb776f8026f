package org.bpmnmlops.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs: lists, everything about one, its files, and what an operator does to it. */
@RestController
@RequestMapping("/api/v1/runs")
@Tag(name = "Runs", description = "Runs under way and ended; retry, continue, repeat, cancel")
class RunsController {

  /** One page of runs, newest first. */
  record Page(long total, int page, int size, List<RunRow> runs) {}

  /** The step to retry, which may be missing, or to continue from. */
  record Step(String step) {}

  /** Parameters to change; may be missing. */
  record Changes(Map<String, Object> parameters) {}

  /** The run to look at now. */
  record Run(String run) {}

  /** Shown by the browser; everything else is downloaded. */
  private static final Map<String, MediaType> SHOWN =
      Map.of(
          "html", new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8),
          "txt", new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8),
          "csv", new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8),
          "jsonl", new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8),
          "json", MediaType.APPLICATION_JSON,
          "svg", MediaType.valueOf("image/svg+xml"),
          "png", MediaType.IMAGE_PNG);

  private final Runs runs;
  private final RunTable table;
  private final Definitions definitions;
  private final RunFiles files;
  private final RunControl control;

  RunsController(
      Runs runs, RunTable table, Definitions definitions, RunFiles files, RunControl control) {
    this.runs = runs;
    this.table = table;
    this.definitions = definitions;
    this.files = files;
    this.control = control;
  }

  @Operation(
      summary = "Runs of the pipelines that the caller may see, newest first",
      description = "parameter filters by what a run was started with, as name=value.")
  @GetMapping
  Page runs(
      @ParameterObject @ModelAttribute RunFilter filter,
      @RequestParam(defaultValue = "0") @Min(0) @Max(1_000_000) int page,
      @RequestParam(defaultValue = "50") @Min(1) @Max(500) int size) {
    List<String> pipelines = definitions.readable();
    if (filter.pipeline() != null && !filter.pipeline().isBlank()) {
      definitions.pipeline(filter.pipeline());
      pipelines = List.of(filter.pipeline());
    }
    return new Page(
        table.count(pipelines, filter),
        page,
        size,
        table.list(pipelines, filter, page * size, size));
  }

  @Operation(summary = "One run: state, path taken, tokens, variables, failure and what to do")
  @GetMapping("/{id}")
  Runs.RunDetail run(@PathVariable String id) {
    return runs.detail(id);
  }

  @Operation(summary = "The steps of a run with every attempt")
  @GetMapping("/{id}/steps")
  List<StepState> steps(@PathVariable String id) {
    return runs.steps(id);
  }

  @Operation(summary = "The files in a run's folder")
  @GetMapping("/{id}/files")
  List<RunFiles.RunFile> files(@PathVariable String id) {
    runs.find(id);
    return files.list(id);
  }

  @Operation(
      summary = "One file",
      description = "Pages and pictures are shown without any of the reader's rights.")
  @GetMapping("/{id}/files/**")
  ResponseEntity<FileSystemResource> file(@PathVariable String id, HttpServletRequest request) {
    runs.find(id);
    String path = request.getServletPath();
    Path file = files.find(id, path.substring(path.indexOf("/files/") + "/files/".length()));
    String name = file.getFileName().toString();
    MediaType shown = SHOWN.get(name.substring(name.lastIndexOf('.') + 1));
    ContentDisposition disposition =
        (shown == null ? ContentDisposition.attachment() : ContentDisposition.inline())
            .filename(name)
            .build();
    return ResponseEntity.ok()
        .contentType(shown == null ? MediaType.APPLICATION_OCTET_STREAM : shown)
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
        .header("Content-Security-Policy", "sandbox allow-scripts")
        .body(new FileSystemResource(file));
  }

  @Operation(
      summary = "Gives failed steps another attempt now",
      description = "All of them, or the one that is named.")
  @PostMapping("/{id}/retry")
  Run retry(@PathVariable String id, @RequestBody(required = false) Step step) {
    control.retry(id, step == null ? null : step.step());
    return new Run(id);
  }

  @Operation(summary = "Ends a run; what it wrote stays")
  @PostMapping("/{id}/cancel")
  Run cancel(@PathVariable String id, Principal user) {
    control.cancel(id, user.getName());
    return new Run(id);
  }

  @Operation(
      summary = "Goes on from a step with what the steps before it left",
      description =
          "A run under way is moved there; for one that has ended a new run takes over its"
              + " parameters and results, and its id is in the answer.")
  @PostMapping("/{id}/continue")
  Run goOn(@PathVariable String id, @RequestBody Step step) {
    if (step.step() == null) {
      throw new IllegalArgumentException(
          "The body has no step; expected {\"step\": \"<id of a task>\"}");
    }
    return new Run(control.goOn(id, step.step()));
  }

  @Operation(
      summary = "Starts a run with the parameters of another",
      description = "Those that are named are changed; it is of the pipeline's latest version.")
  @PostMapping("/{id}/again")
  @ResponseStatus(HttpStatus.CREATED)
  Run again(@PathVariable String id, @RequestBody(required = false) Changes changes) {
    return new Run(
        control.again(
            id, changes == null || changes.parameters() == null ? Map.of() : changes.parameters()));
  }
}
