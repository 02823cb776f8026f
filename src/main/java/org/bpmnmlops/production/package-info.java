/** What models answered in production, and what came true. */
package org.bpmnmlops.production;
