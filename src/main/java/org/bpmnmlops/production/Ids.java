package org.bpmnmlops.production;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.UUID;

/** Ids in half the memory. */
final class Ids extends AbstractList<UUID> implements RandomAccess {

  private long[] bits;
  private int size;

  Ids(int expected) {
    bits = new long[2 * Math.max(1, expected)];
  }

  @Override
  public boolean add(UUID id) {
    if (2 * size == bits.length) {
      bits = Arrays.copyOf(bits, 2 * (size + (size >> 1) + 1));
    }
    bits[2 * size] = id.getMostSignificantBits();
    bits[2 * size + 1] = id.getLeastSignificantBits();
    size++;
    return true;
  }

  @Override
  public UUID get(int index) {
    int place = 2 * Objects.checkIndex(index, size);
    return new UUID(bits[place], bits[place + 1]);
  }

  @Override
  public int size() {
    return size;
  }
}
