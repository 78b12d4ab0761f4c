/*
 * Verifications that are under way. Each is answered by whoever is the first to be asked, bounded in number and time;
 * the keys that it is about are those that we know when it begins, and must be the same when it ends.
 */
#include "bot/e2ee/verification.h"

#include <stdlib.h>

#include "bot/json/writer.h"
#include "bot/log/log.h"

#define OPEN "verifications"

enum {
    LIFE_MS = 10 * E2EE_MINUTE_MS,  /* of one, and how long it is remembered afterwards */
    EARLY_MS = 5 * E2EE_MINUTE_MS,  /* how far a request may come from the future */
    BEGIN_MS = 10 * E2EE_SECOND_MS, /* the other side has accepted, and doesn't begin: we do */
    OPEN_MAX = 16,
    USER_MAX = 8, /* of one user, in the time that they are remembered */
    ALL_MAX = 64
};

static void verification_free(struct e2ee_verification *verification)
{
    sas_free(verification->sas);
    qr_free(verification->qr);
    json_free(verification->start);
    free(verification->user_id);
    free(verification->device_id);
    free(verification->txn);
    free(verification->room_id);
    free(verification->reason);
    free(verification);
}

/* ---- which there are */

/* Those that are open, so that a restart can end them. */
static int keep_open(struct e2ee *machine, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json_writer writer;
    int rc;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '[');
    for (size_t i = 0; i < machine->verify.all.count; i++) {
        const struct e2ee_verification *verification = machine->verify.all.at[i];

        if (verification->over_ms != 0)
            continue;
        json_write_begin(&writer, '{');
        json_write_key(&writer, "user");
        json_write_text(&writer, verification->user_id);
        json_write_key(&writer, "device");
        json_write_text(&writer, verification->device_id);
        json_write_key(&writer, "id");
        json_write_text(&writer, verification->txn);
        if (verification->room_id != NULL) {
            json_write_key(&writer, "room");
            json_write_text(&writer, verification->room_id);
        }
        json_write_end(&writer);
    }
    json_write_end(&writer);
    rc = machine->store->value_put(machine->store->self, OPEN, buf_span(&text), err);
    buf_release(&text);
    return rc;
}

static struct e2ee_verification *add(struct e2ee *machine, const char *room_id, const char *user_id,
                                     const char *device_id, const char *txn, int64_t now_ms)
{
    struct e2ee_verification *verification = mem_zero(1, sizeof(*verification));

    verification->id = ++machine->verify.next_id;
    verification->room_id = mem_strdup(room_id);
    verification->user_id = mem_strdup(user_id);
    verification->device_id = mem_strdup(device_id);
    verification->txn = mem_strdup(txn);
    verification->begun_ms = now_ms;
    vec_push(&machine->verify.all, verification);
    return verification;
}

int e2ee_verify_load(struct e2ee *machine, int64_t now_ms, struct err *err)
{
    struct json *list = NULL;
    int rc = machine->keys_only ? 0 : e2ee_value_json(machine, OPEN, &list, err);

    for (size_t i = 0; rc == 0 && i < json_count(list); i++) {
        const struct json *open = json_at(list, i);
        const char *user = json_get_text(open, "user"), *device = json_get_text(open, "device");
        const char *txn = json_get_text(open, "id");
        struct e2ee_verification *verification;

        if (user == NULL || device == NULL || txn == NULL)
            continue;
        verification = add(machine, json_get_text(open, "room"), user, device, txn, now_ms);
        verification->over_ms = now_ms;
        verification->end = E2EE_VERIFY_OVER;
        log_info("e2ee-verification-lost", LOG_STR("user", user), LOG_STR("device", device));
        rc = e2ee_verification_cancel(machine, verification, VERIFY_USER, err);
    }
    if (rc == 0 && json_count(list) != 0)
        rc = keep_open(machine, err);
    json_free(list);
    return rc;
}

