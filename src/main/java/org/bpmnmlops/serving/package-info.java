/** Predictions and feedback over HTTP, and the step that predicts inside a process. */
package org.bpmnmlops.serving;
