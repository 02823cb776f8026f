package org.bpmnmlops.serving;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bpmnmlops.production.StoredPrediction;
import org.bpmnmlops.production.WaitingRows;

/** Records predictions before they are answered, for {@code kill -9} too. */
interface PredictionLog extends WaitingRows {

  /**
   * Returns when the rows are recorded.
   *
   * @throws NotRecordedException when they could not be; they may still come into the table later,
   *     as predictions that nobody got
   */
  void record(List<StoredPrediction> rows);

  /**
   * Returns when no row of this kind is recorded and not yet in the table. To be called outside of
   * transactions.
   *
   * @throws NotRecordedException when the database does not take them
   */
  void settle(Predicate<StoredPrediction> sought);

  /** Why nothing can be recorded, as far as that is known without trying. */
  Optional<String> trouble();
}
