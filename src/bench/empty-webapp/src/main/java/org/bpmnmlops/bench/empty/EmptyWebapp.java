package org.bpmnmlops.bench.empty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Camunda as its starters set it up. */
@SpringBootApplication
public class EmptyWebapp {

  public static void main(String[] args) {
    SpringApplication.run(EmptyWebapp.class, args);
  }
}
