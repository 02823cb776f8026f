package org.bpmnmlops.operation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.bpmnmlops.settings.SettingRefusedException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this node runs.
 *
 * @param node its name, one per node of a database and the same after a restart; by default the
 *     host's
 * @param shutdownWait how long a shutdown waits for running steps; what is left then runs again
 *     elsewhere, or here after the restart
 */
@ConfigurationProperties("mlops")
record NodeSettings(@DefaultValue("") String node, @DefaultValue("5m") Duration shutdownWait) {

  NodeSettings {
    node = node.isBlank() ? hostName() : node.strip();
    if (node.length() > 255) {
      throw new SettingRefusedException(
          "MLOPS_NODE has %d characters; expected at most 255".formatted(node.length()));
    }
    if (shutdownWait.isNegative()) {
      throw new SettingRefusedException(
          "MLOPS_SHUTDOWN_WAIT is '%s'; expected a time such as 5m".formatted(shutdownWait));
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "This host has no name to use for the node: set MLOPS_NODE to a name of its own", e);
    }
  }
}
