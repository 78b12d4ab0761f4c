/*
 * The table of keys as the reader sees it: with type and check. Not for other rooms.
 */
#ifndef BOT_SETTINGS_KEYS_H
#define BOT_SETTINGS_KEYS_H

#include "bot/settings/settings.h"

enum key_type { KEY_TEXT, KEY_NUMBER, KEY_BOOL, KEY_LIST };

/* Whether a value is what the row expects. */
typedef bool key_check(const char *value);

struct key_row {
    struct settings_key key;
    enum key_type type;
    key_check *check; /* of a text, or of each element of a list; NULL: any */
};

const struct key_row *key_row_at(size_t index); /* NULL past the end */

key_check check_filled, check_path, check_timezone, check_language, check_units, check_log_level, check_url, check_user,
    check_user_pattern, check_room, check_share_keys, check_nick, check_channel, check_answers, check_mask,
    check_mechanism, check_fingerprint;

/* The position of VALUE among the words of share_keys; -1. */
int share_keys_parse(const char *value);

#endif
