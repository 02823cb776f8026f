package org.bpmnmlops.operation;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** A step that runs until a test lets it end. */
public final class BlockingStep {

  private final String by;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  BlockingStep(String by) {
    this.by = by;
  }

  static BlockingStep thatEndsAtOnce(String by) {
    BlockingStep step = new BlockingStep(by);
    step.letEnd();
    return step;
  }

  public void run(DelegateExecution execution) throws InterruptedException {
    begun.incrementAndGet();
    if (!mayEnd.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The test never let the step end");
    }
    execution.setVariable("by", by);
    ended.incrementAndGet();
  }

  int begun() {
    return begun.get();
  }

  int ended() {
    return ended.get();
  }

  void letEnd() {
    mayEnd.countDown();
  }
}
