package org.bpmnmlops.security;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.camunda.bpm.engine.AuthorizationException;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class ErrorAnswersTest {

  @RestController
  static class Failing {

    @GetMapping("/forbidden")
    String forbidden() {
      throw new AuthorizationException("olga", "ACCESS", "Application", "status");
    }

    @GetMapping("/defect")
    String defect() {
      throw new IllegalStateException("org.h2.jdbc: secret");
    }
  }

  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(new Failing())
          .setControllerAdvice(new ErrorAnswers())
          .build();

  @Test
  void answersAMissingRightWith403AndItsName() throws Exception {
    mvc.perform(get("/forbidden"))
        .andExpect(status().isForbidden())
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.detail", containsString("'ACCESS'")));
  }

  @Test
  void answersADefectWith500AndNothingOfTheInside() throws Exception {
    mvc.perform(get("/defect"))
        .andExpect(status().isInternalServerError())
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(content().string(not(containsString("secret"))))
        .andExpect(content().string(not(containsString("Exception"))));
  }
}
