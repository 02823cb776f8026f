package org.bpmnmlops;

import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;

/**
 * What the jar starts. Spring Boot's class loader asks the nested jars one after the other for
 * every class, which took a sixth of the processor time of a start; {@link NestedJars} knows which
 * to ask.
 */
public final class Launcher {

  private static final String APPLICATION = "org.bpmnmlops.MlopsApplication";

  private Launcher() {}

  /**
   * As {@link MlopsApplication#main}, which must not be loaded before its class loader is there.
   */
  public static void main(String[] args) throws Throwable {
    ClassLoader loader = Launcher.class.getClassLoader();
    if (loader instanceof URLClassLoader jars && NestedJars.are(jars)) {
      loader = new NestedJars(jars);
      Thread.currentThread().setContextClassLoader(loader);
    }
    try {
      loader.loadClass(APPLICATION).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
