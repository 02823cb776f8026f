package org.bpmnmlops.operation;

import java.time.Duration;

/**
 * How fast a dead node is noticed. A node dies just after a beat at worst, is dead for the others
 * {@code dead} later and found by a beat of theirs after that: 45 s + 5 s, within the promised 60
 * s.
 *
 * @param beat how often a node says that it lives, and looks for those that do not
 * @param fresh a row younger than this may belong to a node that lives
 * @param dead the locks of a node not seen for this long are freed
 */
record NodeTiming(Duration beat, Duration fresh, Duration dead) {

  static final NodeTiming STANDARD =
      new NodeTiming(Duration.ofSeconds(5), Duration.ofSeconds(11), Duration.ofSeconds(45));
}
