package org.bpmnmlops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedJarsTest {

  private static final String CLASS = Server.class.getName();
  private static final String FILE = CLASS.replace('.', '/') + ".class";

  @TempDir private Path folder;

  @Test
  void takesAClassFromTheFirstJarThatHasIt() throws Exception {
    URL without = jar("without", "org/bpmnmlops/other.txt");
    URL first = jar("first", FILE);
    URL second = jar("second", FILE);

    try (NestedJars jars = jars(without, first, second)) {
      Class<?> found = jars.loadClass(CLASS);

      assertThat(found.getClassLoader()).isSameAs(jars);
      assertThat(found.getProtectionDomain().getCodeSource().getLocation()).isEqualTo(first);
      assertThat(found.getPackage().getImplementationVersion()).isEqualTo("of first");
    }
  }

  @Test
  void findsEveryFileAndFolderAndNothingElse() throws Exception {
    URL first = jar("first", "db/", "db/migration/", "db/migration/a.sql", "root.txt");
    URL second = jar("second", "db/", "db/migration/", "db/migration/a.sql");

    try (NestedJars jars = jars(first, second)) {
      assertThat(Collections.list(jars.findResources("db/migration/a.sql")))
          .containsExactly(
              new URL(first, "db/migration/a.sql"), new URL(second, "db/migration/a.sql"));
      assertThat(Collections.list(jars.findResources("db/migration/"))).hasSize(2);
      assertThat(Collections.list(jars.findResources("db/migration"))).hasSize(2);
      assertThat(jars.getResource("root.txt")).isEqualTo(new URL(first, "root.txt"));
      assertThat(jars.getResource("db/migration/b.sql")).isNull();
      assertThat(Collections.list(jars.findResources("none/b.sql"))).isEmpty();
      assertThatThrownBy(() -> jars.loadClass("db.migration.None"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void findsAClassThatIsThereForNewerJavaOnly() throws Exception {
    // As Spring Boot opens its jars; the JDK has to be asked for it.
    URL versioned = new URL(jar("versioned", "META-INF/versions/9/" + FILE), "#runtime");

    try (NestedJars jars = jars(versioned)) {
      assertThat(jars.loadClass(CLASS).getClassLoader()).isSameAs(jars);
    }
  }

  /** A parent that knows the JDK only, as the one of Spring Boot's loader knows nothing of ours. */
  private static NestedJars jars(URL... urls) throws IOException {
    return new NestedJars(new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
  }

  private URL jar(String name, String... entries) throws IOException {
    Path file = folder.resolve(name + ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "of " + name);
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (String entry : entries) {
        jar.putNextEntry(new JarEntry(entry));
        if (entry.endsWith(".class")) {
          try (InputStream in = Server.class.getResourceAsStream("Server.class")) {
            in.transferTo(jar);
          }
        } else if (!entry.endsWith("/")) {
          jar.write(name.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return URI.create("jar:" + file.toUri() + "!/").toURL();
  }
}
