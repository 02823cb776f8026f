package org.bpmnmlops.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.SeparatedDataReader;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.training.UnreadableModelException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Versions of named models and which of them is live. Whoever changes something does so in the
 * caller's transaction, under a lock on the model's row, so that two changes never overlap; files
 * are in place before the transaction commits.
 */
@Component
public class ModelRegistry {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a registration came to.
   *
   * @param isNew whether this call made the version; else the run, or an equal training before it,
   *     had made it
   * @param alias of the version now; empty for one that has none
   */
  public record Registered(ModelVersion version, boolean isNew, Optional<Alias> alias) {}

  private record Promotion(long id, int version, Instant since, String by, String reason) {

    ModelAlias as(Alias alias) {
      return new ModelAlias(alias, version, since, by, reason);
    }
  }

  private final JdbcClient jdbc;
  private final ModelFolders folders;
  private final ModelCards cards;
  private final Artifacts artifacts;
  private final SeparatedDataReader reader;
  private final Clock clock;

  ModelRegistry(
      JdbcClient jdbc,
      ModelFolders folders,
      ModelCards cards,
      Artifacts artifacts,
      SeparatedDataReader reader,
      Clock clock) {
    this.jdbc = jdbc;
    this.folders = folders;
    this.cards = cards;
    this.artifacts = artifacts;
    this.reader = reader;
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
    lockOrAdd(name);
    Optional<ModelVersion> ofRun = ofRun(registration.run());
    if (ofRun.isPresent()) {
      return found(ofRun.get());
    }
    TrainedModel model = load(artifacts.path(registration.model()), registration.modelHash());
    String fingerprint = fingerprint(registration, model);
    Optional<ModelVersion> equal =
        jdbc.sql("SELECT * FROM mlops_model_version WHERE name = :name AND fingerprint = :print")
            .param("name", name)
            .param("print", fingerprint)
            .query(ModelRegistry::version)
            .optional();
    if (equal.isPresent()) {
      addRun(registration.run(), equal.get());
      return found(equal.get());
    }
    ModelVersion version = add(registration, model, fingerprint);
    addRun(registration.run(), version);
    if (find(name, Alias.CHAMPION).isEmpty()) {
      push(version, registration.run(), "the first model of this name");
    }
    changed(name);
    cards.write(card(version));
    return new Registered(version, true, aliasOf(version));
  }

  /**
   * Takes back what a run registered, because it failed or was cancelled. A version that other runs
   * stand behind stays. Where the champion goes, the one before it comes back, or else the oldest
   * version left takes its place.
   */
  @Transactional
  public void withdraw(String run) {
    ModelVersion version = ofRun(run).orElse(null);
    if (version == null) {
      return;
    }
    lock(version.name());
    jdbc.sql("DELETE FROM mlops_model_run WHERE run = :run").param("run", run).update();
    long others =
        jdbc.sql("SELECT COUNT(*) FROM mlops_model_run WHERE name = :name AND version = :version")
            .param("name", version.name())
            .param("version", version.version())
            .query(Long.class)
            .single();
    if (others > 0) {
      return;
    }
    jdbc.sql("DELETE FROM mlops_model_version WHERE name = :name AND version = :version")
        .param("name", version.name())
        .param("version", version.version())
        .update();
    if (find(version.name(), Alias.CHAMPION).isEmpty()) {
      oldest(version.name())
          .ifPresent(next -> push(next, run, "the first model left of this name"));
    }
    changed(version.name());
  }

  /** A version, unless there is none, or it was withdrawn or cleaned up. */
  public Optional<ModelVersion> find(String name, int version) {
    return jdbc.sql("SELECT * FROM mlops_model_version WHERE name = :name AND version = :version")
        .param("name", name)
        .param("version", version)
        .query(ModelRegistry::version)
        .optional();
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
    List<ModelAlias> aliases = new ArrayList<>();
    List<Promotion> promotions = promotions(name);
    if (!promotions.isEmpty()) {
      aliases.add(promotions.get(0).as(Alias.CHAMPION));
      challenger(name, promotions.get(0).version()).ifPresent(aliases::add);
    }
    if (promotions.size() > 1) {
      aliases.add(promotions.get(1).as(Alias.PREVIOUS));
    }
    return aliases;
  }

  /** Names of all models that have a version, in alphabetical order. */
  public List<String> names() {
    return jdbc.sql("SELECT DISTINCT name FROM mlops_model_version ORDER BY name")
        .query(String.class)
        .list();
  }

