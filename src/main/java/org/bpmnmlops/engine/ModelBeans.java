package org.bpmnmlops.engine;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpmnmlops.process.ForModels;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The beans an expression can name: those marked {@link ForModels}, by bean name. Looks each up
 * when it is asked for, because the engine is built before the beans that use it.
 */
final class ModelBeans extends AbstractMap<Object, Object> {

  private final ListableBeanFactory beans;

  ModelBeans(ListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String bean
        && beans.containsBean(bean)
        && beans.findAnnotationOnBean(bean, ForModels.class, false) != null;
  }

  @Override
  public Object get(Object name) {
    return containsKey(name) ? beans.getBean((String) name) : null;
  }

  @Override
  public Set<Map.Entry<Object, Object>> entrySet() {
    return Arrays.stream(beans.getBeanNamesForAnnotation(ForModels.class))
        .map(name -> Map.<Object, Object>entry(name, beans.getBean(name)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
