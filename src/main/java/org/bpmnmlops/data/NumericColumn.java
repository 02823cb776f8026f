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
    return isMissing(row) ? "" : Numbers.text(values[row]);
  }
}
