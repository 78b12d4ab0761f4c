/*
 * `spotter bootstrap` and `spotter verify`: the account's cross-signing identity is made, or restored, and signs the
 * device that `spotter run` goes on with.
 */
#ifndef BOT_APP_TRUST_H
#define BOT_APP_TRUST_H

#include <stdio.h>

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* Both end by themselves, and say on OUT what was done. RECOVERY_KEY_FILE: written by bootstrap, read by verify. 0, -1
 * with ERR, or a code of sysexits.h with ERR. */
int app_bootstrap(const struct settings *settings, const char *recovery_key_file, FILE *out, struct err *err);
int app_verify(const struct settings *settings, const char *recovery_key_file, FILE *out, struct err *err);

#endif
