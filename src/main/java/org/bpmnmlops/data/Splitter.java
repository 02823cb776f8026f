package org.bpmnmlops.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Decides on which side each row is. The rows of a stratum (a class, or all rows) are ranked by a
 * seeded hash of their identity, and the first ones are for testing: the sizes are exact, and the
 * order of rows does not matter. Rows that are equal rank together, so that at most one group of
 * them per stratum is on both sides.
 *
 * @param testShare of all rows, between 0 and 1
 * @param seed of the hash
 */
record Splitter(double testShare, long seed) {

  private static final int BUCKET_BITS = 12;

  /**
   * The side of each row; true for testing. The test side has the ceiling of rows times share,
   * dealt out to strata by largest remainder, and both sides have every stratum of two rows or
   * more.
   *
   * @param identities of the rows
   * @param strata of the rows, 0 to {@code count} - 1
   * @param count of strata
   */
  boolean[] split(long[] identities, int[] strata, int count) {
    return split(identities, strata, count, new Separation(new long[0], new boolean[0]));
  }

  /**
   * As {@link #split(long[], int[], int)}, but rows that an earlier separation knows keep their
   * side; new ones fill up what is missing.
   */
  boolean[] split(long[] identities, int[] strata, int count, Separation earlier) {
    int[] sizes = new int[count];
    for (int stratum : strata) {
      sizes[stratum]++;
    }
    int[] wanted = testRows(sizes);
    boolean[] test = new boolean[identities.length];
    boolean[] known = keepKnown(identities, earlier, test);
    int[] fresh = new int[count];
    for (int row = 0; row < test.length; row++) {
      if (!known[row]) {
        fresh[strata[row]]++;
      } else if (test[row]) {
        wanted[strata[row]]--;
      }
    }
    for (int stratum = 0; stratum < count; stratum++) {
      int take = Math.max(0, Math.min(fresh[stratum], wanted[stratum]));
      takeFirst(identities, strata, stratum, known, fresh[stratum], take, test);
    }
    return test;
  }

  /**
   * How many rows of each stratum are for testing.
   *
   * @param sizes rows of each stratum
   */
  int[] testRows(int[] sizes) {
    int rows = Arrays.stream(sizes).sum();
    int strata = (int) Arrays.stream(sizes).filter(size -> size > 0).count();
    int test =
        BigDecimal.valueOf(testShare)
            .multiply(BigDecimal.valueOf(rows))
            .setScale(0, RoundingMode.CEILING)
            .intValueExact();
    test = Math.max(strata, Math.min(rows - strata, test));
    int[] least = Arrays.stream(sizes).map(size -> size > 1 ? 1 : 0).toArray();
    int[] dealt = new int[sizes.length];
    double[] quotas = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      quotas[i] = rows == 0 ? 0 : (double) sizes[i] * test / rows;
      dealt[i] = Math.max(least[i], Math.min(sizes[i] - least[i], (int) Math.floor(quotas[i])));
    }
    int open = test - Arrays.stream(dealt).sum();
    while (open != 0) {
      int step = Integer.signum(open);
      int[] candidates =
          IntStream.range(0, sizes.length)
              .filter(i -> step > 0 ? dealt[i] < sizes[i] - least[i] : dealt[i] > least[i])
              .toArray();
      if (candidates.length == 0) {
        break;
      }
      int best = candidates[0];
      for (int i : candidates) {
        if (step * (quotas[i] - dealt[i]) > step * (quotas[best] - dealt[best])) {
          best = i;
        }
      }
      dealt[best] += step;
      open -= step;
    }
    return dealt;
  }

  /**
   * Gives known rows their side. Of equal rows that the earlier separation has on both sides, as
   * many as before are for testing.
   */
  private static boolean[] keepKnown(long[] identities, Separation earlier, boolean[] test) {
    boolean[] known = new boolean[identities.length];
    if (earlier.identities().length == 0) {
      return known;
    }
    long[] onTest = earlier.sorted(true);
    long[] onTrain = earlier.sorted(false);
    Map<Long, Integer> taken = new HashMap<>();
    Map<Long, Integer> wanted = new HashMap<>();
    for (int row = 0; row < identities.length; row++) {
      long identity = identities[row];
      boolean inTest = Arrays.binarySearch(onTest, identity) >= 0;
      boolean inTrain = Arrays.binarySearch(onTrain, identity) >= 0;
      known[row] = inTest || inTrain;
      test[row] =
          inTest
              && (!inTrain
                  || taken.merge(identity, 1, Integer::sum)
                      <= wanted.computeIfAbsent(identity, id -> count(onTest, id)));
    }
    return known;
  }

  private static int count(long[] sorted, long identity) {
    return (int) Arrays.stream(sorted).filter(other -> other == identity).count();
  }

  /** Marks the {@code take} rows of a stratum whose hash is smallest. */
  private void takeFirst(
      long[] identities,
      int[] strata,
      int stratum,
      boolean[] known,
      int size,
      int take,
      boolean[] test) {
    if (take == 0) {
      return;
    }
    long key = RowIdentity.mix(seed);
    long[] ranks = new long[size];
    int at = 0;
    for (int row = 0; row < identities.length; row++) {
      if (strata[row] == stratum && !known[row]) {
        ranks[at++] = rank(identities[row], key);
      }
    }
    long last = nth(ranks, take - 1);
    int equal = take;
    for (long rank : ranks) {
      if (rank < last) {
        equal--;
      }
    }
    for (int row = 0; row < identities.length; row++) {
      if (strata[row] == stratum && !known[row]) {
        long rank = rank(identities[row], key);
        test[row] = rank < last || (rank == last && equal-- > 0);
      }
    }
  }

  private static long rank(long identity, long key) {
    return RowIdentity.mix(identity ^ key);
  }

  /** The value with {@code n} smaller ones, in linear time because the values are spread evenly. */
  private static long nth(long[] values, int n) {
    int shift = Long.SIZE - BUCKET_BITS;
    int middle = 1 << (BUCKET_BITS - 1);
    int[] counts = new int[1 << BUCKET_BITS];
    for (long value : values) {
      counts[(int) (value >> shift) + middle]++;
    }
    int bucket = 0;
    int before = 0;
    while (before + counts[bucket] <= n) {
      before += counts[bucket++];
    }
    int wanted = bucket - middle;
    long[] inBucket =
        Arrays.stream(values).filter(v -> (int) (v >> shift) == wanted).sorted().toArray();
    return inBucket[n - before];
  }
}
