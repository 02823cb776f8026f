package org.bpmnmlops.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the reports of a run share. */
class LastMadeTest {

  private final AtomicInteger made = new AtomicInteger();
  private final LastMade<String, int[]> last = new LastMade<>();

  @Test
  void makesAValueOnceForAllThatAskAtTheSameTime() throws Exception {
    var threads = Executors.newFixedThreadPool(3);
    try {
      Callable<int[]> ask = () -> last.get("run", this::make);
      var values = threads.invokeAll(List.of(ask, ask, ask));

      int[] value = values.get(0).get();
      assertThat(values.get(1).get()).isSameAs(value);
      assertThat(values.get(2).get()).isSameAs(value);
      assertThat(made).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void makesAnotherForAnotherKey() {
    int[] one = last.get("one", this::make);
    int[] other = last.get("other", this::make);

    assertThat(other).isNotSameAs(one);
    assertThat(last.get("one", this::make)).isNotSameAs(one);
    assertThat(made).hasValue(3);
  }

  @Test
  void asksAgainAfterAFailure() {
    assertThatThrownBy(
            () ->
                last.get(
                    "run",
                    () -> {
                      throw new IllegalStateException("the database is away");
                    }))
        .hasMessage("the database is away");

    assertThat(last.get("run", this::make)).isNotNull();
  }

  private int[] make() {
    made.incrementAndGet();
    return new int[] {made.get()};
  }
}
