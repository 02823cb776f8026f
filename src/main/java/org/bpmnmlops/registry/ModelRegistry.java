package org.bpmnmlops.registry;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.training.TrainedModel;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Versions of named models and which of them is live. Whoever changes something does so in the
 * caller's transaction, under a lock on the model's row, so that two changes never overlap; files
 * are in place before the transaction commits.
 */
@Component
public class ModelRegistry {

  /**
   * What a registration came to.
   *
   * @param isNew whether this call made the version; else the run, or an equal training before it,
   *     had made it
   * @param alias of the version now; empty for one that has none
   */
  public record Registered(ModelVersion version, boolean isNew, Optional<Alias> alias) {}

  private final VersionTable versions;
  private final Promotions promotions;
  private final ModelFiles files;
  private final ModelCards cards;
  private final Clock clock;

  ModelRegistry(
      VersionTable versions,
      Promotions promotions,
      ModelFiles files,
      ModelCards cards,
      Clock clock) {
    this.versions = versions;
    this.promotions = promotions;
    this.files = files;
    this.cards = cards;
    this.clock = clock;
  }

  /**
   * Registers what a run trained. The first version of a model becomes its champion, later ones the
   * challenger. A run has one version, however often it asks; what was trained before, with the
   * same data, parameters and seed, is not registered again.
   *
   * @throws DamagedModelException when the model's file is not the one that was built
   */
  @Transactional
  public Registered register(Registration registration) {
    String name = registration.name();
    Optional<ModelVersion> ofRun = versions.ofRun(registration.run());
    if (ofRun.isPresent()) {
      return found(ofRun.get());
    }
    TrainedModel model = files.load(registration);
    String fingerprint = files.fingerprint(registration, model);
    versions.lockOrAdd(name);
    Optional<ModelVersion> equal = versions.ofFingerprint(name, fingerprint);
    if (equal.isPresent()) {
      versions.addRun(registration.run(), equal.get());
      return found(equal.get());
    }
    ModelVersion version = add(registration, model, fingerprint);
    if (find(name, Alias.CHAMPION).isEmpty()) {
      promotions.push(version, registration.run(), "the first model of this name");
    }
    versions.changed(name);
    cards.write(card(version));
    return new Registered(version, true, aliasOf(version));
  }

