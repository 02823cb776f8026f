/** Looks whether data and live model are still what they were: the steps of model-monitoring. */
package org.bpmnmlops.monitoring;
