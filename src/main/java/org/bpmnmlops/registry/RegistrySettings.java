package org.bpmnmlops.registry;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the registry keeps.
 *
 * @param keepVersions the newest versions of each model stay, so many; those with an alias always
 */
@ConfigurationProperties("mlops.registry")
@Validated
record RegistrySettings(@DefaultValue("20") @Min(1) @Max(100_000) int keepVersions) {}