  /**
   * A model's versions, newest first.
   *
   * @param page from 0
   * @param size of a page, 1 and more
   */
  public List<ModelVersion> versions(String name, int page, int size) {
    return jdbc.sql(
            """
            SELECT * FROM mlops_model_version WHERE name = :name ORDER BY version DESC
            OFFSET :offset ROWS FETCH NEXT :size ROWS ONLY
            """)
        .param("name", name)
        .param("offset", (long) page * size)
        .param("size", size)
        .query(ModelRegistry::version)
        .list();
  }

  /**
   * Makes a version the champion; the champion until now becomes the previous one. A version that
   * is champion already stays it, with its first reason.
   *
   * @param by user id, or the run that decided
   * @throws IllegalArgumentException when there is no such version
   * @throws DamagedModelException when its file is not the one that was registered; the champion
   *     stays
   */
  @Transactional
  public void promote(String name, int version, String by, String reason) {
    lock(name);
    ModelVersion promoted = existing(name, version);
    if (find(name, Alias.CHAMPION).filter(promoted::equals).isPresent()) {
      return;
    }
    load(promoted);
    push(promoted, by, reason);
    changed(name);
  }

  /**
   * Undoes the promotion of the champion: the one before is champion again. Nothing happens when
   * {@code version} is not champion (any more), so doing it twice does no harm.
   *
   * @param version that must not be champion any longer
   * @return the champion now; empty where none came before
   */
  @Transactional
  public Optional<ModelVersion> restore(String name, int version, String by, String reason) {
    lock(name);
    List<Promotion> promotions = promotions(name);
    if (!promotions.isEmpty() && promotions.get(0).version() == version) {
      undo(promotions.get(0).id(), by, reason);
      if (promotions.size() > 1) {
        jdbc.sql(
                "UPDATE mlops_model_promotion SET restored_at = :now, restored_by = :by,"
                    + " restored_reason = :reason WHERE id = :id")
            .param("now", now())
            .param("by", by)
            .param("reason", reason)
            .param("id", promotions.get(1).id())
            .update();
      }
      changed(name);
    }
    return find(name, Alias.CHAMPION);
  }

