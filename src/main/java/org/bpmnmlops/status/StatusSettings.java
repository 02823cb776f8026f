package org.bpmnmlops.status;

import java.net.URI;
import java.time.Duration;
import org.bpmnmlops.settings.SettingRefusedException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where runs report their status.
 *
 * @param url of any server that takes the same JSON; empty means this server itself
 * @param user name sent to that server with HTTP Basic; never sent anywhere else
 * @param password of that user
 * @param timeout for connecting, for each wait for data and for a free connection; a call as a
 *     whole takes at most three times as long
 */
@ConfigurationProperties("mlops.status")
record StatusSettings(
    @DefaultValue("") String url,
    @DefaultValue("") String user,
    @DefaultValue("") String password,
    @DefaultValue("10s") Duration timeout) {

  StatusSettings {
    url = url.strip();
    if (!url.isEmpty()) {
      checkUrl(url);
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.toMinutes() >= 60) {
      throw new SettingRefusedException(
          "MLOPS_STATUS_TIMEOUT is '%s'; expected a time between 1 ms and 1 h such as 10s"
              .formatted(timeout));
    }
  }

  private static void checkUrl(String url) {
    try {
      URI uri = URI.create(url);
      boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw unusable(e);
    }
    throw unusable(null);
  }

  /** The value stays out of the message: it may hold a password. */
  private static SettingRefusedException unusable(Exception cause) {
    return new SettingRefusedException(
        "MLOPS_STATUS_URL is not usable; expected the full address, without user and password, such"
            + " as https://status.example.org/api/v1/update-status; a login goes into"
            + " MLOPS_STATUS_USER and MLOPS_STATUS_PASSWORD",
        cause);
  }
}
