package org.bpmnmlops.data;

/** A data set that is missing or still being written: waiting may help, mending is not needed. */
public class DatasetNotReadyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatasetNotReadyException(String message) {
    super(message);
  }

  public DatasetNotReadyException(String message, Throwable cause) {
    super(message, cause);
  }
}
