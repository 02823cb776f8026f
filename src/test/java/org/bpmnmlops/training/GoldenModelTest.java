package org.bpmnmlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpmnmlops.data.TypedRows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Model files of this version and every one before, each with rows and what it answered when it was
 * stored. They are never written again; a new format gets new files beside them.
 */
class GoldenModelTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersAsItDidWhenItWasStored(Path file) throws IOException {
    TrainedModel model = TrainedModel.load(file);
    String name = file.getFileName().toString();
    JsonNode golden = JSON.readTree(file.resolveSibling(name.replace(".zip", ".json")).toFile());
    TypedRows rows = new TypedRows(name, model.rawColumns(), golden.get("rows").size());
    for (JsonNode row : golden.get("rows")) {
      rows.add(JSON.convertValue(row, new TypeReference<Map<String, Object>>() {}));
    }

    double[][] probabilities = model.probabilities(rows.table());

    assertThat(model.classes())
        .containsExactlyElementsOf(
            JSON.convertValue(golden.get("classes"), new TypeReference<List<String>>() {}));
    assertThat(golden.get("rows").size()).isPositive();
    for (int row = 0; row < golden.get("rows").size(); row++) {
      for (int k = 0; k < model.classes().size(); k++) {
        assertThat(probabilities[k][row])
            .as("%s, row %d", model.classes().get(k), row)
            .isCloseTo(
                golden.at("/probabilities/%d/%d".formatted(row, k)).doubleValue(), within(1e-12));
      }
    }
  }
}
