package org.bpmnmlops.engine;

import java.beans.FeatureDescriptor;
import java.lang.reflect.AnnotatedElement;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;

/**
 * Stands before the other resolvers and refuses the ways from an expression to the JVM: classes,
 * class loaders, reflection, threads and child processes. Resolves nothing itself.
 */
final class JvmDenied extends ELResolver {

  private static final List<Class<?>> TYPES =
      List.of(
          AnnotatedElement.class,
          Class.class,
          ClassLoader.class,
          Module.class,
          Process.class,
          ProcessBuilder.class,
          ProcessHandle.class,
          Runtime.class,
          System.class,
          Thread.class,
          ThreadGroup.class);
  private static final Set<String> PACKAGES = Set.of("java.lang.reflect", "java.lang.invoke");
  private static final Set<String> MEMBERS = Set.of("class", "getClass");

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    check(base, property);
    return null;
  }

  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    check(base, method);
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    check(base, property);
  }

  private static void check(Object base, Object member) {
    if (base == null) {
      return;
    }
    boolean denied =
        TYPES.stream().anyMatch(type -> type.isInstance(base))
            || PACKAGES.contains(base.getClass().getPackageName())
            || MEMBERS.contains(String.valueOf(member));
    if (denied) {
      throw new ProcessEngineException(
          "'%s' of %s cannot be used: the JVM's classes, threads and processes are closed to models"
              .formatted(member, base.getClass().getSimpleName()));
    }
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }
}
