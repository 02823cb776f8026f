package org.bpmnmlops.security;

import java.util.List;
import java.util.Locale;

/**
 * The parts of this server that Camunda Admin grants as applications: permission {@code ACCESS} on
 * the resource of this name in lower case, with hyphens. Addresses that are not here are checked by
 * the engine, because what they do is its: runs by process, decisions by decision.
 */
enum Application {
  SERVING(
      "/api/v1/predict/**", "/api/v1/feedback/**", "/api/v1/feature-names/**", "/api/v1/health/**"),
  MODELS("/api/v1/models/**"),
  REPORTS("/api/v1/reports/**"),
  STATUS("/api/v1/status/**"),
  /** For whoever reports the status of a pipeline; {@link #STATUS} only reads it. */
  UPDATE_STATUS("/api/v1/update-status/**"),
  /** For the user that collects the meters. */
  METRICS("/actuator/prometheus/**"),
  /** What describes the installation: the REST API in OpenAPI, the steps as element templates. */
  DOCUMENTATION(
      "/v3/api-docs/**",
      "/v3/api-docs.yaml",
      "/swagger-ui/**",
      "/swagger-ui.html",
      "/api/v1/element-templates/**");

  private final List<String> paths;

  Application(String... paths) {
    this.paths = List.of(paths);
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<String> paths() {
    return paths;
  }
}
