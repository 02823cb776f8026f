package org.bpmnmlops.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.BuiltinAggregator;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;

/**
 * A decision table as people read it.
 *
 * @param hitPolicy such as {@code FIRST}
 * @param aggregation of a table that collects, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DecisionTable(
    String hitPolicy,
    String aggregation,
    List<Column> inputs,
    List<Column> outputs,
    List<Row> rules) {

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static final String ANYTHING = "-";

  /**
   * A column.
   *
   * @param name the fact that is looked at, or the variable that is set
   * @param type of its values; null where the table says none
   * @param values all that may stand in an output column; null where there is no such list
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Column(String name, String label, String type, List<String> values) {

    /** As people call it. */
    String words() {
      return label == null || label.isBlank() ? name : label;
    }

    /** What has to stay when a table is edited; the label may change. */
    boolean isSameAs(Column other) {
      return Objects.equals(name, other.name)
          && Objects.equals(type, other.type)
          && Objects.equals(values, other.values);
    }

    String signature() {
      return name
          + (type == null ? "" : " (" + type + ")")
          + (values == null ? "" : " one of " + values);
    }
  }

  /**
   * A rule.
   *
   * @param inputs conditions, one per input column; {@code -} is met by everything
   * @param outputs expressions, one per output column
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(String description, List<String> inputs, List<String> outputs) {

    boolean isMetByEverything() {
      return inputs.stream().allMatch(ANYTHING::equals);
    }
  }

  static DecisionTable of(Decision decision) {
    var table =
        (org.camunda.bpm.model.dmn.instance.DecisionTable)
            Objects.requireNonNull(decision.getExpression());
    return new DecisionTable(
        table.getHitPolicy().name(),
        Optional.ofNullable(table.getAggregation()).map(BuiltinAggregator::name).orElse(null),
        table.getInputs().stream().map(DecisionTable::column).toList(),
        table.getOutputs().stream().map(DecisionTable::column).toList(),
        table.getRules().stream().map(DecisionTable::row).toList());
  }

  /** Columns whose values decide; the others say why. All of them where none has a list. */
  List<String> decisiveOutputs() {
    List<String> withValues =
        outputs.stream().filter(column -> column.values != null).map(Column::name).toList();
    return withValues.isEmpty() ? outputs.stream().map(Column::name).toList() : withValues;
  }

  private static Column column(Input input) {
    var expression = input.getInputExpression();
    return new Column(
        expression == null ? "" : text(expression.getText()),
        input.getLabel(),
        expression == null ? null : expression.getTypeRef(),
        null);
  }

  private static Column column(Output output) {
    List<String> values = null;
    if (output.getOutputValues() != null) {
      values = new ArrayList<>();
      var matcher = QUOTED.matcher(text(output.getOutputValues().getText()));
      while (matcher.find()) {
        values.add(matcher.group(1));
      }
    }
    return new Column(output.getName(), output.getLabel(), output.getTypeRef(), values);
  }

  private static Row row(Rule rule) {
    return new Row(
        description(rule),
        texts(rule.getInputEntries().stream().map(entry -> entry.getText()).toList()).stream()
            .map(text -> text.isEmpty() ? ANYTHING : text)
            .toList(),
        texts(rule.getOutputEntries().stream().map(entry -> entry.getText()).toList()));
  }

  private static String description(DmnElement element) {
    return element.getDescription() == null ? null : element.getDescription().getTextContent();
  }

  private static List<String> texts(Collection<Text> entries) {
    return entries.stream().map(DecisionTable::text).toList();
  }

  private static String text(Text text) {
    return text == null ? "" : text.getTextContent().strip();
  }
}
