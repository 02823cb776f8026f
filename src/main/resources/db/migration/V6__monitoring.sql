-- One row per run of model-monitoring that found its reference. The row '*' is no run; whoever adds a row
-- locks it, so that no two runs name their reports by the same second.
CREATE TABLE mlops_monitoring (
  run VARCHAR(64) NOT NULL PRIMARY KEY,
  -- The second in the names of the run's reports.
  reported_at TIMESTAMP WITH TIME ZONE NOT NULL UNIQUE,
  model VARCHAR(100) NOT NULL,
  version INTEGER NOT NULL,
  -- What the run came to, one word per report; null until they are written.
  verdicts VARCHAR(255),
  summary_due BOOLEAN
);

INSERT INTO mlops_monitoring (run, reported_at, model, version)
  VALUES ('*', TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00', '*', 0);

CREATE INDEX mlops_monitoring_model ON mlops_monitoring (model, reported_at);

-- Every report that has not been cleaned up; its files are reports/<id>.html and reports/<id>.json.
CREATE TABLE mlops_report (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  kind VARCHAR(20) NOT NULL,
  run VARCHAR(64) NOT NULL,
  model VARCHAR(100) NOT NULL,
  version INTEGER NOT NULL,
  verdict VARCHAR(20) NOT NULL,
  summary VARCHAR(4000) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX mlops_report_kind ON mlops_report (kind, model, created_at);

-- Files of production data that were imported, by their content. Whoever imports locks the row '*'.
CREATE TABLE mlops_import (
  sha256 VARCHAR(64) NOT NULL,
  model VARCHAR(100) NOT NULL,
  file VARCHAR(255) NOT NULL,
  imported_rows INTEGER NOT NULL,
  run VARCHAR(64) NOT NULL,
  imported_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (sha256, model)
);

INSERT INTO mlops_import (sha256, model, file, imported_rows, run, imported_at)
  VALUES ('*', '*', '*', 0, '*', TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00');
