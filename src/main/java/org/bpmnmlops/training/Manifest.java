package org.bpmnmlops.training;

import java.util.List;
import java.util.Optional;
import org.bpmnmlops.data.Preparation;

/**
 * What stands beside the trained parameters in a model's file.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format
 * @param classes in the order of all probabilities
 * @param classRows training rows of each class
 * @param positiveClass of two classes the one that precision, recall and AUC are about; null where
 *     there are more
 * @param preparation from raw rows to the features, row by row
 * @param encoder from the features to the numbers the model sees
 * @param parametersHash SHA-256 of the parameters, which Tribuo reads
 */
record Manifest(
    String format,
    int version,
    String target,
    List<String> classes,
    List<Integer> classRows,
    String positiveClass,
    TrainingSettings settings,
    Origin origin,
    Preparation preparation,
    Encoder encoder,
    String parametersHash) {

  static final String FORMAT = "bpmn-mlops model";
  static final int VERSION = 1;

  Manifest {
    classes = List.copyOf(classes);
    classRows = List.copyOf(classRows);
  }

  Manifest withParameters(String hash) {
    return new Manifest(
        format,
        version,
        target,
        classes,
        classRows,
        positiveClass,
        settings,
        origin,
        preparation,
        encoder,
        hash);
  }

  private static final List<List<String>> KNOWN_PAIRS =
      List.of(List.of("0", "1"), List.of("no", "yes"), List.of("false", "true"));

  /** Of 0 and 1, no and yes, false and true the second; else the class with fewer training rows. */
  static Optional<String> positiveClass(List<String> classes, List<Integer> classRows) {
    if (classes.size() != 2) {
      return Optional.empty();
    }
    for (List<String> pair : KNOWN_PAIRS) {
      for (int k = 0; k < 2; k++) {
        if (classes.get(1 - k).equalsIgnoreCase(pair.get(0))
            && classes.get(k).equalsIgnoreCase(pair.get(1))) {
          return Optional.of(classes.get(k));
        }
      }
    }
    return Optional.of(classes.get(classRows.get(0) < classRows.get(1) ? 0 : 1));
  }
}
