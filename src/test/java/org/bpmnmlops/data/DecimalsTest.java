package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "007",
        "1.",
        ".5",
        "+3.25",
        "-17",
        "1e5",
        "1E-5",
        "1.5e+3",
        "123456789012345",
        "1234567890123456",
        "12345678901234567890",
        "9007199254740993",
        "9007199254740992.5",
        "4503599627370496.5",
        "4503599627370497.5",
        "0.1",
        "0.30000000000000004",
        "1e22",
        "1e23",
        "1e-22",
        "1e-23",
        "4.9e-324",
        "1.7976931348623157e308",
        "1e400",
        "-1e400",
        "1e-400",
        "0.000000000000000000000000000001",
        "999999999999999999",
        "8697.779999999999"
      })
  void readsANumberAsTheJdkDoes(String text) {
    assertThat(Decimals.parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1,5",
        "1 000",
        "0x10",
        "1d",
        "1f",
        "NaN",
        "Infinity",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "--1",
        "1_000",
        "12a",
        "\u0661"
      })
  void takesNothingElseForANumber(String text) {
    assertThat(Decimals.parse(text)).isNaN();
  }

  @Test
  void readsNumbersOfAnyLengthToTheBit() {
    Random random = new Random(11);
    for (int i = 0; i < 300_000; i++) {
      StringBuilder text = new StringBuilder();
      int digits = 1 + random.nextInt(20);
      int point = random.nextInt(digits + 1);
      for (int digit = 0; digit < digits; digit++) {
        text.append(digit == point ? "." : "").append(random.nextInt(10));
      }
      if (random.nextInt(4) == 0) {
        text.append('e').append(random.nextInt(60) - 30);
      }
      assertThat(Decimals.parse(text.toString())).isEqualTo(Double.parseDouble(text.toString()));
    }
  }

  @Test
  void readsWhatTheJdkWritesToTheBit() {
    Random random = new Random(12);
    for (int i = 0; i < 300_000; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6);
      assertThat(Decimals.parse(Double.toString(value))).isEqualTo(value);
    }
  }

  @Test
  void readsTheMiddleOfTwoDoublesAsTheJdkDoes() {
    Random random = new Random(13);
    for (int i = 0; i < 100_000; i++) {
      double value = 1 + random.nextInt(1 << 20) + random.nextDouble();
      String middle =
          new BigDecimal(value)
              .add(new BigDecimal(Math.ulp(value) / 2))
              .round(new MathContext(16 + random.nextInt(3)))
              .toPlainString();
      assertThat(Decimals.parse(middle)).isEqualTo(Double.parseDouble(middle));
    }
  }

  @Test
  void whatIsWrittenComesBackToTheBit(@TempDir Path folder) throws IOException {
    Random random = new Random(14);
    double[] values = new double[200_000];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (i % 5) {
            case 0 -> random.nextInt(2_000_000) / 100.0 - 10_000;
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextGaussian();
            case 3 -> random.nextInt();
            default -> random.nextInt(1000) / 10.0 * (random.nextInt(1000) / 10.0);
          };
      if (Double.isInfinite(values[i]) || values[i] == 0) {
        values[i] = Double.NaN;
      }
    }
    Path file = folder.resolve("numbers.csv");
    int[] rows = IntStream.range(0, values.length).toArray();
    NumericColumn column = new NumericColumn("x", values);
    PreprocessedFile.write(file, "identity", new long[values.length], List.of(column), rows);

    LoadedTable back = new TableReader().infer(file, "numbers.csv", Set.of());

    assertThat(((NumericColumn) back.table().column("x")).values()).containsExactly(values);
  }

  @Test
  void writesFewDecimalsAsAUserWould(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("numbers.csv");
    double[] values = {
      0, 1, -1.5, 0.05, 230.1, 1e14, -0.001, 123456.78, 0.1 + 0.2, Double.NaN, 1e300
    };
    try (CsvOutput out = new CsvOutput(file)) {
      for (double value : values) {
        out.number(value);
        out.delimiter();
      }
    }

    assertThat(Files.readString(file))
        .isEqualTo(
            "0,1,-1.5,0.05,230.1,100000000000000,-0.001,123456.78,0.30000000000000004,,1.0E300,");
  }
}
