package org.bpmnmlops.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.impl.pvm.PvmTransition;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;

/**
 * Finds the ends that a diagram reaches without "Admit run", such as "Approval pending": a run that
 * gets there had nothing to do, and needed no slot for that.
 */
final class EarlyEnds {

  private EarlyEnds() {}

  /**
   * End events of a process that a way from one of its starts leads to past the admission.
   *
   * @param admissions ids of the tasks "Admit run"
   */
  static List<ActivityImpl> of(ScopeImpl process, Collection<String> admissions) {
    return process.getActivities().stream()
        .filter(activity -> ActivityTypes.END_EVENT_NONE.equals(activity.getProperty("type")))
        .filter(end -> hasWayFromStart(end, admissions))
        .toList();
  }

  private static boolean hasWayFromStart(ActivityImpl end, Collection<String> admissions) {
    Set<ActivityImpl> seen = new HashSet<>();
    Deque<ActivityImpl> open = new ArrayDeque<>(List.of(end));
    while (!open.isEmpty()) {
      ActivityImpl activity = open.pop();
      if (admissions.contains(activity.getId()) || !seen.add(activity)) {
        continue;
      }
      List<ActivityImpl> before = before(activity).toList();
      if (before.isEmpty()) {
        return true;
      }
      open.addAll(before);
    }
    return false;
  }

  private static Stream<ActivityImpl> before(ActivityImpl activity) {
    return Stream.concat(
        activity.getIncomingTransitions().stream()
            .map(PvmTransition::getSource)
            .map(ActivityImpl.class::cast),
        // A boundary event follows what it sits on.
        activity.getEventScope() instanceof ActivityImpl host ? Stream.of(host) : Stream.empty());
  }
}
