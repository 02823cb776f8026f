package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextRowsTest {

  @Test
  void numbersSortedTextsHoweverManyRowsCome() {
    TextRows rows = new TextRows(0);
    for (String value : new String[] {"south", null, "north", "south", "east"}) {
      rows.add(value);
    }

    TextColumn column = rows.column("region");

    assertThat(column.levels()).isEqualTo(List.of("east", "north", "south"));
    assertThat(column.codes()).containsExactly(2, -1, 1, 2, 0);
  }
}