  /** Grows with every change of a model's aliases; 0 for an unknown one. Cheap to ask. */
  public long changes(String name) {
    return jdbc.sql("SELECT changes FROM mlops_model WHERE name = :name")
        .param("name", name)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /**
   * Reads a version's model.
   *
   * @throws DamagedModelException when the file is missing or is not the one that was registered
   */
  public TrainedModel load(ModelVersion version) {
    return load(file(version, ModelFolders.MODEL), version.modelHash());
  }

  /** The path of a file in the version's folder, whether it is there or not. */
  public Path file(ModelVersion version, String fileName) {
    Path folder = folders.folder(version.name(), version.version());
    Path file = folder.resolve(fileName).normalize();
    if (!folder.equals(file.getParent())) {
      throw new IllegalArgumentException("'%s' is no name of a file".formatted(fileName));
    }
    return file;
  }

  /** All that is known about the version by now. */
  ModelCard card(ModelVersion version) {
    String process =
        jdbc.sql(
                "SELECT process FROM mlops_model_version WHERE name = :name AND version = :version")
            .param("name", version.name())
            .param("version", version.version())
            .query(String.class)
            .single();
    return cards.card(version, aliasOf(version).stream().toList(), process, rowFiles(version));
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
    lock(name);
    List<Integer> aliased = aliases(name).stream().map(ModelAlias::version).toList();
    int removed = 0;
    List<ModelVersion> old = versions(name, 0, Integer.MAX_VALUE);
    for (ModelVersion version : old.subList(Math.min(keep, old.size()), old.size())) {
      removed += !aliased.contains(version.version()) && remove(version) ? 1 : 0;
    }
    return removed;
  }

  private boolean remove(ModelVersion version) {
    boolean removed =
        jdbc.sql(
                    """
                    DELETE FROM mlops_model_version
                    WHERE name = :name AND version = :version AND NOT EXISTS (
                        SELECT 1 FROM mlops_model_run m JOIN mlops_run r ON r.id = m.run
                        WHERE m.name = :name AND m.version = :version AND r.state <> 'ended')
                    """)
                .param("name", version.name())
                .param("version", version.version())
                .update()
            > 0;
    if (removed) {
      jdbc.sql("DELETE FROM mlops_model_run WHERE name = :name AND version = :version")
          .param("name", version.name())
          .param("version", version.version())
          .update();
    }
    return removed;
  }

  private ModelCards.RowFiles rowFiles(ModelVersion version) {
    return jdbc.sql(
            "SELECT rows_file, separation_file FROM mlops_model_version"
                + " WHERE name = :name AND version = :version")
        .param("name", version.name())
        .param("version", version.version())
        .query((row, number) -> new ModelCards.RowFiles(row.getString(1), row.getString(2)))
        .single();
  }

  /** The rows the version was trained and evaluated on, with their sides. */
  public SeparatedData rows(ModelVersion version) {
    RowReferences files = rowReferences(version);
    return reader.read(files.rows(), files.separation());
  }

  /**
   * References to what a version was trained and evaluated on.
   *
   * @param rows the preprocessed rows
   * @param separation the record of their sides
   */
  public record RowReferences(String rows, String separation) {}

  /** Where {@link #rows} reads. */
  public RowReferences rowReferences(ModelVersion version) {
    ModelCards.RowFiles files = rowFiles(version);
    return new RowReferences(
        folders.reference(version.name(), version.version(), files.rows()),
        folders.reference(version.name(), version.version(), files.separation()));
  }

  private ModelVersion add(Registration registration, TrainedModel model, String fingerprint) {
    String name = registration.name();
    jdbc.sql("UPDATE mlops_model SET last_version = last_version + 1 WHERE name = :name")
        .param("name", name)
        .update();
    int number =
        jdbc.sql("SELECT last_version FROM mlops_model WHERE name = :name")
            .param("name", name)
            .query(Integer.class)
            .single();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ModelVersion version =
        new ModelVersion(
            name,
            number,
            registration.run(),
            registration.pipeline(),
            model.settings().algorithm().toString(),
            accuracy(registration.evaluation()),
            registration.dataHash(),
            fingerprint,
            registration.modelHash(),
            now);
    folders.store(version, files(registration));
    jdbc.sql(
            """
            INSERT INTO mlops_model_version (name, version, run, pipeline, process, algorithm,
                accuracy, data_hash, fingerprint, model_hash, rows_file, separation_file,
                registered_at)
            VALUES (:name, :version, :run, :pipeline, :process, :algorithm, :accuracy, :dataHash,
                :fingerprint, :modelHash, :rows, :separation, :now)
            """)
        .param("name", name)
        .param("version", number)
        .param("run", version.run())
        .param("pipeline", version.pipeline())
        .param("process", registration.process())
        .param("algorithm", version.algorithm())
        .param("accuracy", version.accuracy())
        .param("dataHash", version.dataHash())
        .param("fingerprint", fingerprint)
        .param("modelHash", version.modelHash())
        .param("rows", fileName(registration.preprocessed()))
        .param("separation", fileName(registration.separation()))
        .param("now", Timestamp.from(now))
        .update();
    return version;
  }

  /** References by the names the files get in the version's folder. */
  private Map<String, String> files(Registration registration) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(ModelFolders.MODEL, registration.model());
    files.put(ModelFolders.EVALUATION, registration.evaluation());
    for (String reference : reader.files(registration.preprocessed(), registration.separation())) {
      files.put(fileName(reference), reference);
    }
    return files;
  }

  private static String fileName(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private double accuracy(String evaluation) {
    Path file = artifacts.path(evaluation);
    try {
      JsonNode accuracy = JSON.readTree(file.toFile()).path("accuracy");
      if (!accuracy.isNumber()) {
        throw new IllegalStateException(
            "%s has no accuracy; run Evaluate model again".formatted(evaluation));
      }
      return accuracy.doubleValue();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(evaluation, e), e);
    }
  }

