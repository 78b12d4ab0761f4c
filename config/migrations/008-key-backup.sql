-- Schema 8. Room keys that the key backup has not got yet.
ALTER TABLE megolm_inbound ADD COLUMN saved INTEGER NOT NULL DEFAULT 0;
CREATE INDEX megolm_unsaved ON megolm_inbound (room_id, session_id) WHERE saved = 0;
