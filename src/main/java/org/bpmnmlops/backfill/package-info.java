/** Runs a pipeline once for each of a range of days: the plan, its days and the process's steps. */
package org.bpmnmlops.backfill;
