-- A backfill runs a pipeline once for each of a range of days. Whoever takes a day or stops the
-- backfill locks its row first.
CREATE TABLE mlops_backfill (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  pipeline VARCHAR(255) NOT NULL,
  first_date VARCHAR(10) NOT NULL,
  last_date VARCHAR(10) NOT NULL,
  lanes INTEGER NOT NULL,
  rerun VARCHAR(10) NOT NULL,
  dry_run BOOLEAN NOT NULL,
  stopped BOOLEAN NOT NULL,
  starter VARCHAR(255),
  started_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX mlops_backfill_pipeline ON mlops_backfill (pipeline, started_at);

-- state: planned, taken or skipped; what became of a taken one stands in mlops_run.
CREATE TABLE mlops_backfill_date (
  backfill VARCHAR(64) NOT NULL,
  logical_date VARCHAR(10) NOT NULL,
  state VARCHAR(10) NOT NULL,
  reason VARCHAR(255),
  PRIMARY KEY (backfill, logical_date)
);

-- The process instance that called the run; null where it was started for itself.
ALTER TABLE mlops_run ADD COLUMN caller VARCHAR(64);
