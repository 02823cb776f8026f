package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.bpmnmlops.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FeedbackCountTest {

  private static final int CALLERS = 8;
  private static final int CALLS = 403;
  private static final int MARK = 100;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void exactlyOneOfManyAtOnceCrossesEachMark(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    FeedbackCount count =
        new FeedbackCount(JdbcClient.create(database), new ServingSettings("m", MARK));
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    List<Callable<FeedbackCount.Total>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(() -> transaction.execute(status -> count.addOne("m")));
    }

    List<FeedbackCount.Total> totals = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      for (Future<FeedbackCount.Total> call : callers.invokeAll(calls)) {
        totals.add(call.get());
      }
    } finally {
      callers.shutdown();
    }

    assertThat(totals)
        .filteredOn(FeedbackCount.Total::crossed)
        .extracting(FeedbackCount.Total::labelled)
        .containsExactlyInAnyOrder(100L, 200L, 300L, 400L);
    assertThat(count.total("m")).isEqualTo(new FeedbackCount.Total(CALLS, false));
    assertThat(count.total("other")).isEqualTo(new FeedbackCount.Total(0, false));
  }
}
