package org.bpmnmlops.status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/**
 * The user as whom a run reports to its own server. Its password is made when the server starts,
 * lives in memory only, and is known to nobody; it is no user of the engine. The security filter
 * should let it call the status API and nothing else.
 */
@Component
public class TechnicalUser {

  private static final int TOKEN_BYTES = 32;

  private final String password;

  public TechnicalUser() {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    password = HexFormat.of().formatHex(token);
  }

  /** The name in the {@code Authorization} header. */
  public String name() {
    return "mlops-status-reporter";
  }

  /** Whether a login is this user's; takes the same time for every wrong password. */
  public boolean verify(String name, String givenPassword) {
    return name().equals(name)
        && givenPassword != null
        && MessageDigest.isEqual(
            password.getBytes(StandardCharsets.UTF_8),
            givenPassword.getBytes(StandardCharsets.UTF_8));
  }

  String password() {
    return password;
  }
}
