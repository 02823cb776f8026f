package org.bpmnmlops.data;

/** Takes the cells of one column as they are read. */
interface CellSink {

  /**
   * @param row counted from 0; every row from 0 on comes, in order
   * @param line of the file, counted from 1
   */
  void add(int row, char[] buffer, int offset, int length, long line);
}
