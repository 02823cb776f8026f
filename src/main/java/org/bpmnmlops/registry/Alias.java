package org.bpmnmlops.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a version is to its model; each is one version at most. */
public enum Alias {
  /** Answers predictions. */
  CHAMPION,
  /** The newest version that has not been champion. */
  CHALLENGER,
  /** The champion before this one, which a rollback brings back. */
  PREVIOUS;

  /** As in addresses, answers and variables. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
