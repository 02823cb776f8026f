package org.bpmnmlops.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The folders {@code models/<name>/v<n>}; each holds all a version needs, whatever its run does.
 */
@Component
class ModelFolders {

  static final String MODEL = "model.zip";
  static final String EVALUATION = "evaluation.json";

  private static final Pattern VERSION = Pattern.compile("v([1-9]\\d{0,8})");

  private final Home home;
  private final Artifacts artifacts;

  ModelFolders(Home home, Artifacts artifacts) {
    this.home = home;
    this.artifacts = artifacts;
  }

  String reference(String name, int version, String file) {
    return "models/%s/v%d/%s".formatted(name, version, file);
  }

  Path folder(String name, int version) {
    return home.models().resolve(name).resolve("v" + version);
  }

  /**
   * Puts a run's files into the version's folder, all or none. What a registration that was not
   * committed left there is replaced.
   *
   * @param files references by the names the files get
   */
  void store(ModelVersion version, Map<String, String> files) {
    Path target = folder(version.name(), version.version());
    Path unfinished =
        target.resolveSibling(".%s.%s.part".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      Files.createDirectories(unfinished);
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          share(artifacts.path(file.getValue()), unfinished.resolve(file.getKey()));
        }
        FileSystemUtils.deleteRecursively(target);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        FileSystemUtils.deleteRecursively(unfinished);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep %s: %s".formatted(target, e), e);
    }
  }

  /** A version's folder that is there, whether the registry knows the version or not. */
  record Folder(String name, int version) {}

  /** Folders that were last changed before this moment. */
  List<Folder> unchangedSince(Instant moment) {
    List<Folder> found = new ArrayList<>();
    try {
      for (Path model : children(home.models())) {
        for (Path version : children(model)) {
          Matcher number = VERSION.matcher(version.getFileName().toString());
          if (number.matches() && Files.getLastModifiedTime(version).toInstant().isBefore(moment)) {
            found.add(
                new Folder(model.getFileName().toString(), Integer.parseInt(number.group(1))));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look through %s: %s".formatted(home.models(), e), e);
    }
    return found;
  }

  /** Deletes a version's folder; one that is gone already is fine. */
  void delete(Folder gone) {
    Path folder = folder(gone.name(), gone.version());
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete %s: %s".formatted(folder, e), e);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  /** A second name of the same file where the disk can do that: large data is not copied. */
  private static void share(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(source, target);
    }
  }
}
