-- Schema 14. Messages that were read again by a key from the backup, which whoever can write there may have made.
ALTER TABLE input ADD COLUMN unproven INTEGER NOT NULL DEFAULT 0 CHECK (unproven IN (0, 1));
