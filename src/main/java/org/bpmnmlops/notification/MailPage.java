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
 * @param sections parts with a verdict and a link of their own
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
    List<Section> sections,
    List<String> warnings,
    List<Fact> facts,
    String link,
    String linkLabel) {

  /** A page of one piece. */
  MailPage(
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
    this(
        tone,
        kicker,
        headline,
        lead,
        figure,
        figureHelp,
        quote,
        advice,
        List.of(),
        warnings,
        facts,
        link,
        linkLabel);
  }

  /**
   * A part of the page.
   *
   * @param tone good, bad, alert or quiet: the colour of the verdict
   * @param verdict in a word or two
   * @param link where to read on; may be null
   */
  record Section(
      String tone, String title, String verdict, String text, String link, String linkLabel) {}

  /** One line of the table; {@code code} sets paths, hashes and ids apart. */
  record Fact(String label, String value, boolean code) {}
}
