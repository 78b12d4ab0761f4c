/*
 * The configuration file (libconfuse syntax): one table of keys says what there is, what is expected and what it is
 * for; the reader, the sample, `check-config` and the man page follow it. Secrets stand in files of their own, never in
 * here.
 */
#ifndef BOT_SETTINGS_SETTINGS_H
#define BOT_SETTINGS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "bot/log/log.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/lift/units.h"

enum share_keys { SHARE_KEYS_SIGNED, SHARE_KEYS_STRICT, SHARE_KEYS_ALL };

struct settings_matrix {
    char *homeserver; /* URL; NULL: found by .well-known of `user` */
    char *user;       /* "@spotter:example.org" */
    char *password_file, *access_token_file, *as_token_file, *device_id, *recovery_key_file, *ca_file,
        *admin_room; /* NULL: not set */
    char **allow;    /* patterns, NULL-terminated */
    char **ghosts;   /* patterns, NULL-terminated */
    char **bridged;  /* room ids, NULL-terminated */
    enum share_keys share_keys;
};

struct settings_irc {
    char *name;
    char *server, *nick, *account, *password_file, *ca_file, *fingerprint, *certificate_file, *key_file;
    char *channel_keys_file;
    char **channels;
    char **mechanisms;
    char **ghosts;  /* masks of whom a bridge speaks for, NULL-terminated */
    char **bridged; /* channels, NULL-terminated */
    long port;
    bool tls;
    bool by_privmsg; /* what is answered in channels */
};

struct policy;

struct settings {
    char *store_path;
    char *pickle_key_file; /* NULL: beside the store */
    char *pickle_keyring;  /* the kernel's key in place of that; NULL: none */
    char *timezone;        /* IANA name */
    char *language;
    enum unit units;
    bool units_given;      /* the file says so */
    char *effort_policy;   /* file; NULL: not set */
    struct policy *policy; /* what stands in it; NULL: the one that is compiled in */
    enum log_level log_level;
    struct settings_matrix *matrix; /* NULL: no such block */
    struct settings_irc *irc;
    size_t irc_count;
};

/*
 * Reads and checks FILE in full. NULL with ERR (ERR_CONFIG) that names file, line, key and what is expected. The caller
 * frees it with settings_free(). WARNINGS, if not NULL, gets a line for each thing that is legal but probably not
 * meant.
 */
struct settings *settings_read(const char *file, struct buf *warnings, struct err *err);
/* The same for a text, without the files that it names; FILE names it in messages. */
struct settings *settings_parse(const char *file, const char *text, struct buf *warnings, struct err *err);
void settings_free(struct settings *settings);

/* One key of the table, for the man page and the test that holds the sample against it. NULL past the end. */
struct settings_key {
    const char *section;
    const char *key;
    const char *expected;  /* "a file's path" */
    const char *otherwise; /* the default as written; "" when there is none */
    const char *about;
};
const struct settings_key *settings_key_at(size_t index);

#endif
