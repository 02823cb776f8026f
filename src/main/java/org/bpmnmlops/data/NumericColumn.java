package org.bpmnmlops.data;

/**
 * Numbers, one per row.
 *
 * @param values {@code NaN} where the value is missing; never infinite. The array is not copied:
 *     whoever builds a table hands it over
 */
public record NumericColumn(String name, double[] values) implements Column {

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public boolean isMissing(int row) {
    return Double.isNaN(values[row]);
  }

  @Override
  public String text(int row) {
    if (isMissing(row)) {
      return "";
    }
    double value = values[row];
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
