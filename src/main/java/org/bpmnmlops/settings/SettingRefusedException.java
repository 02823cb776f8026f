package org.bpmnmlops.settings;

/**
 * A setting that cannot be used. The message names the variable, its value (never a secret) and
 * what was expected; it is all the operator reads.
 */
public class SettingRefusedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public SettingRefusedException(String message) {
    super(message);
  }

  public SettingRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
