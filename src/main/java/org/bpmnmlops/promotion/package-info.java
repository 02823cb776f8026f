/** How a version goes live, is tried there, and is taken back. */
package org.bpmnmlops.promotion;
