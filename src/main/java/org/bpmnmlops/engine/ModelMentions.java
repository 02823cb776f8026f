package org.bpmnmlops.engine;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpmnmlops.process.StepCatalog;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Which parameters a model reads by itself: its expressions, mappings, tables, forms and scripts
 * know variables alone, while our steps find a parameter wherever it is.
 */
final class ModelMentions {

  /** Elements that may read any variable without naming it. */
  private static final Set<String> READ_ANYTHING =
      Set.of("businessRuleTask", "userTask", "scriptTask", "script");

  private static final Set<String> NOT_READ = Set.of("id", "name");

  private final StepCatalog steps;

  ModelMentions(StepCatalog steps) {
    this.steps = steps;
  }

  /** Those of the names that have to be variables. */
  Set<String> in(Element process, Collection<String> names) {
    if (below(process).anyMatch(this::readsAnything)) {
      return Set.copyOf(names);
    }
    String text = below(process).flatMap(ModelMentions::texts).collect(Collectors.joining("\n"));
    return names.stream()
        .filter(name -> Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(text).find())
        .collect(Collectors.toSet());
  }

  private boolean readsAnything(Element element) {
    String bean = camunda(element, "delegateExpression");
    return READ_ANYTHING.contains(element.getTagName())
        || camunda(element, "class") != null
        || "all".equals(element.attribute("variables"))
        || (bean != null && StepCatalog.beanOf(bean).flatMap(steps::find).isEmpty());
  }

  private static String camunda(Element element, String attribute) {
    return element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, attribute);
  }

  /** A name is for people, and an id for the diagram: neither reads a variable. */
  private static Stream<String> texts(Element element) {
    return Stream.concat(
        Stream.of(element.getText()),
        element.attributes().stream()
            .filter(attribute -> !NOT_READ.contains(attribute))
            .map(element::attribute));
  }

  /** All elements but documentation, and the process's properties: the parameters themselves. */
  private static Stream<Element> below(Element process) {
    return process.elements().stream()
        .filter(child -> !child.getTagName().equals("extensionElements"))
        .flatMap(ModelMentions::all);
  }

  private static Stream<Element> all(Element element) {
    return element.getTagName().equals("documentation")
        ? Stream.empty()
        : Stream.concat(
            Stream.of(element), element.elements().stream().flatMap(ModelMentions::all));
  }
}
