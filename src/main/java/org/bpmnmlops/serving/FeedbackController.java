package org.bpmnmlops.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What came true, over HTTP; the answer has the fields of the replaced system. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Serving")
class FeedbackController {

  @Schema(name = "FeedbackReceipt")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      @Schema(
              allowableValues = {"recorded", "already recorded", "corrected"},
              description = "corrected: another outcome was known, this one took its place")
          String status,
      @JsonProperty("total_feedbacks") @Schema(description = "Rows of the model with an outcome")
          long totalFeedbacks,
      @JsonProperty("retrain_triggered")
          @Schema(
              description = "Whether this one made the mark full and woke the retraining process")
          boolean retrainTriggered,
      UUID predictionId,
      @Schema(description = "Version of the model that predicted; absent where nobody knows it")
          Integer version,
      @Schema(description = "What is out of the ordinary, such as an outcome that comes late")
          String note) {}

  private final Feedback feedback;
  private final Serving serving;

  FeedbackController(Feedback feedback, Serving serving) {
    this.feedback = feedback;
    this.serving = serving;
  }

  @Operation(
      summary = "Takes the actual outcome of a prediction",
      description =
          "By predictionId, or with the features as the replaced system's callers send them: then"
              + " it counts for the oldest recent prediction of the same features without outcome,"
              + " or as a row of its own; an Idempotency-Key makes the same feedback count once. The"
              + " same outcome twice counts once, another one corrects it. Nothing is trained here.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(type = "object"),
                      examples = {
                        @ExampleObject(
                            name = "by prediction",
                            value =
                                "{\"predictionId\": \"019ab7c2-5f3e-7a10-8a51-6d0b3c1f2e4d\","
                                    + " \"actual\": 1}"),
                        @ExampleObject(
                            name = "as the replaced system's callers send it",
                            value =
                                "{\"features\": {\"TV\": 230.1, \"radio\": 37.8, \"newspaper\": 69.2},"
                                    + " \"prediction\": 1, \"actual\": 0}")
                      })))
  @ApiResponse(responseCode = "200", description = "Recorded")
  @ApiResponse(
      responseCode = "400",
      description = "No such class, or features that do not fit",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @ApiResponse(
      responseCode = "404",
      description = "No such prediction",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @PostMapping(path = "/feedback", consumes = MediaType.ALL_VALUE)
  Answer feedback(
      HttpServletRequest request,
      @Parameter(
              description = "Name of the model, with features; by default the setting MLOPS_MODEL")
          @RequestParam(name = "model", required = false)
          String model,
      @RequestHeader(name = "Idempotency-Key", required = false) String key)
      throws IOException {
    Map<String, Object> body = RequestBody.object(request);
    Feedback.Receipt receipt;
    if (body.get("predictionId") != null) {
      receipt = feedback.byPrediction(id(body.get("predictionId")), body.get("actual"));
    } else if (body.get("features") != null) {
      receipt =
          feedback.byFeatures(
              model,
              RequestBody.object("features", body.get("features")),
              body.get("prediction"),
              body.get("actual"),
              key);
    } else {
      throw new UnusableInputException(
          "predictionId", null, "the predictionId of an answer, or the features");
    }
    return new Answer(
        switch (receipt.labelled()) {
          case NEW -> "recorded";
          case SAME -> "already recorded";
          case CORRECTED -> "corrected";
          case UNKNOWN -> throw new IllegalStateException("A row that was just read is gone");
        },
        receipt.total(),
        receipt.retrain(),
        receipt.prediction(),
        receipt.version(),
        note(receipt));
  }

  private String note(Feedback.Receipt receipt) {
    int champion = serving.model(receipt.model()).version().version();
    return receipt.version() == null || receipt.version() == champion
        ? null
        : "Version %d predicted this; by now version %d answers"
            .formatted(receipt.version(), champion);
  }

  private static UUID id(Object value) {
    try {
      return UUID.fromString(value.toString());
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException(
          "predictionId", value.toString(), "the predictionId of an answer, a UUID");
    }
  }
}
