package org.bpmnmlops.serving;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.DamagedModelException;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The champions in memory. At most once a second and model one request asks the database whether
 * anything changed; the others go on with what is there. A champion whose file is damaged is not
 * taken: the one before goes on answering, and the log and {@link #trouble} say so.
 */
@Component
class LiveModels {

  private static final Logger LOG = LoggerFactory.getLogger(LiveModels.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;

  /** A damaged file is looked at again, in case somebody put the right one back. */
  private static final long PAUSE_AFTER_TROUBLE_NANOS = 10 * PAUSE_NANOS;

  private static final class Entry {

    private final ReentrantLock asking = new ReentrantLock();
    private volatile ServedModel model;
    private volatile String trouble;
    private volatile long nextLook;
    private long changes = -1;
  }

  private final ModelRegistry registry;
  private final LongSupplier nanoTime;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  @Autowired
  LiveModels(ModelRegistry registry) {
    this(registry, System::nanoTime);
  }

  LiveModels(ModelRegistry registry, LongSupplier nanoTime) {
    this.registry = registry;
    this.nanoTime = nanoTime;
  }

  /** The champion of a model; empty where there is none that could be loaded. */
  Optional<ServedModel> find(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      // Only what exists is kept, or anybody could fill the memory with names.
      if (registry.find(name, Alias.CHAMPION).isEmpty()) {
        return Optional.empty();
      }
      entry = entries.computeIfAbsent(name, key -> new Entry());
      entry.asking.lock();
      try {
        if (entry.changes < 0) {
          look(name, entry);
        }
      } finally {
        entry.asking.unlock();
      }
    } else if (nanoTime.getAsLong() - entry.nextLook >= 0 && entry.asking.tryLock()) {
      try {
        look(name, entry);
      } finally {
        entry.asking.unlock();
      }
    } else if (entry.model == null && entry.changes < 0) {
      // Another request is loading the first champion; wait for it.
      entry.asking.lock();
      entry.asking.unlock();
    }
    return Optional.ofNullable(entry.model);
  }

  /** Why the champion of a model does not answer; empty where all is well. */
  Optional<String> trouble(String name) {
    return Optional.ofNullable(entries.get(name)).map(entry -> entry.trouble);
  }

  private void look(String name, Entry entry) {
    long pause = PAUSE_NANOS;
    try {
      long changes = registry.changes(name);
      if (changes != entry.changes || entry.trouble != null) {
        take(name, entry);
        entry.changes = changes;
      }
    } catch (DamagedModelException e) {
      entry.changes = Math.max(0, entry.changes);
      pause = PAUSE_AFTER_TROUBLE_NANOS;
      if (!e.getMessage().equals(entry.trouble)) {
        LOG.error(
            "The champion of '{}' cannot be loaded; {}",
            name,
            entry.model == null ? "nothing answers" : entry.model.version() + " goes on answering",
            e);
      }
      entry.trouble = e.getMessage();
    } catch (DataAccessException | TransactionException e) {
      if (entry.model == null) {
        throw e;
      }
      LOG.warn("Cannot ask for the champion of '{}'; {} goes on", name, entry.model.version(), e);
    } finally {
      entry.nextLook = nanoTime.getAsLong() + pause;
    }
  }

  private void take(String name, Entry entry) {
    ModelVersion champion = registry.find(name, Alias.CHAMPION).orElse(null);
    ServedModel current = entry.model;
    if (champion == null) {
      entry.model = null;
    } else if (current == null || !current.version().equals(champion)) {
      entry.model = ServedModel.of(champion, registry.load(champion));
      LOG.info(
          "{} answers now{}", champion, current == null ? "" : "; before " + current.version());
    }
    entry.trouble = null;
  }
}
