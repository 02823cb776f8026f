package org.bpmnmlops.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.springframework.stereotype.Component;

/**
 * Checks user names and passwords against the engine, which counts wrong ones and locks the user
 * after ten. A verified login is remembered for up to {@link #REMEMBERED}: callers of a REST API
 * sign in with every request, and each check costs a transaction and two queries for the groups.
 */
@Component
class Logins {

  static final Duration REMEMBERED = Duration.ofSeconds(60);

  private record Verified(byte[] fingerprint, SignedIn signedIn, Instant until) {}

  private final IdentityService identity;
  private final Clock clock;
  private final SecretKeySpec key;
  private final Map<String, Verified> remembered = new ConcurrentHashMap<>();

  Logins(IdentityService identity, Clock clock) {
    this.identity = identity;
    this.clock = clock;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "HmacSHA256");
  }

  /** Empty where the user is unknown or locked, or the password is wrong. */
  Optional<SignedIn> check(String user, String password) {
    byte[] fingerprint = fingerprint(password);
    Verified known = remembered.get(user);
    if (known == null || !isStill(known, fingerprint)) {
      // One check of a user at a time: the engine would count parallel wrong passwords as one.
      known =
          remembered.compute(
              user, (name, previous) -> verify(name, password, fingerprint, previous));
    }
    return Optional.ofNullable(known)
        .filter(verified -> isStill(verified, fingerprint))
        .map(Verified::signedIn);
  }

  private boolean isStill(Verified known, byte[] fingerprint) {
    return clock.instant().isBefore(known.until())
        && MessageDigest.isEqual(known.fingerprint(), fingerprint);
  }

  /**
   * What to remember. A wrong password forgets nobody: whoever guesses would otherwise lock out the
   * user, whose next request meets the engine's delay.
   */
  private Verified verify(String user, String password, byte[] fingerprint, Verified previous) {
    return identity.checkPassword(user, password)
        ? new Verified(fingerprint, signedIn(user), clock.instant().plus(REMEMBERED))
        : previous;
  }

  private SignedIn signedIn(String user) {
    return new SignedIn(
        user,
        identity.createGroupQuery().groupMember(user).list().stream().map(Group::getId).toList(),
        identity.createTenantQuery().userMember(user).includingGroupsOfUser(true).list().stream()
            .map(Tenant::getId)
            .toList());
  }

  private byte[] fingerprint(String password) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
