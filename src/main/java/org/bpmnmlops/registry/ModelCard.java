package org.bpmnmlops.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.bpmnmlops.training.TrainingSettings;

/**
 * All that is known about a version, as {@code card.json} has it.
 *
 * @param format always {@value #FORMAT}
 * @param formatVersion names are added without raising it
 * @param aliases of the version when the card was made
 * @param process id of the process definition that trained it, which names its version
 * @param features the raw columns it needs
 * @param constant columns left out because all training rows had the same value, or none
 * @param data how the rows came out of the data set: file, SHA-256, counts, preparation
 * @param separation how they were separated: share, seed, counts by class
 * @param evaluation as {@code evaluation.json}: metrics with interval, baseline, confusion, weights
 * @param promotions when it became champion, who decided and by which rule
 * @param notes what others found out: drift at training time, an approval
 */
record ModelCard(
    String format,
    int formatVersion,
    ModelVersion version,
    List<Alias> aliases,
    String process,
    String target,
    List<String> classes,
    List<String> features,
    List<String> constant,
    TrainingSettings settings,
    JsonNode data,
    JsonNode separation,
    JsonNode evaluation,
    List<ModelHistory.Promotion> promotions,
    List<ModelHistory.Note> notes) {

  static final String FORMAT = "bpmn-mlops model card";
  static final int VERSION = 1;
}
