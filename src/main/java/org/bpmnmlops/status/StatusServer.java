package org.bpmnmlops.status;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The server that runs report to: this one, or the one that {@code MLOPS_STATUS_URL} names. */
@Component
class StatusServer {

  /** This server's own status API as its runs address it: nothing that leaves the process. */
  static final String OWN = "self:/api/v1/update-status";

  private final StatusSettings settings;

  StatusServer(StatusSettings settings) {
    this.settings = settings;
  }

  String url() {
    return settings.url().isEmpty() ? OWN : settings.url();
  }

  /**
   * Whether a call goes to the status API: only then it gets the credentials. Scheme, host, port
   * and path must all be the same.
   */
  boolean isTargetOf(URI uri) {
    return normal(uri).equals(normal(URI.create(url())));
  }

  /** Value of the {@code Authorization} header; empty where the server wants no login. */
  Optional<String> authorization() {
    if (settings.user().isEmpty()) {
      return Optional.empty();
    }
    String login = settings.user() + ":" + settings.password();
    return Optional.of(
        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
  }

  private static String normal(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return "%s://%s:%d%s".formatted(scheme, host, port, uri.getRawPath());
  }
}
