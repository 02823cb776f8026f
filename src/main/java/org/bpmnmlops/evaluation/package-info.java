/** How good a model is on the rows it has not seen. */
package org.bpmnmlops.evaluation;
