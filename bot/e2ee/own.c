/*
 * How our own account stands: its identity, once proven by its private keys, is held against what the server shows from
 * then on; our device and the others that the server says are ours are looked at after each answer. The operator is
 * told by the log, since nobody else can be.
 */
#include "bot/e2ee/machine.h"

#include "bot/log/log.h"

#define VALUE "own-identity"

int e2ee_own_read(const struct e2ee_store *store, char master[E2EE_KEY_TEXT], struct err *err)
{
    struct json *json;
    const char *text;
    int rc = e2ee_store_json(store, VALUE, &json, err);

    text = json_get_text(json, "master");
    master[0] = '\0';
    if (e2ee_ed25519_text_good(text))
        memcpy(master, text, E2EE_KEY_TEXT);
    json_free(json);
    return rc;
}

int e2ee_own_load(struct e2ee *machine, struct err *err)
{
    return e2ee_own_read(machine->store, machine->own.master, err);
}

int e2ee_own_prove(struct e2ee *machine, const char *master, struct err *err)
{
    struct buf text = BUF_INIT(128);
    int rc;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    BUG_IF(!e2ee_ed25519_text_good(master));
    if (strcmp(machine->own.master, master) != 0 && e2ee_signing_drop(machine, err) < 0)
        return -1;
    memcpy(machine->own.master, master, E2EE_KEY_TEXT);
    buf_addf(&text, "{\"master\":\"%s\"}", master);
    rc = machine->store->value_put(machine->store->self, VALUE, buf_span(&text), err);
    buf_release(&text);
    /* What was pinned on first use may be another one: the list is asked for again, and held against this. */
    return rc == 0 ? e2ee_devices_refresh(machine, machine->user_id, err) : -1;
}

const char *e2ee_own_master(const struct e2ee *machine)
{
    return machine->own.master;
}

bool e2ee_own_is(const struct e2ee *machine, const char *user_id, const char *master, bool *proven)
{
    bool own = strcmp(user_id, machine->user_id) == 0 && machine->own.master[0] != '\0';

    *proven = own && strcmp(machine->own.master, master) == 0;
    return !own || *proven;
}

/* ---- after an answer */

static enum e2ee_standing standing(struct e2ee *machine, const struct e2ee_identity *identity, bool known,
                                   const struct e2ee_devices *devices)
{
    if (known && identity->changed)
        return E2EE_STANDING_CHANGED;
    if (!known)
        return E2EE_STANDING_ALONE;
    for (size_t i = 0; i < devices->count; i++)
        if (!devices->at[i].deleted && strcmp(devices->at[i].device_id, machine->device_id) == 0)
            return e2ee_identity_signed(machine, identity, &devices->at[i]) ? E2EE_STANDING_SIGNED
                                                                            : E2EE_STANDING_UNSIGNED;
    return E2EE_STANDING_MISSING;
}

static void tell(const struct e2ee *machine)
{
    static const struct {
        const char *event, *what;
    } lines[] = {
        [E2EE_STANDING_ALONE] = {"e2ee-own-device-unsigned",
                                 "the account has no cross-signing identity: spotter bootstrap makes one"},
        [E2EE_STANDING_UNSIGNED] = {"e2ee-own-device-unsigned",
                                    "the account's identity has not signed this device: spotter verify does"},
        [E2EE_STANDING_MISSING] = {"e2ee-own-device-missing",
                                   "the homeserver doesn't show this device: others can't send to it"},
        [E2EE_STANDING_CHANGED] = {"e2ee-own-identity-changed",
                                   "the homeserver shows another identity of this account than the one that was "
                                   "pinned: unless you have reset it, somebody plays the account's owner"},
    };

    if (machine->own.standing == E2EE_STANDING_SIGNED)
        log_info("e2ee-own-device-signed", LOG_STR("device", machine->device_id));
    else if (machine->own.standing == E2EE_STANDING_CHANGED)
        log_error(lines[machine->own.standing].event, LOG_STR("user", machine->user_id),
                  LOG_STR("what", lines[machine->own.standing].what));
    else
        log_warn(lines[machine->own.standing].event, LOG_STR("device", machine->device_id),
                 LOG_STR("what", lines[machine->own.standing].what));
}

static void look_at_others(struct e2ee *machine, const struct e2ee_identity *identity,
                           const struct e2ee_devices *devices)
{
    for (size_t i = 0; i < devices->count; i++) {
        const struct e2ee_device *device = &devices->at[i];

        if (!device->deleted && strcmp(device->device_id, machine->device_id) != 0 &&
            !e2ee_identity_signed(machine, identity, device))
            log_warn("e2ee-own-other-device-unsigned", LOG_STR("device", device->device_id));
    }
}

int e2ee_own_check(struct e2ee *machine, struct err *err)
{
    struct e2ee_devices devices = {0};
    struct e2ee_identity identity;
    enum e2ee_standing was = machine->own.standing;
    int known = e2ee_identity_get(machine, machine->user_id, &identity, err);
    int rc = known < 0 ? -1 : e2ee_devices_of(machine, machine->user_id, &devices, err);

    if (rc == 0) {
        machine->own.standing = standing(machine, &identity, known == 1, &devices);
        if (machine->own.standing != was || was == E2EE_STANDING_CHANGED)
            tell(machine);
        if (known == 1)
            look_at_others(machine, &identity, &devices);
    }
    e2ee_devices_release(&devices);
    return rc;
}

enum e2ee_standing e2ee_standing(const struct e2ee *machine)
{
    return machine->own.standing;
}

bool e2ee_is_published(const struct e2ee *machine)
{
    return machine->loaded && machine->account.published;
}
