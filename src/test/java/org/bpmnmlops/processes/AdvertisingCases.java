package org.bpmnmlops.processes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Source;

/**
 * Cases as the advertising data has them: spend on TV, radio and newspaper, and who converts. The
 * world can change: then radio works the other way round.
 */
final class AdvertisingCases {

  private AdvertisingCases() {}

  /** A data set's file. */
  static String csv(int rows, long seed) {
    StringBuilder csv = new StringBuilder("TV,radio,newspaper,conversion\n");
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rows; i++) {
      Map<String, Object> features = features(random);
      csv.append(features.get("TV")).append(',').append(features.get("radio")).append(',');
      csv.append(features.get("newspaper")).append(',').append(outcome(features, false, random));
      csv.append('\n');
    }
    return csv.toString();
  }

  /**
   * Predictions of a version with their outcomes.
   *
   * @param changed whether the world has changed since the data set
   */
  static List<ProductionRow> production(
      String model, int version, int rows, long seed, boolean changed, Instant at) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ProductionRow> production = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      Map<String, Object> features = features(random);
      String expected = outcome(features, false, new SplittableRandom(seed + i));
      production.add(
          new ProductionRow(
              new UUID(seed, i),
              model,
              version,
              features,
              expected,
              Map.of(),
              at,
              outcome(features, changed, random),
              at,
              Source.SERVED,
              null,
              null));
    }
    return production;
  }

  private static Map<String, Object> features(SplittableRandom random) {
    Map<String, Object> features = new LinkedHashMap<>();
    features.put("TV", Math.round(random.nextDouble() * 3000) / 10.0);
    features.put("radio", Math.round(random.nextDouble() * 500) / 10.0);
    features.put("newspaper", Math.round(random.nextDouble() * 1000) / 10.0);
    return features;
  }

  private static String outcome(
      Map<String, Object> features, boolean changed, SplittableRandom random) {
    double tv = (Double) features.get("TV");
    double radio = (Double) features.get("radio");
    double score = -6 + 0.025 * tv + 0.09 * (changed ? 50 - radio : radio);
    return random.nextDouble() < 1 / (1 + Math.exp(-2 * score)) ? "1" : "0";
  }
}
