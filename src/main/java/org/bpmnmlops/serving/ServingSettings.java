package org.bpmnmlops.serving;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How models are served.
 *
 * @param model the one that answers where a request names none
 * @param feedbackMark so many labelled rows wake the retraining process
 */
@ConfigurationProperties("mlops.serving")
record ServingSettings(
    @DefaultValue("advertising") String model, @DefaultValue("1000") long feedbackMark) {}
