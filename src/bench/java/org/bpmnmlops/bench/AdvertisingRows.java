package org.bpmnmlops.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/**
 * As many rows as wanted in the form of {@code data/advertising.csv}: spends even over the ranges
 * of the published study, P(conversion) = 1 / (1 + exp(6 - 0.025 TV - 0.09 radio + 0.005
 * newspaper)).
 */
final class AdvertisingRows {

  private static final long SEED = 20261122;

  private AdvertisingRows() {}

  /** Writes the file unless it is there. */
  static void write(Path file, int rows) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    Random random = new Random(SEED);
    try (BufferedWriter out = Files.newBufferedWriter(unfinished)) {
      out.write("TV,radio,newspaper,conversion\n");
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < rows; i++) {
        int tv = tenths(random, 7, 2964);
        int radio = tenths(random, 0, 496);
        int newspaper = tenths(random, 3, 1140);
        double odds = -6 + 0.0025 * tv + 0.009 * radio - 0.0005 * newspaper;
        boolean converts = random.nextDouble() < 1 / (1 + Math.exp(-odds));
        line.setLength(0);
        append(line, tv).append(',');
        append(line, radio).append(',');
        append(line, newspaper).append(',').append(converts ? 1 : 0).append('\n');
        out.append(line);
      }
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static int tenths(Random random, int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  private static StringBuilder append(StringBuilder line, int tenths) {
    return line.append(tenths / 10).append('.').append(tenths % 10);
  }
}
