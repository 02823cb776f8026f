package org.bpmnmlops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.notification.CockpitLinks;
import org.springframework.stereotype.Component;

/** Which pages to open, and as whom. */
@Component
class Pages {

  private final CockpitLinks links;
  private final Home home;

  Pages(CockpitLinks links, Home home) {
    this.links = links;
    this.home = home;
  }

  /** Three lines, no line break at the end. */
  String text() {
    return String.join(
        "\n",
        line("Cockpit", links.cockpit()),
        line("Tasklist", links.base() + "/camunda/app/tasklist/ (start a run here)"),
        line("Sign in", "user admin, " + password()));
  }

  private String password() {
    Path file = home.home().resolve("admin-password");
    return Files.exists(file)
        ? "password in " + shown(file)
        : "with the password of MLOPS_ADMIN_PASSWORD";
  }

  static String line(String label, Object text) {
    return "  %-10s%s".formatted(label, text);
  }

  /** As short as the reader can use it from the folder the server was started in. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
