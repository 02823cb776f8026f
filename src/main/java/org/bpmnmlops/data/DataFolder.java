package org.bpmnmlops.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.bpmnmlops.artifact.Home;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Where data sets are looked up, and nowhere else. */
@Component
public class DataFolder {

  /**
   * A file that was changed less than this ago is looked at again once it is as old. A file that
   * has rested costs no time.
   */
  static final Duration QUIET = Duration.ofSeconds(1);

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  private final Home home;
  private final Clock clock;
  private final Pause pause;

  @Autowired
  DataFolder(Home home) {
    this(home, Clock.systemUTC(), duration -> Thread.sleep(duration.toMillis()));
  }

  DataFolder(Home home, Clock clock, Pause pause) {
    this.home = home;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * The file of a data set.
   *
   * @throws DatasetNotReadyException when it does not exist
   * @throws InvalidDataException when the name leads out of the folder, also by a link, or is no
   *     readable file
   */
  public Path find(String dataset) {
    try {
      Path folder = home.dataDir();
      Path path = folder.resolve(dataset).normalize();
      if (!path.startsWith(folder) || path.equals(folder)) {
        throw outside(dataset);
      }
      Path real = path.toRealPath();
      if (!real.startsWith(folder.toRealPath())) {
        throw outside(dataset);
      }
      if (!Files.isRegularFile(real)) {
        throw new InvalidDataException(
            "'%s' in %s is no file; expected a CSV file".formatted(dataset, folder));
      }
      if (!Files.isReadable(real)) {
        throw unreadable(dataset, null);
      }
      return real;
    } catch (InvalidPathException e) {
      throw outside(dataset);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new DatasetNotReadyException(
          "%s is not in %s; put it there, or correct the parameter 'dataset'"
              .formatted(dataset, home.dataDir()),
          e);
    } catch (AccessDeniedException e) {
      throw unreadable(dataset, e);
    } catch (FileSystemException e) {
      // A name too long, a file where a folder was meant, links that go round in a circle.
      throw new InvalidDataException(
          "%s cannot be looked up in %s: %s; correct the parameter 'dataset'"
              .formatted(shortened(dataset), home.dataDir(), e.getReason()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look up %s: %s".formatted(dataset, e), e);
    }
  }

  private static String shortened(String dataset) {
    return dataset.length() <= 100 ? dataset : dataset.substring(0, 100) + "...";
  }

  /**
   * Reads a data set and makes sure that it did not grow meanwhile. Growth is what was seen: a size
   * or time that changed while the file was read, or within {@link #QUIET} of the last change. A
   * writer that pauses longer should write under another name and rename.
   *
   * @throws DatasetNotReadyException when the file is missing or changes, whatever reading said
   */
  <T> T read(String dataset, Function<Path, T> reader) {
    return readUnlessGrowing(dataset, find(dataset), reader);
  }

  /**
   * The same for a file that is somewhere else.
   *
   * @param name for messages
   */
  public <T> T readUnlessGrowing(String name, Path file, Function<Path, T> reader) {
    Stamp before = stamp(name, file);
    T result;
    try {
      result = reader.apply(file);
    } catch (InvalidDataException e) {
      refuseGrowth(name, file, before);
      throw e;
    }
    refuseGrowth(name, file, before);
    return result;
  }

  private record Stamp(long size, FileTime changed) {}

  private static Stamp stamp(String dataset, Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.size(), attributes.lastModifiedTime());
    } catch (NoSuchFileException e) {
      throw new DatasetNotReadyException(
          "%s was taken away while it was read".formatted(dataset), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at %s: %s".formatted(dataset, e), e);
    }
  }

  private void refuseGrowth(String dataset, Path file, Stamp before) {
    Stamp after = stamp(dataset, file);
    Duration age = Duration.between(before.changed().toInstant(), clock.instant());
    if (after.equals(before) && age.compareTo(QUIET) < 0) {
      try {
        pause.of(age.isNegative() ? QUIET : QUIET.minus(age));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for " + dataset, e);
      }
      after = stamp(dataset, file);
    }
    if (!after.equals(before)) {
      throw new DatasetNotReadyException(
          ("%s is still being written: it had %d bytes, then %d. Wait until it is complete; better"
                  + " write it under another name and rename it")
              .formatted(dataset, before.size(), after.size()));
    }
  }

  private static InvalidDataException outside(String dataset) {
    return new InvalidDataException(
        "'%s' leads out of the data folder; expected the name of a file in it, such as advertising.csv"
            .formatted(dataset));
  }

  private static InvalidDataException unreadable(String dataset, Exception cause) {
    return new InvalidDataException(
        "%s may not be read by this server; give its user the right to".formatted(dataset), cause);
  }
}
