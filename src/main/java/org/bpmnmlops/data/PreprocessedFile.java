package org.bpmnmlops.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Preprocessed rows as CSV: the row's identity, the columns to learn from, the target; with the
 * description beside it.
 */
final class PreprocessedFile {

  /** Rows as read, with their identities. */
  record Rows(long[] identities, Table table) {}

  private PreprocessedFile() {}

  /** Where the description of preprocessed rows is: beside them. */
  static String description(String reference) {
    return reference.substring(0, reference.length() - ".csv".length()) + ".json";
  }

  /** A name for the identities that no column has. */
  static String identityColumn(List<String> names) {
    return free("identity", names);
  }

  /** A column's name, changed as long as another column has it. */
  static String free(String wanted, List<String> names) {
    String name = wanted;
    while (names.contains(name)) {
      name = "_" + name;
    }
    return name;
  }

  /**
   * @param rows to write, in this order
   */
  static void write(
      Path file, String identityColumn, long[] identities, List<Column> columns, int[] rows)
      throws IOException {
    try (CsvOutput out = new CsvOutput(file)) {
      List<String> header = new ArrayList<>(List.of(identityColumn));
      columns.forEach(column -> header.add(column.name()));
      out.header(header);
      CsvOutput.Cell[] cells =
          columns.stream().map(CsvOutput::cells).toArray(CsvOutput.Cell[]::new);
      for (int row : rows) {
        out.hexadecimal(identities[row]);
        for (CsvOutput.Cell cell : cells) {
          out.delimiter();
          cell.write(out, row);
        }
        out.end();
      }
    }
  }

  /**
   * @param wanted columns to read; the others are passed over
   */
  static Rows read(Path file, Preprocessing description, Schema wanted) {
    String source = file.getFileName().toString();
    List<ColumnBuilder> builders = new ArrayList<>();
    IdentitySink[] identities = new IdentitySink[1];
    TableReader.Read read =
        new TableReader()
            .read(
                file,
                source,
                expected ->
                    header -> {
                      CellSink[] sinks = new CellSink[header.size()];
                      identities[0] = new IdentitySink(source, description.rows());
                      sinks[TableReader.place(source, header, description.identityColumn())] =
                          identities[0];
                      for (Schema.ColumnSchema column : wanted.columns()) {
                        ColumnBuilder builder =
                            new ColumnBuilder(source, column.name(), description.rows());
                        if (column.type() == ColumnType.NUMERICAL) {
                          builder.numbersOnly();
                        }
                        builders.add(builder);
                        sinks[TableReader.place(source, header, column.name())] = builder;
                      }
                      return sinks;
                    });
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < builders.size(); i++) {
      columns.add(builders.get(i).as(wanted.columns().get(i).type(), read.rows()));
      builders.set(i, null);
    }
    return new Rows(identities[0].values(read.rows()), new Table(source, read.rows(), columns));
  }
}