void e2ee_verify_unload(struct e2ee *machine)
{
    for (size_t i = 0; i < machine->verify.all.count; i++)
        verification_free(machine->verify.all.at[i]);
    for (size_t i = 0; i < machine->verify.said.count; i++) {
        free(machine->verify.said.at[i].room_id);
        free(machine->verify.said.at[i].type);
        free(machine->verify.said.at[i].content);
    }
    vec_release(&machine->verify.all);
    vec_release(&machine->verify.said);
}

static bool same_room(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static struct e2ee_verification *find(const struct e2ee *machine, const char *room_id, const char *user_id,
                                      const char *txn)
{
    for (size_t i = 0; i < machine->verify.all.count; i++) {
        struct e2ee_verification *verification = machine->verify.all.at[i];

        if (same_room(verification->room_id, room_id) && strcmp(verification->user_id, user_id) == 0 &&
            strcmp(verification->txn, txn) == 0)
            return verification;
    }
    return NULL;
}

static size_t count_open(const struct e2ee *machine)
{
    size_t count = 0;

    for (size_t i = 0; i < machine->verify.all.count; i++)
        count += machine->verify.all.at[i]->over_ms == 0;
    return count;
}

static size_t count_of_user(const struct e2ee *machine, const char *user_id)
{
    size_t count = 0;

    for (size_t i = 0; i < machine->verify.all.count; i++)
        count += strcmp(machine->verify.all.at[i]->user_id, user_id) == 0;
    return count;
}

/* ---- the end of one */

static int close_it(struct e2ee *machine, struct e2ee_verification *verification, enum e2ee_verify_stage end,
                    const char *reason, int64_t now_ms, struct err *err)
{
    verification->over_ms = now_ms;
    verification->end = end;
    free(verification->reason);
    verification->reason = mem_strdup(reason);
    log_info(end == E2EE_VERIFY_DONE ? "e2ee-verified" : "e2ee-verification-over",
             LOG_STR("user", verification->user_id), LOG_STR("device", verification->device_id),
             LOG_STR("reason", reason));
    return keep_open(machine, err);
}

/* Before there is a machine for it. */
static int refuse(struct e2ee *machine, struct e2ee_verification *verification, enum verify_code code,
                  const char *reason, int64_t now_ms, struct err *err)
{
    if (e2ee_verification_cancel(machine, verification, code, err) < 0)
        return -1;
    return close_it(machine, verification, E2EE_VERIFY_OVER, reason, now_ms, err);
}

/* People have compared, on both sides, or the code was scanned: what was vouched for is believed. */
static int believe(struct e2ee *machine, struct e2ee_verification *verification, int64_t now_ms, struct err *err)
{
    const char *user_id = verification->user_id;

    verification->identity = e2ee_verification_vouched(verification);
    if (verification->identity && strcmp(user_id, machine->user_id) != 0 &&
        (e2ee_identity_verify(machine, user_id, verification->master, err) < 0 ||
         e2ee_signing_want(machine, user_id, verification->master, err) < 0 ||
         e2ee_parked_release_user(machine, user_id, err) < 0))
        return -1;
    return close_it(machine, verification, E2EE_VERIFY_DONE, verification->identity ? verification->master : "", now_ms,
                    err);
}

int e2ee_verification_carry_on(struct e2ee *machine, struct e2ee_verification *verification, int64_t now_ms,
                               struct err *err)
{
    enum e2ee_verify_stage stage;
    const char *type;
    char *content;
    int rc = 0;

    while (rc == 0 && e2ee_verification_next(verification, &type, &content)) {
        rc = e2ee_verification_send(machine, verification, type, content, err);
        free(content);
    }
    stage = e2ee_verification_stage(verification);
    if (rc == 0 && stage == E2EE_VERIFY_OVER)
        rc = close_it(machine, verification, stage, e2ee_verification_reason(verification), now_ms, err);
    else if (rc == 0 && stage == E2EE_VERIFY_DONE)
        rc = believe(machine, verification, now_ms, err);
    return rc;
}

static int cancel(struct e2ee *machine, struct e2ee_verification *verification, enum verify_code code,
                  const char *reason, int64_t now_ms, struct err *err)
{
    if (verification->sas == NULL)
        return refuse(machine, verification, code, reason, now_ms, err);
    e2ee_verification_stop(verification, code);
    return e2ee_verification_carry_on(machine, verification, now_ms, err);
}

/* ---- the other side's keys */

/* What is known of the device now: 1 (the keys, "" no master key), 0 there is none, -1. */
static int look_up(struct e2ee *machine, const struct e2ee_verification *verification, char ed25519[E2EE_KEY_TEXT],
                   char master[E2EE_KEY_TEXT], struct err *err)
{
    struct e2ee_device device = {0};
    struct e2ee_identity identity;
    int rc = e2ee_devices_by_id(machine, verification->user_id, verification->device_id, &device, err);

    if (rc == 1 && device.deleted)
        rc = 0;
    if (rc == 1) {
        memcpy(ed25519, device.ed25519, E2EE_KEY_TEXT);
        rc = e2ee_identity_get(machine, verification->user_id, &identity, err);
        if (rc >= 0) {
            memcpy(master, identity.changed ? identity.seen : identity.master, E2EE_KEY_TEXT);
            rc = 1;
        }
    }
    e2ee_device_release(&device);
    return rc;
}

int e2ee_verification_same(struct e2ee *machine, const struct e2ee_verification *verification, struct err *err)
{
    char ed25519[E2EE_KEY_TEXT], master[E2EE_KEY_TEXT];
    int rc = look_up(machine, verification, ed25519, master, err);

    return rc != 1 ? rc : strcmp(ed25519, verification->ed25519) == 0 && strcmp(master, verification->master) == 0;
}

/* Once the device list of the user is here, what waited for it goes on. */
static int advance(struct e2ee *machine, struct e2ee_verification *verification, int64_t now_ms, struct err *err)
{
    int rc;

    if (verification->over_ms != 0 || verification->sas != NULL)
        return 0;
    if (e2ee_devices_track(machine, verification->user_id, err) < 0)
        return -1;
    if (!e2ee_devices_current(machine, verification->user_id))
        return 0;
    rc = look_up(machine, verification, verification->ed25519, verification->master, err);
    if (rc == 0 && e2ee_devices_unknown(machine, verification->user_id, now_ms, err) < 0)
        return -1;
    if (rc == 0 && e2ee_devices_current(machine, verification->user_id))
        return refuse(machine, verification, VERIFY_KEY_MISMATCH, "m.key_mismatch", now_ms, err);
    if (rc != 1)
        return rc; /* the list is asked for once more */
    e2ee_verification_meet(machine, verification);
    verification->ready_ms = now_ms;
    if (verification->asked && e2ee_verification_ready(machine, verification, err) < 0)
        return -1;
    if (verification->start != NULL)
        e2ee_verification_receive(verification, "start", verification->start);
    return e2ee_verification_carry_on(machine, verification, now_ms, err);
}

/* ---- messages in */

/* The account's own devices are vouched for in another way. */
static bool can_show(const struct e2ee *machine, const struct e2ee_verify_message *message)
{
    const struct json *methods = json_get(message->content, "methods");

    return message->can_show && strcmp(message->sender, machine->user_id) != 0 && verify_has(methods, QR_SCAN_METHOD) &&
           verify_has(methods, QR_METHOD);
}

static int end_others(struct e2ee *machine, const struct e2ee_verification *but, int64_t now_ms, bool *any,
                      struct err *err)
{
    *any = false;
    for (size_t i = 0; i < machine->verify.all.count; i++) {
        struct e2ee_verification *other = machine->verify.all.at[i];

        if (other == but || other->over_ms != 0 || strcmp(other->user_id, but->user_id) != 0 ||
            strcmp(other->device_id, but->device_id) != 0)
            continue;
        *any = true;
        if (cancel(machine, other, VERIFY_UNEXPECTED, "m.unexpected_message", now_ms, err) < 0)
            return -1;
    }
    return 0;
}

/* One more, if it isn't one too many. A device that begins another while one is open has both ended (specification,
 * "General key verification error handling"). 1 begun, 0, -1. */
static int open_one(struct e2ee *machine, const struct e2ee_verify_message *message, const char *device_id,
                    const char *txn, int64_t now_ms, struct err *err)
{
    struct e2ee_verification *verification;
    bool any;

    if (!e2ee_id_good(device_id) || !e2ee_id_good(txn) || count_open(machine) >= OPEN_MAX ||
        machine->verify.all.count >= ALL_MAX || count_of_user(machine, message->sender) >= USER_MAX ||
        (strcmp(message->sender, machine->user_id) == 0 && strcmp(device_id, machine->device_id) == 0)) {
        log_warn("e2ee-verification-refused", LOG_STR("user", message->sender), LOG_STR("device", device_id));
        return 0;
    }
    verification = add(machine, message->room_id, message->sender, device_id, txn, now_ms);
    verification->asked = strcmp(message->type, "request") == 0;
    verification->can_show = verification->asked && can_show(machine, message);
    if (!verification->asked)
        verification->start = json_keep(message->content);
    if (end_others(machine, verification, now_ms, &any, err) < 0)
        return -1;
    if (any)
        return refuse(machine, verification, VERIFY_UNEXPECTED, "m.unexpected_message", now_ms, err);
    log_info("e2ee-verification-begun", LOG_STR("user", message->sender), LOG_STR("device", device_id));
    if (keep_open(machine, err) < 0 || advance(machine, verification, now_ms, err) < 0)
        return -1;
    return 1;
}

static int take_request(struct e2ee *machine, const struct e2ee_verify_message *message, int64_t now_ms,
                        struct err *err)
{
    const struct json *content = message->content;
    const char *to = json_get_text(content, "to");
    const char *txn = message->room_id != NULL ? message->id : json_get_text(content, "transaction_id");
    int64_t sent_ms = message->sent_ms;

    if (message->room_id != NULL && (to == NULL || strcmp(to, machine->user_id) != 0))
        return 0;
    if ((message->room_id == NULL && !json_get_int(content, "timestamp", &sent_ms)) || sent_ms < now_ms - LIFE_MS ||
        sent_ms > now_ms + EARLY_MS || !verify_has(json_get(content, "methods"), SAS_METHOD) || txn == NULL ||
        find(machine, message->room_id, message->sender, txn) != NULL) {
        log_info("e2ee-verification-ignored", LOG_STR("user", message->sender));
        return 0;
    }
    return open_one(machine, message, json_get_text(content, "from_device"), txn, now_ms, err);
}

/* Some leave the relation outside of what they encrypt, and mean it to be a part of the content all the same. */
static struct json *whole_content(const struct e2ee_verification *verification, const struct json *content)
{
    struct buf text = BUF_INIT(2 * VERIFY_CONTENT_MAX);
    struct json *whole;

    if (verification->room_id == NULL || json_get(content, "m.relates_to") != NULL)
        return json_keep(content);
    json_print(content, &text);
    buf_truncate(&text, text.length - 1);
    if (text.length > 1)
        buf_addc(&text, ',');
    e2ee_verification_bind(verification, &text);
    buf_addc(&text, '}');
    whole = json_parse(buf_span(&text), NULL);
    buf_release(&text);
    return whole;
}

/* What came for a verification that waits for the device list. */
static int take_early(struct e2ee *machine, struct e2ee_verification *verification,
                      const struct e2ee_verify_message *message, const struct json *content, int64_t now_ms,
                      struct err *err)
{
    if (strcmp(message->type, "cancel") == 0)
        return close_it(machine, verification, E2EE_VERIFY_OVER, "m.user", now_ms, err);
    if (strcmp(message->type, "start") != 0 || verification->start != NULL)
        return refuse(machine, verification, VERIFY_UNEXPECTED, "m.unexpected_message", now_ms, err);
    verification->start = json_keep(content);
    return 0;
}

static int take(struct e2ee *machine, struct e2ee_verification *verification, const struct e2ee_verify_message *message,
                int64_t now_ms, struct err *err)
{
    struct json *content = whole_content(verification, message->content);
    int rc = 0;

    if (verification->over_ms != 0)
        goto done;
    if (verification->sas == NULL) {
        rc = take_early(machine, verification, message, content, now_ms, err);
        goto done;
    }
    if (strcmp(message->type, "mac") == 0 || strcmp(message->type, "start") == 0) {
        rc = e2ee_verification_same(machine, verification, err);
        if (rc == 0)
            e2ee_verification_stop(verification, VERIFY_KEY_MISMATCH);
    }
    if (rc >= 0) {
        e2ee_verification_receive(verification, message->type, content);
        rc = e2ee_verification_carry_on(machine, verification, now_ms, err);
    }
done:
    json_free(content);
    return rc;
}

int e2ee_verify_receive(struct e2ee *machine, const struct e2ee_verify_message *message, int64_t now_ms,
                        struct err *err)
{
    const char *txn = message->room_id != NULL ? message->relates : json_get_text(message->content, "transaction_id");
    struct e2ee_verification *verification;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    if (strcmp(message->type, "request") == 0)
        return take_request(machine, message, now_ms, err);
    if (txn == NULL)
        return 0;
    verification = find(machine, message->room_id, message->sender, txn);
    if (verification != NULL)
        return take(machine, verification, message, now_ms, err) < 0 ? -1 : 0;
    /* Deprecated, but still to be taken: without a request. */
    if (message->room_id == NULL && strcmp(message->type, "start") == 0)
        return open_one(machine, message, json_get_text(message->content, "from_device"), txn, now_ms, err);
    log_info("e2ee-verification-unknown", LOG_STR("user", message->sender), LOG_STR("type", message->type));
    return 0;
}

/* ---- time */

static int64_t due_of(const struct e2ee_verification *verification)
{
    if (verification->over_ms != 0)
        return verification->over_ms + LIFE_MS;
    if (e2ee_verification_idle(verification))
        return verification->ready_ms + BEGIN_MS;
    return verification->begun_ms + LIFE_MS;
}

int64_t e2ee_verify_due(const struct e2ee *machine)
{
    int64_t due = -1;

    for (size_t i = 0; i < machine->verify.all.count; i++) {
        int64_t at = due_of(machine->verify.all.at[i]);

        if (due < 0 || at < due)
            due = at;
    }
    return due;
}

static int on_time(struct e2ee *machine, struct e2ee_verification *verification, int64_t now_ms, struct err *err)
{
    if (now_ms >= verification->begun_ms + LIFE_MS)
        return cancel(machine, verification, VERIFY_TIMEOUT, "m.timeout", now_ms, err);
    sas_begin(verification->sas);
    return e2ee_verification_carry_on(machine, verification, now_ms, err);
}

int e2ee_verify_go_on(struct e2ee *machine, int64_t now_ms, struct err *err)
{
    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    for (size_t i = 0; i < machine->verify.all.count;) {
        struct e2ee_verification *verification = machine->verify.all.at[i];
        bool due;

        if (advance(machine, verification, now_ms, err) < 0)
            return -1;
        due = now_ms >= due_of(verification);
        if (due && verification->over_ms != 0) {
            verification_free(verification);
            vec_remove(&machine->verify.all, i);
            continue;
        }
        if (due && on_time(machine, verification, now_ms, err) < 0)
            return -1;
        i++;
    }
    return 0;
}
