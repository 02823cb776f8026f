package org.bpmnmlops.process;

import java.util.Map;
import java.util.TreeMap;

/**
 * What went wrong last in a step with a retry loop, as the variable {@code fault_<step>}; it is
 * gone as soon as the step succeeds. What is left at the end of a run is a warning.
 */
public final class StepFaults {

  private static final String PREFIX = "fault_";

  private StepFaults() {}

  /** The variable of a step, named as in {@code loadData}. */
  public static String variable(String step) {
    return PREFIX + step;
  }

  public static boolean isVariable(String name) {
    return name.startsWith(PREFIX);
  }

  /** Messages by step, in alphabetical order, of all the variables of a run. */
  public static Map<String, String> in(Map<String, ?> variables) {
    Map<String, String> faults = new TreeMap<>();
    variables.forEach(
        (name, message) -> {
          if (isVariable(name) && message != null) {
            faults.put(name.substring(PREFIX.length()), message.toString());
          }
        });
    return faults;
  }
}
