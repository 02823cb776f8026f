package org.bpmnmlops.registry;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registry over HTTP, to read. What changes it are steps of processes. */
@RestController
@RequestMapping("/api/v1/models")
@Tag(name = "Models", description = "Versions of models, their cards and files")
class ModelController {

  private static final Logger LOG = LoggerFactory.getLogger(ModelController.class);
  private static final int LARGEST_PAGE = 200;

  @Schema(name = "Model")
  record ModelSummary(String name, List<ModelAlias> aliases, Version champion) {}

  @Schema(name = "ModelWithVersions")
  record ModelWithVersions(
      String name,
      List<ModelAlias> aliases,
      @Schema(description = "Newest first") List<Version> versions,
      int page,
      int size) {}

  @Schema(name = "ModelVersion")
  record Version(
      String name,
      int version,
      @Schema(description = "champion, challenger, previous, or none of them") List<String> aliases,
      @Schema(example = "logistic-regression") String algorithm,
      @Schema(description = "On its held-out rows, 0 to 1") double accuracy,
      String pipeline,
      @Schema(description = "The run that registered it") String run,
      String dataHash,
      String modelHash,
      Instant registeredAt) {

    static Version of(ModelVersion version, List<ModelAlias> aliases) {
      return new Version(
          version.name(),
          version.version(),
          aliases.stream()
              .filter(alias -> alias.version() == version.version())
              .map(alias -> alias.alias().toString())
              .toList(),
          version.algorithm(),
          version.accuracy(),
          version.pipeline(),
          version.run(),
          version.dataHash(),
          version.modelHash(),
          version.registeredAt());
    }
  }

  private static final class NotThereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotThereException(String message) {
      super(message);
    }
  }

  private final ModelRegistry registry;
  private final ModelCards cards;

  ModelController(ModelRegistry registry, ModelCards cards) {
    this.registry = registry;
    this.cards = cards;
  }

  @Operation(summary = "All models and which version of each is live")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  List<ModelSummary> models() {
    return registry.names().stream()
        .map(
            name -> {
              List<ModelAlias> aliases = registry.aliases(name);
              return new ModelSummary(
                  name,
                  aliases,
                  registry
                      .find(name, Alias.CHAMPION)
                      .map(version -> Version.of(version, aliases))
                      .orElse(null));
            })
        .toList();
  }

  @Operation(summary = "A model's aliases and versions, newest first")
  @ApiResponse(responseCode = "200", description = "One page of its versions")
  @ApiResponse(
      responseCode = "404",
      description = "No such model",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
  ModelWithVersions model(
      @PathVariable String name,
      @Parameter(description = "From 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    if (page < 0 || size < 1 || size > LARGEST_PAGE) {
      throw new IllegalArgumentException(
          "page is %d and size is %d; expected a page from 0 and a size from 1 to %d"
              .formatted(page, size, LARGEST_PAGE));
    }
    if (!registry.names().contains(name)) {
      throw new NotThereException(
          "There is no model '%s'; there are %s".formatted(name, registry.names()));
    }
    List<ModelAlias> aliases = registry.aliases(name);
    return new ModelWithVersions(
        name,
        aliases,
        registry.versions(name, page, size).stream()
            .map(version -> Version.of(version, aliases))
            .toList(),
        page,
        size);
  }

  @Operation(summary = "One version")
  @ApiResponse(responseCode = "200", description = "The version")
  @ApiResponse(
      responseCode = "404",
      description = "No such version",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @GetMapping(path = "/{name}/versions/{version}", produces = MediaType.APPLICATION_JSON_VALUE)
  Version version(
      @PathVariable String name,
      @Parameter(description = "A number, or an alias such as champion") @PathVariable
          String version) {
    return Version.of(find(name, version), registry.aliases(name));
  }

  @Operation(
      summary = "The model card",
      description = "As a page where the caller accepts text/html, else as JSON.")
  @ApiResponse(
      responseCode = "200",
      description =
          "Data, parameters, metrics with interval, provenance, importance, decisions and notes",
      content = {
        @Content(mediaType = MediaType.APPLICATION_JSON_VALUE),
        @Content(mediaType = MediaType.TEXT_HTML_VALUE)
      })
  @GetMapping("/{name}/versions/{version}/card")
  ResponseEntity<Object> card(
      @PathVariable String name,
      @PathVariable String version,
      @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept) {
    ModelCard card = registry.card(find(name, version));
    if (!accept.contains(MediaType.TEXT_HTML_VALUE)) {
      return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(card);
    }
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .body(cards.html(card));
  }

  @Operation(summary = "The model's file, to download")
  @ApiResponse(
      responseCode = "200",
      description = "A ZIP of JSON and protobuf; its SHA-256 is the ETag",
      content = @Content(mediaType = "application/zip"))
  @GetMapping("/{name}/versions/{version}/file")
  ResponseEntity<Resource> file(@PathVariable String name, @PathVariable String version) {
    ModelVersion found = find(name, version);
    registry.load(found);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .eTag(found.modelHash())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("%s-v%d.zip".formatted(found.name(), found.version()))
                .build()
                .toString())
        .body(new FileSystemResource(registry.file(found, ModelFolders.MODEL)));
  }

  @ExceptionHandler
  ProblemDetail notThere(NotThereException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail unusable(IllegalArgumentException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail damaged(DamagedModelException e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The file is not the one that was registered; the server's log says which");
    problem.setTitle("The model is damaged");
    LOG.error("Not handed out", e);
    return problem;
  }

  private ModelVersion find(String name, String version) {
    return (version.matches("[1-9]\\d{0,8}")
            ? registry.find(name, Integer.parseInt(version))
            : alias(version).flatMap(alias -> registry.find(name, alias)))
        .orElseThrow(
            () ->
                new NotThereException(
                    "Model '%s' has no version '%s'; expected one of %s, or champion, challenger, previous"
                        .formatted(
                            name,
                            version,
                            registry.versions(name, 0, 20).stream()
                                .map(ModelVersion::version)
                                .toList())));
  }

  private static Optional<Alias> alias(String text) {
    for (Alias alias : Alias.values()) {
      if (alias.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(alias);
      }
    }
    return Optional.empty();
  }
}
