/*
 * A store of some time ago: whoever had it went on from there. A ratchet that is used from there again gives two
 * messages the same key, and what waited has been said.
 */
#include "bot/store/inside.h"
#include "bot/store/restore.h"

/* Of the values of bot/e2ee those that aren't the device's are named; of those of bot/matrix, those that are. */
static const char *const statements[] = {
    "DELETE FROM e2ee_value WHERE name NOT IN ('own-identity', 'user-signing', 'to-sign', 'backup')",
    "DELETE FROM olm_session",
    "DELETE FROM olm_message",
    "DELETE FROM megolm_outbound",
    "DELETE FROM megolm_shared",
    "DELETE FROM to_device_request",
    /* They are read again with the rooms' history. */
    "DELETE FROM megolm_parked",
    "UPDATE tracked_user SET outdated = 1",
    ("DELETE FROM matrix_value WHERE name IN ('device_id', 'login_ms', 'next_batch', 'files', 'file_begun',"
     " 'early_reactions', 'knocks') OR name LIKE '%token'"),
    "DELETE FROM outbox_file",
    "DELETE FROM outbox",
};

int store_renew(struct store *store, int64_t *unsaid, struct err *err)
{
    struct query query;

    query_open(&query, store, "SELECT count(*) FROM outbox", err);
    if (query_find_int(&query, unsaid) < 0)
        return -1;
    return query_run_all(store, QUERY_LIST(statements), NULL, 0, err);
}
