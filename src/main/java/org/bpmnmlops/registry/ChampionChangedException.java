package org.bpmnmlops.registry;

/** Another version is live than the one that was to be replaced. */
public class ChampionChangedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChampionChangedException(String message) {
    super(message);
  }
}
