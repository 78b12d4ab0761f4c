-- Schema 10. Rooms that train together.

-- A room that somebody set up for it: everyone logs for themselves, some coach. founder: who did, 0 when they were forgotten;
-- founder_power: the power that they have by that, where the network gives none. timezone: an IANA name, '' the default's;
-- digest: when the week is summed up, in the words of the command, '' as usual.
CREATE TABLE training_room (
    id INTEGER PRIMARY KEY,
    transport TEXT NOT NULL,
    room TEXT NOT NULL,
    founder INTEGER NOT NULL,
    founder_power INTEGER NOT NULL,
    set_up_ms INTEGER NOT NULL,
    timezone TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    UNIQUE (transport, room)
) STRICT;

-- Who is in it, as far as the network told, and who was. state: 0 there, 1 away (their connection ended: they may come back),
-- 2 left. share: what the room sees of them besides the sets that they write in it: 0 nothing, 1 its coaches all, 2 everybody.
CREATE TABLE room_member (
    training_room INTEGER NOT NULL REFERENCES training_room (id),
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
    share INTEGER NOT NULL CHECK (share BETWEEN 0 AND 2),
    coach INTEGER NOT NULL CHECK (coach IN (0, 1)),
    told INTEGER NOT NULL CHECK (told IN (0, 1)), -- what the room is
    joined_ms INTEGER NOT NULL,
    left_ms INTEGER NOT NULL, -- 0: never yet
    CHECK (state <> 2 OR (share = 0 AND coach = 0)), -- leaving ends both
    PRIMARY KEY (training_room, lifter)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_member_lifter ON room_member (lifter, training_room);

-- Whom a lifter lets write sets into their log.
CREATE TABLE trust (
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    whom INTEGER NOT NULL REFERENCES lifter (id),
    PRIMARY KEY (lifter, whom)
) STRICT, WITHOUT ROWID;
CREATE INDEX trust_whom ON trust (whom);

-- Sets that were written in a room.
CREATE INDEX input_room ON input (lifter, transport, room);
