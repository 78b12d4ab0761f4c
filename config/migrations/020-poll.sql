-- Schema 20. Questions that are asked as a poll.

ALTER TABLE outbox ADD COLUMN poll INTEGER NOT NULL DEFAULT 0 CHECK (poll IN (0, 1));
