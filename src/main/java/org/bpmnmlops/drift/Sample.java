package org.bpmnmlops.drift;

import java.util.Optional;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.TextColumn;

/** One column of one data set, cleaned: missing and infinite values are counted and dropped. */
public sealed interface Sample permits NumericSample, CategorySample {

  /** Empty where a column is not compared by its type, or holds text in place of numbers. */
  static Optional<Sample> of(Column column, ColumnType type) {
    return switch (type) {
      case NUMERICAL ->
          column instanceof NumericColumn numbers
              ? Optional.of(NumericSample.of(numbers.values()))
              : Optional.empty();
      case CATEGORICAL ->
          Optional.of(
              column instanceof TextColumn text
                  ? CategorySample.of(text)
                  : NumericSample.of(((NumericColumn) column).values()).categories());
      case FREE_TEXT, DATE -> Optional.empty();
    };
  }

  /** Rows that have a value. */
  int count();

  /** Rows without a value, infinite ones included. */
  int missing();
}
