package org.bpmnmlops.registry;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes old versions by rule: the newest of each model stay, and so does every version that has
 * an alias or whose run still goes on. Recorded predictions keep the number of a version that is
 * gone.
 */
@Component
@EnableConfigurationProperties(RegistrySettings.class)
public class ModelCleanUp {

  private static final Logger LOG = LoggerFactory.getLogger(ModelCleanUp.class);

  /** A registration that is not committed yet has a folder and no row. */
  private static final Duration YOUNG = Duration.ofDays(1);

  private final ModelRegistry registry;
  private final ModelFolders folders;
  private final RegistrySettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ModelCleanUp(
      ModelRegistry registry,
      ModelFolders folders,
      RegistrySettings settings,
      TransactionTemplate transaction,
      Clock clock) {
    this.registry = registry;
    this.folders = folders;
    this.settings = settings;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Removes versions, then the folders of versions that are gone, withdrawn ones among them. */
  public void cleanUp() {
    for (String name : registry.names()) {
      int removed =
          transaction.execute(status -> registry.removeOld(name, settings.keepVersions()));
      if (removed > 0) {
        LOG.info("Removed {} old versions of model '{}'", removed, name);
      }
    }
    for (ModelFolders.Folder folder : folders.unchangedSince(clock.instant().minus(YOUNG))) {
      if (registry.find(folder.name(), folder.version()).isEmpty()) {
        folders.delete(folder);
      }
    }
  }
}
