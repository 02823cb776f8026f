-- One row per attempt to train again, written when its rows are merged. The same rows are not trained on
-- twice, and what is new is counted from the newest outcome that the last attempt saw.
CREATE TABLE mlops_retraining (
  run VARCHAR(64) NOT NULL PRIMARY KEY,
  model VARCHAR(100) NOT NULL,
  champion INTEGER NOT NULL,
  data_hash CHAR(64) NOT NULL,
  -- Newest outcome among the merged rows; null where there was none.
  labelled_until TIMESTAMP WITH TIME ZONE,
  -- Also in the name of the export of these rows.
  merged_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX mlops_retraining_model ON mlops_retraining (model, merged_at);

-- What became of each candidate of an attempt: its model and how good it is, or why it failed.
CREATE TABLE mlops_candidate (
  run VARCHAR(64) NOT NULL,
  algorithm VARCHAR(64) NOT NULL,
  candidate_run VARCHAR(64) NOT NULL,
  model VARCHAR(1000),
  model_hash CHAR(64),
  preprocessed VARCHAR(1000),
  separation VARCHAR(1000),
  -- JSON: the cross-validation.
  validation VARCHAR(10000),
  failure VARCHAR(4000),
  PRIMARY KEY (run, algorithm)
);

-- Who deployed which version of a decision table over REST; versions that came with the product are not here.
CREATE TABLE mlops_decision_version (
  decision VARCHAR(255) NOT NULL,
  version INTEGER NOT NULL,
  changed_by VARCHAR(255) NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  reason VARCHAR(4000),
  PRIMARY KEY (decision, version)
);
