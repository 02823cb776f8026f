/** What keeps nodes running: locks, orderly shutdown, alerts, health, meters and clean-up. */
package org.bpmnmlops.operation;
