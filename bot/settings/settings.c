/*
 * Reads the configuration through libconfuse, the only file that includes it.
 *
 * libconfuse has no user argument for its error function and forgets the file's name inside sections, so the reading
 * that is under way stands in one static pointer, set for the length of a parse alone.
 */
#include "bot/settings/settings.h"

#include <confuse.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/settings/keys.h"
#include "core/base/mem.h"
#include "core/effort/policy.h"

/* libconfuse takes the end of a file for the end of a block. So this is read last: inside of a block it isn't known. */
#define END_MARK "end_of_file"

enum { FILE_MAXIMUM = 256 * 1024, KEYS_MAXIMUM = 24 };

struct reading {
    const char *file;
    struct err *err;
    bool failed;
};

static struct reading *under_way;

static const char *const section_names[] = {"store", "default", "log", "matrix", "irc"};

static void add_known_keys(cfg_t *cfg, char *text, size_t size)
{
    for (unsigned i = 0; cfg->opts[i].name != NULL && strcmp(cfg->opts[i].name, END_MARK) != 0; i++) {
        size_t length = strlen(text);

        snprintf(text + length, size - length, "%s%s", i == 0 ? "; known here: " : ", ", cfg->opts[i].name);
    }
}

/* The first error is the cause; what follows from it is noise. */
__attribute__((format(printf, 2, 0))) static void on_error(cfg_t *cfg, const char *format, va_list arguments)
{
    char text[200];

    if (under_way == NULL || under_way->failed)
        return;
    under_way->failed = true;
    vsnprintf(text, sizeof(text), format, arguments);
    if (strncmp(text, "no such option '" END_MARK, 16 + sizeof(END_MARK) - 1) == 0)
        snprintf(text, sizeof(text), "the block %s is not closed: expected a } before the end", cfg_name(cfg));
    else if (strncmp(text, "no such option", 14) == 0)
        add_known_keys(cfg, text, sizeof(text));
    for (char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = '?'; /* a value may hold anything; the message stays one line */
    err_set(under_way->err, ERR_CONFIG, "%s:%d: %s", under_way->file, cfg->line, text);
}

static const struct key_row *row_of(const char *section, const char *key)
{
    const struct key_row *row;

    for (size_t i = 0; (row = key_row_at(i)) != NULL; i++)
        if (strcmp(row->key.section, section) == 0 && strcmp(row->key.key, key) == 0)
            return row;
    BUG("a key that is not in the table");
}

/* Called by libconfuse after each value, while the line is known. */
static int on_value(cfg_t *cfg, cfg_opt_t *option)
{
    const struct key_row *row = row_of(cfg_name(cfg), option->name);
    unsigned last = cfg_opt_size(option) - 1;

    if (row->type == KEY_NUMBER) {
        long number = cfg_opt_getnint(option, last);

        if (number >= 1 && number <= 65535)
            return 0;
        cfg_error(cfg, "%s.%s: expected %s, not %ld", row->key.section, row->key.key, row->key.expected, number);
        return -1;
    }
    if (row->check(cfg_opt_getnstr(option, last)))
        return 0;
    cfg_error(cfg, "%s.%s: expected %s, not \"%.60s\"", row->key.section, row->key.key, row->key.expected,
              cfg_opt_getnstr(option, last));
    return -1;
}

static cfg_opt_t option_of(const struct key_row *row)
{
    const char *key = row->key.key;
    cfg_opt_t text = CFG_STR(key, NULL, CFGF_NONE);
    cfg_opt_t number = CFG_INT(key, strtol(row->key.otherwise, NULL, 10), CFGF_NONE);
    cfg_opt_t truth = CFG_BOOL(key, strcmp(row->key.otherwise, "true") == 0 ? cfg_true : cfg_false, CFGF_NONE);
    cfg_opt_t list = CFG_STR_LIST(key, NULL, CFGF_NONE);

    switch (row->type) {
    case KEY_NUMBER:
        return number;
    case KEY_BOOL:
        return truth;
    case KEY_LIST:
        return list;
    case KEY_TEXT:
        break;
    }
    return text;
}

/* Fills OPTIONS with SECTION's keys from the table. */
static void options_of(const char *section, cfg_opt_t options[KEYS_MAXIMUM])
{
    static const cfg_opt_t end = CFG_END();
    const struct key_row *row;
    size_t count = 0;

    for (size_t i = 0; (row = key_row_at(i)) != NULL; i++) {
        if (strcmp(row->key.section, section) != 0)
            continue;
        BUG_IF(count + 1 >= KEYS_MAXIMUM);
        options[count++] = option_of(row);
    }
    options[count] = end;
}

static void set_checks(cfg_t *cfg)
{
    const struct key_row *row;

    for (size_t i = 0; (row = key_row_at(i)) != NULL; i++) {
        char path[64];

        if (row->check == NULL && row->type != KEY_NUMBER)
            continue;
        snprintf(path, sizeof(path), "%s|%s", row->key.section, row->key.key);
        cfg_set_validate_func(cfg, path, on_value);
    }
}

static cfg_t *grammar(void)
{
    cfg_opt_t keys[ARRAY_LENGTH(section_names)][KEYS_MAXIMUM];
    cfg_opt_t sections[ARRAY_LENGTH(section_names) + 2];
    cfg_opt_t mark = CFG_INT(END_MARK, 0, CFGF_NONE), end = CFG_END();
    cfg_t *cfg;

    for (size_t i = 0; i < ARRAY_LENGTH(section_names); i++) {
        bool titled = strcmp(section_names[i], "irc") == 0;
        cfg_opt_t section =
            CFG_SEC(section_names[i], keys[i], titled ? CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES : CFGF_NODEFAULT);

        options_of(section_names[i], keys[i]);
        sections[i] = section;
    }
    sections[ARRAY_LENGTH(section_names)] = mark;
    sections[ARRAY_LENGTH(section_names) + 1] = end;
    cfg = cfg_init(sections, CFGF_NONE);
    BUG_IF(cfg == NULL);
    cfg_set_error_function(cfg, on_error);
    set_checks(cfg);
    return cfg;
}

/* The value as a new string: the written one, the default, or NULL. */
static char *text_of(cfg_t *section, const char *name, const char *key)
{
    const struct key_row *row = row_of(name, key);
    const char *value = section != NULL ? cfg_getstr(section, key) : NULL;

    if (value == NULL && row->key.otherwise[0] != '\0')
        value = row->key.otherwise;
    return mem_strdup(value);
}

static char **list_of(cfg_t *section, const char *key)
{
    unsigned count = cfg_size(section, key);
    char **list = mem_zero(count + 1, sizeof(*list));

    for (unsigned i = 0; i < count; i++)
        list[i] = mem_strdup(cfg_getnstr(section, key, i));
    return list;
}

static void list_free(char **list)
{
    for (size_t i = 0; list != NULL && list[i] != NULL; i++)
        free(list[i]);
    free(list);
}

static struct settings_matrix *take_matrix(cfg_t *section)
{
    struct settings_matrix *matrix = mem_zero(1, sizeof(*matrix));
    char *share = text_of(section, "matrix", "share_keys");

    matrix->homeserver = text_of(section, "matrix", "homeserver");
    matrix->user = text_of(section, "matrix", "user");
    matrix->password_file = text_of(section, "matrix", "password_file");
    matrix->access_token_file = text_of(section, "matrix", "access_token_file");
    matrix->as_token_file = text_of(section, "matrix", "as_token_file");
    matrix->device_id = text_of(section, "matrix", "device_id");
    matrix->recovery_key_file = text_of(section, "matrix", "recovery_key_file");
    matrix->ca_file = text_of(section, "matrix", "ca_file");
    matrix->admin_room = text_of(section, "matrix", "admin_room");
    matrix->allow = list_of(section, "allow");
    matrix->ghosts = list_of(section, "ghosts");
    matrix->bridged = list_of(section, "bridged");
    matrix->share_keys = (enum share_keys)share_keys_parse(share);
    free(share);
    return matrix;
}

static void take_irc(cfg_t *section, struct settings_irc *irc)
{
    char *answers = text_of(section, "irc", "answers");

    irc->name = mem_strdup(cfg_title(section));
    irc->server = text_of(section, "irc", "server");
    irc->nick = text_of(section, "irc", "nick");
    irc->account = text_of(section, "irc", "account");
    irc->password_file = text_of(section, "irc", "password_file");
    irc->ca_file = text_of(section, "irc", "ca_file");
    irc->fingerprint = text_of(section, "irc", "fingerprint");
    irc->certificate_file = text_of(section, "irc", "certificate_file");
    irc->key_file = text_of(section, "irc", "key_file");
    irc->channel_keys_file = text_of(section, "irc", "channel_keys_file");
    irc->channels = list_of(section, "channels");
    irc->mechanisms = list_of(section, "mechanisms");
    irc->ghosts = list_of(section, "ghosts");
    irc->bridged = list_of(section, "bridged");
    irc->port = cfg_getint(section, "port");
    irc->tls = cfg_getbool(section, "tls");
    irc->by_privmsg = strcmp(answers, "privmsg") == 0;
    free(answers);
}

/* The section NAME, or NULL when the file has none. */
static cfg_t *section_of(cfg_t *cfg, const char *name)
{
    return cfg_size(cfg, name) > 0 ? cfg_getsec(cfg, name) : NULL;
}

static struct settings *take(cfg_t *cfg)
{
    struct settings *settings = mem_zero(1, sizeof(*settings));
    cfg_t *store = section_of(cfg, "store"), *otherwise = section_of(cfg, "default");
    cfg_t *matrix = section_of(cfg, "matrix");
    char *units = text_of(otherwise, "default", "units");
    char *level = text_of(section_of(cfg, "log"), "log", "level");

    settings->store_path = text_of(store, "store", "path");
    settings->pickle_key_file = text_of(store, "store", "pickle_key_file");
    settings->pickle_keyring = text_of(store, "store", "pickle_keyring");
    settings->timezone = text_of(otherwise, "default", "timezone");
    settings->language = text_of(otherwise, "default", "language");
    settings->effort_policy = text_of(otherwise, "default", "effort_policy");
    settings->units = strcmp(units, "lb") == 0 ? UNIT_LB : UNIT_KG;
    settings->units_given = otherwise != NULL && cfg_getstr(otherwise, "units") != NULL;
    log_level_parse(level, &settings->log_level);
    if (matrix != NULL)
        settings->matrix = take_matrix(matrix);
    settings->irc_count = cfg_size(cfg, "irc");
    settings->irc = mem_zero(settings->irc_count, sizeof(*settings->irc));
    for (size_t i = 0; i < settings->irc_count; i++)
        take_irc(cfg_getnsec(cfg, "irc", (unsigned)i), &settings->irc[i]);
    free(units);
    free(level);
    return settings;
}

/* What one key alone can't show. Returns what is wrong, or NULL. */
static const char *matrix_fault(const struct settings_matrix *matrix)
{
    if (matrix->user == NULL)
        return "matrix.user: expected a Matrix user id like @spotter:example.org, but it is left out";
    if (matrix->access_token_file != NULL && matrix->device_id == NULL)
        return "matrix.device_id: expected the device's id beside access_token_file, but it is left out";
    if (matrix->as_token_file != NULL && (matrix->access_token_file != NULL || matrix->password_file != NULL))
        return "matrix.as_token_file: expected neither a password_file nor an access_token_file beside it";
    if (matrix->device_id != NULL && matrix->access_token_file == NULL && matrix->as_token_file == NULL)
        return "matrix.access_token_file: expected a file's path beside device_id, but it is left out";
    if (matrix->access_token_file != NULL && matrix->password_file != NULL)
        return "matrix.access_token_file: expected either a password_file or an access_token_file, not both";
    return NULL;
}

static const char *irc_fault(const struct settings_irc *irc)
{
    if (irc->name[strspn(irc->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")] != '\0' ||
        irc->name[0] == '\0')
        return "irc: expected a name of letters and digits, like irc \"libera\"";
    if (irc->server == NULL)
        return "irc.server: expected a host name, but it is left out";
    if (!irc->tls && irc->password_file != NULL)
        return "irc.password_file: expected tls = true beside it, since a password is never sent in the clear";
    if (!irc->tls && irc->certificate_file != NULL)
        return "irc.certificate_file: expected tls = true beside it, since TLS is what it is for";
    if (irc->password_file != NULL && irc->account == NULL)
        return "irc.account: expected an account's name beside password_file, but it is left out";
    if (irc->account != NULL && irc->password_file == NULL && irc->certificate_file == NULL)
        return "irc.password_file: expected a file's path beside account, but it is left out";
    if (irc->key_file != NULL && irc->certificate_file == NULL)
        return "irc.certificate_file: expected a file's path beside key_file, but it is left out";
    return NULL;
}

static int check_whole(const struct settings *settings, cfg_t *cfg, const char *file, struct err *err)
{
    const char *fault = settings->matrix != NULL ? matrix_fault(settings->matrix) : NULL;
    int line = settings->matrix != NULL ? cfg_getsec(cfg, "matrix")->line : 1;

    if (fault == NULL && settings->pickle_keyring != NULL && settings->pickle_key_file != NULL) {
        fault = "store.pickle_keyring: expected either it or a pickle_key_file, not both";
        line = cfg_getsec(cfg, "store")->line;
    }
    for (size_t i = 0; fault == NULL && i < settings->irc_count; i++) {
        fault = irc_fault(&settings->irc[i]);
        line = cfg_getnsec(cfg, "irc", (unsigned)i)->line;
    }
    if (fault == NULL && settings->matrix == NULL && settings->irc_count == 0) {
        fault = "expected a matrix or an irc block, but there is none";
        line = 1;
    }
    return fault != NULL ? err_set(err, ERR_CONFIG, "%s:%d: %s", file, line, fault) : 0;
}

static void warn(const struct settings *settings, const char *file, struct buf *warnings)
{
    if (warnings == NULL || settings->matrix == NULL)
        return;
    if (settings->matrix->allow[0] == NULL)
        buf_addf(warnings, "%s: matrix.allow is left out: nobody may invite or talk to Spotter\n", file);
    if (settings->matrix->share_keys == SHARE_KEYS_ALL)
        buf_addf(warnings, "%s: matrix.share_keys is all: room keys go to devices that nobody vouches for\n", file);
}

/* The text of FILE, whole. */
static int read_text(const char *file, struct buf *text, struct err *err)
{
    FILE *stream = fopen(file, "re");
    char chunk[4096];
    int result = 0;
    size_t got;

    if (stream == NULL)
        return err_set(err, ERR_CONFIG, "%s: cannot be read: %s", file, strerror(errno));
    while ((got = fread(chunk, 1, sizeof(chunk), stream)) > 0 && !text->overflowed)
        buf_add(text, chunk, got);
    if (ferror(stream) != 0)
        result = err_set(err, ERR_CONFIG, "%s: cannot be read: %s", file, strerror(errno));
    else if (text->overflowed)
        result = err_set(err, ERR_CONFIG, "%s: is larger than %d bytes", file, FILE_MAXIMUM);
    else if (memchr(buf_text(text), '\0', text->length) != NULL)
        result = err_set(err, ERR_CONFIG, "%s: is not a text file", file);
    fclose(stream);
    return result;
}

static int take_policy(struct settings *settings, struct err *err)
{
    struct buf text = BUF_INIT(FILE_MAXIMUM);
    int result = 0;

    if (settings->effort_policy == NULL)
        return 0;
    settings->policy = mem_zero(1, sizeof(*settings->policy));
    if (read_text(settings->effort_policy, &text, err) < 0 ||
        policy_parse(settings->effort_policy, buf_span(&text), settings->policy, err) < 0)
        result = -1;
    buf_release(&text);
    return result;
}

struct settings *settings_parse(const char *file, const char *text, struct buf *warnings, struct err *err)
{
    struct reading reading = {file, err, false};
    struct settings *settings = NULL;
    struct buf marked = BUF_INIT(FILE_MAXIMUM + sizeof(END_MARK) + 8);
    cfg_t *cfg = grammar();
    int result;

    buf_addf(&marked, "%s\n" END_MARK " = 1\n", text);
    under_way = &reading;
    result = cfg_parse_buf(cfg, buf_text(&marked));
    under_way = NULL;
    buf_release(&marked);
    if (result == CFG_SUCCESS && !reading.failed) {
        settings = take(cfg);
        if (check_whole(settings, cfg, file, err) < 0) {
            settings_free(settings);
            settings = NULL;
        } else {
            warn(settings, file, warnings);
        }
    } else if (!reading.failed) {
        err_set(err, ERR_CONFIG, "%s:%d: the configuration is malformed here", file, cfg->line);
    }
    cfg_free(cfg);
    return settings;
}

struct settings *settings_read(const char *file, struct buf *warnings, struct err *err)
{
    struct buf text = BUF_INIT(FILE_MAXIMUM);
    struct settings *settings = NULL;

    if (read_text(file, &text, err) == 0)
        settings = settings_parse(file, buf_text(&text), warnings, err);
    if (settings != NULL && take_policy(settings, err) < 0) {
        settings_free(settings);
        settings = NULL;
    }
    buf_release(&text);
    return settings;
}

static void matrix_settings_free(struct settings_matrix *matrix)
{
    if (matrix == NULL)
        return;
    free(matrix->homeserver);
    free(matrix->user);
    free(matrix->password_file);
    free(matrix->access_token_file);
    free(matrix->as_token_file);
    free(matrix->device_id);
    free(matrix->recovery_key_file);
    free(matrix->ca_file);
    free(matrix->admin_room);
    list_free(matrix->allow);
    list_free(matrix->ghosts);
    list_free(matrix->bridged);
    free(matrix);
}

static void irc_settings_release(struct settings_irc *irc)
{
    free(irc->name);
    free(irc->server);
    free(irc->nick);
    free(irc->account);
    free(irc->password_file);
    free(irc->ca_file);
    free(irc->fingerprint);
    free(irc->certificate_file);
    free(irc->key_file);
    free(irc->channel_keys_file);
    list_free(irc->channels);
    list_free(irc->mechanisms);
    list_free(irc->ghosts);
    list_free(irc->bridged);
}

void settings_free(struct settings *settings)
{
    if (settings == NULL)
        return;
    free(settings->store_path);
    free(settings->pickle_key_file);
    free(settings->pickle_keyring);
    free(settings->timezone);
    free(settings->language);
    free(settings->effort_policy);
    free(settings->policy);
    matrix_settings_free(settings->matrix);
    for (size_t i = 0; i < settings->irc_count; i++)
        irc_settings_release(&settings->irc[i]);
    free(settings->irc);
    free(settings);
}
