-- Schema 1. Times (_ms) are milliseconds since the epoch. Enumerations are the numbers of the C headers, which
-- bot/store pins by static assertions. A text that there is none of is ''; NULL stands only for a number not said.

PRAGMA application_id = 1397772116; -- "SPOT"

---------------------------------------------------------------- people

CREATE TABLE lifter (
    id INTEGER PRIMARY KEY,
    created_ms INTEGER NOT NULL
) STRICT;

-- Where a lifter is met: an address on a transport.
CREATE TABLE identity (
    transport TEXT NOT NULL,
    identity TEXT NOT NULL,
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    PRIMARY KEY (transport, identity)
) STRICT, WITHOUT ROWID;

-- Settings and state of the conversation.
CREATE TABLE lifter_value (
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (lifter, name)
) STRICT, WITHOUT ROWID;

-- A lifter's own names of exercises, folded.
CREATE TABLE alias (
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    folded TEXT NOT NULL,
    exercise TEXT NOT NULL,
    PRIMARY KEY (lifter, folded)
) STRICT, WITHOUT ROWID;

---------------------------------------------------------------- what they said and did

-- Messages that were handled: seen twice, counted once. Their texts are not kept.
CREATE TABLE input (
    id INTEGER PRIMARY KEY,
    transport TEXT NOT NULL,
    event_id TEXT NOT NULL,
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    room TEXT NOT NULL,
    sent_ms INTEGER NOT NULL,
    read_ms INTEGER NOT NULL,
    UNIQUE (transport, event_id)
) STRICT;

-- A step in a lifter's log. `stands` follows from action_undo: an action stands when none that undid it stands.
CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    input INTEGER NOT NULL REFERENCES input (id),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    at_ms INTEGER NOT NULL,
    stands INTEGER NOT NULL DEFAULT 1 CHECK (stands IN (0, 1))
) STRICT;
CREATE INDEX action_to_undo ON action (lifter, id) WHERE stands = 1 AND kind <> 3;

CREATE TABLE action_undo (
    action INTEGER NOT NULL REFERENCES action (id),
    by_action INTEGER NOT NULL REFERENCES action (id),
    PRIMARY KEY (action, by_action),
    CHECK (by_action > action) -- only what came before: so `stands` is well defined
) STRICT, WITHOUT ROWID;
CREATE INDEX action_undo_by ON action_undo (by_action);

-- Sets as they were written, never changed. reps -1: not said.
CREATE TABLE training_set (
    id INTEGER PRIMARY KEY,
    lifter INTEGER NOT NULL REFERENCES lifter (id),
    action INTEGER NOT NULL REFERENCES action (id),
    input INTEGER NOT NULL REFERENCES input (id),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    at_ms INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    load_kg REAL,
    load_mode INTEGER NOT NULL CHECK (load_mode BETWEEN 0 AND 3),
    unit INTEGER NOT NULL CHECK (unit BETWEEN 0 AND 2),
    reps INTEGER NOT NULL CHECK (reps >= -1),
    seconds REAL,
    rir REAL,
    percent REAL,
    type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 6),
    failure INTEGER NOT NULL CHECK (failure BETWEEN 0 AND 3),
    side INTEGER NOT NULL CHECK (side BETWEEN 0 AND 3),
    cheat INTEGER NOT NULL CHECK (cheat IN (0, 1)),
    said_at_ms INTEGER NOT NULL, -- -1: now
    segment_count INTEGER NOT NULL CHECK (segment_count BETWEEN 0 AND 8),
    note TEXT NOT NULL,
    UNIQUE (action, input, ordinal)
) STRICT;
CREATE INDEX training_set_time ON training_set (lifter, at_ms, input, ordinal);
CREATE INDEX training_set_input ON training_set (input);

