package org.bpmnmlops.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;

/** Takes a CSV file's records from the parser, and knows where the parser stands. */
abstract class CsvHandler extends AbstractBaseCsvCallbackHandler<Object> {

  /** The longest value, in characters; longer ones are an unclosed quote or no table data. */
  static final int LONGEST_VALUE = 1 << 20;

  /** Where the reader stands, in words, for errors that the parser finds. */
  abstract String place();

  /** What a value that fills the parser's buffer means. */
  abstract InvalidDataException tooLong();

  static InvalidDataException tooLong(String place) {
    return new InvalidDataException(
        ("%s: a value is longer than 1 MB; expected a number or a short text. Probably a quote (\")"
                + " is opened here or before and never closed: close or remove it")
            .formatted(place));
  }
}
