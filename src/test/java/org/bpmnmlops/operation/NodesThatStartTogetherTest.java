package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two nodes on a PostgreSQL that has no tables yet. */
class NodesThatStartTogetherTest {

  @Test
  void makeTheTablesOnce() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      var first = CompletableFuture.supplyAsync(() -> node(postgres, "first"));
      var second = CompletableFuture.supplyAsync(() -> node(postgres, "second"));

      try (TestNode one = first.join();
          TestNode other = second.join()) {
        one.deploy();
        String run = other.start();
        one.executor.start();
        await().until(() -> other.hasEnded(run));
        assertThat(one.locked()).isZero();
      }
    }
  }

  private static TestNode node(EmbeddedPostgres postgres, String name) {
    return new TestNode(
        postgres.getPostgresDatabase(), name, Duration.ZERO, BlockingStep.thatEndsAtOnce(name));
  }
}
