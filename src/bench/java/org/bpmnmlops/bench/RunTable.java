package org.bpmnmlops.bench;

import static org.bpmnmlops.bench.Machine.say;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a server that has ended left in {@code mlops_run}, held against what it promises. */
final class RunTable {

  private static final int MAX_ACTIVE = 16;
  private static final List<String> STEPS =
      List.of(
          "serviceTask_reportStart",
          "serviceTask_admitRun",
          "serviceTask_loadData",
          "serviceTask_preprocessData",
          "serviceTask_separateData",
          "serviceTask_buildModel",
          "serviceTask_evaluateModel",
          "serviceTask_registerModel",
          "serviceTask_sendSuccessNotification",
          "serviceTask_callStatusApi",
          "endEvent_modelReady");

  /**
   * A start over REST, by the caller's clock.
   *
   * @param asked when the request was sent
   * @param answered when its answer was there: whoever asks later comes later
   */
  record Started(String run, OffsetDateTime asked, OffsetDateTime answered) {}

  private record Row(String run, long place, OffsetDateTime admitted, OffsetDateTime ended) {}

  private record Change(OffsetDateTime at, int by) {}

  private final String url;
  private final String user;
  private final String password;

  RunTable(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /**
   * Says what was found.
   *
   * @param started all that were started
   * @throws IllegalStateException when a run is lost, a step ran twice, too many runs were active
   *     or one was let in before an earlier one
   */
  void check(List<Started> started) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      long all = count(statement, "SELECT COUNT(*) FROM mlops_run");
      long succeeded = count(statement, "SELECT COUNT(*) FROM mlops_run WHERE outcome = 'success'");
      require(
          all == started.size() && succeeded == all,
          "%d started, %d runs, %d succeeded",
          started.size(),
          all,
          succeeded);
      long incidents = count(statement, "SELECT COUNT(*) FROM ACT_HI_INCIDENT");
      require(incidents == 0, "%d incidents", incidents);
      long failures = count(statement, "SELECT COUNT(*) FROM ACT_HI_JOB_LOG WHERE JOB_STATE_ = 1");
      long reports = count(statement, "SELECT COUNT(*) FROM mlops_status");
      require(reports == 2 * all, "%d status reports of %d runs", reports, all);
      for (String step : STEPS) {
        long times =
            count(
                statement,
                "SELECT COUNT(*) FROM ACT_HI_ACTINST WHERE ACT_ID_ = '%s'".formatted(step));
        require(times == all, "%s ran %d times in %d runs", step, times, all);
      }
      try (ResultSet found =
          statement.executeQuery("SELECT id, place, admitted_at, ended_at FROM mlops_run")) {
        while (found.next()) {
          rows.add(
              new Row(
                  found.getString(1),
                  found.getLong(2),
                  found.getObject(3, OffsetDateTime.class),
                  found.getObject(4, OffsetDateTime.class)));
        }
      }
      int most = mostActive(rows);
      require(most <= MAX_ACTIVE, "%d runs were active at once", most);
      long overtaken = overtaken(rows, started);
      require(overtaken == 0, "%d runs were let in before an earlier one", overtaken);
      say(
          "%d runs, all succeeded, every step once, at most %d active at once, in order of arrival,"
              + " %d failed attempts",
          all, most, failures);
    }
  }

  private static int mostActive(List<Row> rows) {
    List<Change> changes = new ArrayList<>();
    for (Row row : rows) {
      changes.add(new Change(row.admitted(), 1));
      changes.add(new Change(row.ended(), -1));
    }
    // A slot is handed over within one moment.
    changes.sort(Comparator.comparing(Change::at).thenComparing(Change::by));
    int active = 0;
    int most = 0;
    for (Change change : changes) {
      active += change.by();
      most = Math.max(most, active);
    }
    return most;
  }

  /**
   * Runs that were let in after one that was asked for when they had been answered. Those let in
   * together have the same millisecond; the queue goes by place.
   */
  private static long overtaken(List<Row> rows, List<Started> started) {
    Map<String, Started> starts =
        started.stream().collect(Collectors.toMap(Started::run, Function.identity()));
    rows.sort(Comparator.comparing(Row::admitted).thenComparing(Row::place));
    long overtaken = 0;
    OffsetDateTime latest = OffsetDateTime.MIN;
    for (Row row : rows) {
      Started start = starts.get(row.run());
      if (start.answered().isBefore(latest)) {
        overtaken++;
      }
      if (start.asked().isAfter(latest)) {
        latest = start.asked();
      }
    }
    return overtaken;
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void require(boolean kept, String finding, Object... values) {
    if (!kept) {
      throw new IllegalStateException(finding.formatted(values));
    }
  }
}
