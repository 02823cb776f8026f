package org.bpmnmlops.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Files of runs and models. Steps hand each other references, which are paths relative to the home
 * such as {@code runs/4711/preprocessed_advertising.csv} or {@code
 * models/advertising/v1/model.zip}; a reference never leads out of these two folders.
 */
@Component
@EnableConfigurationProperties(Home.class)
public class Artifacts {

  /** Fills a file that readers see only when it is complete. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(Path file) throws IOException;
  }

  static final String RUNS = "runs/";

  private final Home home;

  public Artifacts(Home home) {
    this.home = home;
  }

  /** The reference of a file in a run's folder. */
  public String reference(String run, String file) {
    return RUNS + run + "/" + file;
  }

  /**
   * The path behind a reference.
   *
   * @throws IllegalArgumentException when it leads out of the folders of runs and models;
   *     references are variables, variables can be changed over REST, and the home holds passwords
   *     and databases
   */
  public Path path(String reference) {
    try {
      Path path = home.home().resolve(reference).normalize();
      for (Path folder : List.of(home.runs(), home.models())) {
        if (path.startsWith(folder) && !path.equals(folder)) {
          return path;
        }
      }
    } catch (InvalidPathException e) {
      // Refused below like every other reference that names no file of ours.
    }
    throw new IllegalArgumentException(
        "'%s' is no file of a run or a model: expected a path such as runs/<run>/<file>"
            .formatted(reference));
  }

  /**
   * The path of a file that a step has written, for a step after it.
   *
   * @param step its name, for whoever has to run it again
   * @throws GoneFileException when the file was deleted since
   * @throws IllegalArgumentException as {@link #path}
   */
  public Path written(String reference, String step) {
    Path file = path(reference);
    if (Files.notExists(file)) {
      throw new GoneFileException(reference, step);
    }
    return file;
  }

  /**
   * Writes a run's file beside its place and moves it there: after a crash there is the old file,
   * or the new one, never half of one.
   *
   * @return the reference
   */
  public String write(String run, String file, Writer writer) {
    String reference = reference(run, file);
    Path target = path(reference);
    removeUnfinished(target);
    write(target, writer);
    return reference;
  }

  /**
   * Deletes what a step left that was cut off while it wrote this file; it is run again now. Only
   * for files that nobody else writes at the same time.
   */
  public static void removeUnfinished(Path target) {
    if (!Files.isDirectory(target.getParent())) {
      return;
    }
    String start = "." + target.getFileName() + ".";
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            target.getParent(),
            file -> {
              String name = file.getFileName().toString();
              return name.startsWith(start) && name.endsWith(".part");
            })) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot tidy up beside %s: %s".formatted(target, e), e);
    }
  }

  /** As {@link #write(String, String, Writer)}, for any path. */
  public static void write(Path target, Writer writer) {
    try {
      Files.createDirectories(target.getParent());
      Path unfinished =
          target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
      try {
        writer.writeTo(unfinished);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(target, e), e);
    }
  }

  /** SHA-256 of a file in lower-case hexadecimal. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
