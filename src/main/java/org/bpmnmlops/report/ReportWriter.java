package org.bpmnmlops.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.webjars.WebJarVersionLocator;

/**
 * Writes a report as one HTML file that opens without a network, with its JSON twin beside it, and
 * reads what has to be known of the report before.
 */
@Component
public class ReportWriter {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final Map<Verdict, String> SIGNS =
      Arrays.stream(Verdict.values()).collect(Collectors.toMap(it -> it, Verdict::sign));

  private final SpringTemplateEngine engine = new SpringTemplateEngine();
  private final String charts;
  private final String script;
  private final String style;

  public ReportWriter() {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(ReportWriter.class.getClassLoader());
    resolver.setPrefix("reports/");
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    engine.addTemplateResolver(resolver);
    charts = resource(new WebJarVersionLocator().fullPath("d3", "dist/d3.min.js"));
    script = resource("reports/report.js");
    style = resource("reports/report.css");
  }

  /** Where the JSON twin of a report is: beside it. */
  public static Path twin(Path html) {
    String name = html.getFileName().toString();
    return html.resolveSibling(name.substring(0, name.length() - ".html".length()) + ".json");
  }

  /**
   * Writes both files, the twin first: where there is an HTML file, the report is complete.
   *
   * @param html ends in {@code .html}
   */
  public void write(Path html, Report report) {
    Artifacts.removeUnfinished(twin(html));
    Artifacts.removeUnfinished(html);
    Artifacts.write(twin(html), file -> JSON.writeValue(file.toFile(), report));
    Artifacts.write(
        html,
        file -> {
          try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            Context context = new Context(Locale.ENGLISH);
            context.setVariable("report", report);
            context.setVariable("page", new ReportPage(report));
            context.setVariable("style", style);
            context.setVariable("charts", charts);
            context.setVariable("script", script);
            context.setVariable("signs", embedded(SIGNS));
            context.setVariable("data", embedded(report));
            out.write(Words.unbroken(engine.process("report.html", context)));
          }
        });
  }

  /**
   * What is kept in mind of a report.
   *
   * @param html the report; its twin is read
   * @throws UncheckedIOException when the twin cannot be read
   */
  public PreviousReport previous(Path html) {
    Path twin = twin(html);
    try {
      Twin report = JSON.readValue(twin.toFile(), Twin.class);
      return new PreviousReport(report.subject().createdAt(), report.summary());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the report %s: %s".formatted(twin, e), e);
    }
  }

  private record Twin(ReportSubject subject, ReportSummary summary) {}

  /**
   * Inside a script element nothing may look like markup, whatever a column is called; nor like a
   * share: names stay as they are.
   */
  private static String embedded(Object content) throws IOException {
    return JSON.writeValueAsString(content)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("%", "\\u0025");
  }

  private static String resource(String name) {
    try (InputStream in = ReportWriter.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("There is no %s on the classpath".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(name, e), e);
    }
  }
}
