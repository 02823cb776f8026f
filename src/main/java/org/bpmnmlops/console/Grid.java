package org.bpmnmlops.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpmnmlops.console.PipelineModel.ModelStep;
import org.bpmnmlops.process.RecordedParameters;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Many runs of one pipeline side by side. */
@Component
class Grid {

  /**
   * Runs as columns, steps as rows.
   *
   * @param total how many runs the filter matches
   * @param steps of the latest version, and those that only older runs came to
   */
  record Table(long total, int page, int size, List<ModelStep> steps, List<Column> runs) {}

  /** The steps that the run came to, by id. */
  record Column(RunRow run, Map<String, StepState> steps) {}

  /**
   * The numbers that runs recorded.
   *
   * @param names of all numbers that any of these runs has
   * @param runs newest first
   */
  record Series(List<String> names, List<Point> runs) {}

  /** The numbers of one run by name. */
  record Point(RunRow run, Map<String, Double> values) {}

  private final Definitions definitions;
  private final PipelineModels models;
  private final RunTable table;
  private final Steps steps;
  private final JdbcClient jdbc;

  Grid(
      Definitions definitions,
      PipelineModels models,
      RunTable table,
      Steps steps,
      JdbcClient jdbc) {
    this.definitions = definitions;
    this.models = models;
    this.table = table;
    this.steps = steps;
    this.jdbc = jdbc;
  }

  Table table(String pipeline, RunFilter filter, int page, int size) {
    PipelineModel model = models.of(definitions.pipeline(pipeline));
    List<String> only = List.of(pipeline);
    List<RunRow> runs = table.list(only, filter, page * size, size);
    var states = steps.of(runs, model);
    Map<String, ModelStep> rows = new LinkedHashMap<>();
    model.steps().forEach(step -> rows.put(step.id(), step));
    states
        .values()
        .forEach(
            ofRun ->
                ofRun
                    .values()
                    .forEach(
                        state ->
                            rows.putIfAbsent(
                                state.id(),
                                ModelStep.unknown(state.id(), state.name(), state.type()))));
    return new Table(
        table.count(only, filter),
        page,
        size,
        List.copyOf(rows.values()),
        runs.stream().map(run -> new Column(run, states.get(run.id()))).toList());
  }

  Series series(String pipeline, RunFilter filter, int size) {
    definitions.pipeline(pipeline);
    List<RunRow> runs = table.list(List.of(pipeline), filter, 0, size);
    Map<String, Map<String, Double>> values = new HashMap<>();
    if (!runs.isEmpty()) {
      jdbc.sql(
              """
              SELECT PROC_INST_ID_, NAME_, TEXT_, DOUBLE_, LONG_ FROM ACT_HI_VARINST
              WHERE PROC_INST_ID_ IN (:runs) AND ACT_INST_ID_ = PROC_INST_ID_
                AND (VAR_TYPE_ IN ('double', 'long', 'integer') OR NAME_ = :recorded)
              """)
          .param("runs", runs.stream().map(RunRow::id).toList())
          .param("recorded", RecordedParameters.VARIABLE)
          .query(
              (RowCallbackHandler)
                  row ->
                      add(
                          row,
                          values.computeIfAbsent(
                              row.getString("PROC_INST_ID_"), run -> new TreeMap<>())));
    }
    return new Series(
        values.values().stream().flatMap(of -> of.keySet().stream()).distinct().sorted().toList(),
        runs.stream().map(run -> new Point(run, values.getOrDefault(run.id(), Map.of()))).toList());
  }

  private static void add(ResultSet row, Map<String, Double> ofRun) throws SQLException {
    if (!row.getString("NAME_").equals(RecordedParameters.VARIABLE)) {
      ofRun.put(row.getString("NAME_"), number(row));
      return;
    }
    RecordedParameters.read(row.getString("TEXT_"))
        .forEach(
            (name, value) -> {
              if (value instanceof Number number) {
                ofRun.putIfAbsent(name, number.doubleValue());
              }
            });
  }

  private static Double number(ResultSet row) throws SQLException {
    Double value = row.getObject("DOUBLE_", Double.class);
    return value == null ? (Double) (double) row.getLong("LONG_") : value;
  }
}
