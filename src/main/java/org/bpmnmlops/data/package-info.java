/** Data sets: reading CSV into tables, schemas, preprocessing and the split into two sides. */
package org.bpmnmlops.data;
