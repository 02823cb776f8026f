package org.bpmnmlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.training.TrainedModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class ModelControllerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired private Server server;
  @Autowired private ModelRegistry registry;
  @Autowired private ModelHistory history;
  @Autowired private Home home;

  private final String name = "c-" + UUID.randomUUID();
  private ModelVersion first;

  @BeforeEach
  void register() {
    first = registry.register(TrainedRun.of(home, name, 1).asked()).version();
    registry.register(TrainedRun.of(home, name, 2).asked());
  }

  @Test
  void listsModelsAndTheirVersions() throws IOException {
    JsonNode model = null;
    for (JsonNode candidate : json("/api/v1/models", 200)) {
      model = candidate.get("name").textValue().equals(name) ? candidate : model;
    }
    assertThat(model.at("/champion/version").intValue()).isEqualTo(1);
    assertThat(model.at("/aliases/1/alias").textValue()).isEqualTo("challenger");

    JsonNode versions = json("/api/v1/models/" + name + "?size=1", 200).get("versions");
    assertThat(versions).hasSize(1);
    assertThat(versions.at("/0/version").intValue()).isEqualTo(2);
    assertThat(versions.at("/0/aliases/0").textValue()).isEqualTo("challenger");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "champion"})
  void showsOneVersionByNumberOrAlias(String version) throws IOException {
    JsonNode found = json("/api/v1/models/%s/versions/%s".formatted(name, version), 200);

    assertThat(found.get("version").intValue()).isEqualTo(1);
    assertThat(found.get("modelHash").textValue()).isEqualTo(first.modelHash());
    assertThat(found.get("accuracy").doubleValue()).isEqualTo(first.accuracy());
  }

  @Test
  void showsTheCardAsJsonAndAsAPage() throws IOException {
    String path = "/api/v1/models/%s/versions/1/card".formatted(name);

    assertThat(json(path, 200).at("/version/modelHash").textValue()).isEqualTo(first.modelHash());
    HttpResponse<String> page =
        server.admin().get(path, "Accept", "text/html,application/xhtml+xml");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("sandbox", "default-src 'none'");
    assertThat(page.body()).contains(name, "champion", "accuracy on 40 held-out rows");
  }

  @Test
  void tellsOnTheCardInTheOrderOfTimeWhatWasDecided() {
    history.note(name, 1, "Approval", "approved: looked at both", "olivia");
    registry.promote(name, 2, "olivia", "better on new rows");
    registry.promote(name, 1, "olivia", "complaints since Monday");

    String page =
        server
            .admin()
            .get("/api/v1/models/%s/versions/1/card".formatted(name), "Accept", "text/html")
            .body();

    assertThat(page)
        .containsSubsequence(
            "Champion, by", "Approval, by olivia", "looked at both", "complaints since Monday");
  }

  @Test
  void tellsOnTheCardOfAVersionThatWasTakenBackWhoDidItAndWhy() throws IOException {
    registry.promote(name, 2, "olivia", "better on new rows");
    registry.promote(name, 1, "rollo", "complaints since Monday");
    registry.promote(name, 2, "olivia", "another try");
    registry.restore(name, 2, "a run", "answers badly");

    String path = "/api/v1/models/%s/versions/2/card".formatted(name);
    assertThat(server.admin().get(path, "Accept", "text/html").body())
        .containsSubsequence(
            "Champion, by olivia",
            "Taken back for v1, by rollo",
            "complaints since Monday",
            "Champion, by olivia",
            "Taken back, by a run");
    JsonNode promotions = json(path, 200).get("promotions");
    assertThat(promotions.at("/0/replacedWith").intValue()).isEqualTo(1);
    assertThat(promotions.get(1).has("replacedWith")).isFalse();
    JsonNode ofFirst =
        json("/api/v1/models/%s/versions/1/card".formatted(name), 200).get("promotions");
    assertThat(ofFirst.at("/0/replacedWith").intValue()).isEqualTo(2);
    assertThat(ofFirst.get(1).has("replacedWith")).isFalse();
  }

  @Test
  void handsOutTheFileThatWasRegistered(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.zip");

    HttpResponse<Path> answer =
        HttpClient.newHttpClient()
            .send(
                server.admin().request("/api/v1/models/%s/versions/1/file".formatted(name)).build(),
                HttpResponse.BodyHandlers.ofFile(file));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .contains(name + "-v1.zip");
    assertThat(Artifacts.sha256(file)).isEqualTo(first.modelHash());
    assertThat(TrainedModel.load(file).weights()).isEqualTo(registry.load(first).weights());
  }

  @Test
  void handsOutNoDamagedFile() throws IOException {
    Files.writeString(registry.file(first, "model.zip"), "another file");

    JsonNode problem = json("/api/v1/models/%s/versions/1/file".formatted(name), 500);

    assertThat(problem.get("title").textValue()).isEqualTo("The model is damaged");
    assertThat(problem.get("detail").textValue()).doesNotContain(home.home().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s/versions/7", "%s/versions/previous", "%s/versions/x/card"})
  void answers404ToWhatIsNotThere(String path) throws IOException {
    assertThat(json("/api/v1/models/" + path.formatted(name), 404).get("detail").textValue())
        .contains(name, "expected one of [2, 1]");
  }

  private JsonNode json(String path, int status) throws IOException {
    HttpResponse<String> answer = server.admin().get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }
}
