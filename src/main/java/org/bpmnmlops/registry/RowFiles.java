package org.bpmnmlops.registry;

/** Names, in a version's folder, of the files with its rows and with the record of their sides. */
record RowFiles(String rows, String separation) {}
