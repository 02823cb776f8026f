package org.bpmnmlops.report;

import java.util.List;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.wording.Verdict;

/**
 * One column of the quality report.
 *
 * @param verdict worst of the checks; unknown without current rows
 * @param checks of the contract on the current rows
 * @param reference null where the reference lacks the column
 * @param current null where there are no current rows or they lack the column
 * @param distribution null for free text, dates and empty columns
 * @param newCategories of the current rows alone
 * @param vanishedCategories of the reference alone
 * @param againstTarget null for the target itself, and without one
 */
public record ColumnQuality(
    String column,
    ColumnType type,
    Verdict verdict,
    List<ContractCheck> checks,
    ColumnStatistics reference,
    ColumnStatistics current,
    Bars distribution,
    Named newCategories,
    Named vanishedCategories,
    AgainstTarget againstTarget) {

  /**
   * @param count how many there are
   * @param rows that have them
   * @param names the first ones in the order of the text
   */
  public record Named(int count, int rows, List<String> names) {}
}
