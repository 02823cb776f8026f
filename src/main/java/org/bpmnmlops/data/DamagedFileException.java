package org.bpmnmlops.data;

import java.nio.file.Path;

/** A file of ours is no longer what an earlier step wrote. */
public class DamagedFileException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  DamagedFileException(Path file) {
    super("%s is not what an earlier step wrote".formatted(file));
  }
}
