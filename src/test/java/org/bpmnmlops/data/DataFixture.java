package org.bpmnmlops.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.PreparationPlanner.Wishes;

/** The three steps on a data folder of the test's own, without the engine. */
final class DataFixture {

  static final String RUN = "4711";
  static final Wishes NO_WISHES = new Wishes("drop", List.of(), List.of(), List.of());
  static final DataSeparator.Settings BY_DEFAULT = new DataSeparator.Settings(0.2, 42, true);

  final Path folder;
  final Artifacts artifacts;
  final DataFolder data;
  final DataLoader loader;
  final DataPreprocessor preprocessor;
  final DataSeparator separator;
  final SeparatedDataReader reader;

  DataFixture(Path directory) {
    this(directory, duration -> {});
  }

  DataFixture(Path directory, DataFolder.Pause pause) {
    try {
      folder = Files.createDirectories(directory.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Home home = new Home(directory.resolve("home"), folder);
    artifacts = new Artifacts(home);
    data = new DataFolder(home, Clock.systemUTC(), pause);
    loader = new DataLoader(data, artifacts);
    preprocessor = new DataPreprocessor(data, artifacts);
    separator = new DataSeparator(artifacts);
    reader = new SeparatedDataReader(artifacts);
  }

  DataFixture with(String dataset, String content) {
    return with(dataset, content.getBytes(StandardCharsets.UTF_8));
  }

  DataFixture with(String dataset, byte[] content) {
    try {
      Files.write(folder.resolve(dataset), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  DataLoader.LoadedData load(String dataset, String target) {
    return loader.load(RUN, dataset, target, Optional.empty(), List.of());
  }

  String preprocess(String dataset, String target, Wishes wishes) {
    return preprocess(dataset, target, Optional.empty(), wishes, false).reference();
  }

  DataPreprocessor.PreprocessedData preprocess(
      String dataset,
      String target,
      Optional<String> positiveAbove,
      Wishes wishes,
      boolean dropDuplicates) {
    var loaded = loader.load(RUN, dataset, target, positiveAbove, wishes.exclude());
    return preprocessor.preprocess(
        RUN,
        new DataPreprocessor.Source(dataset, loaded.sha256(), loaded.schema()),
        target,
        positiveAbove,
        wishes,
        dropDuplicates);
  }

  SeparatedData separate(String dataset, String target) {
    return separate(dataset, target, Optional.empty(), BY_DEFAULT);
  }

  SeparatedData separate(
      String dataset,
      String target,
      Optional<String> positiveAbove,
      DataSeparator.Settings settings) {
    String rows = preprocess(dataset, target, positiveAbove, NO_WISHES, false).reference();
    var separated = separator.separate(RUN, rows, positiveAbove, settings, Optional.empty());
    return reader.read(rows, separated.reference());
  }

  List<String> lines(String reference) {
    try {
      return Files.readAllLines(artifacts.path(reference));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String advertising() {
    try {
      return Files.readString(Path.of("data", "advertising.csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
