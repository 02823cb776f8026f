package org.bpmnmlops.decision;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpmnmlops.engine.Unreadable;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Definitions;
import org.camunda.bpm.model.dmn.instance.Import;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.camunda.bpm.model.xml.ModelException;

/** Reads a DMN file that holds one decision table in FEEL, and refuses every other. */
final class TableFile {

  private static final Set<String> FEEL =
      Set.of(
          "feel",
          "http://www.omg.org/spec/feel/20140401",
          "http://www.omg.org/spec/dmn/20180521/feel/",
          "https://www.omg.org/spec/dmn/20191111/feel/",
          "https://www.omg.org/spec/dmn/20211108/feel/",
          "https://www.omg.org/spec/dmn/20230324/feel/");
  private static final Pattern TIME_TO_LIVE = Pattern.compile("P[1-9]\\d{0,5}D|[1-9]\\d{0,5}");

  private TableFile() {}

  /**
   * The decision of a file.
   *
   * @param id it has to have
   * @throws UnusableTableException when the file is not one usable decision
   */
  static Decision read(byte[] file, String id) {
    DmnModelInstance model;
    try {
      model = Dmn.readModelFromStream(new ByteArrayInputStream(file));
    } catch (ModelException e) {
      throw new UnusableTableException(List.of(Unreadable.explain(file, e)));
    }
    List<String> findings = new ArrayList<>();
    Collection<Decision> decisions = model.getModelElementsByType(Decision.class);
    if (decisions.size() != 1) {
      throw new UnusableTableException(
          List.of("the file has %d decisions; expected one".formatted(decisions.size())));
    }
    Decision decision = decisions.iterator().next();
    if (!id.equals(decision.getId())) {
      findings.add("the decision's id is '%s'; expected '%s'".formatted(decision.getId(), id));
    }
    String timeToLive = decision.getCamundaHistoryTimeToLiveString();
    if (timeToLive == null || !TIME_TO_LIVE.matcher(timeToLive).matches()) {
      findings.add(
          "the decision's history time to live is %s; expected days, such as P365D"
              .formatted(timeToLive == null ? "missing" : "'" + timeToLive + "'"));
    }
    if (!model.getModelElementsByType(Import.class).isEmpty()) {
      findings.add("the file imports others; expected a file that stands alone");
    }
    checkLanguages(model, findings);
    if (!(decision.getExpression() instanceof DecisionTable)) {
      findings.add("the decision is no table; expected a decision table");
    }
    if (!findings.isEmpty()) {
      throw new UnusableTableException(findings);
    }
    return decision;
  }

  private static void checkLanguages(DmnModelInstance model, List<String> findings) {
    Stream.of(
            model.getModelElementsByType(Definitions.class).stream()
                .map(Definitions::getExpressionLanguage),
            model.getModelElementsByType(LiteralExpression.class).stream()
                .map(LiteralExpression::getExpressionLanguage),
            model.getModelElementsByType(UnaryTests.class).stream()
                .map(UnaryTests::getExpressionLanguage))
        .flatMap(languages -> languages)
        .filter(language -> language != null && !FEEL.contains(language.toLowerCase(Locale.ROOT)))
        .distinct()
        .forEach(
            language ->
                findings.add(
                    "an expression language is '%s'; expected feel everywhere"
                        .formatted(language)));
  }
}
