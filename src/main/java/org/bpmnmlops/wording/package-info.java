/** How numbers, dates and verdicts are written, in mails, reports and pages alike. */
package org.bpmnmlops.wording;
