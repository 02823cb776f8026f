package org.bpmnmlops.log;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/**
 * Keeps passwords out of what users read: the values of all settings whose names end with {@code
 * password}, and passwords written into URLs. Values of fewer than four characters stay, since
 * hiding them would only mark every place they happen to stand in.
 */
@Component
class Secrets {

  private static final int SHORTEST = 4;
  private static final String HIDDEN = "***";
  private static final Pattern IN_URL =
      Pattern.compile("(?i)((?:password|passwd|pwd)=)[^&;\\s\"']+|(://[^/\\s:@]+:)[^/\\s@]+(?=@)");

  private final List<String> values;

  Secrets(ConfigurableEnvironment environment) {
    values =
        StreamSupport.stream(environment.getPropertySources().spliterator(), false)
            .filter(EnumerablePropertySource.class::isInstance)
            .flatMap(
                source ->
                    List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
            .filter(name -> name.toLowerCase(Locale.ROOT).endsWith("password"))
            .map(environment::getProperty)
            .filter(Objects::nonNull)
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .toList();
  }

  String hide(String text) {
    String shown = text;
    for (String value : values) {
      shown = shown.replace(value, HIDDEN);
    }
    return IN_URL.matcher(shown).replaceAll("$1$2" + HIDDEN);
  }
}
