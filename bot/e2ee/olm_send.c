/*
 * Olm messages that go out. Each carries our signed device keys (MSC4147), so that the receiver knows the device even
 * before it has seen our list.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

struct latest {
    bool found;
    char id[E2EE_KEY_TEXT];
    int64_t created_ms, used_ms;
    struct buf pickle;
};

/* Rows come latest used first: the session that last decrypted is the one that the other side surely has. */
static int take_first(void *arg, const struct e2ee_olm_row *row)
{
    struct latest *latest = arg;

    if (!latest->found) {
        latest->found = true;
        snprintf(latest->id, sizeof(latest->id), "%s", row->session_id);
        latest->created_ms = row->created_ms;
        latest->used_ms = row->used_ms;
        buf_add_span(&latest->pickle, row->pickle);
    }
    return 0;
}

int e2ee_olm_has(struct e2ee *machine, const char *curve25519, struct err *err)
{
    struct latest latest = {.pickle = BUF_INIT(E2EE_PICKLE_MAX)};
    int rc = machine->store->olm_each(machine->store->self, curve25519, take_first, &latest, err);

    buf_release(&latest.pickle);
    return rc < 0 ? -1 : latest.found;
}

static void write_key(struct json_writer *writer, const char *name, const char *ed25519)
{
    json_write_key(writer, name);
    json_write_begin(writer, '{');
    json_write_key(writer, "ed25519");
    json_write_text(writer, ed25519);
    json_write_end(writer);
}

static void write_payload(const struct e2ee *machine, const struct e2ee_device *device, const char *type,
                          struct span content, struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "type");
    json_write_text(&writer, type);
    json_write_key(&writer, "content");
    json_write_raw(&writer, content);
    json_write_key(&writer, "sender");
    json_write_text(&writer, machine->user_id);
    json_write_key(&writer, "sender_device"); /* no longer in the specification, but older clients want it */
    json_write_text(&writer, machine->device_id);
    json_write_key(&writer, "recipient");
    json_write_text(&writer, device->user_id);
    write_key(&writer, "recipient_keys", device->ed25519);
    write_key(&writer, "keys", machine->account.ed25519);
    json_write_key(&writer, "sender_device_keys");
    json_write_raw(&writer, span_of(machine->account.device_json));
    json_write_end(&writer);
}

static void write_content(const struct e2ee *machine, const struct e2ee_device *device, int type,
                          const struct buf *message, struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "algorithm");
    json_write_text(&writer, E2EE_OLM);
    json_write_key(&writer, "ciphertext");
    json_write_begin(&writer, '{');
    json_write_key(&writer, device->curve25519);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "body");
    json_write_span(&writer, buf_span(message));
    json_write_key(&writer, "type");
    json_write_int(&writer, type);
    json_write_end(&writer);
    json_write_end(&writer);
    json_write_key(&writer, "sender_key");
    json_write_text(&writer, machine->account.curve25519);
    json_write_end(&writer);
}

int e2ee_olm_encrypt(struct e2ee *machine, const struct e2ee_device *device, const char *type, struct span content,
                     struct buf *out, struct err *err)
{
    struct latest latest = {.pickle = BUF_INIT(E2EE_PICKLE_MAX)};
    struct buf plain = BUF_INIT(E2EE_EVENT_MAX), message = BUF_INIT(2 * E2EE_EVENT_MAX);
    struct ratchet_session *session = NULL;
    int message_type;
    int rc = machine->store->olm_each(machine->store->self, device->curve25519, take_first, &latest, err);

    if (rc < 0 || !latest.found)
        goto done;
    session = ratchet_session_unpickle(machine->pickle_key, buf_span(&latest.pickle), NULL);
    if (session == NULL) {
        log_error("e2ee-session-unreadable", LOG_STR("session", latest.id));
        rc = machine->store->olm_delete(machine->store->self, latest.id, err);
        goto done;
    }
    write_payload(machine, device, type, content, &plain);
    BUG_IF(plain.overflowed || ratchet_session_encrypt(session, buf_span(&plain), &message_type, &message) != 0);
    write_content(machine, device, message_type, &message, out);
    rc = e2ee_olm_save(machine, session, device->curve25519, latest.created_ms, latest.used_ms, err) == 0 ? 1 : -1;
done:
    ratchet_session_free(session);
    crypto_release(&latest.pickle);
    crypto_release(&plain);
    buf_release(&message);
    return rc;
}
