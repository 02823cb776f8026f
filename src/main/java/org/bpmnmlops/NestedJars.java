package org.bpmnmlops;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classes from the same nested jars, in the same order, as the class loader it stands in for, but
 * only the jars that have a class's package are asked for the class.
 */
final class NestedJars extends URLClassLoader {

  static {
    ClassLoader.registerAsParallelCapable();
  }

  /** Where a jar keeps what is for newer Java only. */
  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.*)");

  private record Jar(JarFile file, CodeSource source) {}

  private final Map<String, List<Jar>> jarsByFolder = new HashMap<>();

  /**
   * @param slow with nested jars only, see {@link #are}
   */
  NestedJars(URLClassLoader slow) throws IOException {
    super(slow.getURLs(), slow.getParent());
    for (URL url : slow.getURLs()) {
      JarFile file = ((JarURLConnection) url.openConnection()).getJarFile();
      Jar jar = new Jar(file, new CodeSource(url, (CodeSigner[]) null));
      for (String folder : folders(file)) {
        jarsByFolder.computeIfAbsent(folder, key -> new ArrayList<>()).add(jar);
      }
    }
  }

  /** Whether a class loader has nested jars, and nothing else. */
  static boolean are(URLClassLoader loader) {
    return Arrays.stream(loader.getURLs()).allMatch(url -> url.getProtocol().equals("jar"));
  }

  /** In which something is, files or folders. */
  private static Set<String> folders(JarFile file) {
    Set<String> folders = new HashSet<>();
    for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
      String folder = folder(entries.nextElement().getName());
      if (folders.add(folder)) {
        Matcher versioned = VERSIONED.matcher(folder);
        if (versioned.matches()) {
          folders.add(versioned.group(1));
        }
      }
    }
    return folders;
  }

  private static String folder(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/', name.length() - 2)));
  }

  private List<Jar> jars(String name) {
    return jarsByFolder.getOrDefault(folder(name), List.of());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    for (Jar jar : jars(path)) {
      JarEntry entry = jar.file().getJarEntry(path);
      if (entry != null) {
        try {
          return define(name, jar, entry);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
    throw new ClassNotFoundException(name);
  }

  private Class<?> define(String name, Jar jar, JarEntry entry) throws IOException {
    byte[] code;
    try (InputStream in = jar.file().getInputStream(entry)) {
      code = in.readAllBytes();
    }
    int end = name.lastIndexOf('.');
    if (end > 0 && getDefinedPackage(name.substring(0, end)) == null) {
      definePackage(name.substring(0, end), jar);
    }
    return defineClass(name, code, 0, code.length, jar.source());
  }

  private void definePackage(String name, Jar jar) throws IOException {
    try {
      if (jar.file().getManifest() == null) {
        definePackage(name, null, null, null, null, null, null, null);
      } else {
        definePackage(name, jar.file().getManifest(), jar.source().getLocation());
      }
    } catch (IllegalArgumentException e) {
      // Another thread has done it meanwhile.
    }
  }

  @Override
  public URL findResource(String name) {
    return mayBeThere(name) ? super.findResource(name) : null;
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    return mayBeThere(name) ? super.findResources(name) : Collections.emptyEnumeration();
  }

  private boolean mayBeThere(String name) {
    return name.isEmpty() || jars(name).stream().anyMatch(jar -> jar.file().getEntry(name) != null);
  }
}
