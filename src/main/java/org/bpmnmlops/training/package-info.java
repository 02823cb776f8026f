/** Models: what is fitted on the training rows, the trainers, and the file a model is kept in. */
package org.bpmnmlops.training;