  private ModelVersion add(Registration registration, TrainedModel model, String fingerprint) {
    ModelVersion version =
        new ModelVersion(
            registration.name(),
            versions.nextNumber(registration.name()),
            registration.run(),
            registration.pipeline(),
            model.settings().algorithm().toString(),
            files.accuracy(registration),
            registration.dataHash(),
            fingerprint,
            registration.modelHash(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    versions.add(version, registration.process(), files.store(version, registration));
    versions.addRun(registration.run(), version);
    return version;
  }

  /**
   * Takes back what a run registered, because it failed or was cancelled. A version that other runs
   * stand behind stays. Where the champion goes, the one before it comes back, or else the oldest
   * version left takes its place. One that somebody else made champion stays.
   *
   * @param promotedHere whether the run itself made it champion
   */
  @Transactional
  public void withdraw(String run, boolean promotedHere) {
    ModelVersion version = versions.ofRun(run).orElse(null);
    if (version == null) {
      return;
    }
    String name = version.name();
    versions.lock(name);
    versions.withdraw(run, version, promotedHere);
    if (versions.find(name, version.version()).isPresent()) {
      return;
    }
    if (find(name, Alias.CHAMPION).isEmpty()) {
      versions
          .oldest(name)
          .ifPresent(next -> promotions.push(next, run, "the first model left of this name"));
    }
    versions.changed(name);
  }

  /** A version, unless there is none, or it was withdrawn or cleaned up. */
  public Optional<ModelVersion> find(String name, int version) {
    return versions.find(name, version);
  }

  /** The version an alias names now. */
  public Optional<ModelVersion> find(String name, Alias alias) {
    return aliases(name).stream()
        .filter(entry -> entry.alias() == alias)
        .findFirst()
        .flatMap(entry -> find(name, entry.version()));
  }

  /** The aliases a model has now, in the order of {@link Alias}. */
  public List<ModelAlias> aliases(String name) {
    return promotions.aliases(name);
  }

  /** Names of all models that have a version, in alphabetical order. */
  public List<String> names() {
    return versions.names();
  }

  /**
   * A model's versions, newest first.
   *
   * @param page from 0
   * @param size of a page, 1 and more
   */
  public List<ModelVersion> versions(String name, int page, int size) {
    return versions.page(name, page, size);
  }

  /**
   * Makes a version the champion; the champion until now becomes the previous one. A version that
   * is champion already stays it, with its first reason.
   *
   * @param by user id, or the run that decided
   * @return whether it was not champion before
   * @throws IllegalArgumentException when there is no such version
   * @throws DamagedModelException when its file is not the one that was registered; the champion
   *     stays
   */
  @Transactional
  public boolean promote(String name, int version, String by, String reason) {
    versions.lock(name);
    ModelVersion promoted = existing(name, version);
    if (find(name, Alias.CHAMPION).filter(promoted::equals).isPresent()) {
      return false;
    }
    files.load(promoted);
    promotions.push(promoted, by, reason);
    versions.changed(name);
    return true;
  }

  /**
   * Promotes a version in place of the one that is live as far as the caller knows.
   *
   * @param known that version
   * @return whether it was not champion before
   * @throws ChampionChangedException when neither of the two is live; nothing happened
   * @throws DamagedModelException as {@link #promote}
   */
  @Transactional(noRollbackFor = ChampionChangedException.class)
  public boolean replace(String name, int known, int version, String by, String reason) {
    versions.lock(name);
    Optional<Integer> live = find(name, Alias.CHAMPION).map(ModelVersion::version);
    if (live.filter(number -> number == known || number == version).isEmpty()) {
      throw new ChampionChangedException(
          "%s v%d is no longer live; %s"
              .formatted(
                  name, known, live.map(number -> "v" + number + " is").orElse("no version is")));
    }
    return promote(name, version, by, reason);
  }

  /**
   * Undoes the promotion of the champion: the one before is champion again. Nothing happens when
   * {@code version} is not champion (any more), so doing it twice does no harm.
   *
   * @param version that must not be champion any longer
   * @return whether it was champion until now
   */
  @Transactional
  public boolean restore(String name, int version, String by, String reason) {
    versions.lock(name);
    boolean undone = promotions.pop(name, version, by, reason);
    if (undone) {
      versions.changed(name);
    }
    return undone;
  }

  /** Grows with every change of a model's aliases; 0 for an unknown one. Cheap to ask. */
  public long changes(String name) {
    return versions.changes(name);
  }

  /**
   * Reads a version's model.
   *
   * @throws DamagedModelException when the file is missing or is not the one that was registered
   */
  public TrainedModel load(ModelVersion version) {
    return files.load(version);
  }

  /** The path of a file in the version's folder, whether it is there or not. */
  public Path file(ModelVersion version, String fileName) {
    return files.path(version, fileName);
  }

  /** The rows the version was trained and evaluated on, with their sides. */
  public SeparatedData rows(ModelVersion version) {
    return files.rows(rowReferences(version));
  }

  /** Where {@link #rows} reads. */
  public RowReferences rowReferences(ModelVersion version) {
    return files.rowReferences(version, versions.rowFiles(version));
  }

  /** All that is known about the version by now. */
  ModelCard card(ModelVersion version) {
    return cards.card(
        version,
        aliasOf(version).stream().toList(),
        versions.process(version),
        versions.rowFiles(version));
  }

  /**
   * Removes the versions of a model that are older than the newest, unless they have an alias or a
   * run that stands behind them still goes on.
   *
   * @param keep how many of the newest stay
   * @return how many were removed
   */
  @Transactional
  int removeOld(String name, int keep) {
    versions.lock(name);
    List<Integer> aliased = aliases(name).stream().map(ModelAlias::version).toList();
    int removed = 0;
    List<ModelVersion> all = versions(name, 0, Integer.MAX_VALUE);
    for (ModelVersion old : all.subList(Math.min(keep, all.size()), all.size())) {
      removed += !aliased.contains(old.version()) && versions.deleteUnlessInUse(old) ? 1 : 0;
    }
    return removed;
  }

  private Registered found(ModelVersion version) {
    return new Registered(version, false, aliasOf(version));
  }

  private Optional<Alias> aliasOf(ModelVersion version) {
    return aliases(version.name()).stream()
        .filter(entry -> entry.version() == version.version())
        .map(ModelAlias::alias)
        .findFirst();
  }

  private ModelVersion existing(String name, int version) {
    return find(name, version)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Model '%s' has no version %d; it has %s"
                        .formatted(
                            name,
                            version,
                            versions(name, 0, 20).stream().map(ModelVersion::version).toList())));
  }
}
