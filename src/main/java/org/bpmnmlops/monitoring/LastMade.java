package org.bpmnmlops.monitoring;

import java.lang.ref.WeakReference;
import java.util.function.Supplier;

/**
 * Shares a large value between those that ask for the same at the same time, such as the three
 * reports of a run. It is kept only as long as one of them uses it, so it never gets old.
 */
final class LastMade<K, V> {

  private K key;
  private WeakReference<V> value = new WeakReference<>(null);

  /** Whoever asks while the value is being made waits for it. */
  synchronized V get(K wanted, Supplier<V> make) {
    V known = wanted.equals(key) ? value.get() : null;
    if (known == null) {
      known = make.get();
      key = wanted;
      value = new WeakReference<>(known);
    }
    return known;
  }
}
