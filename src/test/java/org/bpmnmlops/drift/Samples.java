package org.bpmnmlops.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bpmnmlops.data.TextColumn;

/** Small samples for the tests of this package. */
final class Samples {

  private Samples() {}

  static double[] numbers(int rows, IntToDoubleFunction value) {
    return IntStream.range(0, rows).mapToDouble(value).toArray();
  }

  /** Each label as often as the count that follows it: {@code "a", 60, "b", 40}. */
  static TextColumn text(String name, Object... labelsAndCounts) {
    List<String> levels = List.copyOf(new TreeSet<>(labels(labelsAndCounts)));
    return new TextColumn(
        name,
        IntStream.range(0, labelsAndCounts.length / 2)
            .flatMap(
                i ->
                    IntStream.generate(() -> levels.indexOf(labelsAndCounts[2 * i]))
                        .limit((Integer) labelsAndCounts[2 * i + 1]))
            .toArray(),
        levels);
  }

  private static List<String> labels(Object... labelsAndCounts) {
    return IntStream.range(0, labelsAndCounts.length / 2)
        .mapToObj(i -> (String) labelsAndCounts[2 * i])
        .toList();
  }

  static double score(DriftMethod method, double[] reference, double[] current) {
    return SamplePair.of(NumericSample.of(reference), NumericSample.of(current)).score(method);
  }

  static double score(DriftMethod method, TextColumn reference, TextColumn current) {
    return SamplePair.of(CategorySample.of(reference), CategorySample.of(current)).score(method);
  }

  static double[] mapped(double[] values, DoubleUnaryOperator map) {
    return Arrays.stream(values).map(map).toArray();
  }

  /** Within 1e-12, or a relative 1e-10. */
  static void assertSame(double actual, double expected) {
    assertThat(Math.abs(actual - expected))
        .as("distance of %s from %s", actual, expected)
        .isLessThanOrEqualTo(Math.max(1e-12, 1e-10 * Math.abs(expected)));
  }
}
