package org.bpmnmlops.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What one run says of itself, in the fields of the Flask service that this API replaces.
 *
 * @param dagId the pipeline's process id
 * @param status {@code running}, {@code success} or {@code failed}; other words are kept too
 * @param runId the run's business key, which its starter chose or which names its date, such as
 *     {@code scheduled__2026-11-22}; its process instance id where it has no business key. Cockpit
 *     and REST find a run by either
 * @param accuracy share of held-out rows classified correctly, 0 to 1; null when not known
 * @param executionDate the run's logical date as an ISO 8601 instant; its start where it has none
 * @param ds the day of {@code executionDate} in UTC, {@code yyyy-MM-dd}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"dag_id", "status", "run_id", "accuracy", "execution_date", "ds"})
record StatusReport(
    @JsonProperty("dag_id") @Schema(example = "advertising-pipeline") String dagId,
    @JsonProperty("status") @Schema(example = "success") String status,
    @JsonProperty("run_id") @Schema(example = "scheduled__2026-11-22") String runId,
    @JsonProperty("accuracy") @Schema(example = "0.9", minimum = "0", maximum = "1")
        Double accuracy,
    @JsonProperty("execution_date") @Schema(example = "2026-11-22T00:00:00Z") String executionDate,
    @JsonProperty("ds") @Schema(example = "2026-11-22") String ds) {}
