package org.bpmnmlops.drift;

import org.bpmnmlops.data.ColumnType;

/** How two samples of a column are compared. The first three give p-values, the rest distances. */
public enum DriftMethod {
  /** Numerical columns only; drifted at p &lt;= threshold, the others at p &lt; threshold. */
  KOLMOGOROV_SMIRNOV("Kolmogorov-Smirnov", true),
  CHI_SQUARE("chi-square", true),
  Z("Z", true),
  /** Numerical columns only. */
  WASSERSTEIN("Wasserstein, normed", false),
  JENSEN_SHANNON("Jensen-Shannon", false),
  PSI("PSI", false),
  KULLBACK_LEIBLER("Kullback-Leibler", false),
  HELLINGER("Hellinger", false);

  private static final int SMALL_REFERENCE = 1000;

  private final String label;
  private final boolean pValue;

  DriftMethod(String label, boolean pValue) {
    this.label = label;
    this.pValue = pValue;
  }

  /**
   * The method for a column nobody chose one for.
   *
   * @param type {@link ColumnType#NUMERICAL} or {@link ColumnType#CATEGORICAL}
   * @param referenceRows rows of the reference that have a value
   * @param distinct distinct values in both samples together
   */
  static DriftMethod byDefault(ColumnType type, int referenceRows, int distinct) {
    boolean continuous = type == ColumnType.NUMERICAL && distinct > 5;
    if (referenceRows > SMALL_REFERENCE) {
      return continuous ? WASSERSTEIN : JENSEN_SHANNON;
    }
    if (continuous) {
      return KOLMOGOROV_SMIRNOV;
    }
    return distinct > 2 ? CHI_SQUARE : Z;
  }

  /** The method's name as people write it. */
  public String label() {
    return label;
  }

  /** Whether the score is a p-value (small means drift) or a distance (large means drift). */
  public boolean isPValue() {
    return pValue;
  }

  /** 0.05 for p-values, 0.1 for distances. */
  public double defaultThreshold() {
    return pValue ? 0.05 : 0.1;
  }

  boolean appliesTo(ColumnType type) {
    return switch (this) {
      case KOLMOGOROV_SMIRNOV, WASSERSTEIN -> type == ColumnType.NUMERICAL;
      default -> type == ColumnType.NUMERICAL || type == ColumnType.CATEGORICAL;
    };
  }

  boolean drifted(double score, double threshold) {
    return switch (this) {
      case KOLMOGOROV_SMIRNOV -> score <= threshold;
      case CHI_SQUARE, Z -> score < threshold;
      default -> score >= threshold;
    };
  }
}
