package org.bpmnmlops.production;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of predictions: UUIDs of version 7 (RFC 9562), which begin with the time, so that new rows
 * are neighbours in the table's index. They are names, no secrets.
 */
public final class PredictionIds {

  private PredictionIds() {}

  /** A new id. */
  public static UUID at(Instant moment) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = moment.toEpochMilli() << 16 | 0x7000L | random.nextInt(1 << 12);
    long low = 0x8000000000000000L | random.nextLong() >>> 2;
    return new UUID(high, low);
  }
}
