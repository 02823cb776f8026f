/** Data drift: how far the rows of today are from the rows a model was built on. */
package org.bpmnmlops.drift;
