package org.bpmnmlops.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Makes {@code data/advertising.csv}; {@code data/README.md} says how to run it. Ranges and effects
 * follow the advertising study in "An Introduction to Statistical Learning" (James, Witten, Hastie,
 * Tibshirani), chapter 3; the rows are drawn anew.
 */
final class AdvertisingDataGenerator {

  static final int ROWS = 200;
  static final long SEED = 42;

  private static final double SALES_AT_EVEN_CHANCE = 13.5;
  private static final double STEEPNESS = 1.3;

  /** One campaign: spend in thousands, and the probability that it converts. */
  record Campaign(double tv, double radio, double newspaper) {

    double probability() {
      double sales =
          6.75 + 0.0191 * tv + 0.0289 * radio + 0.001086 * tv * radio + 0.001 * newspaper;
      return 1 / (1 + StrictMath.exp(-STEEPNESS * (sales - SALES_AT_EVEN_CHANCE)));
    }
  }

  private AdvertisingDataGenerator() {}

  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of("data", "advertising.csv"), csv());
  }

  static String csv() {
    Random random = new Random(SEED);
    StringBuilder csv = new StringBuilder("TV,radio,newspaper,conversion\n");
    for (int row = 0; row < ROWS; row++) {
      Campaign campaign = draw(random);
      int conversion = random.nextDouble() < campaign.probability() ? 1 : 0;
      csv.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f,%.1f,%d%n",
              campaign.tv(),
              campaign.radio(),
              campaign.newspaper(),
              conversion));
    }
    return csv.toString().replace("\r\n", "\n");
  }

  static Campaign draw(Random random) {
    return new Campaign(
        between(0.7, 296.4, random), between(0, 49.6, random), between(0.3, 114, random));
  }

  private static double between(double lowest, double highest, Random random) {
    return Math.round(10 * (lowest + (highest - lowest) * random.nextDouble())) / 10.0;
  }
}
