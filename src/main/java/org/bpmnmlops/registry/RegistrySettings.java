package org.bpmnmlops.registry;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the registry keeps.
 *
 * @param keepVersions the newest versions of each model stay, so many; those with an alias always
 */
@ConfigurationProperties("mlops.registry")
record RegistrySettings(@DefaultValue("20") int keepVersions) {}
