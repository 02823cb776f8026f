/** What operators set: the check of it at the start, and what they read when it cannot be used. */
package org.bpmnmlops.settings;
