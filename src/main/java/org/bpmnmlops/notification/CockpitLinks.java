package org.bpmnmlops.notification;

import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Addresses of pages that mails and log lines point to. */
@Component
public class CockpitLinks {

  private final Environment environment;

  CockpitLinks(Environment environment) {
    this.environment = environment;
  }

  /**
   * The server's address as its users know it, without a slash at the end: {@code MLOPS_BASE_URL},
   * which an installation behind a proxy has to set, or the address and port it listens on.
   */
  public String base() {
    String configured = environment.getProperty("mlops.base-url", "").strip();
    if (!configured.isEmpty()) {
      return configured.replaceFirst("/+$", "");
    }
    String address = environment.getProperty("server.address", "");
    boolean everywhere =
        address.isEmpty()
            || address.equals("0.0.0.0")
            || address.equals("::")
            || address.equals("127.0.0.1");
    String port =
        environment.getProperty(
            "local.server.port", environment.getProperty("server.port", "8080"));
    return "http://%s:%s".formatted(everywhere ? "localhost" : address, port);
  }

  /** A run on our page in Cockpit, which shows it while it goes on and when it is over. */
  public String run(String processInstanceId) {
    return "%s/camunda/app/cockpit/default/#/mlops/runs/%s".formatted(base(), processInstanceId);
  }

  /**
   * A report, which asks for a login unless the browser has one.
   *
   * @param reference of its file: {@code reports/data_drift_report_20261125_180000.html}
   */
  public String report(String reference) {
    String file = reference.substring(reference.lastIndexOf('/') + 1);
    return base() + "/api/v1/reports/" + file.replaceFirst("\\.html$", "");
  }

  /**
   * Tasklist, where a person decides.
   *
   * @param task id of the task it opens; empty where it is done
   */
  public String tasklist(Optional<String> task) {
    return base() + "/camunda/app/tasklist/default/" + task.map(id -> "#/?task=" + id).orElse("");
  }

  /** Cockpit's first page. */
  public String cockpit() {
    return base() + "/camunda/app/cockpit/";
  }
}
