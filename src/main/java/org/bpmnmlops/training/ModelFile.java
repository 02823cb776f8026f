package org.bpmnmlops.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.protos.core.ModelProto;

/**
 * The file of a model, a ZIP of two: {@code manifest.json}, and {@code parameters.pb}, which is
 * Tribuo's protobuf of the trained model.
 */
final class ModelFile {

  private static final String MANIFEST = "manifest.json";
  private static final String PARAMETERS = "parameters.pb";

  /** ZIP's first day, so that equal models are equal files. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** Tribuo makes an object of the class a file names; only these are asked for. */
  private static final Set<String> KNOWN_MODELS =
      Set.of(LinearSGDModel.class.getName(), XGBoostModel.class.getName());

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ModelFile() {}

  static void write(Manifest manifest, Model<Label> model, Path file) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      byte[] parameters = serialise(model);
      put(zip, MANIFEST, JSON.writeValueAsBytes(manifest.withParameters(sha256(parameters))));
      put(zip, PARAMETERS, parameters);
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] serialise(Model<Label> model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    model.serialize().writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  static TrainedModel read(Path file) throws IOException {
    Manifest manifest;
    byte[] parameters;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      manifest = JSON.readValue(read(zip, MANIFEST, file), Manifest.class);
      parameters = read(zip, PARAMETERS, file);
    } catch (ZipException e) {
      throw new UnreadableModelException(file, "it is damaged, or no ZIP file", e);
    } catch (JsonProcessingException e) {
      throw new UnreadableModelException(
          file, MANIFEST + " is not what a model has there (" + e.getOriginalMessage() + ")", e);
    }
    if (manifest == null) {
      throw new UnreadableModelException(file, MANIFEST + " is empty");
    }
    if (!Manifest.FORMAT.equals(manifest.format()) || manifest.version() != Manifest.VERSION) {
      throw new UnreadableModelException(
          file,
          "it says it is a '%s' of version %d; expected '%s' of version %d"
              .formatted(manifest.format(), manifest.version(), Manifest.FORMAT, Manifest.VERSION));
    }
    if (!sha256(parameters).equals(manifest.parametersHash())) {
      throw new UnreadableModelException(file, PARAMETERS + " is not the one it was written with");
    }
    return new TrainedModel(manifest, deserialise(parameters, file));
  }

  private static byte[] read(ZipFile zip, String name, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new UnreadableModelException(file, "it holds no " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static Model<Label> deserialise(byte[] parameters, Path file) {
    try {
      ModelProto proto = ModelProto.parseFrom(parameters);
      if (!KNOWN_MODELS.contains(proto.getClassName())) {
        throw new UnreadableModelException(
            file,
            "it holds a '%s'; expected one of %s".formatted(proto.getClassName(), KNOWN_MODELS));
      }
      return Model.deserialize(proto).castModel(Label.class);
    } catch (InvalidProtocolBufferException | IllegalStateException | IllegalArgumentException e) {
      throw new UnreadableModelException(file, "Tribuo cannot read it (" + e.getMessage() + ")", e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
