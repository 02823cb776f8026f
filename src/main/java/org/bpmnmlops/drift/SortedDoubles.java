package org.bpmnmlops.drift;

import java.util.Arrays;

/**
 * Sorts a column. From some thousand rows on by the place of a value between the smallest and the
 * largest one, which takes two passes; where most values are close together and a few far away, by
 * the bits of the numbers, which takes four.
 */
final class SortedDoubles {

  private static final int RADIX_FROM = 3000;
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 6;

  /** The digits below hold the last 22 of a number's 52 binary places. */
  private static final int RARELY_DECIDING = 2;

  private static final int MASK = (1 << DIGIT_BITS) - 1;

  /** The highest of the places, of two digits each. */
  private static final int LAST_PLACE = (1 << 2 * DIGIT_BITS) - 1;

  private SortedDoubles() {}

  /**
   * @param values left as they are
   * @return the finite values in ascending order; -0.0 counts as 0.0
   */
  static double[] of(double[] values) {
    double[] finite = new double[values.length];
    int size = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Math.abs(value) <= Double.MAX_VALUE) {
        finite[size++] = value + 0.0;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (size < finite.length) {
      finite = Arrays.copyOf(finite, size);
    }
    if (size < RADIX_FROM) {
      Arrays.sort(finite);
      return finite;
    }
    double places = LAST_PLACE / (most - least);
    if (places > 0 && places <= Double.MAX_VALUE) {
      sortByPlace(finite, least, places);
      if (moveInOrder(finite)) {
        return finite;
      }
    }
    radixSort(finite);
    return finite;
  }

  /**
   * Least significant digit first, over whole numbers that never descend where the values ascend;
   * values of one place keep the order they come in.
   *
   * @param places per unit
   */
  private static void sortByPlace(double[] values, double least, double places) {
    int[] low = new int[MASK + 1];
    int[] high = new int[MASK + 1];
    for (double value : values) {
      int place = (int) ((value - least) * places);
      low[place & MASK]++;
      high[place >>> DIGIT_BITS]++;
    }
    starts(low);
    starts(high);
    double[] half = new double[values.length];
    for (double value : values) {
      half[low[(int) ((value - least) * places) & MASK]++] = value;
    }
    for (double value : half) {
      values[high[(int) ((value - least) * places) >>> DIGIT_BITS]++] = value;
    }
  }

  /** Makes of counts the places where their values begin. */
  private static void starts(int[] counts) {
    int start = 0;
    for (int i = 0; i < counts.length; i++) {
      int count = counts[i];
      counts[i] = start;
      start += count;
    }
  }

  /** By insertion; gives up, and says false, when it takes more moves than there are values. */
  private static boolean moveInOrder(double[] values) {
    long moves = 0;
    for (int i = 1; i < values.length; i++) {
      double value = values[i];
      int place = i;
      while (place > 0 && value < values[place - 1]) {
        values[place] = values[place - 1];
        place--;
      }
      values[place] = value;
      moves += i - place;
      if (moves > values.length) {
        return false;
      }
    }
    return true;
  }

  /**
   * Least significant digit first, over bit patterns that ascend with the number. The lowest digits
   * hardly ever decide, so they are left out at first; what is out of order then is moved.
   */
  private static void radixSort(double[] values) {
    int size = values.length;
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      keys[i] = bits ^ ((bits >> 63) | Long.MIN_VALUE);
    }
    long[] other = new long[size];
    long[] sorted = sortByDigits(keys, other, RARELY_DECIDING);
    if (!moveInOrder(sorted)) {
      sorted = sortByDigits(sorted, sorted == keys ? other : keys, 0);
    }
    for (int i = 0; i < size; i++) {
      long key = sorted[i];
      values[i] = Double.longBitsToDouble(key ^ ((~key >> 63) | Long.MIN_VALUE));
    }
  }

  /** The one of the two arrays that holds the result. */
  private static long[] sortByDigits(long[] from, long[] to, int firstDigit) {
    int[][] counts = new int[DIGITS][MASK + 1];
    for (long key : from) {
      for (int digit = firstDigit; digit < DIGITS; digit++) {
        counts[digit][(int) (key >>> (digit * DIGIT_BITS)) & MASK]++;
      }
    }
    for (int digit = firstDigit; digit < DIGITS; digit++) {
      int shift = digit * DIGIT_BITS;
      int[] next = counts[digit];
      if (next[(int) (from[0] >>> shift) & MASK] == from.length) {
        continue;
      }
      starts(next);
      for (long key : from) {
        to[next[(int) (key >>> shift) & MASK]++] = key;
      }
      long[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  /** By insertion; gives up, and says false, when it takes more moves than there are keys. */
  private static boolean moveInOrder(long[] keys) {
    long moves = 0;
    for (int i = 1; i < keys.length; i++) {
      long key = keys[i];
      int place = i;
      while (place > 0 && Long.compareUnsigned(key, keys[place - 1]) < 0) {
        keys[place] = keys[place - 1];
        place--;
      }
      keys[place] = key;
      moves += i - place;
      if (moves > keys.length) {
        return false;
      }
    }
    return true;
  }
}
