/*
 * Forgetting a lifter: every row that is theirs or speaks of them, and then the bytes. What stays are the ids of their
 * messages, under nobody, so that none is booked or answered again, and their number, so that it never comes back.
 */
#include "bot/log/log.h"
#include "bot/store/inside.h"
#include "bot/store/migrate.h"
#include "core/base/mem.h"

#define THEIR_MESSAGES "(SELECT transport, event_id FROM input WHERE lifter = ?1)"
#define THEIR_ADDRESSES "(SELECT transport, identity FROM identity WHERE lifter = ?1)"
#define THEIR_HOMES "(SELECT home FROM identity WHERE lifter = ?1 AND home IS NOT NULL)"
#define THEIR_SETS "(SELECT id FROM training_set WHERE lifter = ?1)"
#define THEIR_ACTIONS "(SELECT id FROM action WHERE lifter = ?1)"

/* In an order in which nothing refers to what is gone. */
static const char *const statements[] = {
    "DELETE FROM set_segment WHERE training_set IN " THEIR_SETS,
    "DELETE FROM supersession WHERE training_set IN " THEIR_SETS,
    "DELETE FROM training_set WHERE lifter = ?1",
    "DELETE FROM plan_step WHERE lifter = ?1",
    "DELETE FROM said WHERE action IN " THEIR_ACTIONS,
    "DELETE FROM instruction WHERE lifter = ?1 OR coach = ?1",
    "DELETE FROM checkin_supersession WHERE checkin IN (SELECT id FROM checkin WHERE lifter = ?1)",
    "DELETE FROM checkin WHERE lifter = ?1",
    "DELETE FROM action_undo WHERE action IN " THEIR_ACTIONS,
    "DELETE FROM action WHERE lifter = ?1",
    "DELETE FROM job WHERE lifter = ?1",
    "DELETE FROM lifter_value WHERE lifter = ?1",
    "DELETE FROM alias WHERE lifter = ?1",
    "DELETE FROM room_member WHERE lifter = ?1",
    "DELETE FROM trust WHERE lifter = ?1 OR whom = ?1",
    "UPDATE training_room SET founder = 0, founder_power = 0 WHERE founder = ?1",
    "DELETE FROM set_aside WHERE lifter = ?1 OR lifter IN " THEIR_HOMES,
    "DELETE FROM link WHERE (transport, identity) IN " THEIR_ADDRESSES
    " OR (typer_transport, typer_identity) IN " THEIR_ADDRESSES,
    "DELETE FROM link_try WHERE (transport, identity) IN " THEIR_ADDRESSES,
    "DELETE FROM outbox WHERE (transport, answers) IN " THEIR_MESSAGES " OR (transport, edits) IN " THEIR_MESSAGES
    " OR (transport, mention) IN " THEIR_ADDRESSES " OR (transport, recipient) IN " THEIR_ADDRESSES,
    "DELETE FROM outbox WHERE name <> '' AND (transport, substr(name, 2)) IN " THEIR_MESSAGES, /* a sign and an id */
    "DELETE FROM reply WHERE (transport, answers) IN " THEIR_MESSAGES
    " OR (transport, substr(answers, 2)) IN " THEIR_MESSAGES,
    "DELETE FROM megolm_parked WHERE json_valid(event_json)"
    " AND ('matrix', json_extract(event_json, '$.sender')) IN " THEIR_ADDRESSES,
    /* Lists of events that wait. */
    "UPDATE matrix_value SET value = (SELECT CAST(json_group_array(json(entry.value)) AS BLOB)"
    " FROM json_each(CAST(matrix_value.value AS TEXT)) AS entry"
    " WHERE ('matrix', json_extract(entry.value, '$.event.sender')) NOT IN " THEIR_ADDRESSES ")"
    " WHERE name IN ('files', 'early_reactions') AND json_valid(CAST(value AS TEXT))",
    "UPDATE matrix_event SET sender = '', sent_ms = 0 WHERE ('matrix', sender) IN " THEIR_ADDRESSES,
    "DELETE FROM matrix_value WHERE name LIKE 'profile:%' AND ('matrix', substr(name, 9)) IN " THEIR_ADDRESSES,
    "INSERT INTO forgotten_message (transport, event_id) SELECT transport, event_id FROM input WHERE lifter = ?1"
    " ON CONFLICT DO NOTHING",
    "DELETE FROM input WHERE lifter = ?1",
    "UPDATE input SET writer = 0 WHERE writer = ?1",
    "UPDATE lifter SET created_ms = 0 WHERE id = ?1 OR id IN " THEIR_HOMES,
    "DELETE FROM identity WHERE lifter = ?1",
};

static int lifter_forget(void *self, int64_t lifter, bool bytes, struct err *err)
{
    struct store *store = self;

    if (bytes && store->path != NULL) /* while it is known who they are */
        replaced_drop(store, lifter);
    if (query_run_all(store, QUERY_LIST(statements), &lifter, 1, err) < 0)
        return -1;
    if (!bytes)
        return 0;
    /* Before the commit: killed after it, they would stay. */
    if (store->path != NULL)
        migrate_drop_copies(store->path);
    store->wipes = true;
    return 0;
}

/* Deleted rows are zeros in the log (secure_delete), and in the file once the log has been written there; the log
 * itself still has the pages of before. A reader can hold it up: then it is tried again after the next commit. */
void forget_wipe(struct store *store)
{
    int code;

    if (!store->wipes)
        return;
    code = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (code != SQLITE_OK) {
        log_warn("store-wipe", LOG_STR("reason", sqlite3_errmsg(store->db)));
        return;
    }
    store->wipes = false;
}

void forget_install(struct coach_store *port)
{
    port->lifter_forget = lifter_forget;
}
