package org.bpmnmlops.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Looks at every setting before anything starts, so that the operator reads all that is wrong at
 * once and nothing else. What takes more than one value to judge is checked where it is used, with
 * the same exception.
 */
class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  /**
   * One setting.
   *
   * @param variable as the operator knows it
   * @param property as the application does
   * @param usable whether a value, never null, can be used
   * @param expected in words
   */
  private record Setting(
      String variable, String property, Predicate<String> usable, String expected) {}

  private static final String TIME = "a time between 1 ms and 1 h such as 10s";

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              "MLOPS_HOME",
              "mlops.home",
              SettingsCheck::isHome,
              "a folder that this user may write to, or a place where one can be made"),
          new Setting("MLOPS_DATA_DIR", "mlops.data-dir", SettingsCheck::isData, "a folder"),
          new Setting(
              "MLOPS_FIRST_RUN", "mlops.first-run", SettingsCheck::isYesOrNo, "true or false"),
          new Setting(
              "MLOPS_SECURE_COOKIES",
              "mlops.secure-cookies",
              SettingsCheck::isYesOrNo,
              "true or false"),
          new Setting(
              "MLOPS_MODEL",
              "mlops.serving.model",
              text -> !text.isBlank(),
              "the name of a model, such as advertising"),
          new Setting(
              "MLOPS_FEEDBACK_MARK",
              "mlops.serving.feedback-mark",
              text -> isNumber(text, 1, 1_000_000_000),
              "a number of rows from 1 to 1000000000"),
          new Setting(
              "MLOPS_KEEP_VERSIONS",
              "mlops.registry.keep-versions",
              text -> isNumber(text, 1, 100_000),
              "a number of versions from 1 to 100000"),
          new Setting(
              "MLOPS_SHUTDOWN_WAIT",
              "mlops.shutdown-wait",
              text -> isTime(text, Duration.ZERO, Duration.ofDays(1)),
              "a time of at most a day such as 5m"),
          new Setting(
              "MLOPS_BASE_URL",
              "mlops.base-url",
              SettingsCheck::isAddress,
              "the address of this server as its users know it, without user and password, such as"
                  + " https://mlops.example.org"),
          new Setting(
              "MLOPS_MAIL_PORT",
              "mlops.mail.port",
              text -> isNumber(text, 1, 65_535),
              "a port from 1 to 65535, such as 587"),
          new Setting(
              "MLOPS_MAIL_TLS",
              "mlops.mail.tls",
              text ->
                  Set.of("starttls", "implicit", "none")
                      .contains(text.strip().toLowerCase(Locale.ROOT)),
              "starttls, implicit or none"),
          new Setting("MLOPS_MAIL_TIMEOUT", "mlops.mail.timeout", SettingsCheck::isTimeout, TIME),
          new Setting(
              "MLOPS_STATUS_TIMEOUT", "mlops.status.timeout", SettingsCheck::isTimeout, TIME),
          new Setting(
              "SERVER_ADDRESS",
              "server.address",
              SettingsCheck::isOwnAddress,
              "an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them"),
          new Setting(
              "SERVER_PORT",
              "server.port",
              text -> isNumber(text, 0, 65_535),
              "a port from 0 (any) to 65535, such as 8080"),
          new Setting(
              "MLOPS_DB_URL",
              "spring.datasource.url",
              text -> text.startsWith("jdbc:postgresql:") || text.startsWith("jdbc:h2:"),
              "the address of a PostgreSQL database such as jdbc:postgresql://db/mlops"));

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment environment = context.getEnvironment();
    List<String> findings = new ArrayList<>();
    for (Setting setting : SETTINGS) {
      String value = environment.getProperty(setting.property());
      if (value != null && !setting.usable().test(value)) {
        findings.add(
            "%s is '%s'; expected %s"
                .formatted(setting.variable(), shown(value), setting.expected()));
      }
    }
    if (!findings.isEmpty()) {
      throw new SettingRefusedException(String.join("\n", findings));
    }
    connect(environment);
  }

  /**
   * Asks PostgreSQL once, before a pool and a migration tool do and tell at length that they
   * cannot.
   */
  private static void connect(Environment environment) {
    String url = environment.getProperty("spring.datasource.url", "");
    if (!url.startsWith("jdbc:postgresql:")) {
      return;
    }
    try {
      DriverManager.getConnection(
              url,
              environment.getProperty("spring.datasource.username"),
              environment.getProperty("spring.datasource.password"))
          .close();
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      String what =
          state.startsWith("28")
              ? "expected a user and a password that this database knows (MLOPS_DB_USER,"
                  + " MLOPS_DB_PASSWORD)"
              : state.startsWith("3D")
                  ? "expected a database that exists: create it, or name another"
                  : "expected a PostgreSQL server that answers: start it, or name another";
      throw new SettingRefusedException(
          "MLOPS_DB_URL is '%s'; %s (%s)"
              .formatted(shown(url), what, String.valueOf(e.getMessage()).replaceAll("\\s+", " ")),
          e);
    }
  }

  /** Without what may be a password. */
  private static String shown(String value) {
    return value.replaceAll("//[^/@]*@", "//***@").replaceAll("(?i)(password=)[^&;]*", "$1***");
  }

  private static boolean isHome(String text) {
    try {
      Path place = Path.of(text).toAbsolutePath();
      if (Files.isDirectory(place)) {
        return isWritable(place);
      }
      if (Files.exists(place)) {
        return false;
      }
      while (place != null && Files.notExists(place)) {
        place = place.getParent();
      }
      return place != null && Files.isDirectory(place) && isWritable(place);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** By doing it: a read-only file system lets root believe that it may. */
  private static boolean isWritable(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".writable", ""));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The folder may come later, with the first data set. */
  private static boolean isData(String text) {
    try {
      Path folder = Path.of(text);
      return Files.notExists(folder) || (Files.isDirectory(folder) && Files.isReadable(folder));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isYesOrNo(String text) {
    return Set.of("true", "false").contains(text.strip().toLowerCase(Locale.ROOT));
  }

  private static boolean isTimeout(String text) {
    return isTime(text, Duration.ofMillis(1), Duration.ofHours(1).minusMillis(1));
  }

  private static boolean isTime(String text, Duration least, Duration most) {
    try {
      Duration time = DurationStyle.detectAndParse(text.strip());
      return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private static boolean isNumber(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text.strip());
      return number >= least && number <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isAddress(String text) {
    if (text.isBlank()) {
      return true;
    }
    try {
      URI uri = URI.create(text.strip());
      return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isOwnAddress(String text) {
    if (text.isBlank()) {
      return true;
    }
    try {
      InetAddress address = InetAddress.getByName(text.strip());
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
