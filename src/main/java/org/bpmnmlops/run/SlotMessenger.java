package org.bpmnmlops.run;

/** Tells a waiting run that it has a slot. */
@FunctionalInterface
public interface SlotMessenger {

  /** Sends the message "Slot granted" to a run, in the caller's transaction. */
  void grant(String run);
}
