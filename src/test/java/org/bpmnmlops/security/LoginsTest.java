package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.bpmnmlops.MlopsTest;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class LoginsTest {

  @Autowired IdentityService identity;
  @Autowired AuthorizationService authorizations;

  private OrdinaryUser olga;
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private Logins logins;

  @BeforeEach
  void createUser() {
    olga = new OrdinaryUser(identity, authorizations);
    InstantSource movable = () -> now;
    Clock clock = movable.withZone(ZoneOffset.UTC);
    logins = new Logins(identity, clock);
  }

  @AfterEach
  void deleteUser() {
    olga.close();
    EngineClock.reset();
  }

  @Test
  void remembersALoginForAMinute() {
    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isPresent();
    changePassword();

    now = now.plus(Logins.REMEMBERED).minusMillis(1);
    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isPresent();

    now = now.plusMillis(1);
    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isEmpty();
  }

  @Test
  void keepsARightLoginWhileSomebodyElseGuesses() {
    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isPresent();

    assertThat(logins.check(OrdinaryUser.ID, "wrong")).isEmpty();

    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isPresent();
  }

  @Test
  void locksAUserAfterTenWrongPasswords() {
    for (int attempt = 0; attempt < 10; attempt++) {
      assertThat(logins.check(OrdinaryUser.ID, "wrong")).isEmpty();
      EngineClock.forward(Duration.ofMinutes(2));
    }

    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isEmpty();

    identity.unlockUser(OrdinaryUser.ID);
    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isPresent();
  }

  @Test
  void countsOneWrongPasswordWhileTheUserHasToWait() {
    assertThat(logins.check(OrdinaryUser.ID, "wrong")).isEmpty();

    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isEmpty();

    EngineClock.forward(Duration.ofMinutes(2));
    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD)).isPresent();
  }

  @Test
  void knowsTheGroupsOfAUser() {
    identity.createMembership(OrdinaryUser.ID, "camunda-admin");

    assertThat(logins.check(OrdinaryUser.ID, OrdinaryUser.PASSWORD).orElseThrow().groups())
        .containsExactly("camunda-admin");
  }

  private void changePassword() {
    User user = identity.createUserQuery().userId(OrdinaryUser.ID).singleResult();
    user.setPassword("Another-Horse-8");
    identity.saveUser(user);
  }
}
