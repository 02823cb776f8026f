package org.bpmnmlops.security;

import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class RequestAnswersTest {

  record Start(Map<String, Object> parameters, String businessKey) {}

  @RestController
  static class Runs {

    @PostMapping("/start")
    void start(@RequestBody Start start) {}

    @GetMapping("/list")
    void list(
        @RequestParam(defaultValue = "0") @Min(0) int page,
        @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
            Instant from) {}
  }

  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(new Runs())
          .setControllerAdvice(new RequestAnswers())
          .setMessageConverters(new MappingJackson2HttpMessageConverter(new ObjectMapper()))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"variables": {}}   | 'variables' is no field of this request; expected parameters, businessKey
          {"parameters": []}  | 'parameters' must be a JSON object
          {"businessKey": {}} | 'businessKey' must be a text
          []                  | The body must be a JSON object
          ''                  | The request has no body; expected JSON
          """)
  void namesTheFieldOfABodyThatCannotBeRead(String body, String detail) throws Exception {
    mvc.perform(post("/start").contentType(MediaType.APPLICATION_JSON).content(body))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.detail").value(detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          page=x  | 'page' is 'x'; expected a whole number
          page=-1 | 'page' is -1; it must be greater than or equal to 0
          from=x  | 'from' is 'x'; expected a moment such as 2026-01-31T00:00:00Z
          """)
  void namesTheQueryParameterThatCannotBeUsed(String query, String detail) throws Exception {
    mvc.perform(get("/list?" + query))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.detail").value(detail));
  }

  @Test
  void saysWhereABodyIsNoJson() throws Exception {
    mvc.perform(post("/start").contentType(MediaType.APPLICATION_JSON).content("{"))
        .andExpect(status().isBadRequest())
        .andExpect(
            jsonPath(
                "$.detail",
                startsWith(
                    "The body is no JSON: Unexpected end-of-input: expected close marker for Object (line 1, column ")));
  }
}
