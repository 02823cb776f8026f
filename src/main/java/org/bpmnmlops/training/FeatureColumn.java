package org.bpmnmlops.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;

/** How one column becomes numbers a model sees; fitted on the training rows, stored as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FeatureColumn.OfNumbers.class, name = "number"),
  @JsonSubTypes.Type(value = FeatureColumn.OfCategories.class, name = "category")
})
sealed interface FeatureColumn {

  /** Ends of what a number can become: far outside every training row, and still finite. */
  double LIMIT = 1e9;

  String column();

  /** Names of the numbers this column becomes, for people. */
  List<String> features();

  /**
   * A number {@code x} becomes {@code (x * unit - offset) / divisor}, at most {@value #LIMIT} away
   * from 0; a missing one counts as {@code fill}.
   *
   * @param fill median of the training rows
   * @param unit 1, or the power of two that keeps huge and tiny numbers computable
   * @param offset smallest training value, or their mean, in the unit
   * @param divisor range of the training values, or their standard deviation, in the unit; above 0
   */
  record OfNumbers(String column, double fill, double unit, double offset, double divisor)
      implements FeatureColumn {

    @Override
    public List<String> features() {
      return List.of(column);
    }

    double encode(double value) {
      double x = value != value ? fill : value;
      double encoded = (x * unit - offset) / divisor;
      return Math.max(-LIMIT, Math.min(LIMIT, encoded));
    }
  }

  /**
   * A category becomes a 1 at its own place and 0 at the others.
   *
   * @param levels the most frequent categories of the training rows, most frequent first
   * @param other whether rarer categories of the training rows share a place of their own, the
   *     last; a category that no training row had goes there too. Without it, such a category is 0
   *     everywhere
   * @param fill what a missing category counts as: the most frequent one
   */
  record OfCategories(String column, List<String> levels, boolean other, String fill)
      implements FeatureColumn {

    static final int MOST_LEVELS = 50;

    public OfCategories {
      levels = List.copyOf(levels);
    }

    @Override
    public List<String> features() {
      List<String> names = new ArrayList<>();
      levels.forEach(level -> names.add(column + " = " + level));
      if (other) {
        names.add(column + " = (other)");
      }
      return names;
    }

    /** Place of a category among {@link #features()}; -1 where it has none. */
    int place(String level) {
      int place = levels.indexOf(level);
      return place < 0 && other ? levels.size() : place;
    }
  }
}
