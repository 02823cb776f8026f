-- Every prediction served, fed back without one, or imported. Rows are added and never changed, so that
-- recording costs one insert; ids ascend with time.
CREATE TABLE mlops_prediction (
  id UUID NOT NULL PRIMARY KEY,
  model VARCHAR(100) NOT NULL,
  -- Null where nobody knows it: features fed back that were never predicted, imported rows.
  version INTEGER,
  -- JSON: raw column name to number, text or null.
  features VARCHAR(1000000) NOT NULL,
  -- Finds the prediction that a feedback with features is about, among the newest. Not indexed: an
  -- index of random numbers costs more than all the rest of recording.
  features_hash BIGINT NOT NULL,
  prediction VARCHAR(4000),
  -- JSON: class to probability; null where the caller named only the prediction.
  probabilities VARCHAR(1000000),
  predicted_at TIMESTAMP WITH TIME ZONE NOT NULL,
  source VARCHAR(10) NOT NULL,
  -- The process instance that asked; null where a request did.
  run VARCHAR(64)
);

CREATE INDEX mlops_prediction_time ON mlops_prediction (model, predicted_at);

-- What came true of a prediction, the last word of whoever fed it back.
CREATE TABLE mlops_outcome (
  prediction_id UUID NOT NULL PRIMARY KEY,
  model VARCHAR(100) NOT NULL,
  actual VARCHAR(4000) NOT NULL,
  actual_at TIMESTAMP WITH TIME ZONE NOT NULL,
  -- The retraining run that took the row into the reference; null again after a correction.
  archived_by VARCHAR(64),
  -- SHA-256 of the caller's Idempotency-Key, where the feedback named features and no prediction.
  feedback_key CHAR(64) UNIQUE
);

CREATE INDEX mlops_outcome_archived ON mlops_outcome (model, archived_by);

-- How many rows of a model have an outcome, and how many of them came since the last message
-- "FeedbackReceived". The row '*' is no model; whoever adds a model locks it.
CREATE TABLE mlops_feedback (
  model VARCHAR(100) NOT NULL PRIMARY KEY,
  labelled BIGINT NOT NULL,
  since_message BIGINT NOT NULL
);

INSERT INTO mlops_feedback (model, labelled, since_message) VALUES ('*', 0, 0);
