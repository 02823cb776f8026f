package org.bpmnmlops.log;

/** How much a log line matters; later ones matter more. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR
}
