package org.bpmnmlops.drift;

/**
 * The law of the two-sided Kolmogorov statistic of n observations, by the choice of methods of
 * Simard and L'Ecuyer (2011), "Computing the two-sided Kolmogorov-Smirnov distribution", Journal of
 * Statistical Software 39(11): exact for small n and in the tails; in between, beyond 140
 * observations, the expansion of Pelz and Good, with 5 digits or more.
 */
final class KolmogorovDistribution {

  private static final int SMALL = 140;
  private static final int MATRIX_LIMIT = 100_000;
  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
  private static final double SCALE = 0x1p128;

  private KolmogorovDistribution() {}

  /**
   * P(D &gt;= d).
   *
   * @param n observations, at least 1
   * @param d 0 to 1
   */
  static double survival(int n, double d) {
    double nd = n * d;
    double ndd = nd * d;
    if (nd <= 0.5) {
      return 1;
    }
    if (d >= 1 || vanishes(n, d)) {
      return 0;
    }
    if (nd <= 1) {
      return 1 - ofAtMostOneStep(n, nd);
    }
    if (d >= 0.5 || ndd >= (n <= SMALL ? 4 : 2.2)) {
      return Math.min(1, 2 * oneSided(n, d));
    }
    if (n <= SMALL || (n <= MATRIX_LIMIT && nd * Math.sqrt(d) <= 1.4)) {
      return clip(1 - durbin(n, d));
    }
    return clip(1 - pelzGood(n, d));
  }

  /** Whether P(D &gt;= d), about 2 exp(-2 n d^2), is below the smallest number. */
  static boolean vanishes(double n, double d) {
    return n * d * d >= 370;
  }

  /** P(D &lt;= d) for n d in (1/2, 1]: n! (2 d - 1 / n)^n (Ruben and Gambino 1982). */
  private static double ofAtMostOneStep(int n, double nd) {
    double product = 1;
    for (int i = 1; i <= n && product > 0; i++) {
      product *= i * (2 * nd - 1) / n;
    }
    return product;
  }

  /**
   * P(D+ &gt;= d) of the one-sided statistic (Smirnov 1944, Dempster 1959): d times the sum over j
   * &lt;= n (1 - d) of C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j). Each term is a binomial
   * probability in the form of Loader (2000), which keeps its digits at large n.
   */
  static double oneSided(int n, double d) {
    double nd = n * d;
    double sum = Math.exp(n * Math.log1p(-d));
    int last = (int) Math.floor(n * (1 - d));
    for (int j = 1; j <= last && j < n; j++) {
      int rest = n - j;
      double power =
          j * Math.log1p(nd / j)
              + rest * Math.log1p(-Math.min(1, nd / rest))
              + stirlingError(n)
              - stirlingError(j)
              - stirlingError(rest);
      double binomial = Math.exp(power) * Math.sqrt(n / (2 * Math.PI * j * rest));
      sum += binomial * nd / (nd + j);
    }
    return sum;
  }

