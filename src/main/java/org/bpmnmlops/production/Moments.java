package org.bpmnmlops.production;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/** Moments as the database has them, to the microsecond, in a third of the memory; null is one. */
final class Moments extends AbstractList<Instant> implements RandomAccess {

  private static final long NONE = Long.MIN_VALUE;

  private long[] micros;
  private int size;

  Moments(int expected) {
    micros = new long[Math.max(1, expected)];
  }

  @Override
  public boolean add(Instant moment) {
    if (size == micros.length) {
      micros = Arrays.copyOf(micros, size + (size >> 1) + 1);
    }
    micros[size++] = moment == null ? NONE : ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    return true;
  }

  @Override
  public Instant get(int index) {
    long moment = micros[Objects.checkIndex(index, size)];
    return moment == NONE ? null : Instant.EPOCH.plus(moment, ChronoUnit.MICROS);
  }

  @Override
  public int size() {
    return size;
  }
}
