package org.bpmnmlops.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bpmnmlops.artifact.Home;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The administrator's first password: given by the operator, else made here and kept in the file
 * {@code admin-password} of the home, which its owner alone can read.
 */
@Component
class AdminPassword {

  static final String VARIABLE = "MLOPS_ADMIN_PASSWORD";

  private static final String LETTERS_DIGITS_SIGNS =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_.+=!";
  private static final int LENGTH = 24;

  private final Path file;
  private final String given;

  AdminPassword(Home home, @Value("${mlops.admin-password:}") String given) {
    this.file = home.home().resolve("admin-password");
    this.given = given;
  }

  /** Whether the operator chose it. */
  boolean isGiven() {
    return !given.isEmpty();
  }

  /** Where an operator finds the password, in words; never the password itself. */
  String whereabouts() {
    return given.isEmpty() ? "in the file " + file : "the value of " + VARIABLE;
  }

  /**
   * The password to create the administrator with.
   *
   * @param policy whether the engine accepts a password
   * @throws AdminPasswordRefusedException when it does not accept the operator's
   */
  String get(Predicate<String> policy) {
    String password = given.isEmpty() ? kept(policy) : given;
    if (!policy.test(password)) {
      throw new AdminPasswordRefusedException(whereabouts());
    }
    return password;
  }

  private String kept(Predicate<String> policy) {
    try {
      if (Files.notExists(file)) {
        String password = generate();
        while (!policy.test(password)) {
          password = generate();
        }
        write(password);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The administrator's password cannot be kept in " + file + ": " + e.getMessage(), e);
    }
  }

  private static String generate() {
    return new SecureRandom()
        .ints(LENGTH, 0, LETTERS_DIGITS_SIGNS.length())
        .mapToObj(index -> LETTERS_DIGITS_SIGNS.substring(index, index + 1))
        .collect(Collectors.joining());
  }

  private void write(String password) throws IOException {
    Files.createDirectories(file.getParent());
    Path unfinished = Files.createTempFile(file.getParent(), ".admin-password", ".part", owner());
    try {
      Files.write(unfinished, (password + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private FileAttribute<?>[] owner() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
