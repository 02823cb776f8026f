package org.bpmnmlops.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The status API as the callers of the service it replaces know it, on both databases. */
class StatusApiTest {

  private static final Instant NOW = Instant.parse("2026-11-22T05:06:07.120Z");

  /** What the replaced system's last task sends. */
  private static final String REPORT =
      """
      {"dag_id": "ml_pipeline_lab", "status": "success",
       "run_id": "scheduled__2026-11-22T00:00:00+00:00", "accuracy": 0.875,
       "execution_date": "2026-11-22 00:00:00+00:00", "ds": "2026-11-22"}
      """;

  abstract static class OnAnyDatabase {

    private JdbcTemplate database;
    private MockMvc api;

    abstract DataSource dataSource() throws Exception;

    @BeforeEach
    void create() throws Exception {
      DataSource source = dataSource();
      try (var connection = source.getConnection()) {
        ScriptUtils.executeSqlScript(
            connection, new ClassPathResource("db/migration/V2__status.sql"));
      }
      database = new JdbcTemplate(source);
      ObjectMapper json = Jackson2ObjectMapperBuilder.json().build();
      json.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
      StatusHistory history = new StatusHistory(database);
      StatusReportReader reader = new StatusReportReader(json);
      api =
          MockMvcBuilders.standaloneSetup(
                  new StatusController(
                      new StatusReports(history, reader, Clock.fixed(NOW, ZoneOffset.UTC)),
                      history,
                      reader))
              .setMessageConverters(new MappingJackson2HttpMessageConverter(json))
              .build();
    }

    @Test
    void answersAReportAsTheReplacedServiceDid() throws Exception {
      report(REPORT)
          .andExpect(status().isOk())
          .andExpect(
              content()
                  .json(
                      "{'status':'updated','dag_id':'ml_pipeline_lab','accuracy':0.875}",
                      JsonCompareMode.STRICT));
    }

    @Test
    void tellsTheLastStatusUnderBothNamesAndByDefault() throws Exception {
      report(REPORT);

      String expected =
          "{'status':'success','run_id':'scheduled__2026-11-22T00:00:00+00:00','accuracy':0.875,"
              + "'updated':'2026-11-22T05:06:07.120Z'}";
      ask("").andExpect(content().json(expected, JsonCompareMode.STRICT));
      ask("?dag_id=ml_pipeline_lab").andExpect(content().json(expected, JsonCompareMode.STRICT));
      ask("?dag_id=advertising-pipeline")
          .andExpect(content().json(expected, JsonCompareMode.STRICT));
    }

    @Test
    void tellsAnEmptyObjectOfAPipelineThatNeverReported() throws Exception {
      report(REPORT);

      ask("?dag_id=weather")
          .andExpect(status().isOk())
          .andExpect(content().json("{}", JsonCompareMode.STRICT));
    }

    @Test
    void givesWhatIsMissingTheDefaultsOfTheReplacedService() throws Exception {
      report("{\"unheard_of\": [1], \"accuracy\": null}")
          .andExpect(status().isOk())
          .andExpect(
              content()
                  .json(
                      "{'status':'updated','dag_id':'advertising-pipeline','accuracy':null}",
                      JsonCompareMode.STRICT));

      ask("")
          .andExpect(jsonPath("$.status").value("unknown"))
          .andExpect(jsonPath("$.run_id").value("unknown"))
          .andExpect(jsonPath("$.accuracy").isEmpty());
    }

    @Test
    void keepsTheHistoryAndTellsTheNewest() throws Exception {
      report("{\"status\": \"running\"}");
      report("{\"status\": \"failed\"}");

      assertThat(database.queryForList("SELECT status FROM mlops_status ORDER BY id", String.class))
          .containsExactly("running", "failed");
      ask("").andExpect(jsonPath("$.status").value("failed"));
    }

    @Test
    void countsARepeatedReportOnceAndDoesNotLetItOvertake() throws Exception {
      reportWithKey("run/start", "{\"status\": \"running\"}");
      reportWithKey("run/end", "{\"status\": \"success\"}");
      reportWithKey("run/start", "{\"status\": \"running\"}").andExpect(status().isOk());

      assertThat(database.queryForObject("SELECT count(*) FROM mlops_status", Integer.class))
          .isEqualTo(2);
      ask("").andExpect(jsonPath("$.status").value("success"));
    }

    @Test
    void countsAReportOnceThatComesOnManyConnectionsAtATime() throws Exception {
      ExecutorService callers = Executors.newFixedThreadPool(8);
      List<Callable<ResultActions>> calls =
          Collections.nCopies(8, () -> reportWithKey("run/end", "{\"status\": \"success\"}"));
      for (Future<ResultActions> call : callers.invokeAll(calls)) {
        call.get().andExpect(status().isOk());
      }
      callers.shutdown();

      assertThat(database.queryForObject("SELECT count(*) FROM mlops_status", Integer.class))
          .isOne();
    }

    @Test
    void takesANewReportOfAStepThatWasRunAgainWithAnotherResult() throws Exception {
      reportWithKey("run/end", "{\"status\": \"success\", \"accuracy\": 0.8}");
      reportWithKey("run/end", "{\"status\": \"success\", \"accuracy\": 0.9}");

      ask("").andExpect(jsonPath("$.accuracy").value(0.9));
    }

