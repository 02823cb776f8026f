package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.bpmnmlops.data.AdvertisingDataGenerator.Campaign;
import org.junit.jupiter.api.Test;

class AdvertisingDataTest {

  private static final int CAMPAIGNS = 1_000_000;

  @Test
  void theShippedFileIsWhatTheGeneratorMakes() throws IOException {
    assertThat(Files.readString(Path.of("data", "advertising.csv")))
        .isEqualTo(AdvertisingDataGenerator.csv());
  }

  @Test
  void theBestPossibleAccuracyIsTheOneTheReadmeStates() {
    Random random = new Random(7);
    double right = 0;
    double converted = 0;
    for (int i = 0; i < CAMPAIGNS; i++) {
      double probability = AdvertisingDataGenerator.draw(random).probability();
      right += Math.max(probability, 1 - probability);
      converted += probability;
    }
    assertThat(right / CAMPAIGNS).isCloseTo(0.921, within(0.001));
    assertThat(converted / CAMPAIGNS).isCloseTo(0.498, within(0.002));
  }

  @Test
  void newspaperAddsAlmostNothingAndTelevisionAndRadioStrengthenEachOther() {
    double middle = new Campaign(150, 25, 0.3).probability();
    assertThat(new Campaign(150, 25, 114).probability()).isCloseTo(middle, within(0.04));

    double together = sales(250, 45) - sales(50, 5);
    double apart = sales(250, 5) - sales(50, 5) + (sales(50, 45) - sales(50, 5));
    assertThat(together).isGreaterThan(apart + 5);
  }

  @Test
  void holdsTwoHundredRowsOfWhichAboutHalfConvert() {
    LoadedTable loaded =
        new TableReader().infer(Path.of("data", "advertising.csv"), "advertising.csv", Set.of());

    assertThat(loaded.table().rows()).isEqualTo(200);
    assertThat(loaded.schema().columns())
        .extracting(Schema.ColumnSchema::type)
        .containsExactly(
            ColumnType.NUMERICAL,
            ColumnType.NUMERICAL,
            ColumnType.NUMERICAL,
            ColumnType.CATEGORICAL);
    int[] codes = ((TextColumn) loaded.table().column("conversion")).codes();
    assertThat(Arrays.stream(codes).sum()).isBetween(80, 120);
  }

  private static double sales(double tv, double radio) {
    double probability = new Campaign(tv, radio, 0).probability();
    return Math.log(probability / (1 - probability)) / 1.3;
  }
}
