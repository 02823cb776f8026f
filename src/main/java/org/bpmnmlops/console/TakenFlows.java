package org.bpmnmlops.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bpmnmlops.console.EngineTables.Pending;
import org.bpmnmlops.console.EngineTables.Visit;
import org.bpmnmlops.console.PipelineModel.Flow;

/**
 * The arrows that a run took. The engine records only the nodes, so each arrival at a node is given
 * to whoever left a node before it last; nobody leaves by one arrow twice, nor an exclusive gateway
 * by two.
 */
final class TakenFlows {

  private static final String MULTI_INSTANCE = "#multiInstanceBody";

  /** Somebody reaches a node; {@code scope} is null where it is not known. */
  private record Arrival(String node, Instant at, String scope) {}

  private record Departure(Flow flow, Visit from) {}

  private final Map<String, List<Flow>> into;
  private final List<Visit> visits;
  private final Set<Object> used = new HashSet<>();

  private TakenFlows(List<Flow> flows, List<Visit> visits) {
    this.into = flows.stream().collect(Collectors.groupingBy(Flow::target));
    this.visits = visits;
  }

  /**
   * Ids of the arrows taken.
   *
   * @param visits in the order they happened
   * @param jobs those of the run; some wait before a node that was reached and has no visit yet
   */
  static Set<String> of(List<Flow> flows, List<Visit> visits, List<Pending> jobs) {
    List<Visit> whole = withoutInstances(visits);
    List<Arrival> arrivals = new ArrayList<>();
    whole.forEach(
        visit -> arrivals.add(new Arrival(node(visit), visit.startedAt(), visit.scope())));
    jobs.stream()
        .filter(Pending::isBefore)
        .forEach(job -> arrivals.add(new Arrival(node(job.activity()), job.createdAt(), null)));
    return new TakenFlows(flows, whole).of(arrivals);
  }

  private Set<String> of(List<Arrival> arrivals) {
    Set<String> taken = new TreeSet<>();
    arrivals.stream()
        .filter(arrival -> into.containsKey(arrival.node()))
        // Those with no choice first: what they take is not there for the others.
        .sorted(Comparator.comparing(arrival -> into.get(arrival.node()).size() > 1))
        .forEach(
            arrival ->
                departures(arrival).stream()
                    .max(
                        Comparator.comparing(
                                (Departure one) ->
                                    Objects.equals(one.from().scope(), arrival.scope()))
                            .thenComparing(one -> one.from().endedAt())
                            .thenComparing(one -> visits.indexOf(one.from())))
                    .ifPresent(
                        departure -> {
                          used.add(way(departure));
                          taken.add(departure.flow().id());
                        }));
    return taken;
  }

  private List<Departure> departures(Arrival arrival) {
    return into.get(arrival.node()).stream()
        .flatMap(
            flow ->
                visits.stream()
                    .filter(visit -> node(visit).equals(flow.source()))
                    .filter(visit -> visit.endedAt() != null && !visit.canceled())
                    .filter(visit -> !visit.endedAt().isAfter(arrival.at()))
                    .map(visit -> new Departure(flow, visit)))
        .filter(departure -> !used.contains(way(departure)))
        .toList();
  }

  private static Object way(Departure departure) {
    return departure.flow().oneOfMany() ? departure.from() : departure;
  }

  /** What is multi-instance is reached and left once, however many instances it has. */
  private static List<Visit> withoutInstances(List<Visit> visits) {
    Set<String> repeated =
        visits.stream()
            .map(Visit::activity)
            .filter(activity -> activity.endsWith(MULTI_INSTANCE))
            .map(TakenFlows::node)
            .collect(Collectors.toSet());
    return visits.stream().filter(visit -> !repeated.contains(visit.activity())).toList();
  }

  private static String node(Visit visit) {
    return node(visit.activity());
  }

  private static String node(String activity) {
    return activity.endsWith(MULTI_INSTANCE)
        ? activity.substring(0, activity.length() - MULTI_INSTANCE.length())
        : activity;
  }
}
