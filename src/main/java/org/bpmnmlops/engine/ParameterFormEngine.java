package org.bpmnmlops.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.form.FormData;
import org.camunda.bpm.engine.form.FormField;
import org.camunda.bpm.engine.impl.form.engine.HtmlDocumentBuilder;
import org.camunda.bpm.engine.impl.form.engine.HtmlElementWriter;
import org.camunda.bpm.engine.impl.form.engine.HtmlFormEngine;

/** The engine's forms, with a sentence below each field and the rare ones folded away. */
final class ParameterFormEngine extends HtmlFormEngine {

  @Override
  protected String renderFormData(FormData form) {
    List<FormField> rare = form.getFormFields().stream().filter(ParameterFormEngine::rare).toList();
    if (rare.isEmpty() && form.getFormFields().stream().noneMatch(field -> help(field) != null)) {
      return super.renderFormData(form);
    }
    HtmlDocumentBuilder page =
        new HtmlDocumentBuilder(
            new HtmlElementWriter(FORM_ELEMENT)
                .attribute(NAME_ATTRIBUTE, GENERATED_FORM_NAME)
                .attribute(ROLE_ATTRIBUTE, FORM_ROLE));
    form.getFormFields().stream()
        .filter(field -> !rare(field))
        .forEach(field -> renderFormField(field, page));
    if (!rare.isEmpty()) {
      page.startElement(new HtmlElementWriter("details"))
          .startElement(
              new HtmlElementWriter("summary")
                  .attribute("style", "cursor: pointer; margin-bottom: 15px; display: list-item")
                  .textContent("%d more, at their defaults".formatted(rare.size())))
          .endElement();
      rare.forEach(field -> renderFormField(field, page));
      page.endElement();
    }
    return page.endElement().getHtmlString();
  }

  @Override
  protected void renderFormField(FormField field, HtmlDocumentBuilder page) {
    super.renderFormField(field, page);
    if (help(field) != null) {
      page.startElement(
              new HtmlElementWriter("p")
                  .attribute(CLASS_ATTRIBUTE, HELP_BLOCK_CLASS)
                  .attribute("style", "margin: -10px 0 15px")
                  .attribute("ng-non-bindable", "")
                  .textContent(escaped(help(field))))
          .endElement();
    }
  }

  private static boolean rare(FormField field) {
    return properties(field).containsKey(StartForm.RARE);
  }

  private static String help(FormField field) {
    return properties(field).get(StartForm.HELP);
  }

  private static Map<String, String> properties(FormField field) {
    return field.getProperties() == null ? Map.of() : field.getProperties();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
