package org.bpmnmlops.data;

/** A set of row identities without an object per row. */
final class IdentitySet {

  private final long[] slots;
  private boolean hasZero;

  /**
   * @param most identities it will hold
   */
  IdentitySet(int most) {
    slots = new long[Integer.highestOneBit(Math.max(8, Math.min(most, 1 << 28))) * 4];
  }

  /** Whether the identity was not there yet. */
  boolean add(long identity) {
    if (identity == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    int slot = (int) (identity >>> 32) & (slots.length - 1);
    while (slots[slot] != 0) {
      if (slots[slot] == identity) {
        return false;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = identity;
    return true;
  }

  /** Whether the identity is there. */
  boolean holds(long identity) {
    if (identity == 0) {
      return hasZero;
    }
    int slot = (int) (identity >>> 32) & (slots.length - 1);
    while (slots[slot] != 0) {
      if (slots[slot] == identity) {
        return true;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return false;
  }
}
