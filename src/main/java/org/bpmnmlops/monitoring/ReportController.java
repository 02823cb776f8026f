package org.bpmnmlops.monitoring;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bpmnmlops.report.ReportKind;
import org.bpmnmlops.wording.Verdict;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The reports over REST: a list, and each as the page people read or as its JSON twin. */
@RestController
@RequestMapping("/api/v1/reports")
@Tag(name = "Reports", description = "Quality, drift and performance reports")
class ReportController {

  /**
   * The page shares Cockpit's origin; sandboxed, its scripts see neither its cookies nor its API.
   */
  static final String SANDBOX = "sandbox allow-scripts";

  private static final int LARGEST_PAGE = 1000;
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  /**
   * One report of a list.
   *
   * @param kind data_quality, data_drift or model_performance
   * @param verdictWords the verdict as people read it, with its sign
   * @param href its address; asked with {@code Accept: application/json} it answers the numbers
   */
  record Entry(
      String id,
      String kind,
      String model,
      int version,
      String verdict,
      String verdictWords,
      String summary,
      String run,
      Instant createdAt,
      String href) {

    static Entry of(StoredReport report) {
      Verdict verdict = Verdict.of(report.verdict());
      return new Entry(
          report.id(),
          StoredReport.text(report.kind()),
          report.model(),
          report.version(),
          report.verdict(),
          verdict.sign() + " " + StringUtils.capitalize(verdict.words()),
          report.summary(),
          report.run(),
          report.createdAt(),
          "/api/v1/reports/" + report.id());
    }
  }

  /**
   * A page of the list.
   *
   * @param items newest first
   * @param page from 0
   * @param total reports on all pages
   */
  record Page(List<Entry> items, int page, int size, long total) {}

  private final ReportStore store;

  ReportController(ReportStore store) {
    this.store = store;
  }

  @Operation(
      summary = "The reports, newest first",
      description = "kind is data_quality, data_drift or model_performance")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Page list(
      @RequestParam(name = "kind", required = false) String kind,
      @RequestParam(name = "model", required = false) String model,
      @RequestParam(name = "run", required = false) String run,
      @RequestParam(name = "page", defaultValue = "0") int page,
      @RequestParam(name = "size", defaultValue = "20") int size) {
    if (page < 0 || size < 1 || size > LARGEST_PAGE) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "page is %d and size is %d; expected a page from 0 and a size from 1 to %d"
              .formatted(page, size, LARGEST_PAGE));
    }
    ReportStore.Filter filter = new ReportStore.Filter(kind(kind), model, run);
    return new Page(
        store.list(filter, page, size).stream().map(Entry::of).toList(),
        page,
        size,
        store.count(filter));
  }

  @Operation(
      summary = "A report",
      description = "A page by default and in a browser; its numbers with Accept: application/json")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string")),
        @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object"))
      })
  @GetMapping("/{id}")
  ResponseEntity<Resource> report(
      @PathVariable("id") String id,
      @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = MediaType.ALL_VALUE) String accept) {
    StoredReport report =
        store
            .find(id)
            .orElseThrow(
                () ->
                    problem(
                        HttpStatus.NOT_FOUND,
                        ("There is no report '%s'; it may have been cleaned up, which keeps the newest"
                                + " of each kind (parameter keepReports)")
                            .formatted(id)));
    MediaType type = type(accept);
    Path file = store.file(report.id(), type == HTML ? ReportStore.HTML : ReportStore.JSON);
    if (!Files.isRegularFile(file)) {
      throw problem(
          HttpStatus.NOT_FOUND,
          "The file of the report '%s' was deleted from the folder reports".formatted(id));
    }
    return ResponseEntity.ok()
        .contentType(type)
        .header("Content-Security-Policy", SANDBOX)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .body(new FileSystemResource(file));
  }

  private static ReportKind kind(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return StoredReport.kind(text)
        .orElseThrow(
            () ->
                problem(
                    HttpStatus.BAD_REQUEST,
                    "There is no kind '%s' of report; expected %s"
                        .formatted(
                            text,
                            Arrays.stream(ReportKind.values())
                                .map(StoredReport::text)
                                .collect(Collectors.joining(", ")))));
  }

  /** The first wish that can be met; a page where anything will do. */
  private static MediaType type(String accept) {
    List<MediaType> wishes;
    try {
      wishes = MediaType.parseMediaTypes(accept);
    } catch (InvalidMediaTypeException e) {
      throw problem(HttpStatus.BAD_REQUEST, "The header Accept cannot be read: " + e.getMessage());
    }
    MimeTypeUtils.sortBySpecificity(wishes);
    for (MediaType wish : wishes) {
      if (wish.includes(HTML)) {
        return HTML;
      }
      if (wish.includes(MediaType.APPLICATION_JSON)) {
        return MediaType.APPLICATION_JSON;
      }
    }
    throw problem(
        HttpStatus.NOT_ACCEPTABLE, "A report is text/html or application/json, not " + accept);
  }

  private static ErrorResponseException problem(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
