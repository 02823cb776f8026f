package org.bpmnmlops.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every rule of {@code promotion-decision.dmn}, on both sides of its edges. */
class PromotionDecisionTest {

  private static final Tables UNDECIDED = Tables.of("promotion-decision", undecided());

  private static Map<String, Object> undecided() {
    Map<String, Object> facts = new HashMap<>();
    facts.put("minimumAccuracy", 0.75);
    facts.put("accuracy", 0.85);
    facts.put("baselineAccuracy", 0.6);
    facts.put("championAccuracy", 0.84);
    facts.put("commonRows", 400L);
    facts.put("gain", 0.01);
    facts.put("gainLow", -0.01);
    facts.put("gainHigh", 0.03);
    facts.put("largestRecallDrop", 0.0);
    facts.put("sameAnswers", false);
    facts.put("gainInWords", "+1 pp");
    facts.put("gainInterval", "-1 pp to +3 pp");
    return facts;
  }

  @Test
  void asksWhenTheRowsDoNotTell() {
    assertDecision(UNDECIDED, "ask", "The rows do not tell which model is better");
  }

  @Test
  void promotesWhenTheGainIsSure() {
    assertDecision(UNDECIDED.with("gainLow", 0.0), "ask", "do not tell");
    assertDecision(
        UNDECIDED.with("gainLow", 0.0001),
        "promote",
        "The challenger is better: gain +1 pp, 95 % interval -1 pp to +3 pp");
  }

  @Test
  void asksWhenAClassWouldPayForTheGain() {
    Tables better = UNDECIDED.with("gainLow", 0.001);

    assertDecision(better.with("largestRecallDrop", 0.05), "promote", "better");
    assertDecision(
        better.with("largestRecallDrop", 0.051), "ask", "a class's recall drops by 5.1 pp");
  }

  @Test
  void rejectsWhenTheLossIsSure() {
    assertDecision(UNDECIDED.with("gainHigh", 0.0), "ask", "do not tell");
    assertDecision(
        UNDECIDED.with("gain", -0.05).with("gainLow", -0.09).with("gainHigh", -0.0001),
        "reject",
        "The challenger is worse: gain +1 pp, 95 % interval");
  }

  @Test
  void asksWhenThereAreFewRowsToCompareOn() {
    Tables better = UNDECIDED.with("gainLow", 0.001);

    assertDecision(better.with("commonRows", 99L), "ask", "Only 99 held-out rows to compare on");
    assertDecision(better.with("commonRows", 100L), "promote", "better");
  }

  @Test
  void tellsAPersonOfTheClassThatPaysWhateverTheyAreAskedFor() {
    Tables pays = UNDECIDED.with("largestRecallDrop", 0.0512);

    assertDecision(pays, "ask", "do not tell which model is better, but a class's recall drops");
    assertDecision(
        pays.with("commonRows", 99L), "ask", "100 are needed; a class's recall drops by 5.1 pp");
  }

  @Test
  void rejectsBelowTheAccuracyWantedHoweverFewRowsThereAre() {
    Tables few = UNDECIDED.with("commonRows", 20L).with("gainLow", 0.001);

    assertDecision(few.with("accuracy", 0.749), "reject", "below the accuracy wanted");
    assertDecision(few.with("accuracy", 0.75), "ask", "Only 20");
  }

  @Test
  void rejectsWhatIsNotAboveTheBaseline() {
    Tables frequent = UNDECIDED.with("gainLow", 0.001).with("baselineAccuracy", 0.83);

    assertDecision(frequent.with("accuracy", 0.83), "reject", "not above the baseline");
    assertDecision(frequent.with("accuracy", 0.831), "promote", "better");
  }

  @Test
  void asksInsteadOfRejectingWhereTheChampionIsBelowTheAccuracyWanted() {
    Tables poor = UNDECIDED.with("championAccuracy", 0.749);

    assertDecision(poor.with("accuracy", 0.7), "ask", "Both models are below");
    assertDecision(
        poor.with("accuracy", 0.8).with("baselineAccuracy", 0.8).with("championAccuracy", 0.7),
        "ask",
        "the champion below the accuracy wanted");
    assertDecision(
        poor.with("gainHigh", -0.01), "ask", "worse, but the champion is below the accuracy");
    assertDecision(
        UNDECIDED.with("championAccuracy", 0.75).with("gainHigh", -0.01), "reject", "worse");
  }

  @Test
  void asksInsteadOfRejectingWhereTheChampionIsNotAboveTheBaseline() {
    Tables poor = UNDECIDED.with("championAccuracy", 0.8).with("baselineAccuracy", 0.8);

    assertDecision(
        poor.with("accuracy", 0.7), "ask", "below the accuracy wanted, the champion not above");
    assertDecision(poor.with("accuracy", 0.8), "ask", "Neither model is above the baseline");
    assertDecision(
        poor.with("accuracy", 0.81).with("gainHigh", -0.01),
        "ask",
        "worse, but the champion is not above the baseline");
    assertDecision(
        poor.with("baselineAccuracy", 0.799).with("accuracy", 0.81).with("gainHigh", -0.01),
        "reject",
        "worse");
  }

  @Test
  void rejectsAModelThatAnswersAsTheChampionDoesHoweverFewRowsThereAre() {
    Tables same = UNDECIDED.with("sameAnswers", true);

    assertDecision(same.with("commonRows", 20L), "reject", "answers as the champion does");
    assertDecision(
        same.with("accuracy", 0.7).with("championAccuracy", 0.7),
        "reject",
        "answers as the champion does");
  }

  private static void assertDecision(Tables facts, String promotion, String reason) {
    assertThat(facts.decide().<String>getEntry("promotion")).isEqualTo(promotion);
    assertThat(facts.decide().<String>getEntry("promotionReason")).contains(reason);
  }
}
