-- In the order in which the rows of a window are read, so that they need no sorting: H2 would write a
-- sorted million of them into its file first.
DROP INDEX mlops_prediction_time;
CREATE INDEX mlops_prediction_time ON mlops_prediction (model, predicted_at, id);
