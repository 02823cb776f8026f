package org.bpmnmlops.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every rule of {@code retraining-decision.dmn}, on both sides of its edges. */
class RetrainingDecisionTest {

  private static final Tables QUIET = Tables.of("retraining-decision", quiet());

  private static Map<String, Object> quiet() {
    Map<String, Object> facts = new HashMap<>();
    facts.put("forced", false);
    facts.put("newLabelledRows", 500L);
    facts.put("driftShare", 0.0);
    facts.put("driftedColumns", 0L);
    facts.put("accuracyDrop", 0.0);
    facts.put("accuracyDropPValue", 1.0);
    facts.put("championLabelledRows", 500L);
    facts.put("daysSinceTraining", 3L);
    return facts;
  }

  @Test
  void keepsTheModelWhenNothingAsksForAnother() {
    assertKept(QUIET, "Neither rows nor drift nor accuracy ask for it");
  }

  @Test
  void trainsWhenItIsForcedWithHoweverFewRows() {
    assertRetrained(QUIET.with("forced", true).with("newLabelledRows", 0L), "It was forced");
  }

  @Test
  void trainsFromAThousandNewLabelledRowsOn() {
    assertKept(QUIET.with("newLabelledRows", 999L), "Neither");
    assertRetrained(QUIET.with("newLabelledRows", 1000L), "1000 new labelled rows");
  }

  @Test
  void neverTrainsBelowFiftyNewLabelledRows() {
    Tables drifted = QUIET.with("driftShare", 1.0).with("driftedColumns", 4L);

    assertKept(drifted.with("newLabelledRows", 49L), "Only 49 new labelled rows; 50 are needed");
    assertRetrained(drifted.with("newLabelledRows", 50L), "drifted");
  }

  @Test
  void trainsWhenMoreThanThreeTenthsOfTheColumnsDrifted() {
    Tables two = QUIET.with("driftedColumns", 2L);

    assertKept(two.with("driftShare", 0.30), "Neither");
    assertRetrained(two.with("driftShare", 0.31), "2 columns drifted, a share of 0.31");
  }

  @Test
  void doesNotTrainForOneDriftedColumn() {
    Tables share = QUIET.with("driftShare", 0.5);

    assertKept(share.with("driftedColumns", 1L), "Neither");
    assertRetrained(share.with("driftedColumns", 2L), "drifted");
  }

  @Test
  void doesNotTrainForDriftThatCouldNotBeJudged() {
    assertKept(QUIET.with("driftShare", null), "Neither");
  }

  @Test
  void trainsWhenTheAccuracyDroppedByMoreThanFiveHundredths() {
    Tables sure = QUIET.with("accuracyDropPValue", 0.0001);

    assertKept(sure.with("accuracyDrop", 0.05), "Neither");
    assertRetrained(sure.with("accuracyDrop", 0.051), "The accuracy dropped by 0.051 on 500 rows");
  }

  @Test
  void doesNotTrainForADropThatMayBeChance() {
    Tables dropped = QUIET.with("accuracyDrop", 0.2);

    assertKept(dropped.with("accuracyDropPValue", 0.01), "Neither");
    assertRetrained(dropped.with("accuracyDropPValue", 0.009), "dropped");
  }

  @Test
  void doesNotTrainForADropOnFewRowsOfThisChampion() {
    Tables dropped = QUIET.with("accuracyDrop", 0.2).with("accuracyDropPValue", 0.0001);

    assertKept(dropped.with("championLabelledRows", 99L), "Neither");
    assertRetrained(dropped.with("championLabelledRows", 100L), "dropped");
  }

  @Test
  void doesNotTrainForAnAccuracyThatCouldNotBeMeasured() {
    assertKept(
        QUIET
            .with("accuracyDrop", null)
            .with("accuracyDropPValue", null)
            .with("championLabelledRows", 0L),
        "Neither");
  }

  @Test
  void doesNotTrainForAgeAlone() {
    assertKept(QUIET.with("daysSinceTraining", 10_000L), "Neither");
  }

  private static void assertRetrained(Tables facts, String reason) {
    assertThat(facts.decide().<String>getEntry("action")).isEqualTo("retrain");
    assertThat(facts.decide().<String>getEntry("reason")).contains(reason);
  }

  private static void assertKept(Tables facts, String reason) {
    assertThat(facts.decide().<String>getEntry("action")).isEqualTo("keep");
    assertThat(facts.decide().<String>getEntry("reason")).contains(reason);
  }
}
