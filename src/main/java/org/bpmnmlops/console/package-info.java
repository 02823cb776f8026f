/**
 * What operators see of pipelines and runs and what they do to them, over REST and in Cockpit:
 * always with the caller's own rights.
 */
package org.bpmnmlops.console;
