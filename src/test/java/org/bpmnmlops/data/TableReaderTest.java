package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpmnmlops.data.ColumnType.CATEGORICAL;
import static org.bpmnmlops.data.ColumnType.DATE;
import static org.bpmnmlops.data.ColumnType.FREE_TEXT;
import static org.bpmnmlops.data.ColumnType.NUMERICAL;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpmnmlops.artifact.Artifacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void findsTheDelimiterOut(String delimiter) {
    Table table = read("a|name\n1.5|\"p;q,r\"\n".replace("|", delimiter)).table();

    assertThat(table.names()).containsExactly("a", "name");
    assertThat(table.column("name").text(0)).isEqualTo("p;q,r");
  }

  @Test
  void takesTheDelimiterThatAllRowsAgreeOn() {
    Table table = read("a;b,c;d\n1;x,y,z;2\n3;x;4\n").table();

    assertThat(table.names()).containsExactly("a", "b,c", "d");
  }

  @Test
  void readsByteOrderMarksAndUtf16() throws IOException {
    String text = "caf\u00e9,y\n\u20ac,1\n";
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Path file = folder.resolve("marked.csv");
      Files.write(file, ("\uFEFF" + text).getBytes(charset));

      Table table = new TableReader().infer(file, "marked.csv", Set.of()).table();

      assertThat(table.names()).containsExactly("caf\u00e9", "y");
      assertThat(table.column("caf\u00e9").text(0)).isEqualTo("\u20ac");
    }
  }

  @Test
  void readsQuotesLineEndsInsideThemAndAnyLineEnds() {
    Table table =
        read("a,b\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n\r\n x , y z \r\nlast,row").table();

    assertThat(table.rows()).isEqualTo(3);
    assertThat(texts(table, "a")).containsExactly("say \"hi\"", "x", "last");
    assertThat(texts(table, "b")).containsExactly("two\nlines", "y z", "row");
  }

  @Test
  void takesTheUsualTokensAndInfinityForMissing() {
    Table table =
        read("x,t\n1.5,a\n,\nNA,NA\nnan,null\nN/A,None\ninf,a\n-Infinity,b\n1e999,a\n").table();

    assertThat(((NumericColumn) table.column("x")).values())
        .containsExactly(1.5, nan(), nan(), nan(), nan(), nan(), nan(), nan());
    assertThat(((TextColumn) table.column("t")).codes())
        .containsExactly(0, -1, -1, -1, -1, 0, 1, 0);
  }

  @Test
  void decidesTypesAsTheRulesOfDriftSay() {
    StringBuilder csv = new StringBuilder("decimal,few,many,text,free,yes,date,time,empty\n");
    for (int i = 0; i < 20; i++) {
      csv.append(
          "%d.0,%d,%d,%s,%s,%s,2026-01-%02d,2016-03-27 00:53:%02d,\n"
              .formatted(
                  i % 2,
                  i % 10,
                  i % 11,
                  "abcdefghij".charAt(i % 10),
                  "t" + i,
                  i % 2 == 0,
                  i + 1,
                  i));
    }

    assertThat(read(csv.toString()).schema().columns())
        .extracting(Schema.ColumnSchema::type)
        .containsExactly(
            NUMERICAL,
            CATEGORICAL,
            NUMERICAL,
            CATEGORICAL,
            FREE_TEXT,
            CATEGORICAL,
            DATE,
            DATE,
            NUMERICAL);
  }

  @Test
  void knowsDatesFromTextThatLooksAlike() {
    assertThat(
            List.of(
                "2026-11-22",
                "2026/1/2",
                "22.11.2026",
                "03/27/2016",
                "27/03/2016 10:00",
                "2026-11-22T10:00:00.123Z",
                "2026-11-22 10:00+02:00"))
        .allMatch(Dates::isDate);
    assertThat(List.of("2026-13-01", "2026-02-30", "30/30/2016", "1.2", "2026-11-22x", "2026-1/2"))
        .noneMatch(Dates::isDate);
    assertThat(Dates.days("1970-01-02 12:00")).isEqualTo(1.5);
    assertThat(Dates.days("1970-01-02T02:00+02:00")).isEqualTo(1);
    assertThat(Dates.days("03/27/2016")).isNaN();
  }

  @Test
  void doesNotDependOnTheOrderOfRows() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          "%s,%d,%s".formatted(i % 7 == 0 ? "A" : "0" + i % 3, i % 4, i % 5 == 0 ? "" : "t" + i));
    }
    LoadedTable first = read("code,n,t\n" + String.join("\n", rows));
    Collections.shuffle(rows, new Random(3));
    LoadedTable second = read("code,n,t\n" + String.join("\n", rows));

    assertThat(second.schema()).isEqualTo(first.schema());
    assertThat(((TextColumn) second.table().column("code")).levels())
        .isEqualTo(((TextColumn) first.table().column("code")).levels())
        .containsExactly("0", "1", "2", "A");
  }

  @Test
  void keepsTheTypesOfAGivenSchema() throws IOException {
    Schema schema =
        new Schema(
            List.of(
                new Schema.ColumnSchema("n", CATEGORICAL),
                new Schema.ColumnSchema("x", NUMERICAL)));
    Path file = Files.writeString(folder.resolve("next.csv"), "more,x,n\nq,1,1.5\nq,2,01\n");

    Table table = new TableReader().read(file, "next.csv", schema).table();

    assertThat(table.names()).containsExactly("n", "x");
    assertThat(((TextColumn) table.column("n")).levels()).containsExactly("1", "1.5");
    assertThat(((NumericColumn) table.column("x")).values()).containsExactly(1, 2);
  }

  @Test
  void refusesWhatAGivenSchemaDoesNotAllow() throws IOException {
    Schema schema = new Schema(List.of(new Schema.ColumnSchema("x", NUMERICAL)));
    Path text = Files.writeString(folder.resolve("text.csv"), "x,y\n1,1\n2,1\nred,1\n");
    Path other = Files.writeString(folder.resolve("other.csv"), "z,y\n1,1\n");

    assertThatThrownBy(() -> new TableReader().read(text, "text.csv", schema))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("text.csv, line 4, column 'x': 'red' is no number");
    assertThatThrownBy(() -> new TableReader().read(other, "other.csv", schema))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("no column 'x'; there are z, y");
  }

  @Test
  void hashesTheBytesOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("h.csv"), "a,b\n" + "1.5,x\n".repeat(100_000));

    assertThat(new TableReader().infer(file, "h.csv", Set.of()).sha256())
        .isEqualTo(Artifacts.sha256(file));
  }

  @Test
  void countsLinesAsAnEditorDoes() {
    assertThatThrownBy(() -> read("a,b\r\n\"x\r\ny\",1\r\n\r\n2\r\n"))
        .hasMessageContaining("line 5: 1 value");
  }

  private LoadedTable read(String text) {
    try {
      Path file = Files.writeString(folder.resolve("t.csv"), text);
      return new TableReader().infer(file, "t.csv", Set.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(Table table, String name) {
    Column column = table.column(name);
    return IntStream.range(0, table.rows()).mapToObj(column::text).toList();
  }

  private static double nan() {
    return Double.NaN;
  }
}
