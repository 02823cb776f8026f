package org.bpmnmlops.report;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bpmnmlops.browser.BrowserTest;
import org.bpmnmlops.browser.Chromium;
import org.bpmnmlops.browser.Contrast;
import org.bpmnmlops.browser.Tab;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.wording.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The reports as people see them, sandboxed as the server sends them. */
@BrowserTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPageTest {

  private static final List<String> TWO = List.of("0", "1");
  private static final List<String> FOUR = List.of("basic", "business", "premium", "trial");

  /** Tables of columns whose right end is behind a scrollbar. */
  private static final String CUT_TABLES =
      """
      () => [...document.querySelectorAll(".scroll:has(tr.row)")]
        .filter(e => e.scrollWidth > e.clientWidth + 1).length
      """;

  /** Charts of an opened column that are shrunk to letters below 10 px. */
  private static final String SMALL_LETTERS =
      """
      () => [...document.querySelectorAll("tr.detail svg")]
        .filter(e => 12 * e.getBoundingClientRect().width / e.viewBox.baseVal.width < 10).length
      """;

  @TempDir Path folder;

  private final ReportWriter writer = new ReportWriter();
  private HttpServer server;

  @BeforeAll
  void serveTheFolder() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] page =
              Files.readAllBytes(folder.resolve(exchange.getRequestURI().getPath().substring(1)));
          exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
          exchange.getResponseHeaders().add("Content-Security-Policy", "sandbox allow-scripts");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  void stop() {
    server.stop(0);
  }

  private Page open(Tab tab, String name, Report report) {
    writer.write(folder.resolve(name + ".html"), report);
    tab.page()
        .navigate("http://localhost:%d/%s.html".formatted(server.getAddress().getPort(), name));
    return tab.page();
  }

  private static Report report(ReportKind kind, int columns) {
    Table reference = Reports.rows(5000, columns - 1, 0, 1);
    Table current = Reports.rows(3000, columns - 1, 0.6, 2);
    return switch (kind) {
      case DATA_QUALITY -> Reports.quality(reference, current);
      case DATA_DRIFT -> Reports.drift(reference, current);
      case MODEL_PERFORMANCE ->
          Reports.performance(Reports.scored(TWO, 400, 1.6, 1), Reports.scored(TWO, 900, 0.9, 2));
    };
  }

  /** Nothing in the console, nothing fetched but the page, nothing wider than the window. */
  private static void assertClean(Tab tab) {
    assertThat(tab.errors()).isEmpty();
    assertThat(tab.requests()).hasSize(1);
    assertThat(tab.page().evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .as("fits the window")
        .isEqualTo(true);
    assertThat(Contrast.ofTexts(tab.page())).isEqualTo("readable");
  }

  /** Every chart has marks that take place. */
  private static void assertCharts(Page page, int atLeast) {
    assertThat(
            (Integer)
                page.evaluate(
                    """
                    () => [...document.querySelectorAll("svg")].filter(svg =>
                      [...svg.querySelectorAll("rect, path, circle")].some(mark => {
                        const box = mark.getBoundingClientRect();
                        return box.width > 0 && box.height > 0;
                      })).length
                    """))
        .isGreaterThanOrEqualTo(atLeast);
    assertThat(
            page.evaluate(
                """
                () => [...document.querySelectorAll("main *")].filter(e =>
                  [...e.attributes].some(a => /NaN|undefined|Infinity/.test(a.value)) ||
                  [...e.childNodes].some(n => n.nodeType === 3 && /NaN|undefined|Infinity|null/.test(n.textContent)))
                  .map(e => e.outerHTML.slice(0, 200))
                """))
        .as("numbers that are none")
        .isEqualTo(List.of());
  }

  private static Locator rows(Page page) {
    return page.locator("tr.row:visible .name button");
  }

  private static Locator heading(Page page, String title) {
    return page.getByRole(
        AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName(title).setExact(false));
  }

  @ParameterizedTest
  @EnumSource(ReportKind.class)
  void isDrawnInBothThemesAndPrinted(ReportKind kind, Chromium chromium) {
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Tab tab = chromium.open(1280, 900, theme)) {
        Page page = open(tab, kind.prefix(), report(kind, 8));
        page.locator("tr.row").first().click();

        assertCharts(page, kind == ReportKind.MODEL_PERFORMANCE ? 5 : 9);
        assertThat(page.evaluate(SMALL_LETTERS)).as("letters below 10 px").isEqualTo(0);
        assertClean(tab);
        tab.screenshot("%s-%s".formatted(kind.prefix(), theme.name().toLowerCase()));

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            .isEqualTo("rgb(255, 255, 255)");
        assertThat(Contrast.ofTexts(page)).isEqualTo("readable");
        page.pdf(
            new Page.PdfOptions()
                .setPreferCSSPageSize(true)
                .setPath(Path.of("target", "screenshots", kind.prefix() + ".pdf")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DATA_QUALITY, 3, 1280", "DATA_QUALITY, 30, 1280", "DATA_QUALITY, 100, 1920",
    "DATA_QUALITY, 8, 400", "DATA_DRIFT, 3, 1280", "DATA_DRIFT, 30, 1280",
    "DATA_DRIFT, 100, 1920", "DATA_DRIFT, 8, 400", "MODEL_PERFORMANCE, 8, 400",
    "MODEL_PERFORMANCE, 8, 1920", "DATA_QUALITY, 8, 800", "DATA_DRIFT, 8, 800"
  })
  void fitsAnyNumberOfColumnsAndAnyWindow(
      ReportKind kind, int columns, int width, Chromium chromium) {
    try (Tab tab = chromium.open(width, 900, ColorScheme.LIGHT)) {
      Page page = open(tab, kind.prefix(), report(kind, columns));

      assertClean(tab);
      if (kind != ReportKind.MODEL_PERFORMANCE) {
        assertThat(rows(page)).hasCount(columns);
      }
      if (width >= 800) {
        assertThat(page.evaluate(CUT_TABLES)).as("tables that are cut").isEqualTo(0);
      }
      tab.screenshot("%s-%d-columns-%d".formatted(kind.prefix(), columns, width));
    }
  }

  @Test
  void tellsManyClassesApart(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Page page =
          open(
              tab,
              "classes",
              Reports.performance(
                  Reports.scored(FOUR, 600, 2, 1), Reports.scored(FOUR, 1500, 1.9, 2)));

      page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Class"))
          .selectOption("premium");

      assertThat(page.getByText("Probability of “premium”, current rows")).isVisible();
      assertCharts(page, 5);
      assertClean(tab);
      tab.screenshot("model_performance_report-classes");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void weakCorrelationsAreCellsAndNumbersOnAnyCellAreReadable(
      ColorScheme theme, Chromium chromium) {
    Random random = new Random(1);
    double[] values = random.doubles(2000).toArray();
    Table rows =
        Reports.table(
            Reports.numbers("x", values),
            Reports.numbers("twice x", Arrays.stream(values).map(x -> 2 * x).toArray()),
            Reports.numbers("minus x", Arrays.stream(values).map(x -> -x).toArray()),
            Reports.numbers("noise", random.doubles(2000).toArray()));
    try (Tab tab = chromium.open(1280, 900, theme)) {
      Page page = open(tab, "correlations", Reports.quality(rows, rows));

      Contrast.OfShapes cells = Contrast.ofShapes(page, "g:has(> .in-cell) rect", ".in-cell");

      assertThat(page.locator(".in-cell").allTextContents()).contains("1.00", "-1.00", "0.01");
      assertThat(cells.ground()).isGreaterThan(1.25);
      assertThat(cells.ink()).isGreaterThan(4.5);
      tab.screenshot("correlations-" + theme.name().toLowerCase());
    }
  }

  @Test
  void sortsByMouseAndKeyboard(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Page page = open(tab, "sort", report(ReportKind.DATA_DRIFT, 8));
      assertThat(heading(page, "Drift")).hasAttribute("aria-sort", "descending");
      assertThat(page.locator("tr.row").first()).containsText("drifted");

      heading(page, "Column").getByRole(AriaRole.BUTTON).click();
      assertThat(heading(page, "Column")).hasAttribute("aria-sort", "ascending");
      assertThat(rows(page).first()).hasText("kind 2");

      page.keyboard().press("Enter");
      assertThat(heading(page, "Column")).hasAttribute("aria-sort", "descending");
      assertThat(rows(page).first()).hasText("target");

      page.keyboard().press("Tab");
      page.keyboard().press("Tab");
      page.keyboard().press("Tab");
      page.keyboard().press("Space");
      assertThat(heading(page, "Score")).hasAttribute("aria-sort", "descending");
      assertClean(tab);
    }
  }

  @Test
  void findsColumnsByNameAndVerdict(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Page page = open(tab, "find", report(ReportKind.DATA_DRIFT, 8));

      page.getByLabel("Find ").fill("NUMBER");
      assertThat(rows(page)).hasCount(5);
      assertThat(page.locator("output")).hasText("5 of 8 columns");

      page.getByLabel("Show ").selectOption("drifted");
      assertThat(page.locator("tr.row:visible .badge"))
          .hasText(new String[] {"✕ drifted", "✕ drifted", "✕ drifted"});

      page.getByLabel("Find ").fill("nothing like it");
      assertThat(page.locator("output")).hasText("0 of 8 columns");
      assertClean(tab);
    }
  }

  @Test
  void opensAColumnByMouseAndKeyboard(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Page page = open(tab, "detail", report(ReportKind.DATA_DRIFT, 8));

      page.locator("tr.row").nth(1).click();
      assertThat(page.locator("tr.detail svg").first()).isVisible();
      page.locator("tr.row").nth(1).click();
      assertThat(page.locator("tr.detail")).hasCount(0);

      rows(page).first().focus();
      page.keyboard().press("ArrowDown");
      assertThat(rows(page).nth(1)).isFocused();
      page.keyboard().press("Enter");
      assertThat(rows(page).nth(1)).hasAttribute("aria-expanded", "true");
      assertThat(page.getByText("Mean over the rows in their order")).isVisible();
      assertCharts(page, 10);
      page.keyboard().press("Escape");
      assertThat(page.locator("tr.detail")).hasCount(0);
      assertClean(tab);
    }
  }

  @Test
  void saysTheSameNumberInTheTableAndInTheContract(Chromium chromium) {
    // 0.15 %, whose double is a little less.
    double[] values = new double[2000];
    Arrays.fill(values, 3, values.length, 2);
    Arrays.fill(values, 0, 3, Double.NaN);
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Page page =
          open(
              tab,
              "rounding",
              Reports.quality(
                  Reports.table(Reports.numbers("x", 1, 2, 3)),
                  Reports.table(Reports.numbers("x", values))));

      page.locator("tr.row").first().click();

      assertThat(page.locator("tr.row")).containsText("0.2 %");
      assertThat(page.locator("tr.detail")).containsText("0.2 % of the values are missing");
    }
  }

  @Test
  void readsTheTimeAxisByClockAndDay(Chromium chromium) {
    Table reference = Reports.rows(2000, 1, 0, 1);
    Table current = Reports.rows(600, 1, 0, 2);
    long[] everyFourMinutes = LongStream.range(0, 600).map(i -> 240_000 * i).toArray();
    ComparedData data = Reports.compared(reference, current);
    Report report =
        DriftReport.of(
            Reports.SUBJECT,
            new ComparedData(
                reference,
                data.prepared(),
                data.current(),
                Optional.of(everyFourMinutes),
                data.target()),
            DriftSettings.DEFAULT,
            List.of(),
            Optional.empty());
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Page page = open(tab, "time-axis", report);

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("number 0")).click();

      Locator chart = page.getByLabel("mean of number 0 over time, with the reference");
      assertThat(chart.locator("text").filter(new Locator.FilterOptions().setHasText(":")))
          .hasText(new String[] {"00:00", "10:00", "20:00", "06:00", "16:00"});
      assertThat(chart.locator("text").filter(new Locator.FilterOptions().setHasText("1970")))
          .hasText(new String[] {"1 Jan 1970", "2 Jan 1970"});
    }
  }

  @Test
  void saysWhatChangedSinceTheReportBefore(Chromium chromium) {
    Table reference = Reports.rows(5000, 4, 0, 1);
    Report before = Reports.drift(reference, Reports.rows(3000, 4, 0, 2));
    ReportSubject later =
        new ReportSubject(
            "advertising", 3, Instant.parse("2026-11-25T18:00:00Z"), null, null, null);
    Report now =
        DriftReport.of(
            later,
            Reports.compared(reference, Reports.rows(3000, 4, 2, 3)),
            org.bpmnmlops.drift.DriftSettings.DEFAULT,
            List.of(),
            Optional.of(new PreviousReport(Reports.NOON, before.summary())));
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Page page = open(tab, "changes", now);

      assertThat(page.locator(".changes"))
          .containsText("Since the report of 2026-11-25 12:00:00 UTC");
      assertThat(page.locator(".changes")).containsText("Drifted columns: 60 %, before 0 %");
      assertThat(page.locator(".changes"))
          .containsText("Worse than before: number 0, number 3 and target");
    }
  }

  @Test
  void whatUsersWroteStaysText(Chromium chromium) {
    String evil = "<img src=x onerror=alert(1)></script><script>alert(2)</script>{{7*7}}[[${7*7}]]";
    Table reference =
        Reports.table(Reports.text(evil, evil, "b", "b"), Reports.text("target", evil, "1", "1"));
    Table current =
        Reports.table(Reports.text(evil, evil, evil, "c"), Reports.text("target", evil, "1", evil));
    QualityReport quality =
        QualityReport.of(
            new ReportSubject(evil, 1, Reports.NOON, null, null, evil),
            Reports.compared(reference, current),
            DataContract.infer(reference, Reports.schema(reference)),
            List.of(new Finding(evil, 1L, evil, evil)),
            Optional.of(
                new PreviousReport(
                    Reports.NOON,
                    new ReportSummary(
                        Verdict.GOOD,
                        evil,
                        evil,
                        List.of(),
                        Map.of(evil, Verdict.BAD),
                        null,
                        List.of()))));
    List<String> classes = List.of(evil, "b");
    for (Report report :
        List.of(
            quality,
            Reports.drift(reference, current),
            Reports.performance(
                Reports.scored(classes, 50, 1, 1), Reports.scored(classes, 50, 1, 2)))) {
      try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
        tab.page().onDialog(dialog -> tab.errors().add("dialog: " + dialog.message()));
        Page page = open(tab, "evil", report);
        page.locator("tr.row").first().click();

        assertThat(page.locator("body")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.locator("script")).hasCount(4);
        assertClean(tab);
      }
    }
  }

  @Test
  void keepsManyFindingsOutOfTheWay(Chromium chromium) {
    Table rows = Reports.rows(500, 3, 0, 1);
    List<Finding> findings =
        IntStream.range(0, 40)
            .mapToObj(i -> new Finding("prod_data.csv", i + 2L, "number 0", "'many' is no number"))
            .toList();
    QualityReport report =
        QualityReport.of(
            Reports.SUBJECT,
            Reports.compared(rows, rows),
            DataContract.infer(rows, Reports.schema(rows)),
            findings,
            Optional.empty());
    try (Tab tab = chromium.open(1280, 900, ColorScheme.DARK)) {
      Page page = open(tab, "findings", report);
      Locator lines = page.locator(".findings tbody tr:visible");
      assertThat(lines).hasCount(8);
      assertClean(tab);
      tab.screenshot("report-many-findings");

      page.getByText("Show all 40 findings").press("Enter");
      assertThat(lines).hasCount(40);

      page.reload();
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(lines).hasCount(40);
    }
  }

  @Test
  void isHonestWhenThereIsNothingToShow(Chromium chromium) {
    Table reference = Reports.rows(500, 4, 0, 1);
    Table missing =
        Reports.table(
            Reports.numbers("number 0", Double.NaN, Double.NaN),
            Reports.text("number 1", "many", "few"),
            Reports.text("kind 2", null, null));
    Table one = Reports.rows(1, 4, 0, 2);
    Table none = Reports.rows(0, 4, 0, 2);
    Map<String, Report> reports =
        Map.of(
            "no-current-quality", Reports.quality(reference, null),
            "no-current-drift", Reports.drift(reference, null),
            "no-current-performance", Reports.performance(Reports.scored(TWO, 40, 1, 1), null),
            "no-labels-performance",
                Reports.performance(
                    Reports.scored(TWO, 40, 1, 1),
                    ScoredRows.ofAnswers(TWO, 70, new int[0], new int[0])),
            "no-rows-quality", Reports.quality(reference, none),
            "no-rows-drift", Reports.drift(reference, none),
            "one-row-quality", Reports.quality(reference, one),
            "one-row-drift", Reports.drift(reference, one),
            "all-missing-quality", Reports.quality(reference, missing),
            "all-missing-drift", Reports.drift(reference, missing));
    reports.forEach(
        (name, report) -> {
          try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
            Page page = open(tab, name, report);
            assertThat(page.locator("h1")).not().isEmpty();
            for (Locator row : page.locator("tr.row").all()) {
              row.click();
            }
            assertClean(tab);
            assertCharts(page, 0);
            tab.screenshot("report-" + name);
          }
        });
  }
}
