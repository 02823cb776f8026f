package org.bpmnmlops.report;

/**
 * Something that is wrong with the data, for whoever has to correct it.
 *
 * @param source file or table it was found in; null where it is about the data as a whole
 * @param line in that file, from 1; null where it is about no line
 * @param column null where it is about no column
 * @param what a sentence: what is wrong and what to do
 */
public record Finding(String source, Long line, String column, String what) {

  /** About a column as a whole. */
  public static Finding ofColumn(String source, String column, String what) {
    return new Finding(source, null, column, what);
  }
}
