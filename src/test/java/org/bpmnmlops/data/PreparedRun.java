package org.bpmnmlops.data;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;

/**
 * The files a run has after Separate data, for tests of what comes later; all parts but the hash
 * are references.
 */
public record PreparedRun(
    String dataHash, String preprocessed, String separation, SeparatedData data, Preparation how) {

  /**
   * Loads, preprocesses and separates a file of the home's data folder.
   *
   * @param missing the parameter of that name: drop or keep
   */
  public static PreparedRun of(
      Home home, String run, String dataset, String target, String missing, long seed) {
    Artifacts artifacts = new Artifacts(home);
    DataFolder folder = new DataFolder(home, Clock.systemUTC(), duration -> {});
    var loaded =
        new DataLoader(folder, artifacts).load(run, dataset, target, Optional.empty(), List.of());
    String rows =
        new DataPreprocessor(folder, artifacts)
            .preprocess(
                run,
                new DataPreprocessor.Source(dataset, loaded.sha256(), loaded.schema()),
                target,
                Optional.empty(),
                new PreparationPlanner.Wishes(missing, List.of(), List.of(), List.of()),
                false)
            .reference();
    String separation =
        new DataSeparator(artifacts)
            .separate(
                run,
                rows,
                Optional.empty(),
                new DataSeparator.Settings(0.2, seed, true),
                Optional.empty())
            .reference();
    SeparatedDataReader reader = new SeparatedDataReader(artifacts);
    return new PreparedRun(
        loaded.sha256(), rows, separation, reader.read(rows, separation), reader.preparation(rows));
  }

  /** Reads what a run or a version has. */
  public static SeparatedDataReader reader(Home home) {
    return new SeparatedDataReader(new Artifacts(home));
  }

  /** What a candidate makes of this run's rows and of rows from production. */
  public PreparedRun with(
      RowMerger.ProductionRows production, Home home, String run, RowMerger.Settings settings) {
    Artifacts artifacts = new Artifacts(home);
    SeparatedDataReader reader = new SeparatedDataReader(artifacts);
    var merged =
        new RowMerger(reader, artifacts).merge(run, preprocessed, separation, production, settings);
    String rows =
        new DataPreprocessor(new DataFolder(home, Clock.systemUTC(), duration -> {}), artifacts)
            .preprocessMerged(run, merged.rows(), false)
            .reference();
    String sides =
        new DataSeparator(artifacts)
            .separate(
                run,
                rows,
                Optional.empty(),
                new DataSeparator.Settings(settings.testShare(), settings.seed(), true),
                Optional.of(merged.sides()))
            .reference();
    return new PreparedRun(
        merged.sha256(), rows, sides, reader.read(rows, sides), reader.preparation(rows));
  }
}
