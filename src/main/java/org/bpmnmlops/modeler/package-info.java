/** Element templates: what the Camunda Modeler offers when somebody draws a pipeline. */
package org.bpmnmlops.modeler;
