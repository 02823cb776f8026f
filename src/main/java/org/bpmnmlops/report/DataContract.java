package org.bpmnmlops.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.drift.CategorySample;
import org.bpmnmlops.drift.NumericSample;
import org.bpmnmlops.drift.Sample;

/**
 * What data have to be like, column by column: inferred from the reference, kept as a JSON file
 * that people edit. A rule that is taken out ({@code null}) is not checked.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format, {@value #VERSION}
 */
public record DataContract(String format, int version, List<ColumnContract> columns) {

  public static final String FORMAT = "bpmn-mlops data contract";
  public static final int VERSION = 1;

  /** With more categories than this a list of the known ones is of no use to a person. */
  private static final int MOST_CATEGORIES = 10_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * What one column has to be like.
   *
   * @param type checked always; another type fails
   * @param missing share of rows without a value
   * @param range of numbers
   * @param mean of numbers
   * @param categories those that are known
   */
  public record ColumnContract(
      String column, ColumnType type, Missing missing, Range range, Mean mean, Known categories) {}

  /**
   * @param warn warning above this share of the rows, 0 to 1
   * @param fail failure above this one
   */
  public record Missing(double warn, double fail) {}

  /**
   * @param min smallest value that is fine
   * @param max largest value that is fine
   * @param warn warning above this share of values outside, 0 to 1
   * @param fail failure above this one
   */
  public record Range(double min, double max, double warn, double fail) {}

  /** Warning where the mean is below {@code from} or above {@code to}. */
  public record Mean(double from, double to) {}

  /**
   * @param known the categories that are fine
   * @param warn warning above this share of rows with others, 0 to 1
   * @param fail failure above this one
   */
  public record Known(List<String> known, double warn, double fail) {
    public Known {
      known = List.copyOf(known);
    }
  }

  public DataContract {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (ColumnContract column : columns) {
      if (!names.add(column.column())) {
        throw new InvalidDataException(
            "The contract has column '%s' twice; keep one".formatted(column.column()));
      }
    }
  }

  /** What the reference shows: missing values, ranges, means and categories, with some room. */
  public static DataContract infer(Table reference, Schema schema) {
    List<ColumnContract> columns = new ArrayList<>();
    for (ColumnSchema column : schema.columns()) {
      reference
          .find(column.name())
          .ifPresent(
              values -> {
                int missing = 0;
                for (int row = 0; row < values.size(); row++) {
                  missing += values.isMissing(row) ? 1 : 0;
                }
                columns.add(
                    infer(
                        column,
                        Sample.of(values, column.type()),
                        values.size() == 0 ? 0 : missing / (double) values.size()));
              });
    }
    return new DataContract(FORMAT, VERSION, columns);
  }

  private static ColumnContract infer(
      ColumnSchema column, Optional<Sample> sample, double missingShare) {
    Missing missing =
        new Missing(Math.min(1, 1.1 * missingShare + 0.01), Math.min(1, 1.1 * missingShare + 0.10));
    Range range = null;
    Mean mean = null;
    Known known = null;
    if (sample.isPresent() && sample.get().count() > 0) {
      if (sample.get() instanceof NumericSample numbers) {
        range = new Range(numbers.minimum(), numbers.maximum(), 0, 0.10);
        double room = 2 * numbers.standardDeviation();
        if (Double.isFinite(room)) {
          mean = new Mean(numbers.mean() - room, numbers.mean() + room);
        }
      } else if (sample.get() instanceof CategorySample categories
          && categories.levels().size() <= MOST_CATEGORIES) {
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < categories.counts().length; i++) {
          if (categories.counts()[i] > 0) {
            levels.add(categories.levels().get(i));
          }
        }
        known = new Known(levels, 0, 0.05);
      }
    }
    return new ColumnContract(column.name(), column.type(), missing, range, mean, known);
  }

  public Optional<ColumnContract> find(String column) {
    return columns.stream().filter(each -> each.column().equals(column)).findFirst();
  }

  /**
   * @throws InvalidDataException when somebody's edit made it unreadable; the message says where
   */
  public static DataContract read(Path file) {
    try {
      return JSON.readValue(file.toFile(), DataContract.class);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof InvalidDataException invalid) {
        throw invalid;
      }
      String where =
          e.getLocation() == null ? "" : ", line %d".formatted(e.getLocation().getLineNr());
      throw new InvalidDataException(
          "contracts/%s%s: the contract cannot be read: %s. Correct it, or delete the file to have it inferred"
              .formatted(file.getFileName(), where, what(e)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  /** Without the names of classes, which say nothing to whoever edited the file. */
  private static String what(JsonProcessingException e) {
    if (e instanceof InvalidFormatException format) {
      Class<?> type = format.getTargetType();
      return "%s is '%s'; expected %s"
          .formatted(
              format.getPath().stream()
                  .map(Reference::getFieldName)
                  .filter(Objects::nonNull)
                  .collect(Collectors.joining(".")),
              format.getValue(),
              type.isEnum()
                  ? "one of "
                      + Arrays.stream(type.getEnumConstants())
                          .map(Object::toString)
                          .collect(Collectors.joining(", "))
                  : "a number");
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no rule '%s'".formatted(unknown.getPropertyName());
    }
    if (e instanceof MismatchedInputException) {
      return "expected an object as in a run's contract.json";
    }
    return e.getOriginalMessage().replaceAll(" \\(start marker at .*", "");
  }

  public void write(Path file) {
    Artifacts.write(file, unfinished -> JSON.writeValue(unfinished.toFile(), this));
  }
}