  /** ln n! less Stirling's formula ln(sqrt(2 pi n) (n / e)^n), for n at least 1. */
  private static double stirlingError(int n) {
    if (n < 16) {
      double factorial = 1;
      for (int i = 2; i <= n; i++) {
        factorial *= i;
      }
      return Math.log(factorial / (SQRT_2_PI * Math.sqrt(n))) - n * Math.log(n) + n;
    }
    double square = (double) n * n;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680) / square) / square) / square) / n;
  }

  /**
   * P(D &lt;= d), exact: an element of the n-th power of Durbin's matrix (1968) as set up by
   * Marsaglia, Tsang and Wang (2003), "Evaluating Kolmogorov's distribution", Journal of
   * Statistical Software 8(18).
   */
  static double durbin(int n, double d) {
    int k = (int) Math.ceil(n * d);
    ScaledMatrix power = durbinMatrix(k, k - n * d).power(n);
    double probability = power.at(k - 1, k - 1);
    int exponent = power.exponent();
    for (int i = 1; i <= n; i++) {
      probability *= (double) i / n;
      if (probability < 1 / SCALE) {
        probability *= SCALE;
        exponent -= 128;
      }
    }
    return Math.scalb(probability, exponent);
  }

  private static ScaledMatrix durbinMatrix(int k, double h) {
    int size = 2 * k - 1;
    double[] inverseFactorials = new double[size + 1];
    inverseFactorials[0] = 1;
    for (int i = 1; i <= size; i++) {
      inverseFactorials[i] = inverseFactorials[i - 1] / i;
    }
    double[] cells = new double[size * size];
    for (int row = 0; row < size; row++) {
      for (int column = 1; column <= Math.min(row + 1, size - 1); column++) {
        cells[row * size + column] = inverseFactorials[row - column + 1];
      }
    }
    for (int i = 0; i < size; i++) {
      double edge = (1 - Math.pow(h, i + 1)) * inverseFactorials[i + 1];
      cells[i * size] = edge;
      cells[(size - 1) * size + size - 1 - i] = edge;
    }
    cells[(size - 1) * size] =
        (1 - 2 * Math.pow(h, size) + Math.pow(Math.max(0, 2 * h - 1), size))
            * inverseFactorials[size];
    return new ScaledMatrix(size, cells, 0);
  }

  /**
   * P(D &lt;= d) by the expansion of Pelz and Good (1976), Journal of the Royal Statistical Society
   * B 38(2), up to the power -3/2 of n.
   */
  static double pelzGood(int n, double d) {
    double z = Math.sqrt(n) * d;
    double z2 = z * z;
    double z4 = z2 * z2;
    double z6 = z4 * z2;
    double pi2 = Math.PI * Math.PI;
    double k0 = 0;
    double k1 = 0;
    double k2 = 0;
    double k3 = 0;
    int terms = (int) Math.ceil(16 * z / Math.PI) + 1;
    for (int k = terms; k >= 1; k--) {
      double odd = (k - 0.5) * (k - 0.5) * pi2;
      double weight = Math.exp(-odd / (2 * z2));
      k0 += weight;
      k1 += weight * (odd - z2);
      k2 += weight * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * odd + (1 - 2 * z2) * odd * odd);
      k3 +=
          weight
              * (-30 * z6
                  - 90 * z4 * z4
                  + (135 * z4 - 96 * z6) * odd
                  + (212 * z4 - 60 * z2) * odd * odd
                  + (5 - 30 * z2) * odd * odd * odd);
    }
    double k2Even = 0;
    double k3Even = 0;
    for (int k = terms; k >= 1; k--) {
      double even = (double) k * k * pi2;
      double weight = Math.exp(-even / (2 * z2));
      k2Even += weight * even;
      k3Even += weight * even * (3 * z2 - even);
    }
    return SQRT_2_PI
        * (k0 / z
            + k1 / (6 * z4) / Math.sqrt(n)
            + (k2 / (72 * z6 * z) - k2Even / (36 * z2 * z)) / n
            + (k3 / (6480 * z6 * z4) + k3Even / (216 * z6)) / (n * Math.sqrt(n)));
  }

  private static double clip(double probability) {
    return Math.max(0, Math.min(1, probability));
  }

  /** A square matrix times 2^exponent. */
  private record ScaledMatrix(int size, double[] cells, int exponent) {

    double at(int row, int column) {
      return cells[row * size + column];
    }

    ScaledMatrix power(int n) {
      ScaledMatrix result = null;
      ScaledMatrix base = this;
      for (int rest = n; rest > 0; rest >>= 1) {
        if ((rest & 1) == 1) {
          result = result == null ? base : result.times(base);
        }
        if (rest > 1) {
          base = base.times(base);
        }
      }
      return result;
    }

    private ScaledMatrix times(ScaledMatrix other) {
      double[] product = new double[size * size];
      for (int row = 0; row < size; row++) {
        for (int middle = 0; middle < size; middle++) {
          double factor = cells[row * size + middle];
          for (int column = 0; column < size; column++) {
            product[row * size + column] += factor * other.cells[middle * size + column];
          }
        }
      }
      int sum = exponent + other.exponent;
      if (product[(size / 2) * size + size / 2] > SCALE) {
        for (int i = 0; i < product.length; i++) {
          product[i] /= SCALE;
        }
        sum += 128;
      }
      return new ScaledMatrix(size, product, sum);
    }
  }
}