    @Test
    void storesDateAndInstantOfTheRun() throws Exception {
      report(REPORT);

      Map<String, Object> row =
          database.queryForMap(
              "SELECT CAST(ds AS VARCHAR(20)) AS ds,"
                  + " EXTRACT(EPOCH FROM execution_date) AS instant FROM mlops_status");
      assertThat(row).containsEntry("ds", "2026-11-22");
      assertThat(((Number) row.get("instant")).longValue())
          .isEqualTo(Instant.parse("2026-11-22T00:00:00Z").getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "2026-11-22T00:00:00Z",
          "2026-11-22T00:00:00.123456+00:00",
          "2026-11-22T00:00:00",
          "2026-11-22 00:00:00+00:00"
        })
    void readsEveryWayPythonWritesAnInstant(String instant) throws Exception {
      report("{\"execution_date\": \"%s\"}".formatted(instant)).andExpect(status().isOk());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            accuracy       | "0.9"            | a number from 0 to 1, or null
            accuracy       | 1.5              | a number from 0 to 1, or null
            accuracy       | {"value":0.9}    | a number from 0 to 1, or null
            accuracy       | true             | a number from 0 to 1, or null
            dag_id         | 7                | text of at most 250 characters
            status         | ["success"]      | text of at most 64 characters
            run_id         | {"id":1}         | text of at most 255 characters
            execution_date | 20261122         | an ISO 8601 instant such as 2026-11-22T00:00:00Z
            execution_date | "yesterday"      | an ISO 8601 instant such as 2026-11-22T00:00:00Z
            execution_date | "+999999-01-01T00:00:00Z" | an ISO 8601 instant such as 2026-11-22T00:00:00Z
            execution_date | "-4800-01-01T00:00:00Z" | an ISO 8601 instant such as 2026-11-22T00:00:00Z
            ds             | "22.11.2026"     | a day such as 2026-11-22
            ds             | "+999999-01-01"  | a day such as 2026-11-22
            ds             | "-4800-01-01"    | a day such as 2026-11-22
            ds             | 20261122         | a day such as 2026-11-22
            """)
    void namesFieldValueAndWhatWasExpected(String field, String value, String expected)
        throws Exception {
      report("{\"%s\": %s}".formatted(field, value))
          .andExpect(status().isBadRequest())
          .andExpect(content().contentType("application/problem+json"))
          .andExpect(jsonPath("$.field").value(field))
          .andExpect(jsonPath("$.value").value(value))
          .andExpect(jsonPath("$.expected").value(expected))
          .andExpect(
              jsonPath("$.detail")
                  .value("Field '%s' is %s; expected %s".formatted(field, value, expected)));

      assertThat(database.queryForObject("SELECT count(*) FROM mlops_status", Integer.class))
          .isZero();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            ''                                | The request has no body
            '  '                              | The body is JSON, but no object
            {"status": "success"              | The body is no JSON
            status=success                    | The body is no JSON
            {"accuracy": NaN}                 | The body is no JSON
            {"status": "a"} {"status": "b"}   | The body is no JSON
            {"status": "a", "status": "b"}    | The body is no JSON
            null                              | The body is JSON, but no object
            [1]                               | The body is JSON, but no object
            "success"                         | The body is JSON, but no object
            """)
    void refusesWhatIsNoReport(String body, String problem) throws Exception {
      report(body)
          .andExpect(status().isBadRequest())
          .andExpect(jsonPath("$.title").value("The status report cannot be read"))
          .andExpect(
              result -> assertThat(result.getResponse().getContentAsString()).contains(problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dag_id", "status", "run_id"})
    void refusesTextThatNoDatabaseStoresAsItCame(String field) throws Exception {
      for (String text : List.of("a\\u0000b", "a\\ud800b")) {
        report("{\"%s\": \"%s\"}".formatted(field, text))
            .andExpect(status().isBadRequest())
            .andExpect(jsonPath("$.field").value(field));
      }
    }

    @Test
    void refusesAQuestionForANameThatNoPipelineCanHave() throws Exception {
      for (String name : List.of("a\0b", "x".repeat(251))) {
        api.perform(get("/api/v1/status").param("dag_id", name))
            .andExpect(status().isBadRequest())
            .andExpect(jsonPath("$.field").value("dag_id"));
      }
    }

    @Test
    void refusesABodyThatIsTooLong() throws Exception {
      report("{\"status\": \"%s\"}".formatted("x".repeat(70_000)))
          .andExpect(status().isBadRequest())
          .andExpect(
              jsonPath("$.detail").value("The body is too long; expected at most 65536 bytes"));
    }

    @Test
    void takesTheLongestNamesTheTableHolds() throws Exception {
      report(
              "{\"dag_id\": \"%s\", \"status\": \"%s\", \"run_id\": \"%s\"}"
                  .formatted("d".repeat(250), "s".repeat(64), "r".repeat(255)))
          .andExpect(status().isOk());
    }

    private ResultActions report(String body) throws Exception {
      return api.perform(request(body));
    }

    private ResultActions reportWithKey(String key, String body) throws Exception {
      return api.perform(request(body).header("Idempotency-Key", key));
    }

    private static MockHttpServletRequestBuilder request(String body) {
      return post("/api/v1/update-status")
          .contentType("application/json")
          .content(body.getBytes(StandardCharsets.UTF_8));
    }

    private ResultActions ask(String query) throws Exception {
      return api.perform(get("/api/v1/status" + query));
    }
  }

  @Nested
  class OnH2 extends OnAnyDatabase {

    @Override
    DataSource dataSource() {
      JdbcDataSource source = new JdbcDataSource();
      source.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
      return source;
    }
  }

  @Nested
  class OnPostgres extends OnAnyDatabase {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
      postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
      postgres.close();
    }

    @Override
    DataSource dataSource() {
      JdbcTemplate admin = new JdbcTemplate(postgres.getPostgresDatabase());
      admin.execute("DROP TABLE IF EXISTS mlops_status");
      return postgres.getPostgresDatabase();
    }
  }
}
