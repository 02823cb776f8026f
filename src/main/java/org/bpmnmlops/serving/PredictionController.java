package org.bpmnmlops.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bpmnmlops.training.Remark;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Predictions over HTTP, in our form and in that of the replaced system, whose callers send {@code
 * {"features": {...}}} and read {@code prediction}.
 */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Serving", description = "Predictions, and what came true of them")
class PredictionController {

  @Schema(name = "Prediction")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record One(
      @Schema(description = "The most probable class", example = "1") Object prediction,
      @Schema(description = "0 to 1 by class", example = "{\"0\": 0.13, \"1\": 0.87}")
          Map<String, Double> probabilities,
      @Schema(example = "advertising") String model,
      @Schema(description = "Version of the model that answered") Integer version,
      @Schema(description = "Feed back by this") UUID predictionId,
      @Schema(description = "Values the model never met, and what they count as")
          List<Note> remarks) {}

  @Schema(name = "Remark")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Note(String field, String value, String handling) {

    static List<Note> of(List<Remark> remarks) {
      return remarks.isEmpty()
          ? List.of()
          : remarks.stream()
              .map(remark -> new Note(remark.field(), remark.value(), remark.handling()))
              .toList();
    }
  }

  @Schema(name = "Predictions")
  record Many(
      @Schema(example = "advertising") String model,
      @Schema(description = "Version of the model that answered every row") int version,
      @Schema(description = "In the order of the rows") List<One> predictions) {}

  @Schema(name = "FeatureNames")
  record FeatureNames(
      String model,
      int version,
      @JsonProperty("feature_names") @Schema(example = "[\"TV\", \"radio\", \"newspaper\"]")
          List<String> names,
      List<Feature> features) {}

  /** A raw column a caller has to send. */
  @Schema(name = "Feature")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Feature(
      String name,
      @Schema(allowableValues = {"number", "category", "text", "date"}) String type,
      @Schema(description = "What training rows had, most frequent first") List<String> categories,
      @Schema(description = "Whether null is answered") boolean mayBeMissing) {}

  @Schema(name = "ServingHealth")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Health(
      @Schema(allowableValues = {"healthy", "unhealthy"}) String status,
      @JsonProperty("model_loaded") boolean modelLoaded,
      String model,
      Integer version,
      @Schema(description = "Why nothing, or an older model, answers") String problem) {}

  private final Serving serving;
  private final LiveModels models;
  private final ObjectWriter one;
  private final ObjectWriter many;

  PredictionController(Serving serving, LiveModels models, ObjectMapper json) {
    this.serving = serving;
    this.models = models;
    this.one = json.writerFor(One.class);
    this.many = json.writerFor(Many.class);
  }

  @Operation(
      summary = "Predicts one row or many",
      description =
          "Rows hold the raw columns of the data set (see feature-names). One row: the columns, or"
              + " {\"features\": {...}}; many: a list, or {\"rows\": [...]}, at most 100,000. All rows"
              + " of a request are answered by one version. Every prediction is recorded before it"
              + " is answered.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(type = "object"),
                      examples = {
                        @ExampleObject(
                            name = "one row",
                            value = "{\"TV\": 230.1, \"radio\": 37.8, \"newspaper\": 69.2}"),
                        @ExampleObject(
                            name = "as the replaced system's callers send it",
                            value =
                                "{\"features\": {\"TV\": 230.1, \"radio\": 37.8, \"newspaper\": 69.2}}"),
                        @ExampleObject(
                            name = "many rows",
                            value =
                                "[{\"TV\": 230.1, \"radio\": 37.8, \"newspaper\": 69.2},"
                                    + " {\"TV\": 8.6, \"radio\": 2.1, \"newspaper\": 1}]")
                      })))
  @ApiResponse(
      responseCode = "200",
      description = "For a list of rows a list of predictions",
      content = @Content(schema = @Schema(oneOf = {One.class, Many.class})))
  @ApiResponse(
      responseCode = "400",
      description = "A value does not fit: names field, value and what was expected",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @ApiResponse(
      responseCode = "404",
      description = "No model of this name",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @ApiResponse(
      responseCode = "503",
      description = "No model yet, or the database does not record; try again",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @PostMapping(path = "/predict", consumes = MediaType.ALL_VALUE)
  void predict(
      HttpServletRequest request,
      HttpServletResponse response,
      @Parameter(description = "Name of the model; by default the setting MLOPS_MODEL")
          @RequestParam(name = "model", required = false)
          String name)
      throws IOException {
    ServedModel model = serving.model(name);
    RequestBody.Rows rows = RequestBody.rows(request);
    List<Predictor.Prediction> predictions = serving.predict(model, rows.rows(), rows.list());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    if (rows.list()) {
      many.writeValue(
          response.getOutputStream(),
          new Many(
              model.version().name(),
              model.version().version(),
              predictions.stream().map(prediction -> one(prediction, null, null)).toList()));
    } else {
      // In one piece: a message converter would flush, and send the end by itself.
      byte[] answer =
          one.writeValueAsBytes(
              one(predictions.get(0), model.version().name(), model.version().version()));
      response.setContentLength(answer.length);
      response.getOutputStream().write(answer);
    }
  }

  @Operation(
      summary = "The columns a row must have",
      description = "feature_names is what the replaced system answered.")
  @GetMapping("/feature-names")
  FeatureNames featureNames(@RequestParam(name = "model", required = false) String name) {
    ServedModel model = serving.model(name);
    Map<String, List<String>> categories = model.categories();
    return new FeatureNames(
        model.version().name(),
        model.version().version(),
        model.columns().names(),
        model.columns().columns().stream()
            .map(
                column ->
                    new Feature(
                        column.name(),
                        switch (column.type()) {
                          case NUMERICAL -> "number";
                          case CATEGORICAL -> "category";
                          case FREE_TEXT -> "text";
                          case DATE -> "date";
                        },
                        categories.get(column.name()),
                        model.model().acceptsMissing()))
            .toList());
  }

  @Operation(
      summary = "Whether a prediction would be answered",
      description = "The replaced system's GET /health; the server's own is /actuator/health.")
  @ApiResponse(responseCode = "200", description = "A model answers, and can record it")
  @ApiResponse(responseCode = "503", description = "No model answers, or the database does not")
  @GetMapping("/health")
  ResponseEntity<Health> health(@RequestParam(name = "model", required = false) String name) {
    ServedModel model;
    try {
      model = serving.model(name);
    } catch (NoModelException e) {
      return ResponseEntity.status(503)
          .body(new Health("unhealthy", false, null, null, e.getMessage()));
    }
    String served = model.version().name();
    String unrecorded = serving.trouble(model).orElse(null);
    if (unrecorded != null) {
      return ResponseEntity.status(503)
          .body(new Health("unhealthy", true, served, model.version().version(), unrecorded));
    }
    return ResponseEntity.ok(
        new Health(
            "healthy",
            true,
            served,
            model.version().version(),
            models.trouble(served).orElse(null)));
  }

  private static One one(Predictor.Prediction prediction, String model, Integer version) {
    return new One(
        ClassLabels.json(prediction.prediction()),
        prediction.probabilities(),
        model,
        version,
        prediction.id(),
        Note.of(prediction.remarks()));
  }
}
