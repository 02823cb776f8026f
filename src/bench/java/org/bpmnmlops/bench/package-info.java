/** Measures the jar as its users run it: a process of its own, spoken to over REST. */
package org.bpmnmlops.bench;
