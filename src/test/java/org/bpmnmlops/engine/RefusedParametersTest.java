package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Values that no data could make work, at the doors of the shipped processes. */
@MlopsTest
class RefusedParametersTest {

  @Autowired private Server server;
  @Autowired private ModelConventions conventions;
  @Autowired private ObjectMapper json;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          advertising-pipeline | modelName       | a/b                  | expected at most 100 letters
          advertising-pipeline | modelName       | ../x                 | expected at most 100 letters
          advertising-pipeline | modelName       | ä                    | expected at most 100 letters
          advertising-pipeline | modelName       | 300 letters          | expected at most 100 letters
          model-monitoring     | modelName       | a/b                  | expected at most 100 letters
          model-retraining     | modelName       | a/b                  | expected at most 100 letters
          model-rollback       | modelName       | a/b                  | expected at most 100 letters
          advertising-pipeline | positiveAbove   | many                 | expected a number, or median
          advertising-pipeline | positiveAbove   | NaN                  | expected a number, or median
          advertising-pipeline | positiveAbove   | 1e999                | expected a number, or median
          advertising-pipeline | interactions    | *                    | expected products such as TV*radio
          advertising-pipeline | interactions    | TV                   | expected products such as TV*radio
          advertising-pipeline | interactions    | TV*                  | expected products such as TV*radio
          advertising-pipeline | interactions    | TV*radio, radio * TV | expected products such as TV*radio
          model-retraining     | candidates      | xgboost,magic        | expected some of logistic-regression, random-forest, xgboost
          model-retraining     | candidates      | ','                  | expected some of logistic-regression, random-forest, xgboost
          model-retraining     | referenceWindow | 90 weeks             | 'expected all, or the newest, such as 5000 rows or 90 days'
          """)
  void areRefusedAtTheStartAndInTheDiagram(
      String process, String parameter, String entered, String expected) throws Exception {
    String value = entered.equals("300 letters") ? "m".repeat(300) : entered;
    String refusal = "Parameter '%s' is '%s'; %s".formatted(parameter, value, expected);

    var byEngine =
        server
            .admin()
            .post(
                "/engine-rest/process-definition/key/%s/start".formatted(process),
                json.writeValueAsString(
                    Map.of("variables", Map.of(parameter, Map.of("value", value)))));
    var byConsole =
        server
            .admin()
            .post(
                "/api/v1/pipelines/%s/start".formatted(process),
                json.writeValueAsString(Map.of("parameters", Map.of(parameter, value))));
    BpmnModelInstance drawn =
        Bpmn.readModelFromFile(Path.of("processes", process + ".bpmn").toFile());
    Drawn.addProperties(drawn, process, Map.of(parameter, value));

    assertThat(byEngine.statusCode()).isEqualTo(400);
    assertThat(byEngine.body()).contains(refusal);
    assertThat(byConsole.statusCode()).isEqualTo(400);
    assertThat(byConsole.body()).contains(refusal);
    assertThat(conventions.check(drawn)).anyMatch(finding -> finding.contains(refusal));
  }
}
