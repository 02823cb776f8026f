package org.bpmnmlops.training;

import com.google.protobuf.Any;
import java.util.Arrays;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.xgboost.XGBoostClassificationConverter;
import org.tribuo.common.xgboost.XGBoostOutputConverter;
import org.tribuo.common.xgboost.protos.XGBoostOutputConverterProto;
import org.tribuo.protos.ProtoSerializableClass;
import org.tribuo.protos.ProtoUtil;

/**
 * Makes Tribuo's answers of the one number XGBoost has for two classes, the probability of the
 * second; Tribuo's own converter wants one per class. Model files name this class, so it keeps its
 * name and its package.
 */
@ProtoSerializableClass(version = TwoClassConverter.CURRENT_VERSION)
final class TwoClassConverter implements XGBoostOutputConverter<Label> {

  static final int CURRENT_VERSION = 0;

  private static final long serialVersionUID = 1;
  private static final XGBoostClassificationConverter ONE_PER_CLASS =
      new XGBoostClassificationConverter();

  /** Tribuo looks for it by this name when it reads a file. */
  static TwoClassConverter deserializeFromProto(int version, String className, Any message) {
    if (version != CURRENT_VERSION) {
      throw new IllegalArgumentException(
          "%s is of version %d, not %d".formatted(className, CURRENT_VERSION, version));
    }
    return new TwoClassConverter();
  }

  @Override
  public XGBoostOutputConverterProto serialize() {
    return ProtoUtil.serialize(this);
  }

  @Override
  public boolean generatesProbabilities() {
    return true;
  }

  @Override
  public Prediction<Label> convertOutput(
      ImmutableOutputInfo<Label> classes, List<float[]> outputs, int used, Example<Label> row) {
    return ONE_PER_CLASS.convertOutput(classes, List.of(both(outputs.get(0))), used, row);
  }

  @Override
  public List<Prediction<Label>> convertBatchOutput(
      ImmutableOutputInfo<Label> classes,
      List<float[][]> outputs,
      int[] used,
      Example<Label>[] rows) {
    float[][] both =
        Arrays.stream(outputs.get(0)).map(TwoClassConverter::both).toArray(float[][]::new);
    return ONE_PER_CLASS.convertBatchOutput(classes, List.<float[][]>of(both), used, rows);
  }

  private static float[] both(float[] second) {
    return new float[] {1 - second[0], second[0]};
  }

  @Override
  public Class<Label> getTypeWitness() {
    return Label.class;
  }
}
