package org.bpmnmlops.status;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The server that runs report to: this one, or the one that {@code MLOPS_STATUS_URL} names. */
@Component
class StatusServer {

  static final String PATH = "/api/v1/update-status";

  private final StatusSettings settings;
  private final TechnicalUser technicalUser;
  private final Environment environment;

  StatusServer(StatusSettings settings, TechnicalUser technicalUser, Environment environment) {
    this.settings = settings;
    this.technicalUser = technicalUser;
    this.environment = environment;
  }

  /** The address, the port being the one this server really listens on. */
  String url() {
    return isOwn() ? ownUrl() : settings.url();
  }

  boolean isOwn() {
    return settings.url().isEmpty();
  }

  /**
   * Whether a call goes to the status API: only then it gets the credentials. Scheme, host, port
   * and path must all be the same.
   */
  boolean isTargetOf(URI uri) {
    return normal(uri).equals(normal(URI.create(url())));
  }

  /** Value of the {@code Authorization} header; empty where another server wants no login. */
  Optional<String> authorization() {
    if (isOwn()) {
      return Optional.of(basic(technicalUser.name(), technicalUser.password()));
    }
    return settings.user().isEmpty()
        ? Optional.empty()
        : Optional.of(basic(settings.user(), settings.password()));
  }

  private String ownUrl() {
    String port =
        environment.getProperty(
            "local.server.port", environment.getProperty("server.port", "8080"));
    String scheme = environment.containsProperty("server.ssl.key-store") ? "https" : "http";
    String path = environment.getProperty("server.servlet.context-path", "");
    return "%s://%s:%s%s%s".formatted(scheme, host(), port, path, PATH);
  }

  private String host() {
    String address = environment.getProperty("server.address", "");
    if (address.isEmpty() || address.equals("0.0.0.0") || address.equals("::")) {
      return "127.0.0.1";
    }
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static String normal(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return "%s://%s:%d%s".formatted(scheme, host, port, uri.getRawPath());
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}
