-- One row per node that runs jobs; seen_at is the database's clock, so that nodes whose clocks differ
-- judge each other by one.
CREATE TABLE mlops_node (
  name VARCHAR(255) NOT NULL PRIMARY KEY,
  instance VARCHAR(64) NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- When an alert about a subject (kind, pipeline and step) was last sent. Whoever writes locks the row
-- '*' first, so two nodes never send the same one.
CREATE TABLE mlops_alert (
  subject VARCHAR(600) NOT NULL PRIMARY KEY,
  sent_at TIMESTAMP WITH TIME ZONE NOT NULL
);

INSERT INTO mlops_alert (subject, sent_at) VALUES ('*', TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00');
