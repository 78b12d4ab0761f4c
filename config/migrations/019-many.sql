-- Schema 19. Rooms that have taken another's place.

-- Several people belong there, though only the first may have come.
ALTER TABLE matrix_room ADD COLUMN many INTEGER NOT NULL DEFAULT 0 CHECK (many IN (0, 1));
