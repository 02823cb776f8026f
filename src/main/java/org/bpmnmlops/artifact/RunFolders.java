package org.bpmnmlops.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** The folders {@code runs/<run>}. */
@Component
public class RunFolders {

  /** What the engine calls a run; a folder named otherwise is somebody else's and stays. */
  private static final Pattern RUN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Home home;

  public RunFolders(Home home) {
    this.home = home;
  }

  /** Ids of the runs whose folders were last changed before this moment. */
  public List<String> unchangedSince(Instant moment) {
    if (!Files.isDirectory(home.runs())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(home.runs())) {
      return folders
          .filter(folder -> RUN.matcher(folder.getFileName().toString()).matches())
          .filter(folder -> changed(folder).isBefore(moment))
          .map(folder -> folder.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list %s: %s".formatted(home.runs(), e), e);
    }
  }

  /** Deletes a run's folder with all it holds; one that is gone already is fine. */
  public void delete(String run) {
    Path folder = home.runs().resolve(run);
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete %s: %s".formatted(folder, e), e);
    }
  }

  /** A folder that another node has just deleted counts as new: there is nothing left to do. */
  private static Instant changed(Path folder) {
    try {
      return Files.getLastModifiedTime(folder).toInstant();
    } catch (IOException e) {
      if (Files.notExists(folder)) {
        return Instant.MAX;
      }
      throw new UncheckedIOException("Cannot read %s: %s".formatted(folder, e), e);
    }
  }
}
