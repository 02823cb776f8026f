package org.bpmnmlops.production;

import java.time.Instant;
import java.util.Objects;

/**
 * A part of a model's production data.
 *
 * @param version of the model; null for any
 * @param from earliest time of prediction, itself included; null for no limit
 * @param to latest time of prediction, itself excluded; null for no limit
 * @param labelledOnly only rows whose outcome is known
 * @param unarchivedOnly only rows that no retraining took into the reference yet
 */
public record Window(
    String model,
    Integer version,
    Instant from,
    Instant to,
    boolean labelledOnly,
    boolean unarchivedOnly) {

  public Window {
    Objects.requireNonNull(model, "model");
  }

  /** All of a model's rows. */
  public static Window of(String model) {
    return new Window(model, null, null, null, false, false);
  }

  public Window ofVersion(int only) {
    return new Window(model, only, from, to, labelledOnly, unarchivedOnly);
  }

  public Window since(Instant earliest) {
    return new Window(model, version, earliest, to, labelledOnly, unarchivedOnly);
  }

  public Window until(Instant end) {
    return new Window(model, version, from, end, labelledOnly, unarchivedOnly);
  }

  public Window labelled() {
    return new Window(model, version, from, to, true, unarchivedOnly);
  }

  public Window unarchived() {
    return new Window(model, version, from, to, labelledOnly, true);
  }
}
