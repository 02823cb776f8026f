-- Lists of runs are read newest first, of one pipeline or of all, and by the day they stand for.
CREATE INDEX mlops_run_started ON mlops_run (pipeline, started_at);
CREATE INDEX mlops_run_all_started ON mlops_run (started_at);
CREATE INDEX mlops_run_logical_date ON mlops_run (pipeline, logical_date);
