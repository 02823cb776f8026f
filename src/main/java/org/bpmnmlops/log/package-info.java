/** What the steps of a run said: one file of log lines per run, and how to read it. */
package org.bpmnmlops.log;
