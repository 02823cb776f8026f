package org.bpmnmlops.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes columns as comma-separated UTF-8 with a header; numbers come back to the bit. */
public final class TableWriter {

  private TableWriter() {}

  /**
   * @param columns of equal length
   * @param rows to write, in this order
   */
  public static void write(Path file, List<Column> columns, int[] rows) throws IOException {
    try (CsvOutput out = new CsvOutput(file)) {
      out.header(columns.stream().map(Column::name).toList());
      CsvOutput.Cell[] cells =
          columns.stream().map(CsvOutput::cells).toArray(CsvOutput.Cell[]::new);
      for (int row : rows) {
        for (int i = 0; i < cells.length; i++) {
          if (i > 0) {
            out.delimiter();
          }
          cells[i].write(out, row);
        }
        out.end();
      }
    }
  }
}
