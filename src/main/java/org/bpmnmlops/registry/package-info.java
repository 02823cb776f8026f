/** Versions of named models: what was registered, which is live, and their files. */
package org.bpmnmlops.registry;
