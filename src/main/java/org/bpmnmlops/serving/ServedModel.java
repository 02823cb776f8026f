package org.bpmnmlops.serving;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.training.TrainedModel;

/**
 * A version in memory. A request works with one of these from its first to its last row, whatever
 * is promoted meanwhile.
 *
 * @param columns the raw columns it needs
 * @param known names of all columns of its data set
 */
record ServedModel(ModelVersion version, TrainedModel model, Schema columns, Set<String> known) {

  static ServedModel of(ModelVersion version, TrainedModel model) {
    return new ServedModel(
        version, model, model.rawColumns(), new HashSet<>(model.dataColumns().names()));
  }

  List<String> classes() {
    return model.classes();
  }

  Map<String, List<String>> categories() {
    return model.categories();
  }
}
