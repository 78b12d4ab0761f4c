-- Schema 12. What coaches say for the lifters of their rooms.

-- It holds while the coach's action stands. kind: 0 a target of an exercise, 1 an override of its next set, 2 a plan, 3 a
-- comment. lifter: whom it is for; NULL: whoever is in the room. exercise: an id, of a plan the template's name. text: of a
-- plan's items by ids, '' none any more; a comment's words. about: the message that a comment speaks of.
CREATE TABLE instruction (
    id INTEGER PRIMARY KEY,
    training_room INTEGER NOT NULL REFERENCES training_room (id),
    coach INTEGER NOT NULL REFERENCES lifter (id),
    action INTEGER NOT NULL REFERENCES action (id),
    input INTEGER NOT NULL REFERENCES input (id),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    lifter INTEGER REFERENCES lifter (id),
    at_ms INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    text TEXT NOT NULL,
    about INTEGER REFERENCES input (id),
    CHECK ((kind = 3) = (about IS NOT NULL))
) STRICT;
CREATE INDEX instruction_room ON instruction (training_room, lifter);
CREATE INDEX instruction_lifter ON instruction (lifter);
CREATE INDEX instruction_coach ON instruction (coach);
CREATE INDEX instruction_input ON instruction (input);
CREATE INDEX instruction_action ON instruction (action);
CREATE INDEX instruction_about ON instruction (about) WHERE about IS NOT NULL;
