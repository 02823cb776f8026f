package org.bpmnmlops.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Features are found again by their text, so it must not depend on who writes it. */
class FeaturesAsJsonTest {

  @Test
  void isTheSameToTheCharacterAsJacksons() {
    Map<String, Object> values = new LinkedHashMap<>();
    double[] numbers = {
      0, -0.0, 1, 230.1, 0.1 + 0.2, 1e-7, 1e7, 123456789012.5, 1e21, Double.MIN_VALUE, Double.NaN
    };
    for (double number : numbers) {
      values.clear();
      values.put("TV", number);
      assertThat(ProductionData.json(values)).isEqualTo(ProductionData.jsonOfAnything(values));
    }
    values.put("a \"b\" \\ c", "d\ne\t\u0001 \u2028 ü € \uD83D\uDE00 </x>");
    values.put("missing", null);
    values.put("TV", 1.5);
    values.put("", "");
    assertThat(ProductionData.json(values)).isEqualTo(ProductionData.jsonOfAnything(values));
    values.put("whole", 7L);
    assertThat(ProductionData.json(values)).isEqualTo(ProductionData.jsonOfAnything(values));
    assertThat(ProductionData.json(Map.of())).isEqualTo("{}");
  }
}
