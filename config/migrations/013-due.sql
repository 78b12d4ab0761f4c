-- Schema 13. Much that is due at once.

-- By transport, so that what waits on one network is no way to go for another. `job_call`: what somebody waits for goes
-- before all that is only useful.
DROP INDEX job_due;
CREATE INDEX job_due ON job (transport, due_ms, id);
CREATE INDEX job_call ON job (transport, due_ms, id) WHERE kind = 0;

-- One of many at once that nobody waits for: replies go before it.
ALTER TABLE outbox ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0 CHECK (bulk IN (0, 1));
