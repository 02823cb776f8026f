package org.bpmnmlops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.wording.Verdict;
import org.junit.jupiter.api.Test;

class PerformanceReportTest {

  private static final List<String> TWO = List.of("0", "1");
  private static final int[] TRUTH = {0, 0, 1, 1, 1, 0, 1, 0, 1, 1};
  private static final double[] SCORE = {.1, .4, .35, .8, .65, .7, .9, .2, .55, .3};

  private static ScoredRows published() {
    return ScoredRows.of(
        TWO, TRUTH, new double[][] {Arrays.stream(SCORE).map(s -> 1 - s).toArray(), SCORE});
  }

  /** Rows of class 1 and 0 in turn, the first of them answered wrongly. */
  private static ScoredRows answers(int rows, int wrong) {
    int[] labels = new int[rows];
    int[] answers = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 2;
      answers[i] = i < wrong ? 1 - labels[i] : labels[i];
    }
    return ScoredRows.ofAnswers(TWO, rows, labels, answers);
  }

  @Test
  void measuresAsTheOriginal() {
    MeasuredSide side = Reports.performance(published(), null).reference();

    assertThat(side.accuracy()).isEqualTo(0.7);
    assertThat(side.positive().precision()).isEqualTo(0.8);
    assertThat(side.positive().recall()).isEqualTo(2 / 3.0);
    assertThat(side.positive().f1()).isCloseTo(0.7272727, within(5e-8));
    assertThat(side.positive().auc()).isEqualTo(0.75);
    assertThat(side.logLoss()).isCloseTo(0.5654221407708687, within(1e-14));
    assertThat(side.confusion()).containsExactly(List.of(3, 1), List.of(2, 4));
  }

  @Test
  void curvesAndThresholdsAgreeWithCountingByHand() {
    ClassCurves curves = Reports.performance(published(), null).reference().curves().get(0);

    assertThat(curves.falsePositiveRate())
        .containsExactly(0, 0, 0, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 0.75, 1);
    assertThat(curves.truePositiveRate()[3]).isEqualTo(0.3333);
    assertThat(curves.precision()).startsWith(1, 1, 0.6667).endsWith(0.6);
    assertThat(curves.recall()).endsWith(1);
    assertThat(Arrays.stream(curves.scoresOfClass()).sum()).isEqualTo(6);
    assertThat(Arrays.stream(curves.scoresOfOthers()).sum()).isEqualTo(4);
    // 0.55 and 0.65 stand at the left edge of their bins.
    assertThat(curves.scoresOfClass()[11]).isEqualTo(1);
    assertThat(curves.thresholds())
        .filteredOn(cut -> cut.threshold() == 0.5)
        .singleElement()
        .isEqualTo(new ClassCurves.Threshold(0.5, 0.5, 0.8, 4 / 6.0, 8 / 11.0));
  }

  @Test
  void curvesHaveFewPointsWhateverTheRows() {
    ClassCurves curves =
        Reports.performance(Reports.scored(TWO, 50_000, 1, 1), null).reference().curves().get(0);

    assertThat(curves.falsePositiveRate()).hasSizeBetween(90, 102).startsWith(0).endsWith(1);
    assertThat(curves.truePositiveRate()).isSorted().endsWith(1);
  }

  @Test
  void theDummyAlwaysAnswersTheSame() {
    MeasuredSide.Dummy dummy = Reports.performance(published(), null).reference().dummy();

    assertThat(dummy.answer()).isEqualTo("0");
    assertThat(dummy.accuracy()).isEqualTo(0.4);
    assertThat(dummy.recall()).isZero();
    assertThat(dummy.precision()).isNull();
    assertThat(dummy.logLoss())
        .isCloseTo(-0.4 * Math.log(0.4) - 0.6 * Math.log(0.6), within(1e-15));
  }

  @Test
  void theModelIsWorseWhenChanceDoesNotExplainIt() {
    ScoredRows before = answers(1000, 100);

    assertThat(Reports.performance(before, answers(1000, 100)).summary().verdict())
        .isEqualTo(Verdict.GOOD);
    assertThat(Reports.performance(before, answers(1000, 125)).summary().verdict())
        .isEqualTo(Verdict.GOOD);
    assertThat(Reports.performance(before, answers(1000, 130)).summary().headline())
        .isEqualTo("The model has become worse: 87 % instead of 90 % right");
    assertThat(Reports.performance(before, answers(1000, 600)).summary().headline())
        .isEqualTo("The model is no better than always answering “0”");
  }

  @Test
  void fewOutcomesAreShownAndNotJudged() {
    PerformanceReport report = Reports.performance(answers(1000, 100), answers(29, 29));

    assertThat(report.current().accuracy()).isZero();
    assertThat(report.summary().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.summary().headline()).isEqualTo("Too few known outcomes to judge the model");
  }

  @Test
  void aClassThatIsFoundLessOftenIsNamed() {
    int[] labels = new int[400];
    int[] answers = new int[400];
    Arrays.fill(labels, 200, 400, 1);
    Arrays.fill(answers, 0, 30, 1);
    Arrays.fill(answers, 200, 390, 1);
    ScoredRows before = ScoredRows.ofAnswers(TWO, 400, labels, answers);
    int[] later = answers.clone();
    Arrays.fill(later, 0, 30, 0);
    Arrays.fill(later, 360, 390, 0);

    PerformanceReport report =
        Reports.performance(before, ScoredRows.ofAnswers(TWO, 400, labels, later));

    assertThat(report.summary().verdict()).isEqualTo(Verdict.WARN);
    assertThat(report.summary().flagged()).isEqualTo(Map.of("1", Verdict.WARN));
  }

  @Test
  void labelsMissingForSomeRowsAreCounted() {
    ScoredRows labelled = answers(60, 6);
    ScoredRows current =
        new ScoredRows(TWO, 100, labelled.labels(), labelled.answers(), labelled.probabilities());

    PerformanceReport report = Reports.performance(answers(1000, 100), current);

    assertThat(report.current().rows()).isEqualTo(100);
    assertThat(report.current().labelledRows()).isEqualTo(60);
    assertThat(report.current().accuracy()).isEqualTo(0.9);
    assertThat(report.summary().figure("labelledRows").orElseThrow().text()).isEqualTo("60");
    assertThat(report.notes())
        .contains("60 of 100 predictions have a known outcome; the others do not count here.");
  }

  @Test
  void answersWithoutProbabilitiesHaveNoCurvesAndTheReportSaysWhy() {
    MeasuredSide side = Reports.performance(published(), answers(60, 6)).current();

    assertThat(side.scoredRows()).isZero();
    assertThat(side.logLoss()).isNull();
    assertThat(side.positive().auc()).isNull();
    assertThat(side.positive().undefined()).containsEntry("auc", "no row has probabilities");
    assertThat(side.positive().recall()).isEqualTo(0.9);
    assertThat(side.curves()).containsExactly((ClassCurves) null);
  }

  @Test
  void someRowsWithProbabilitiesCountForWhatNeedsThem() {
    ScoredRows all = published();
    double[][] some = {all.probabilities()[0].clone(), all.probabilities()[1].clone()};
    some[0][9] = Double.NaN;
    some[1][9] = Double.NaN;

    PerformanceReport report =
        Reports.performance(all, new ScoredRows(TWO, 10, all.labels(), all.answers(), some));

    assertThat(report.current().accuracy()).isEqualTo(0.7);
    assertThat(report.current().scoredRows()).isEqualTo(9);
    // Of 20 pairs the five without the worst row of class 1: 16 of 20.
    assertThat(report.current().positive().auc()).isEqualTo(0.8);
    assertThat(report.notes()).anyMatch(note -> note.startsWith("9 labelled rows came with"));
  }

  @Test
  void predictionsThatTheProbabilitiesDoNotLeadToAreNoted() {
    ScoredRows all = published();
    int[] others = all.answers().clone();
    others[3] = 1 - others[3];
    others[4] = 1 - others[4];

    assertThat(
            Reports.performance(
                    all, new ScoredRows(TWO, 10, all.labels(), others, all.probabilities()))
                .notes())
        .anyMatch(
            note ->
                note.startsWith("The probabilities are the model's own")
                    && note.contains("2 of 10 labelled predictions are not what"));
    assertThat(Reports.performance(all, all).notes())
        .noneMatch(note -> note.contains("the model's own"));
  }

  @Test
  void oneOutcomeIsSpokenOfAsOne() {
    ScoredRows one = answers(1, 0);
    PerformanceReport report =
        Reports.performance(
            answers(1000, 100),
            new ScoredRows(TWO, 2, one.labels(), one.answers(), one.probabilities()));

    assertThat(report.summary().lead()).startsWith("100 % of 1 labelled prediction was right");
    assertThat(report.notes())
        .contains("1 of 2 predictions has a known outcome; the others do not count here.");
  }

  /** The replaced system ended green without a report. */
  @Test
  void withoutCurrentRowsTheReportSaysSo() {
    PerformanceReport report = Reports.performance(published(), null);

    assertThat(report.summary().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.summary().headline()).isEqualTo("No current predictions to measure");
    assertThat(report.summary().figure("accuracy").orElseThrow().value()).isNull();
    assertThat(report.current()).isNull();
  }

  @Test
  void manyClassesAreMeasuredOneAgainstTheRest() {
    List<String> classes = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

    PerformanceReport report =
        Reports.performance(
            Reports.scored(classes, 2000, 2, 1), Reports.scored(classes, 3000, 2, 2));

    assertThat(report.current().positive()).isNull();
    assertThat(report.current().perClass()).hasSize(10);
    assertThat(report.current().curves()).hasSize(8).doesNotContainNull();
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("Curves are shown for the 8 of 10"));
  }

  @Test
  void aClassTheModelDoesNotKnowCountsAsWrong() {
    List<String> classes = List.of("0", "1", "new");
    ScoredRows before =
        ScoredRows.ofAnswers(classes, 4, new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 1});
    int[] labels = new int[40];
    Arrays.fill(labels, 0, 10, 2);

    PerformanceReport report =
        PerformanceReport.of(
            Reports.SUBJECT,
            before,
            Optional.of(ScoredRows.ofAnswers(classes, 40, labels, new int[40])),
            Optional.empty(),
            "0",
            List.of(),
            Optional.empty());

    assertThat(report.current().accuracy()).isEqualTo(0.75);
    assertThat(report.current().perClass().get(2).scores().recall()).isZero();
  }

  @Test
  void bothSidesHaveTheSameClasses() {
    assertThatThrownBy(
            () ->
                Reports.performance(published(), Reports.scored(List.of("0", "1", "2"), 10, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 1, 2]");
  }
}
