package org.bpmnmlops.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpmnmlops.artifact.Artifacts;
import org.springframework.stereotype.Component;

/** Decides and records which rows the model learns from and which are kept back. */
@Component
class DataSeparator {

  /**
   * How to separate.
   *
   * @param testShare of all rows
   * @param stratified gives both sides the same shares of the classes
   */
  record Settings(double testShare, long seed, boolean stratified) {}

  /** Where the record is, and the sizes of the sides. */
  record SeparatedRows(String reference, long trainRows, long testRows) {}

  private static final String PREPROCESS = "Preprocess data";

  private final Artifacts artifacts;

  DataSeparator(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * @param preprocessed reference to the rows
   * @param positiveAbove where a numeric target is cut; empty where the target has classes
   * @param earlier reference to a separation that knows some of the rows; they keep their side
   * @throws InvalidDataException when a side would lack a class
   */
  SeparatedRows separate(
      String run,
      String preprocessed,
      Optional<String> positiveAbove,
      Settings settings,
      Optional<String> earlier) {
    Preprocessing description =
        Json.read(
            artifacts.written(PreprocessedFile.description(preprocessed), PREPROCESS),
            Preprocessing.class);
    String target = description.preparation().target();
    Schema wanted = new Schema(List.of(new Schema.ColumnSchema(target, description.targetType())));
    PreprocessedFile.Rows rows =
        PreprocessedFile.read(artifacts.written(preprocessed, PREPROCESS), description, wanted);
    Column column = rows.table().column(target);
    Optional<PositiveAbove> cut = positiveAbove.map(PositiveAbove::parse);
    // A median can only be taken once the sides are known, so that of all rows says which rows to
    // spread evenly; the classes are then cut at that of the training rows.
    Labels strata = Labels.of(column, cut, null, description.dataset());
    Splitter splitter = new Splitter(settings.testShare(), settings.seed());
    int[] codes = settings.stratified() ? strata.codes() : new int[column.size()];
    int count = settings.stratified() ? strata.classes().size() : 1;
    Separation known =
        earlier
            .map(reference -> Separation.read(artifacts.path(reference)))
            .orElse(new Separation(new long[0], new boolean[0]));
    Separation separation =
        new Separation(rows.identities(), splitter.split(rows.identities(), codes, count, known));
    int[] train = separation.rows(false);
    int[] test = separation.rows(true);
    Double at =
        cut.map(
                above ->
                    above.cutOf(
                        Trainability.present(
                            Trainability.numbers(description.dataset(), column),
                            train,
                            description.dataset(),
                            target)))
            .orElse(null);
    Labels labels =
        at == null ? strata : Labels.above(Trainability.numbers(description.dataset(), column), at);
    checkSides(description.dataset(), target, labels, train, test);
    SeparationSummary summary =
        new SeparationSummary(
            target,
            labels.classes(),
            at,
            cut.filter(PositiveAbove::median).isPresent(),
            settings.testShare(),
            settings.seed(),
            settings.stratified(),
            train.length,
            test.length,
            boxed(labels.counts(train)),
            boxed(labels.counts(test)));
    artifacts.write(run, SeparationSummary.FILE, path -> Json.write(path, summary));
    String reference = artifacts.write(run, Separation.FILE, separation::write);
    return new SeparatedRows(reference, train.length, test.length);
  }

  private static void checkSides(
      String dataset, String target, Labels labels, int[] train, int[] test) {
    int[] inTrain = labels.counts(train);
    int[] inTest = labels.counts(test);
    for (int i = 0; i < inTrain.length; i++) {
      if (inTrain[i] == 0 || inTest[i] == 0) {
        throw new InvalidDataException(
            ("%s: class '%s' of target '%s' has %d rows to learn from and %d to evaluate; expected"
                    + " some on both sides. Set 'stratified' to true, or add rows of this class")
                .formatted(
                    dataset,
                    ColumnBuilder.shorten(labels.classes().get(i)),
                    target,
                    inTrain[i],
                    inTest[i]));
      }
    }
  }

  private static List<Integer> boxed(int[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }
}