  private String fingerprint(Registration registration, TrainedModel model) {
    try {
      return Artifacts.sha256(
          String.join(
              "\n",
              registration.dataHash(),
              reader.decisions(registration.preprocessed(), registration.separation()),
              JSON.writeValueAsString(model.settings())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Training settings are JSON", e);
    }
  }

  private static TrainedModel load(Path file, String expectedHash) {
    try {
      String found = Artifacts.sha256(file);
      if (!found.equals(expectedHash)) {
        throw new DamagedModelException(
            "%s has SHA-256 %s; registered was %s. Put the right file back, or register another version"
                .formatted(file, found, expectedHash),
            null);
      }
      return TrainedModel.load(file);
    } catch (IOException | UnreadableModelException e) {
      throw new DamagedModelException("Cannot read the model %s: %s".formatted(file, e), e);
    }
  }

  private Optional<ModelVersion> ofRun(String run) {
    return jdbc.sql(
            """
            SELECT v.* FROM mlops_model_version v
            JOIN mlops_model_run r ON r.name = v.name AND r.version = v.version
            WHERE r.run = :run
            """)
        .param("run", run)
        .query(ModelRegistry::version)
        .optional();
  }

  private void addRun(String run, ModelVersion version) {
    jdbc.sql("INSERT INTO mlops_model_run (run, name, version) VALUES (:run, :name, :version)")
        .param("run", run)
        .param("name", version.name())
        .param("version", version.version())
        .update();
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

  private Optional<ModelVersion> oldest(String name) {
    return jdbc.sql(
            "SELECT * FROM mlops_model_version WHERE name = :name ORDER BY version"
                + " FETCH FIRST 1 ROW ONLY")
        .param("name", name)
        .query(ModelRegistry::version)
        .optional();
  }

  /** The newest two that count, newest first. */
  private List<Promotion> promotions(String name) {
    return jdbc.sql(
            """
            SELECT p.id, p.version,
                COALESCE(p.restored_at, p.promoted_at) AS since,
                COALESCE(p.restored_by, p.promoted_by) AS who,
                COALESCE(p.restored_reason, p.reason) AS why
            FROM mlops_model_promotion p
            JOIN mlops_model_version v ON v.name = p.name AND v.version = p.version
            WHERE p.name = :name AND p.undone_at IS NULL
            ORDER BY p.id DESC FETCH FIRST 2 ROWS ONLY
            """)
        .param("name", name)
        .query(
            (row, number) ->
                new Promotion(
                    row.getLong("id"),
                    row.getInt("version"),
                    row.getTimestamp("since").toInstant(),
                    row.getString("who"),
                    row.getString("why")))
        .list();
  }

  private Optional<ModelAlias> challenger(String name, int champion) {
    return jdbc.sql(
            """
            SELECT version, registered_at, run FROM mlops_model_version v
            WHERE name = :name AND version > :champion AND NOT EXISTS (
                SELECT 1 FROM mlops_model_promotion p
                WHERE p.name = v.name AND p.version = v.version)
            ORDER BY version DESC FETCH FIRST 1 ROW ONLY
            """)
        .param("name", name)
        .param("champion", champion)
        .query(
            (row, number) ->
                new ModelAlias(
                    Alias.CHALLENGER,
                    row.getInt("version"),
                    row.getTimestamp("registered_at").toInstant(),
                    row.getString("run"),
                    "the newest version"))
        .optional();
  }

  private void push(ModelVersion version, String by, String reason) {
    jdbc.sql(
            """
            INSERT INTO mlops_model_promotion (name, version, promoted_at, promoted_by, reason)
            VALUES (:name, :version, :now, :by, :reason)
            """)
        .param("name", version.name())
        .param("version", version.version())
        .param("now", now())
        .param("by", by)
        .param("reason", reason)
        .update();
  }

  private void undo(long promotion, String by, String reason) {
    jdbc.sql(
            "UPDATE mlops_model_promotion SET undone_at = :now, undone_by = :by,"
                + " undone_reason = :reason WHERE id = :id")
        .param("now", now())
        .param("by", by)
        .param("reason", reason)
        .param("id", promotion)
        .update();
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private void changed(String name) {
    jdbc.sql("UPDATE mlops_model SET changes = changes + 1 WHERE name = :name")
        .param("name", name)
        .update();
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

  private void lock(String name) {
    jdbc.sql("SELECT name FROM mlops_model WHERE name = :name FOR UPDATE")
        .param("name", name)
        .query(String.class)
        .optional();
  }

  /** Of two who add a model at once one waits for the other at the row '*'. */
  private void lockOrAdd(String name) {
    boolean known =
        jdbc.sql("SELECT COUNT(*) FROM mlops_model WHERE name = :name")
                .param("name", name)
                .query(Long.class)
                .single()
            > 0;
    if (!known) {
      lock("*");
      jdbc.sql(
              """
              INSERT INTO mlops_model (name, last_version, changes)
              SELECT CAST(:name AS VARCHAR(100)), 0, 0
              WHERE NOT EXISTS (SELECT 1 FROM mlops_model WHERE name = :name)
              """)
          .param("name", name)
          .update();
    }
    lock(name);
  }

  private static ModelVersion version(ResultSet row, int number) throws SQLException {
    return new ModelVersion(
        row.getString("name"),
        row.getInt("version"),
        row.getString("run"),
        row.getString("pipeline"),
        row.getString("algorithm"),
        row.getDouble("accuracy"),
        row.getString("data_hash"),
        row.getString("fingerprint"),
        row.getString("model_hash"),
        row.getTimestamp("registered_at").toInstant());
  }
}
