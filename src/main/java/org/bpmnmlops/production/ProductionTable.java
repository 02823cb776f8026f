package org.bpmnmlops.production;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.data.TypedRows.Misfit;

/**
 * Production data by columns, oldest prediction first; all parts are of equal length and none is
 * copied: there may be millions of rows.
 *
 * @param features the wanted raw columns and no others, so that no name of ours meets one of theirs
 * @param prediction what was answered; missing where nobody knows it
 * @param actual what came true; missing where nobody fed it back
 * @param versions of the model that answered; null where nobody knows it
 * @param predictedAt when
 * @param actualAt when the outcome was fed back last; null where it was not
 * @param misfits cells that are not what their column holds; they count as missing
 */
public record ProductionTable(
    Table features,
    TextColumn prediction,
    TextColumn actual,
    List<UUID> ids,
    List<Integer> versions,
    List<Instant> predictedAt,
    List<Instant> actualAt,
    List<Misfit> misfits) {

  public int rows() {
    return features.rows();
  }
}
