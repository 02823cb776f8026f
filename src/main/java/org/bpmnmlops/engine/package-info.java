/** Everything that configures the Camunda engine: built-in listeners, deployment check, nodes. */
package org.bpmnmlops.engine;
