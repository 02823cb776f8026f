package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.drift.CategorySample;
import org.bpmnmlops.drift.NumericSample;
import org.bpmnmlops.drift.Sample;
import org.bpmnmlops.report.DataContract.ColumnContract;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/** Checks current rows against the contract. */
final class ContractChecker {

  private static final int MOST_NAMES = 5;

  private ContractChecker() {}

  /**
   * @param column the current rows; empty where they lack the column
   * @param sample the same, cleaned; null where its type is not compared or has changed
   */
  static List<ContractCheck> check(
      ColumnContract contract, Optional<Column> column, Sample sample) {
    List<ContractCheck> checks = new ArrayList<>();
    if (column.isEmpty()) {
      checks.add(
          new ContractCheck(
              "present", Verdict.BAD, null, null, null, "The current rows lack this column"));
      return checks;
    }
    boolean numbers = column.get() instanceof NumericColumn;
    boolean sameType = contract.type() != ColumnType.NUMERICAL || numbers;
    checks.add(
        new ContractCheck(
            "type",
            sameType ? Verdict.GOOD : Verdict.BAD,
            null,
            null,
            null,
            sameType
                ? "Type is " + name(contract.type())
                : "Holds text; the contract says numbers"));
    int rows = column.get().size();
    if (contract.missing() != null && rows > 0) {
      checks.add(missing(contract.missing(), missing(column.get(), sample), rows));
    }
    if (sample instanceof NumericSample values && values.count() > 0) {
      if (contract.range() != null) {
        checks.add(range(contract.range(), values));
      }
      if (contract.mean() != null) {
        checks.add(mean(contract.mean(), values.mean()));
      }
    }
    if (sample instanceof CategorySample values
        && values.count() > 0
        && contract.categories() != null) {
      checks.add(categories(contract.categories(), values));
    }
    return checks;
  }

  private static int missing(Column column, Sample sample) {
    if (sample != null) {
      return sample.missing();
    }
    int missing = 0;
    for (int row = 0; row < column.size(); row++) {
      missing += column.isMissing(row) ? 1 : 0;
    }
    return missing;
  }

  private static ContractCheck missing(DataContract.Missing limits, int missing, int rows) {
    double share = missing / (double) rows;
    return new ContractCheck(
        "missing",
        verdict(share, limits.warn(), limits.fail()),
        share,
        limits.warn(),
        limits.fail(),
        "%s of the values are missing (%s of %s); at most %s is fine, above %s fails"
            .formatted(
                Words.percent(share),
                Words.count(missing),
                Words.count(rows),
                Words.percent(limits.warn()),
                Words.percent(limits.fail())));
  }

  private static ContractCheck range(DataContract.Range limits, NumericSample values) {
    int outside =
        values.rowsBelow(limits.min())
            + values.count()
            - values.rowsBelow(Math.nextUp(limits.max()));
    double share = outside / (double) values.count();
    return new ContractCheck(
        "range",
        verdict(share, limits.warn(), limits.fail()),
        share,
        limits.warn(),
        limits.fail(),
        "%s of the values (%s) are outside of %s to %s; they reach from %s to %s"
            .formatted(
                Words.percent(share),
                Words.count(outside),
                Words.number(limits.min()),
                Words.number(limits.max()),
                Words.number(values.minimum()),
                Words.number(values.maximum())));
  }

  private static ContractCheck mean(DataContract.Mean limits, double mean) {
    boolean fine = mean >= limits.from() && mean <= limits.to();
    return new ContractCheck(
        "mean",
        fine ? Verdict.GOOD : Verdict.WARN,
        Words.finite(mean),
        null,
        null,
        "The mean is %s; %s to %s is expected"
            .formatted(Words.number(mean), Words.number(limits.from()), Words.number(limits.to())));
  }

  private static ContractCheck categories(DataContract.Known limits, CategorySample values) {
    Set<String> known = new HashSet<>(limits.known());
    List<String> unseen = new ArrayList<>();
    int rows = 0;
    for (int level = 0; level < values.counts().length; level++) {
      if (values.counts()[level] > 0 && !known.contains(values.levels().get(level))) {
        unseen.add("“%s”".formatted(Words.shortened(values.levels().get(level))));
        rows += values.counts()[level];
      }
    }
    double share = rows / (double) values.count();
    return new ContractCheck(
        "categories",
        verdict(share, limits.warn(), limits.fail()),
        share,
        limits.warn(),
        limits.fail(),
        unseen.isEmpty()
            ? "All categories are known"
            : "%s of the values (%s) are of unknown categories: %s"
                .formatted(
                    Words.percent(share), Words.count(rows), Words.list(unseen, MOST_NAMES)));
  }

  private static Verdict verdict(double share, double warn, double fail) {
    return share > fail ? Verdict.BAD : share > warn ? Verdict.WARN : Verdict.GOOD;
  }

  static String name(ColumnType type) {
    return switch (type) {
      case NUMERICAL -> "numbers";
      case CATEGORICAL -> "categories";
      case FREE_TEXT -> "free text";
      case DATE -> "dates";
    };
  }
}
