package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Properties of the split, over many seeded draws of sizes, shares and seeds. */
class SplitterTest {

  private static final int DRAWS = 300;

  @Test
  void theTestSideHasTheCeilingOfRowsTimesShare() {
    assertThat(sum(new Splitter(0.2, 42).testRows(new int[] {83, 117}))).isEqualTo(40);
    assertThat(sum(new Splitter(0.2, 42).testRows(new int[] {500, 501}))).isEqualTo(201);
    assertThat(sum(new Splitter(0.07, 42).testRows(new int[] {50, 50}))).isEqualTo(7);
    assertThat(new Splitter(0.2, 42).testRows(new int[] {83, 117})).containsExactly(17, 23);
  }

  @Test
  void everyClassIsOnBothSidesAndTheSizesAreExact() {
    Random random = new Random(1);
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] sizes = random.ints(2 + random.nextInt(5), 2, 60).toArray();
      double share = (5 + random.nextInt(46)) / 100.0;
      int rows = sum(sizes);

      int[] test = new Splitter(share, draw).testRows(sizes);

      int wanted = (int) Math.ceil(Math.round(rows * share * 100) / 100.0);
      assertThat(sum(test))
          .isEqualTo(Math.max(sizes.length, Math.min(rows - sizes.length, wanted)));
      for (int i = 0; i < sizes.length; i++) {
        assertThat(test[i]).isBetween(1, sizes[i] - 1);
        double quota = (double) sizes[i] * sum(test) / rows;
        if (quota >= 1 && Arrays.stream(sizes).allMatch(size -> size * share >= 1)) {
          assertThat(test[i]).isBetween((int) Math.floor(quota), (int) Math.ceil(quota));
        }
      }
    }
  }

  @Test
  void theSideOfARowDoesNotDependOnTheOrderOfRows() {
    Random random = new Random(2);
    for (int draw = 0; draw < DRAWS; draw++) {
      int rows = 10 + random.nextInt(200);
      long[] identities = random.longs(rows).toArray();
      int[] classes = classes(random, rows, 2);
      Splitter splitter = new Splitter(0.2, random.nextInt());
      boolean[] test = splitter.split(identities, classes, 2);

      int[] order = shuffled(random, rows);
      boolean[] again =
          splitter.split(
              Arrays.stream(order).mapToLong(row -> identities[row]).toArray(),
              Arrays.stream(order).map(row -> classes[row]).toArray(),
              2);

      for (int i = 0; i < rows; i++) {
        assertThat(again[i]).isEqualTo(test[order[i]]);
      }
    }
  }

  @Test
  void equalRowsStayTogetherButForOneGroupAClass() {
    Random random = new Random(3);
    for (int draw = 0; draw < DRAWS; draw++) {
      int rows = 60 + random.nextInt(200);
      long[] some = random.longs(20).toArray();
      long[] identities = IntStream.range(0, rows).mapToLong(i -> some[i % 20]).toArray();
      int[] classes = IntStream.range(0, rows).map(i -> i % 2).toArray();

      boolean[] test = new Splitter(0.3, draw).split(identities, classes, 2);

      assertThat(IntStream.range(0, rows).filter(i -> test[i]).count())
          .isEqualTo((int) Math.ceil(Math.round(rows * 0.3 * 10) / 10.0));
      Map<Long, Integer> sides = new HashMap<>();
      for (int i = 0; i < rows; i++) {
        sides.merge(identities[i], test[i] ? 1 : 2, (a, b) -> a | b);
      }
      assertThat(sides.values().stream().filter(side -> side == 3).count()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void anotherSeedGivesAnotherSplit() {
    long[] identities = new Random(4).longs(1000).toArray();
    int[] one = new int[1000];

    boolean[] first = new Splitter(0.2, 42).split(identities, one, 1);

    assertThat(new Splitter(0.2, 42).split(identities, one, 1)).isEqualTo(first);
    boolean[] other = new Splitter(0.2, 43).split(identities, one, 1);
    long both = IntStream.range(0, 1000).filter(i -> first[i] && other[i]).count();
    assertThat(both).isBetween(15L, 70L);
  }

  @Test
  void knownRowsKeepTheirSideAndNewOnesFillUp() {
    Random random = new Random(5);
    for (int draw = 0; draw < DRAWS; draw++) {
      int rows = 20 + random.nextInt(200);
      int added = random.nextInt(100);
      long[] all = random.longs(rows + added).toArray();
      int[] classes = classes(random, rows + added, 3);
      Splitter splitter = new Splitter(0.25, draw);
      boolean[] first = splitter.split(Arrays.copyOf(all, rows), Arrays.copyOf(classes, rows), 3);
      Separation earlier = new Separation(Arrays.copyOf(all, rows), first);

      int[] order = shuffled(random, rows + added);
      boolean[] merged =
          splitter.split(
              Arrays.stream(order).mapToLong(row -> all[row]).toArray(),
              Arrays.stream(order).map(row -> classes[row]).toArray(),
              3,
              earlier);

      for (int i = 0; i < order.length; i++) {
        if (order[i] < rows) {
          assertThat(merged[i]).isEqualTo(first[order[i]]);
        }
      }
      long test = IntStream.range(0, merged.length).filter(i -> merged[i]).count();
      assertThat(test)
          .isBetween((long) (0.25 * merged.length) - 3, (long) (0.25 * merged.length) + 4);
    }
  }

  @Test
  void aRowThatWasOnBothSidesIsOnBothAgain() {
    Separation earlier =
        new Separation(new long[] {7, 7, 7, 1, 2}, new boolean[] {true, false, false, true, false});

    boolean[] merged =
        new Splitter(0.5, 1).split(new long[] {2, 7, 1, 7, 7, 7}, new int[6], 1, earlier);

    assertThat(merged[0]).isFalse();
    assertThat(merged[2]).isTrue();
    assertThat(IntStream.of(1, 3, 4, 5).filter(i -> merged[i]).count()).isEqualTo(1);
  }

  private static int[] classes(Random random, int rows, int count) {
    int[] classes = IntStream.range(0, rows).map(i -> random.nextInt(count)).toArray();
    for (int i = 0; i < 2 * count; i++) {
      classes[i] = i % count;
    }
    return classes;
  }

  private static int[] shuffled(Random random, int rows) {
    int[] order = IntStream.range(0, rows).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
    return order;
  }

  private static int sum(int[] values) {
    return Arrays.stream(values).sum();
  }
}
