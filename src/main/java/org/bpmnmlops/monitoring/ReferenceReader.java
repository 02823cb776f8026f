package org.bpmnmlops.monitoring;

import java.time.Instant;
import java.util.Optional;
import org.bpmnmlops.artifact.GoneFileException;
import org.bpmnmlops.data.DamagedFileException;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.DamagedModelException;
import org.bpmnmlops.registry.ModelAlias;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.springframework.stereotype.Component;

/**
 * Finds the live version of a model and what it was built from, which is read once for steps that
 * ask at the same time.
 */
@Component
class ReferenceReader {

  /**
   * The live version.
   *
   * @param since when it went live
   */
  record Live(ModelVersion version, Instant since) {}

  private final ModelRegistry registry;
  private final LastMade<ModelVersion, Reference> last = new LastMade<>();

  ReferenceReader(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * @throws NoReferenceException when no version of the model is live
   */
  Live live(String model) {
    Optional<ModelAlias> champion =
        registry.aliases(model).stream().filter(a -> a.alias() == Alias.CHAMPION).findFirst();
    return champion
        .flatMap(
            alias ->
                registry
                    .find(model, alias.version())
                    .map(version -> new Live(version, alias.since())))
        .orElseThrow(
            () ->
                new NoReferenceException(
                    ("No version of the model '%s' is live, so there is nothing to compare"
                            + " production data with. Run the pipeline that trains it; or correct the"
                            + " parameter modelName, if it means another model")
                        .formatted(model)));
  }

  /**
   * @throws NoReferenceException when the version or one of its files is gone or damaged
   */
  Reference read(String model, int version) {
    ModelVersion found =
        registry
            .find(model, version)
            .orElseThrow(
                () ->
                    new NoReferenceException(
                        "Version %d of the model '%s' is gone".formatted(version, model)));
    try {
      return last.get(
          found, () -> new Reference(found, registry.load(found), registry.rows(found)));
    } catch (GoneFileException e) {
      throw incomplete(found, "the file %s is not there".formatted(e.reference()), e);
    } catch (InvalidDataException | DamagedFileException | DamagedModelException e) {
      throw incomplete(found, e.getMessage(), e);
    }
  }

  private static NoReferenceException incomplete(ModelVersion version, String what, Exception e) {
    return new NoReferenceException(
        ("%s cannot be compared with: %s. Put the folder of the version back from a backup, or train"
                + " the model again and promote the new version")
            .formatted(version, what),
        e);
  }
}
