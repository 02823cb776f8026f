package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RootCauseTest {

  @Test
  void isTheMessageOfTheInnermostException() {
    Exception root = new IllegalStateException("disk full:\nsales.csv, line 3\n at home");
    assertThat(RootCause.of(print(new RuntimeException("outer", new Exception("middle", root)))))
        .isEqualTo("disk full:\nsales.csv, line 3\n at home");
  }

  @Test
  void isTheOnlyExceptionsMessage() {
    assertThat(RootCause.of(print(new IllegalStateException("alone")))).isEqualTo("alone");
  }

  @Test
  void isTheTypeOfAnExceptionThatSaysNothing() {
    assertThat(RootCause.of(print(new RuntimeException(new NullPointerException()))))
        .isEqualTo("java.lang.NullPointerException");
    assertThat(RootCause.of(print(new NullPointerException())))
        .isEqualTo("java.lang.NullPointerException");
  }

  private static String print(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
