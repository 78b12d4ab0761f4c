/*
 * The table of keys.
 */
#include "bot/settings/keys.h"

#include "core/base/mem.h"

#define PATH "a file's path"
#define PATTERNS "user ids or patterns like { \"@*:example.org\" }"

/* clang-format off: a table, a row a key */
static const struct key_row rows[] = {
    {{"store", "path", PATH, "spotter.db", "the database; its folder must exist"}, KEY_TEXT, check_path},
    {{"store", "pickle_key_file", PATH, "",
      "32 bytes that seal the keys in the database; made beside it when left out"},
     KEY_TEXT,
     check_path},
    {{"store", "pickle_keyring", "a key's description", "",
      "a key of type user in the kernel's keyring, in place of that file"},
     KEY_TEXT,
     check_filled},
    {{"default", "timezone", "an IANA time zone like Europe/Berlin", "UTC", "of lifters who said nothing else"},
     KEY_TEXT,
     check_timezone},
    {{"default", "language", "en", "en", "of replies"}, KEY_TEXT, check_language},
    {{"default", "units", "kg or lb", "kg", "of bare numbers"}, KEY_TEXT, check_units},
    {{"default", "effort_policy", PATH, "", "rows that take the place of the compiled-in effort policy's"},
     KEY_TEXT,
     check_path},
    {{"log", "level", "error, warn, info or debug", "info", "what goes to standard error"}, KEY_TEXT, check_log_level},
    {{"matrix", "homeserver", "a URL like https://matrix.example.org", "",
      "found by .well-known of the user when left out"},
     KEY_TEXT,
     check_url},
    {{"matrix", "user", "a Matrix user id like @spotter:example.org", "", "the account"}, KEY_TEXT, check_user},
    {{"matrix", "password_file", PATH, "",
      "its password; used once, at the first login; or spotter login, without one"},
     KEY_TEXT,
     check_path},
    {{"matrix", "access_token_file", PATH, "", "an access token in place of a password"}, KEY_TEXT, check_path},
    {{"matrix", "device_id", "the device's id", "", "the device of that access token"}, KEY_TEXT, check_filled},
    {{"matrix", "as_token_file", PATH, "", "an application service's token, which is whoever of its users is named"},
     KEY_TEXT,
     check_path},
    {{"matrix", "recovery_key_file", PATH, "", "the account's recovery key: signs the device at the start"},
     KEY_TEXT,
     check_path},
    {{"matrix", "allow", PATTERNS, "", "who may invite and talk; nobody when left out"}, KEY_LIST, check_user_pattern},
    {{"matrix", "ca_file", PATH, "", "a private CA's certificates"}, KEY_TEXT, check_path},
    {{"matrix", "admin_room", "a room id like !abc:example.org", "", "where the operator is told of trouble"},
     KEY_TEXT,
     check_room},
    {{"matrix", "ghosts", PATTERNS, "", "bridged users, who are guests"}, KEY_LIST, check_user_pattern},
    {{"matrix", "bridged", "room ids like { \"!abc:example.org\" }", "",
      "rooms that a bridge joins to channels where the bot is, too: what ghosts say there is heard on their own side"},
     KEY_LIST,
     check_room},
    {{"matrix", "share_keys", "signed, strict or all", "signed", "which devices get room keys"},
     KEY_TEXT,
     check_share_keys},
    {{"irc", "server", "a host name", "", "of the network"}, KEY_TEXT, check_filled},
    {{"irc", "port", "a port from 1 to 65535", "6697", "of the server"}, KEY_NUMBER, NULL},
    {{"irc", "tls", "true or false", "true", "false excludes SASL"}, KEY_BOOL, NULL},
    {{"irc", "nick", "a nickname", "spotter", "of the bot"}, KEY_TEXT, check_nick},
    {{"irc", "account", "an account's name", "", "for SASL"}, KEY_TEXT, check_filled},
    {{"irc", "password_file", PATH, "", "for SASL"}, KEY_TEXT, check_path},
    {{"irc", "ca_file", PATH, "", "a private CA's certificates"}, KEY_TEXT, check_path},
    {{"irc", "fingerprint", "a SHA-256 fingerprint", "", "of the server's certificate"}, KEY_TEXT, check_fingerprint},
    {{"irc", "certificate_file", PATH, "", "for SASL EXTERNAL"}, KEY_TEXT, check_path},
    {{"irc", "key_file", PATH, "", "of that certificate"}, KEY_TEXT, check_path},
    {{"irc", "mechanisms", "EXTERNAL, SCRAM-SHA-256 or PLAIN", "", "of SASL that may be used; any when left out"},
     KEY_LIST,
     check_mechanism},
    {{"irc", "channels", "names like { \"#gym\" }", "", "to join"}, KEY_LIST, check_channel},
    {{"irc", "channel_keys_file", PATH, "", "a line like \"#gym key\" for each channel that wants one"},
     KEY_TEXT,
     check_path},
    {{"irc", "answers", "notice or privmsg", "notice", "how it answers in channels"}, KEY_TEXT, check_answers},
    {{"irc", "bridged", "names like { \"#gym\" }", "", "channels that a bridge joins to rooms where the bot is, too"},
     KEY_LIST,
     check_channel},
    {{"irc", "ghosts", "masks like { \"*!*@bridge.example.org\" }", "", "for whom the bridge speaks there"},
     KEY_LIST,
     check_mask},
};
/* clang-format on */

const struct key_row *key_row_at(size_t index)
{
    return index < ARRAY_LENGTH(rows) ? &rows[index] : NULL;
}

const struct settings_key *settings_key_at(size_t index)
{
    const struct key_row *row = key_row_at(index);

    return row != NULL ? &row->key : NULL;
}
