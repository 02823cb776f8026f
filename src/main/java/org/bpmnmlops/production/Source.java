package org.bpmnmlops.production;

import java.util.Locale;

/** How a row came into production data. */
public enum Source {
  /** This server answered it. */
  SERVED,
  /** Somebody fed it back with its features, and no prediction of ours had them. */
  FEEDBACK,
  /** From a file of another system. */
  IMPORT;

  /** As stored. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Source of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
