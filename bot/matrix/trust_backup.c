/*
 * The key backup, once this device is signed: it is used from now on, and the room keys in it are taken, room by room,
 * so that no answer holds more than one room's.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "bot/matrix/trust_steps.h"
#include "core/base/mem.h"

enum { ROOMS_MAX = 10000, ROOMS_BYTES = 4 * 1024 * 1024, KEYS_BYTES = 32 * 1024 * 1024 /* a room's: 30,000 or so */ };

/* Its key is the one in secret storage: who wrote its entries is another matter. */
static bool is_the_secrets(const struct mx_trust *trust)
{
    const char *backup = trust->cross.public[E2EE_CROSS_BACKUP];

    return trust->backup_version != NULL && backup[0] != '\0' && strcmp(trust->backup_shown, backup) == 0;
}

static int keep_result(struct mx_trust *trust, struct err *err)
{
    struct matrix *matrix = trust->matrix;

    if (mx_begin(matrix, err) != 0)
        return -1;
    if ((is_the_secrets(trust) &&
         e2ee_backup_use(matrix->e2ee, trust->backup_version, trust->backup_shown, err) != 0) ||
        e2ee_own_prove(matrix->e2ee, trust->shown.public[E2EE_CROSS_MASTER], err) != 0 ||
        (trust->cross.public[E2EE_CROSS_USER_SIGNING][0] != '\0' &&
         e2ee_cross_keep_signer(matrix->e2ee, &trust->cross, err) != 0) ||
        mx_value_put(matrix, MX_BOOTSTRAP_VALUE, "", err) != 0) {
        mx_rollback(matrix);
        return -1;
    }
    return mx_commit(matrix, err);
}

enum mx_taken mx_trust_keep(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    (void)answer;
    return keep_result(trust, err) == 0 ? MX_TAKEN : MX_LATER;
}

/* ---------------------------------------------------------------- its room keys */

bool mx_trust_ask_rooms(struct mx_trust *trust, struct mx_asking *asking)
{
    if (!is_the_secrets(trust) || trust->rooms.count != 0)
        return false;
    if (!trust->backup_signed) {
        log_warn("key-backup-unsigned", LOG_STR("version", trust->backup_version),
                 LOG_STR("why", "neither the identity nor a device of it has signed it: nothing is restored from it"));
        return false;
    }
    asking->method = "GET";
    asking->maximum = ROOMS_BYTES;
    mx_path(&asking->path, "/_matrix/client/v3/joined_rooms");
    return true;
}

/* This device is signed by now: what can't be restored is told, and no failure. */
static enum mx_taken unrestored(const struct mx_trust *trust, const struct mx_answer *answer)
{
    log_warn("room-keys-not-restored",
             LOG_STR("room", trust->room < trust->rooms.count ? trust->rooms.at[trust->room] : ""),
             LOG_STR("reason", answer->err != NULL ? answer->err->text : "an answer that isn't one"));
    return MX_TAKEN;
}

enum mx_taken mx_trust_take_rooms(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    const struct json *rooms = json_get(answer->json, "joined_rooms");

    (void)err;
    if (answer->status != 200)
        return unrestored(trust, answer);
    for (size_t i = 0; i < json_count(rooms) && i < ROOMS_MAX; i++) {
        const char *room = json_text(json_at(rooms, i));

        if (room != NULL && room[0] == '!' && strlen(room) <= MX_ID_MAX)
            vec_push(&trust->rooms, mem_strdup(room));
    }
    return MX_TAKEN;
}

bool mx_trust_ask_room_keys(struct mx_trust *trust, struct mx_asking *asking)
{
    if (trust->room >= trust->rooms.count)
        return false;
    asking->method = "GET";
    asking->maximum = KEYS_BYTES;
    mx_path(&asking->path, "/_matrix/client/v3/room_keys/keys/{}?version={}", trust->rooms.at[trust->room],
            trust->backup_version);
    return true;
}

static int restore(struct mx_trust *trust, const struct json *sessions, struct err *err)
{
    struct matrix *matrix = trust->matrix;
    struct e2ee_restored restored = {0};

    if (mx_begin(matrix, err) != 0)
        return -1;
    if (e2ee_backup_restore(matrix->e2ee, trust->cross.seed[E2EE_CROSS_BACKUP], trust->rooms.at[trust->room], sessions,
                            &restored, err) != 0) {
        mx_rollback(matrix);
        return -1;
    }
    if (mx_commit(matrix, err) != 0)
        return -1;
    log_info("room-keys-restored", LOG_STR("room", trust->rooms.at[trust->room]),
             LOG_INT("taken", (int64_t)restored.taken), LOG_INT("left", (int64_t)restored.left));
    trust->restored += restored.taken;
    return 0;
}

/* Another version, or none any more (403, 404), is no reason to look into that one: its key isn't proven. */
enum mx_taken mx_trust_take_room_keys(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    if (answer->status != 200)
        unrestored(trust, answer);
    else if (restore(trust, json_get(answer->json, "sessions"), err) != 0)
        return MX_LATER;
    trust->room++;
    mx_trust_gets_on(trust);
    return MX_AGAIN;
}
