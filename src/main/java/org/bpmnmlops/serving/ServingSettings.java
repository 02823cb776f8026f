package org.bpmnmlops.serving;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How models are served.
 *
 * @param model the one that answers where a request names none
 * @param feedbackMark so many labelled rows wake the retraining process
 */
@ConfigurationProperties("mlops.serving")
@Validated
record ServingSettings(
    @DefaultValue("advertising") @NotBlank String model,
    @DefaultValue("1000") @Min(1) @Max(1_000_000_000) long feedbackMark) {}
