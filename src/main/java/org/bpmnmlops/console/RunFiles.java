package org.bpmnmlops.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bpmnmlops.artifact.Home;
import org.springframework.stereotype.Component;

/** The files in a run's folder, as far as they are complete. */
@Component
class RunFiles {

  /**
   * A file.
   *
   * @param name in the run's folder; with {@code /} where it lies deeper
   * @param size in bytes
   */
  record RunFile(String name, long size, Instant modifiedAt) {}

  private static final int DEPTH = 4;

  private final Home home;

  RunFiles(Home home) {
    this.home = home;
  }

  /** By name; empty where the run wrote none, or they were cleaned up. */
  List<RunFile> list(String run) {
    return paths(run).stream()
        .map(file -> file(run, file))
        .sorted(Comparator.comparing(RunFile::name))
        .toList();
  }

  /**
   * One file. Only what the folder itself lists is found, so no name leads out of it.
   *
   * @throws NotFoundException when there is none of this name
   */
  Path find(String run, String name) {
    return paths(run).stream()
        .filter(file -> name(run, file).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "Run '%s' has no file '%s'; GET /api/v1/runs/%s/files lists those it has"
                        .formatted(run, name, run)));
  }

  private List<Path> paths(String run) {
    Path folder = folder(run);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list %s: %s".formatted(folder, e), e);
    }
  }

  private RunFile file(String run, Path file) {
    try {
      return new RunFile(
          name(run, file), Files.size(file), Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  private String name(String run, Path file) {
    return folder(run).relativize(file).toString().replace('\\', '/');
  }

  /** The caller found the run by this id, so it is one of the engine's. */
  private Path folder(String run) {
    return home.runs().resolve(run);
  }
}
