package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bpmnmlops.artifact.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminPasswordTest {

  @TempDir Path folder;

  @Test
  void makesAPasswordThatThePolicyAcceptsAndKeepsItForTheOwner() throws IOException {
    String made = password("").get(candidate -> candidate.matches(".*[0-9].*"));

    Path file = folder.resolve("home/admin-password");
    assertThat(made).hasSize(24).containsPattern("[0-9]");
    assertThat(file).hasContent(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("home")).isDirectoryContaining("glob:**/admin-password");
    try (var files = Files.list(folder.resolve("home"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void makesAnotherOneForEachHome() {
    var other = new AdminPassword(new Home(folder.resolve("other"), folder), "");

    assertThat(other.get(any -> true)).isNotEqualTo(password("").get(any -> true));
  }

  @Test
  void usesThePasswordItMadeBefore() {
    String made = password("").get(any -> true);

    assertThat(password("").get(any -> true)).isEqualTo(made);
  }

  @Test
  void prefersTheOperatorsAndWritesNoFile() {
    assertThat(password("Given-By-Me-1").get(any -> true)).isEqualTo("Given-By-Me-1");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void refusesTheOperatorsWhereItIsWeakWithoutShowingIt() {
    assertThatThrownBy(() -> password("weak").get(any -> false))
        .isInstanceOf(AdminPasswordRefusedException.class)
        .hasMessageContaining("MLOPS_ADMIN_PASSWORD")
        .hasMessageNotContaining("weak)");
  }

  @Test
  void namesTheFileWhereItCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("home"), "a file in the way");

    assertThatThrownBy(() -> password("").get(any -> true))
        .hasMessageContaining(folder.resolve("home/admin-password").toString());
  }

  private AdminPassword password(String given) {
    return new AdminPassword(new Home(folder.resolve("home"), folder), given);
  }
}
