package org.bpmnmlops.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 %",
    "1, 100 %",
    "0.125, 12.5 %",
    "0.3333333, 33.3 %",
    "0.0025, 0.3 %",
    "0.0015, 0.2 %",
    "0.0115, 1.2 %",
    "0.00095, 0.1 %",
    "-0.0004, 0 %",
    "0.0004, 0.04 %",
    "0.00001, < 0.01 %",
    "0.99999, > 99.9 %"
  })
  void sharesArePercentWithOneDecimal(double share, String words) {
    assertThat(Words.percent(share)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 0",
        "3; 3",
        "3.14159265; 3.142",
        "0.00123456; 0.001235",
        "61833.9; 61,834",
        "-1234567; -1,234,567",
        "0.00001; 1.000e-05",
        "NaN; –",
        "999.96; 1000",
        "0.53125; 0.5313",
        "1.0005; 1.001",
        "-1.0005; -1.001"
      })
  void numbersHaveFourDigits(double value, String words) {
    assertThat(Words.number(value)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.05, 0.050",
    "0.0000001, < 0.001",
    "0.0625, 0.063",
    "0.8765, 0.877",
    "-1.0005, -1.001",
    "12.3456, 12.35"
  })
  void scoresHaveThreeDecimals(double value, String words) {
    assertThat(Words.score(value)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0234, +2.3 pp",
    "-0.0161, -1.6 pp",
    "0.0004, 0 pp",
    "-0.0004, 0 pp",
    "0.5, +50 pp"
  })
  void differencesOfSharesArePerCentPoints(double share, String words) {
    assertThat(Words.points(share)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "PT72H, 72 hours",
    "P1D, 24 hours",
    "PT1H, 1 hour",
    "PT90M, 90 minutes",
    "PT5S, 5 seconds"
  })
  void durationsAreWholeNumbersOfAUnit(Duration duration, String words) {
    assertThat(Words.duration(duration)).isEqualTo(words);
  }

  @Test
  void noLineBreaksBeforeAPerCentSignOfAPage() {
    assertThat(Words.unbroken("<p>50 % of 100 %</p> width: 50%"))
        .isEqualTo("<p>50\u00a0% of 100\u00a0%</p> width: 50%");
  }

  @Test
  void momentsAreInUtcToTheSecond() {
    assertThat(Words.time(Instant.parse("2026-11-05T06:07:08.9Z")))
        .isEqualTo("2026-11-05 06:07:08 UTC");
  }

  @Test
  void theLanguageOfTheMachineChangesNothing() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);

      assertThat(Words.count(1_234_567, "row")).isEqualTo("1,234,567 rows");
      assertThat(Words.percent(0.125)).isEqualTo("12.5 %");
      assertThat(Words.change(-0.0125)).isEqualTo("-0.0125");
      assertThat(Words.list(Collections.nCopies(2000, "a"), 1)).isEqualTo("a and 1,999 more");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void verdictsAreFoundByTheirText(Verdict verdict) {
    assertThat(Verdict.of(verdict.text())).isEqualTo(verdict);
  }

  @Test
  void listsNameTheFirstAndCountTheRest() {
    assertThat(Words.list(List.of(), 3)).isEmpty();
    assertThat(Words.list(List.of("a"), 3)).isEqualTo("a");
    assertThat(Words.list(List.of("a", "b", "c"), 3)).isEqualTo("a, b and c");
    assertThat(Words.list(List.of("a", "b", "c", "d"), 3)).isEqualTo("a, b, c and d");
    assertThat(Words.list(List.of("a", "b", "c", "d", "e"), 3)).isEqualTo("a, b, c and 2 more");
  }
}
