package org.bpmnmlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.Scaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

class ModelFileTest {

  @TempDir private Path folder;

  private final SeparatedData data = ModelTrainerTest.mixedData(300, 0.1);

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void answersAfterLoadingAsBeforeToTheBit(Algorithm algorithm) throws IOException {
    TrainedModel model = train(algorithm);
    Path file = written(model);

    TrainedModel loaded = TrainedModel.load(file);

    assertThat(loaded.probabilities(data.features()))
        .isDeepEqualTo(model.probabilities(data.features()));
    assertThat(loaded.weights()).isEqualTo(model.weights());
  }

  @Test
  void keepsWhereTheModelComesFrom() throws IOException {
    TrainedModel model = train(Algorithm.LOGISTIC_REGRESSION);

    TrainedModel loaded = TrainedModel.load(written(model));

    assertThat(loaded.origin()).isEqualTo(new Origin("data hash", "run 1", "pipeline:3:17"));
    assertThat(loaded.settings()).isEqualTo(model.settings());
    assertThat(loaded.encoder()).isEqualTo(model.encoder());
    assertThat(loaded.target()).isEqualTo("y");
    assertThat(loaded.classes()).containsExactly("0", "1");
    assertThat(loaded.positiveClass()).contains("1");
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void writesTheSameBytesForTheSameTraining(Algorithm algorithm) throws IOException {
    byte[] once = Files.readAllBytes(written(train(algorithm)));
    byte[] again = Files.readAllBytes(written(train(algorithm)));

    assertThat(again).isEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGISTIC_REGRESSION", "XGBOOST"})
  void holdsAModelThatTribuoAloneCanUse(Algorithm algorithm) throws IOException {
    answersInTribuoAsHere(ReferenceData.threeClasses(), algorithm, 1e-12);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGISTIC_REGRESSION", "XGBOOST"})
  void holdsAModelOfTwoClassesThatTribuoCanUse(Algorithm algorithm) throws IOException {
    // Tribuo has the logistic function in single precision.
    answersInTribuoAsHere(ReferenceData.twoClasses(), algorithm, 1e-6);
  }

  private void answersInTribuoAsHere(SeparatedData numbers, Algorithm algorithm, double precision)
      throws IOException {
    TrainedModel model =
        TrainedModel.load(
            written(
                ReferenceData.train(numbers, TrainingSettings.of(algorithm, Scaling.MIN_MAX, 42))));
    double[][] ours = model.probabilities(numbers.features());
    double[][] encoded = new double[3][EncodedRows.BLOCK];
    model
        .encoder()
        .encode(numbers.features(), IntStream.range(0, 200).toArray())
        .fill(0, 200, encoded);
    List<Example<Label>> rows = new ArrayList<>();
    for (int row = 0; row < 200; row++) {
      String[] names = new String[3];
      double[] values = new double[3];
      for (int j = 0; j < 3; j++) {
        names[j] = model.tribuo().getFeatureIDMap().get(j).getName();
        values[j] = encoded[j][row];
      }
      rows.add(new ArrayExample<>(new Label(numbers.classes().get(0)), names, values));
    }

    List<Prediction<Label>> together = model.tribuo().predict(rows);

    for (int row = 0; row < 200; row++) {
      Prediction<Label> alone = model.tribuo().predict(rows.get(row));
      for (int k = 0; k < numbers.classes().size(); k++) {
        String name = numbers.classes().get(k);
        assertThat(alone.getOutputScores().get(name).getScore())
            .isCloseTo(ours[k][row], within(precision))
            .isEqualTo(together.get(row).getOutputScores().get(name).getScore());
      }
    }
  }

  @Test
  void refusesAFileThatIsNoZip() throws IOException {
    Path file = Files.writeString(folder.resolve("model.zip"), "TV,radio\n1,2\n");

    assertThatThrownBy(() -> TrainedModel.load(file))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("model.zip is no usable model: it is damaged, or no ZIP file");
  }

  @Test
  void refusesAForeignZip() throws IOException {
    Path file = folder.resolve("model.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
    }

    assertThatThrownBy(() -> TrainedModel.load(file))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("it holds no manifest.json");
  }

  @Test
  void refusesEveryCutOffFile() throws IOException {
    byte[] whole = Files.readAllBytes(written(train(Algorithm.LOGISTIC_REGRESSION)));

    for (int length = 0; length < whole.length; length += 97) {
      Path file = folder.resolve("cut.zip");
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TrainedModel.load(file))
          .isInstanceOf(UnreadableModelException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void refusesParametersThatAreNotItsOwn(Algorithm algorithm) throws IOException {
    Path file = written(train(algorithm));
    byte[] parameters = entry(file, "parameters.pb");
    parameters[parameters.length / 2] ^= 1;
    Path changed = zip(entry(file, "manifest.json"), parameters);

    assertThatThrownBy(() -> TrainedModel.load(changed))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("parameters.pb is not the one it was written with");
  }

  @Test
  void refusesAManifestThatIsNone() throws IOException {
    List<String> manifests =
        List.of("", "{", "{\"format\": \"other\"}", "[]", "{\"version\": \"x\"}", "null");
    for (String manifest : manifests) {
      Path file = zip(manifest.getBytes(StandardCharsets.UTF_8), new byte[0]);
      assertThatThrownBy(() -> TrainedModel.load(file))
          .isInstanceOf(UnreadableModelException.class)
          .hasMessageContaining("manifest.json");
    }
  }

  @Test
  void refusesAModelOfALaterVersion() throws IOException {
    Path file = written(train(Algorithm.LOGISTIC_REGRESSION));
    String manifest = new String(entry(file, "manifest.json"), StandardCharsets.UTF_8);
    Path later =
        zip(
            manifest.replace("\"version\" : 1", "\"version\" : 2").getBytes(StandardCharsets.UTF_8),
            entry(file, "parameters.pb"));

    assertThatThrownBy(() -> TrainedModel.load(later))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("of version 2; expected 'bpmn-mlops model' of version 1");
  }

  private TrainedModel train(Algorithm algorithm) {
    return ReferenceData.train(data, TrainingSettings.of(algorithm, Scaling.MIN_MAX, 42));
  }

  private Path written(TrainedModel model) throws IOException {
    Path file = folder.resolve("model.zip");
    model.write(file);
    return file;
  }

  private static byte[] entry(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  private Path zip(byte[] manifest, byte[] parameters) throws IOException {
    Path file = folder.resolve("made.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write(manifest);
      zip.putNextEntry(new ZipEntry("parameters.pb"));
      zip.write(parameters);
    }
    return file;
  }
}
