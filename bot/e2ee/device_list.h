/*
 * The devices of a user: what the server says of them is checked, and their keys are pinned for good.
 */
#ifndef BOT_E2EE_DEVICE_LIST_H
#define BOT_E2EE_DEVICE_LIST_H

#include "bot/e2ee/machine.h"

/* DEVICES is the user's object of a /keys/query answer. Only the store fails; a device that is refused is logged. */
int e2ee_device_list_update(struct e2ee *machine, const char *user_id, const struct json *devices, int64_t now_ms,
                            struct err *err);

/* NULL when KEYS is a device of USER_ID with that id that signed itself with good keys, which are filled in, lent by
 * KEYS. Else why not. */
const char *e2ee_device_keys_check(const struct json *keys, const char *user_id, const char *device_id,
                                   const char **curve25519, const char **ed25519);

#endif
