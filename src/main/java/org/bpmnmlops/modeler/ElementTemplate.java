package org.bpmnmlops.modeler;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * An element template of the Camunda Modeler for Camunda 7, in the Modeler's own JSON.
 *
 * @param name as listed in the Modeler
 * @param id by which a diagram remembers the template
 * @param description what the element does, and what whoever draws has to know
 * @param appliesTo BPMN types that can take it
 * @param elementType BPMN type they become; null where they stay what they are
 * @param groups headings of the fields, in their order
 * @param properties the fields
 * @param scopes fields of a connector; null for other elements
 */
@JsonInclude(Include.NON_NULL)
@JsonPropertyOrder({"$schema", "name", "id", "version", "description"})
record ElementTemplate(
    String name,
    String id,
    String description,
    List<String> appliesTo,
    ElementType elementType,
    List<Group> groups,
    List<Field> properties,
    List<Scope> scopes) {

  /** The oldest that knows all that is used here: a Modeler refuses templates newer than itself. */
  private static final String SCHEMA =
      "https://unpkg.com/@camunda/element-templates-json-schema@0.15.0/resources/schema.json";

  @JsonProperty("$schema")
  String schema() {
    return SCHEMA;
  }

  /** Raise it when a diagram drawn with the template before has to change. */
  @JsonProperty("version")
  int version() {
    return 1;
  }

  record ElementType(String value) {}

  record Group(String id, String label) {}

  record Scope(String type, List<Field> properties) {}

  /** Where a field's value goes in the diagram. */
  record Binding(String type, String name) {

    static Binding attribute(String name) {
      return new Binding("property", name);
    }

    static Binding parameter(String name) {
      return new Binding("camunda:property", name);
    }

    static Binding input(String name) {
      return new Binding("camunda:inputParameter", name);
    }
  }

  /** A result of a connector: the expression {@code source} is stored as the variable's value. */
  @JsonInclude(Include.NON_NULL)
  record Output(String type, String source) {

    static Output variable(String expression) {
      return new Output("camunda:outputParameter", expression);
    }
  }

  /** One choice of a drop-down. */
  record Choice(String name, String value) {}

  /** What the Modeler checks while somebody types. */
  @JsonInclude(Include.NON_NULL)
  record Constraints(Boolean notEmpty, Pattern pattern) {}

  /** A regular expression, and what to say where it does not match. */
  record Pattern(String value, String message) {}

  /**
   * One field.
   *
   * @param type {@code String}, {@code Dropdown} or {@code Hidden}
   * @param value preset; text, or true for a hidden tick
   * @param binding a {@link Binding}, or an {@link Output}
   */
  @JsonInclude(Include.NON_NULL)
  record Field(
      String label,
      String description,
      String type,
      Object value,
      List<Choice> choices,
      Constraints constraints,
      String group,
      Object binding) {

    static Field hidden(Object value, Object binding) {
      return new Field(null, null, "Hidden", value, null, null, null, binding);
    }
  }
}
