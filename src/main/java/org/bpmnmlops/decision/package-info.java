/** Decision tables that model owners edit: shown, checked, tried on past runs, deployed. */
package org.bpmnmlops.decision;
