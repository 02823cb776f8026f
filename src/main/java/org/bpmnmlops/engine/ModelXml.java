package org.bpmnmlops.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.process.StepCatalog;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Reads from a model's XML what the engine's parser does not keep. */
final class ModelXml {

  private ModelXml() {}

  /** The extension properties of one element, in the order of the model. */
  static Map<String, String> properties(Element element) {
    Map<String, String> values = new LinkedHashMap<>();
    Element extensions = element.element("extensionElements");
    if (extensions == null) {
      return values;
    }
    Element properties = extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties");
    if (properties != null) {
      for (Element property :
          properties.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property")) {
        values.put(property.attribute("name"), property.attribute("value"));
      }
    }
    return values;
  }

  /** Whether a start event of a process draws a form of its own. */
  static boolean hasStartForm(Element process) {
    return process.elements("startEvent").stream()
        .anyMatch(
            start ->
                start.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "formKey") != null
                    || start.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "formRef") != null
                    || start.element("extensionElements") != null
                        && start
                                .element("extensionElements")
                                .elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "formData")
                            != null);
  }

  /** The beans that service tasks of a process name, sub-processes included. */
  static List<String> beans(Element process) {
    return new ArrayList<>(beansByActivity(process).values());
  }

  /** As {@link #beans}, by the activity's id. */
  static Map<String, String> beansByActivity(Element process) {
    Map<String, String> beans = new LinkedHashMap<>();
    collect(process, beans);
    return beans;
  }

  private static void collect(Element parent, Map<String, String> beans) {
    for (Element child : parent.elements()) {
      String expression =
          child.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "delegateExpression");
      if (expression != null) {
        StepCatalog.beanOf(expression).ifPresent(bean -> beans.put(child.attribute("id"), bean));
      }
      collect(child, beans);
    }
  }
}
