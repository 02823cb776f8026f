-- Groups and rights that were once created by default. What is written here is never created again,
-- so that a right an administrator takes away stays away.
CREATE TABLE mlops_default_right (
  id VARCHAR(255) NOT NULL PRIMARY KEY
);
