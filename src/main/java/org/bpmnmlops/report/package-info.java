/** What a report on data and model says, and how it looks. */
package org.bpmnmlops.report;
