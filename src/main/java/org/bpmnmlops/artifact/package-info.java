/** Where the files of a run live: references, hashes, atomic writes and clean-up. */
package org.bpmnmlops.artifact;
