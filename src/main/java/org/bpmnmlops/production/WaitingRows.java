package org.bpmnmlops.production;

/** Predictions that were answered and are not yet in the table. */
public interface WaitingRows {

  /**
   * Returns when those that were answered before are in the table. May be called in a transaction
   * that wrote no production data yet.
   *
   * @throws RuntimeException when the database does not take them
   */
  void await();
}
