package org.bpmnmlops.training;

import java.nio.file.Path;

/** A file is no model, or is damaged; the message says which and what to do. */
public class UnreadableModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableModelException(Path file, String why, Throwable cause) {
    super("%s is no usable model: %s. Train it again".formatted(file, why), cause);
  }

  UnreadableModelException(Path file, String why) {
    this(file, why, null);
  }
}
