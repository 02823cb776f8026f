/** What people see and type at the terminal. */
package org.bpmnmlops.cli;
