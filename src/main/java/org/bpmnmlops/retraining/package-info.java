/** What decides whether to train again, and whether the new model replaces the one in use. */
package org.bpmnmlops.retraining;
