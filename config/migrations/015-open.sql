-- Schema 15. What is said openly: it holds no secret, and every device in the room must be able to read it. Where such a
-- row has no text its event stands in event_type and content from the beginning.

ALTER TABLE outbox ADD COLUMN open INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1));
