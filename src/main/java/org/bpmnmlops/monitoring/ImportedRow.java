package org.bpmnmlops.monitoring;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A line of a production file that can be used.
 *
 * @param id of its own or of the prediction it is about; empty where the file has none
 * @param features number, text or null by raw column
 * @param prediction one of the model's classes; null where the line has none
 * @param actual likewise
 * @param time when it was predicted; null where the line does not say
 */
record ImportedRow(
    long line,
    Optional<Id> id,
    Map<String, Object> features,
    String prediction,
    String actual,
    Instant time) {

  /**
   * A line's own id.
   *
   * @param column of the file that has it
   * @param text as it stands there
   */
  record Id(UUID id, String column, String text) {}
}
