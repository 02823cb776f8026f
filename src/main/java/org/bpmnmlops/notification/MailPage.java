package org.bpmnmlops.notification;

import java.util.List;

/**
 * What the templates show; both twins take the same page. Null or empty parts are left out.
 *
 * @param tone good, bad or alert: the colour
 * @param kicker the small line above the headline
 * @param headline what happened
 * @param lead one or two sentences; may be null
 * @param figure the one number that counts, with its unit; may be null
 * @param figureHelp what the number means; may be null
 * @param quote the failure in the words of the step; may be null
 * @param advice what to do; may be null
 * @param warnings what went wrong without failing the run
 * @param facts label and value, in order
 * @param link where to read on
 * @param linkLabel what the link opens
 */
record MailPage(
    String tone,
    String kicker,
    String headline,
    String lead,
    String figure,
    String figureHelp,
    String quote,
    String advice,
    List<String> warnings,
    List<Fact> facts,
    String link,
    String linkLabel) {

  /** One line of the table; {@code code} sets paths, hashes and ids apart. */
  record Fact(String label, String value, boolean code) {}
}
