package org.bpmnmlops.training;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.RealInfo;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.EmptyDatasetProvenance;

/**
 * What every trainer is given: the encoded training rows, their classes, and what Tribuo keeps with
 * a model.
 *
 * @param rows the training rows
 * @param labels class of each row of the table, an index into {@code classes}
 * @param rowWeights how much a row counts, per class
 */
record TrainingTask(
    EncodedRows rows,
    List<String> features,
    List<String> classes,
    int[] labels,
    double[] rowWeights) {

  /**
   * Tribuo numbers features by the order of their names; the number in front keeps that order the
   * encoder's, and makes equal names differ. Ranges and means are not told: the encoder has them.
   */
  ImmutableFeatureMap featureMap() {
    List<VariableInfo> infos =
        IntStream.range(0, features.size())
            .mapToObj(
                i ->
                    (VariableInfo)
                        new RealInfo(
                            "%06d %s".formatted(i, features.get(i)),
                            rows.size(),
                            FeatureColumn.LIMIT,
                            -FeatureColumn.LIMIT,
                            0,
                            0))
            .toList();
    return new ImmutableFeatureMap(infos);
  }

  ImmutableOutputInfo<Label> outputs() {
    Map<Label, Integer> ids = new LinkedHashMap<>();
    IntStream.range(0, classes.size()).forEach(k -> ids.put(new Label(classes.get(k)), k));
    return new LabelFactory().constructInfoForExternalModel(ids);
  }

  /**
   * Tribuo's record of the trainer. Where the data came from stands beside the model, in its {@link
   * Manifest}; the time is left out, so that the same training gives the same file.
   */
  ModelProvenance provenance(Class<?> model, TrainerProvenance trainer) {
    return new ModelProvenance(
        model.getName(),
        OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
        new EmptyDatasetProvenance(),
        trainer,
        Map.of(),
        false);
  }
}
