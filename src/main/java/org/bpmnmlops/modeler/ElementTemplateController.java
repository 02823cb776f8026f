package org.bpmnmlops.modeler;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives the templates to whoever draws, those of steps a team added among them. */
@RestController
class ElementTemplateController {

  private final ElementTemplates templates;

  ElementTemplateController(ElementTemplates templates) {
    this.templates = templates;
  }

  @GetMapping("/api/v1/element-templates")
  @Operation(
      summary = "Element templates for the Camunda Modeler",
      description =
          "One file for .camunda/element-templates: a template per step, steps of your own included.")
  List<ElementTemplate> all() {
    return List.copyOf(templates.byFile().values());
  }
}
