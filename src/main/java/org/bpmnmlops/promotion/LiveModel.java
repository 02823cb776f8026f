package org.bpmnmlops.promotion;

import java.util.Optional;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.springframework.stereotype.Component;

/** What is live, and what it can go back to. */
@Component
class LiveModel {

  /** From which version a rollback goes to which. */
  record Rollback(ModelVersion from, ModelVersion to) {}

  private final ModelRegistry registry;

  LiveModel(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param version to go back to; empty for the champion before this one
   * @throws NoSuchVersionException when there is none, or it is live already
   */
  Rollback rollback(String model, Optional<Long> version) {
    ModelVersion champion =
        registry
            .find(model, Alias.CHAMPION)
            .orElseThrow(
                () ->
                    new NoSuchVersionException(
                        "No version of the model '%s' is live".formatted(model)));
    ModelVersion to =
        version
            .map(
                number ->
                    registry
                        .find(model, Math.toIntExact(number))
                        .orElseThrow(
                            () ->
                                new NoSuchVersionException(
                                    "The model '%s' has no version %d".formatted(model, number))))
            .or(() -> registry.find(model, Alias.PREVIOUS))
            .orElseThrow(
                () ->
                    new NoSuchVersionException(
                        "%s is the first version that went live; there is none before it"
                            .formatted(champion)));
    if (to.equals(champion)) {
      throw new NoSuchVersionException("%s is live already".formatted(champion));
    }
    return new Rollback(champion, to);
  }
}
