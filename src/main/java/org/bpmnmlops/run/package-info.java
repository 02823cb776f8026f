/** What a run of a pipeline is: its place in the queue, state, dates, outcome and warnings. */
package org.bpmnmlops.run;