CREATE TABLE set_segment (
    training_set INTEGER NOT NULL REFERENCES training_set (id),
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 7),
    load_kg REAL,
    reps INTEGER NOT NULL CHECK (reps >= -1),
    PRIMARY KEY (training_set, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE supersession (
    training_set INTEGER NOT NULL REFERENCES training_set (id),
    action INTEGER NOT NULL REFERENCES action (id),
    PRIMARY KEY (training_set, action)
) STRICT, WITHOUT ROWID;
CREATE INDEX supersession_action ON supersession (action);

CREATE VIEW live_set AS
    SELECT s.* FROM training_set AS s JOIN action AS a ON a.id = s.action
    WHERE a.stands = 1 AND NOT EXISTS (
        SELECT 1 FROM supersession AS x JOIN action AS b ON b.id = x.action
        WHERE x.training_set = s.id AND b.stands = 1);

---------------------------------------------------------------- what the bot says

-- What waits to be sent. AUTOINCREMENT: senders remember how far they came, so an id never comes back.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    transport TEXT NOT NULL,
    room TEXT NOT NULL,
    txn_id TEXT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 8),
    answers TEXT NOT NULL,
    edits TEXT NOT NULL,
    thread TEXT NOT NULL,
    mention TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1)),
    event_type TEXT NOT NULL DEFAULT '',
    content TEXT NOT NULL DEFAULT '',
    UNIQUE (transport, txn_id)
) STRICT;

-- Which event answered a message: what an edit of the reply replaces.
CREATE TABLE reply (
    transport TEXT NOT NULL,
    answers TEXT NOT NULL,
    event_id TEXT NOT NULL,
    PRIMARY KEY (transport, answers)
) STRICT, WITHOUT ROWID;

---------------------------------------------------------------- Matrix

CREATE TABLE matrix_value (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE matrix_room (
    room_id TEXT PRIMARY KEY,
    joined INTEGER NOT NULL,
    direct INTEGER NOT NULL,
    encrypted INTEGER NOT NULL,
    rotation_messages INTEGER NOT NULL,
    rotation_ms INTEGER NOT NULL,
    invited_can_read INTEGER NOT NULL,
    history_shared INTEGER NOT NULL,
    members_complete INTEGER NOT NULL,
    welcomed INTEGER NOT NULL,
    last_event_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE matrix_member (
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    membership TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (room_id, user_id)
) STRICT, WITHOUT ROWID;

-- Events that were handled, for good.
CREATE TABLE matrix_event (
    event_id TEXT PRIMARY KEY,
    room_id TEXT NOT NULL,
    sender TEXT NOT NULL,
    encrypted INTEGER NOT NULL,
    edit INTEGER NOT NULL,
    sent_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

---------------------------------------------------------------- end-to-end encryption: pickles are sealed before they come here

CREATE TABLE e2ee_value (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE olm_session (
    session_id TEXT PRIMARY KEY,
    their_curve25519 TEXT NOT NULL,
    pickle BLOB NOT NULL,
    created_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX olm_session_peer ON olm_session (their_curve25519, used_ms);

-- Hashes of Olm messages seen; the oldest fall out.
CREATE TABLE olm_message (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE megolm_inbound (
    room_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    sender_user TEXT NOT NULL,
    sender_device TEXT NOT NULL,
    sender_curve25519 TEXT NOT NULL,
    sender_ed25519 TEXT NOT NULL,
    pickle BLOB NOT NULL,
    first_index INTEGER NOT NULL,
    authenticated INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    PRIMARY KEY (room_id, session_id)
) STRICT;

-- Which event used a message index: another one with the same index is a replay.
CREATE TABLE megolm_index (
    room_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    message_index INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    sent_ms INTEGER NOT NULL,
    PRIMARY KEY (room_id, session_id, message_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE megolm_outbound (
    room_id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    pickle BLOB NOT NULL,
    created_ms INTEGER NOT NULL,
    messages INTEGER NOT NULL
) STRICT;

-- Whom an outbound session was given to, and from which index on.
CREATE TABLE megolm_shared (
    room_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    message_index INTEGER NOT NULL,
    PRIMARY KEY (room_id, session_id, user_id, device_id)
) STRICT, WITHOUT ROWID;

-- Events whose key has not come yet.
CREATE TABLE megolm_parked (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    room_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    event_json TEXT NOT NULL,
    parked_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX megolm_parked_session ON megolm_parked (room_id, session_id);

CREATE TABLE tracked_user (
    user_id TEXT PRIMARY KEY,
    outdated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    curve25519 TEXT NOT NULL,
    ed25519 TEXT NOT NULL,
    keys_json TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    UNIQUE (user_id, device_id)
) STRICT;
CREATE INDEX device_curve25519 ON device (curve25519);

CREATE TABLE user_identity (
    user_id TEXT PRIMARY KEY,
    json BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- To-device requests that the server has not acknowledged.
CREATE TABLE to_device_request (
    id INTEGER PRIMARY KEY,
    txn_id TEXT NOT NULL UNIQUE,
    event_type TEXT NOT NULL,
    body_json TEXT NOT NULL
) STRICT;
