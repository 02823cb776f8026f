package org.bpmnmlops.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.ProcessVariable;

/** The parameters of loading, preprocessing and separating. */
public final class DataParameters {

  static final Parameter<String> DATASET =
      Parameter.text(
              "dataset",
              "File in the data folder, such as advertising.csv; {logicalDate} in it stands for the run's"
                  + " day.")
          .mandatory();
  static final Parameter<String> TARGET =
      Parameter.text("target", "Column to predict.").mandatory();
  static final Parameter<String> POSITIVE_ABOVE =
      Parameter.text(
          "positiveAbove",
          "Turns a numeric target into yes (above) and no: a number, or median for the median of the"
              + " training rows.",
          text -> {
            PositiveAbove.parse(text);
            return text;
          },
          "a number, or median");
  static final Parameter<String> EXCLUDE =
      Parameter.text("exclude", "Columns not to learn from, separated by commas.");
  static final Parameter<String> INCLUDE =
      Parameter.text(
          "include",
          "Columns to learn from although they would be left out (free text, dates, row numbers),"
              + " separated by commas.");
  static final Parameter<String> MISSING =
      Parameter.choice(
              "missing",
              List.of("drop", "keep"),
              "Rows with a missing value: drop them, or keep them to be filled from the training"
                  + " rows.")
          .byDefault("drop");
  static final Parameter<Boolean> DROP_DUPLICATES =
      Parameter.yesOrNo("dropDuplicates", "Keep only the first of rows that are equal.")
          .byDefault(false);
  static final Parameter<String> INTERACTIONS =
      Parameter.text(
          "interactions",
          "Products of numeric columns to learn from, such as TV*radio, separated by commas.",
          DataParameters::products,
          "products such as TV*radio, separated by commas, each of them once");
  public static final Parameter<Double> TEST_SHARE =
      Parameter.number("testShare", "Share of the rows kept back to evaluate the model.")
          .between(0.05, 0.5)
          .byDefault(0.2);

  /** Shared with every step that draws at random: a process has one property for all. */
  public static final Parameter<Long> SEED =
      Parameter.wholeNumber("seed", "Start of everything random; the same seed, the same result.")
          .between(0L, (long) Integer.MAX_VALUE)
          .byDefault(42L);

  static final Parameter<Boolean> STRATIFIED =
      Parameter.yesOrNo("stratified", "Give both sides the same shares of the classes.")
          .byDefault(true);

  /** What Merge data hands to the candidates; not an output of their steps, so a caller sets it. */
  public static final ProcessVariable<String> MERGED_DATA =
      ProcessVariable.text("mergedData", "Reference to the merged rows of a retraining.");

  public static final ProcessVariable<String> EARLIER_SEPARATION =
      ProcessVariable.text(
          "earlierSeparation", "Reference to the sides that the merged rows have for ever.");

  private DataParameters() {}

  /** The parts of a list that a user wrote with commas. */
  static List<String> list(Optional<String> text) {
    return text.stream()
        .flatMap(list -> Arrays.stream(list.split(",")))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** The columns of a product, as a user wrote it with *. */
  static List<String> factors(String product) {
    return Arrays.stream(product.split("\\*", -1)).map(String::strip).toList();
  }

  private static String products(String text) {
    Set<List<String>> known = new HashSet<>();
    for (String product : list(Optional.of(text))) {
      List<String> factors = factors(product);
      boolean isNew = known.add(factors.stream().sorted().toList());
      if (factors.size() < 2 || factors.contains("") || !isNew) {
        throw new IllegalArgumentException(product);
      }
    }
    return text;
  }
}
