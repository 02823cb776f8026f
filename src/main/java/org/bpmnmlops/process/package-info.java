/**
 * The seam between the drawn models and Java: what a step declares, the variables and the error
 * codes.
 */
package org.bpmnmlops.process;
