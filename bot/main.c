/*
 * The command line: one row for each subcommand. Says what went wrong in one line, and ends with a code of sysexits.h.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "bot/app.h"
#include "bot/app_backup.h"
#include "bot/app_console.h"
#include "bot/app_control.h"
#include "bot/app_doctor.h"
#include "bot/app_export.h"
#include "bot/app_import_file.h"
#include "bot/app_key.h"
#include "bot/app_login.h"
#include "bot/app_rebuild.h"
#include "bot/app_restore.h"
#include "bot/app_trust.h"
#include "bot/console/parse.h"
#include "bot/evaluate.h"
#include "bot/help.h"
#include "bot/log/log.h"
#include "bot/rules.h"
#include "bot/service/secret.h"
#include "bot/settings/settings.h"
#include "bot/store/store.h"
#include "core/base/mem.h"

#define TEXT_OF(token) #token
#define VERSION_TEXT(token) TEXT_OF(token)

struct arguments {
    const char *config; /* NULL: not given, as all of them */
    const char *db;
    const char *recovery_key;
    const char *key;
    const char *user;
    const char *out;
    const char *file;   /* or a rule's id */
    char *const *files; /* file and what stands behind it */
    size_t file_count;
    bool json, coverage, emoji, qr, yes, replace;
    enum help_format format;
};

enum takes {
    TAKES_CONFIG = 1,
    TAKES_DB = 2,
    TAKES_JSON = 4,
    TAKES_FILE = 8,
    NEEDS_CONFIG = 16,
    TAKES_FILES = 32,
    TAKES_ID = 64,
    TAKES_COVERAGE = 128,
    TAKES_FORMAT = 256,
    NEEDS_RECOVERY_KEY = 512,
    TAKES_EMOJI = 1024, /* or a QR code, in place of the recovery key */
    TAKES_KEY = 2048,
    NEEDS_USER = 4096,
    TAKES_OUT = 8192,
    TAKES_REPLACE = 16384
};

struct subcommand {
    const char *name;
    const char *usage;
    const char *about;
    unsigned takes;
    int (*run)(const struct arguments *arguments, struct err *err); /* 0, a code of sysexits.h, or -1: by ERR's class */
};

static int exit_code(const struct err *err)
{
    static const int codes[] = {
        [ERR_NONE] = EX_SOFTWARE,     [ERR_INPUT] = EX_DATAERR,       [ERR_CONFIG] = EX_CONFIG,
        [ERR_AUTH] = EX_NOPERM,       [ERR_NETWORK] = EX_UNAVAILABLE, [ERR_STORE] = EX_IOERR,
        [ERR_CRYPTO] = EX_SOFTWARE,   [ERR_LIMIT] = EX_DATAERR,       [ERR_NOT_FOUND] = EX_NOINPUT,
        [ERR_INTERNAL] = EX_SOFTWARE,
    };

    return codes[err->class];
}

static struct settings *read_settings(const char *file, struct err *err)
{
    struct buf warnings = BUF_INIT(4096);
    struct settings *settings = settings_read(file, &warnings, err);

    fputs(buf_text(&warnings), stderr);
    buf_release(&warnings);
    return settings;
}

/* What a command does with the configuration that it names. */
typedef int command_with(const struct settings *settings, const struct arguments *arguments, struct err *err);

/* Logs at the configured level, but nothing less grave than MOST. */
static int with_settings(const struct arguments *arguments, enum log_level most, command_with *command, struct err *err)
{
    struct settings *settings = read_settings(arguments->config, err);
    int result;

    if (settings == NULL)
        return -1;
    log_open(settings->log_level < most ? settings->log_level : most);
    result = command(settings, arguments, err);
    settings_free(settings);
    return result;
}

static int run_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    (void)arguments;
    return app_run(settings, err);
}

static int run(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_DEBUG, run_with, err);
}

static int login_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    (void)arguments;
    return app_login(settings, stdout, err);
}

static int login(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, login_with, err);
}

static int bootstrap_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    return app_bootstrap(settings, arguments->recovery_key, stdout, err);
}

static int bootstrap(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, bootstrap_with, err);
}

static int verify_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    if (arguments->emoji || arguments->qr)
        return app_verify_user(settings, arguments->user, arguments->qr, arguments->yes, stdin, stdout, err);
    return app_verify(settings, arguments->recovery_key, stdout, err);
}

static int verify(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, verify_with, err);
}

static int rebuild_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    (void)arguments;
    return app_rebuild(settings, stdout, err);
}

static int rebuild(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, rebuild_with, err);
}

static int rekey_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    return app_rekey(settings, arguments->key, stdout, err);
}

static int rekey(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, rekey_with, err);
}

static int import_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    return app_import_file(settings, arguments->user, arguments->file, stdout, err);
}

static int import(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, import_with, err);
}

static int export_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    return app_export(settings, arguments->user, arguments->out, stdout, err);
}

static int export(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, export_with, err);
}

static int backup_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    return app_backup(settings, arguments->file, stdout, err);
}

static int backup(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, backup_with, err);
}

static int restore_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    return app_restore(settings, arguments->config, arguments->file, arguments->replace, stdout, err);
}

static int restore(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_WARN, restore_with, err);
}

static int doctor_with(const struct settings *settings, const struct arguments *arguments, struct err *err)
{
    return app_doctor(settings, arguments->config, stdout, err);
}

static int doctor(const struct arguments *arguments, struct err *err)
{
    return with_settings(arguments, LOG_LEVEL_ERROR, doctor_with, err);
}

static int check_config(const struct arguments *arguments, struct err *err)
{
    struct settings *settings = read_settings(arguments->file, err);

    if (settings == NULL)
        return -1;
    settings_free(settings);
    printf("%s: fine\n", arguments->file);
    return 0;
}

static int console(const struct arguments *arguments, struct err *err)
{
    log_open(LOG_LEVEL_WARN);
    return app_console(arguments->db, err);
}

static int replay(const struct arguments *arguments, struct err *err)
{
    log_open(LOG_LEVEL_WARN);
    return app_replay(arguments->file, arguments->db, arguments->json, err);
}

static int parse(const struct arguments *arguments, struct err *err)
{
    (void)arguments;
    return parse_run(stdin, stdout, err);
}

static int run_evaluate(const struct arguments *arguments, struct err *err)
{
    return evaluate(arguments->files, arguments->file_count, arguments->json, stdout, err);
}

static int rules(const struct arguments *arguments, struct err *err)
{
    return rules_print(arguments->file, arguments->coverage, stdout, err);
}

static int chat_help(const struct arguments *arguments, struct err *err)
{
    (void)err;
    help_print(arguments->format, stdout);
    return 0;
}

#define SIGN_USAGE "--config FILE --recovery-key-file FILE"
enum { SIGN_TAKES = TAKES_CONFIG | NEEDS_CONFIG | NEEDS_RECOVERY_KEY };

static const struct subcommand subcommands[] = {
    {"run", "--config FILE", "the daemon", TAKES_CONFIG | NEEDS_CONFIG, run},
    {"login", "--config FILE", "logs in, once: by password, by token, or in a browser", TAKES_CONFIG | NEEDS_CONFIG,
     login},
    {"bootstrap", SIGN_USAGE, "makes the account's cross-signing identity, and the recovery key's file", SIGN_TAKES,
     bootstrap},
    {"verify", SIGN_USAGE " | --emoji|--qr --user @U:S [--yes]",
     "signs the device with the account's identity; or, beside the daemon, verifies a user by emoji or QR code",
     SIGN_TAKES | TAKES_EMOJI, verify},
    {"rebuild", "--config FILE", "reads the rooms' history again, and books what is missing",
     TAKES_CONFIG | NEEDS_CONFIG, rebuild},
    {"import", "--config FILE --user @U:S FILE", "books a lifter's log from another app (CSV)",
     TAKES_CONFIG | NEEDS_CONFIG | NEEDS_USER | TAKES_FILE, import},
    {"export", "--config FILE --user @U:S [--out FILE]", "a lifter's log as CSV, beside the daemon",
     TAKES_CONFIG | NEEDS_CONFIG | NEEDS_USER | TAKES_OUT, export},
    {"backup", "--config FILE TARGET", "one whole copy of the store, beside the daemon",
     TAKES_CONFIG | NEEDS_CONFIG | TAKES_FILE, backup},
    {"restore", "--config FILE BACKUP [--replace]", "puts a backup in the store's place, as a new device",
     TAKES_CONFIG | NEEDS_CONFIG | TAKES_FILE | TAKES_REPLACE, restore},
    {"doctor", "--config FILE", "a line for all that must be right, with what to do", TAKES_CONFIG | NEEDS_CONFIG,
     doctor},
    {"rekey", "--config FILE [--key-file FILE]", "seals the keys in the store under a new pickle key",
     TAKES_CONFIG | NEEDS_CONFIG | TAKES_KEY, rekey},
    {"console", "[--db FILE]", "the coach in this terminal, no server", TAKES_DB, console},
    {"replay", "FILE [--db FILE] [--json]", "plays a transcript (-: standard input)",
     TAKES_FILE | TAKES_DB | TAKES_JSON, replay},
    {"parse", "", "lines in, what was understood out, as JSON", 0, parse},
    {"evaluate", "[--json] FILE...", "how good forecasts are on exported logs", TAKES_FILES | TAKES_JSON, run_evaluate},
    {"rules", "[ID] [--coverage]", "the rules of effort; where each is kept", TAKES_ID | TAKES_COVERAGE, rules},
    {"help", "[--man|--markdown]", "what can be typed in the chat", TAKES_FORMAT, chat_help},
    {"check-config", "FILE", "says what is wrong with a configuration", TAKES_FILE, check_config},
};

static void help(FILE *out)
{
    enum { WIDTH = 38 };

    fputs("Spotter, the training partner in your chat.\n\n", out);
    for (size_t i = 0; i < ARRAY_LENGTH(subcommands); i++) {
        char line[128];

        snprintf(line, sizeof(line), "%s %s", subcommands[i].name, subcommands[i].usage);
        if (strlen(line) <= WIDTH)
            fprintf(out, "  spotter %-*s %s\n", WIDTH, line, subcommands[i].about);
        else
            fprintf(out, "  spotter %s\n%*s%s\n", line, WIDTH + 11, "", subcommands[i].about);
    }
    fputs("  spotter --version\n  spotter --help\n\nExit codes are those of sysexits.h; man spotter says more.\n", out);
}

static int usage(const struct subcommand *subcommand, const char *wrong)
{
    if (subcommand != NULL)
        fprintf(stderr, "spotter: %s; usage: spotter %s %s\n", wrong, subcommand->name, subcommand->usage);
    else
        fprintf(stderr, "spotter: %s; spotter --help lists the commands\n", wrong);
    return EX_USAGE;
}

/* False when SUBCOMMAND doesn't take OPTION. */
static bool take_option(const struct subcommand *subcommand, int option, struct arguments *arguments)
{
    static const struct {
        int option;
        unsigned takes;
    } options[] = {{'c', TAKES_CONFIG},       {'d', TAKES_DB},     {'j', TAKES_JSON},
                   {'v', TAKES_COVERAGE},     {'m', TAKES_FORMAT}, {'w', TAKES_FORMAT},
                   {'r', NEEDS_RECOVERY_KEY}, {'e', TAKES_EMOJI},  {'u', TAKES_EMOJI | NEEDS_USER},
                   {'y', TAKES_EMOJI},        {'q', TAKES_EMOJI},  {'k', TAKES_KEY},
                   {'o', TAKES_OUT},          {'p', TAKES_REPLACE}};

    for (size_t i = 0; i < ARRAY_LENGTH(options); i++) {
        if (options[i].option != option || (subcommand->takes & options[i].takes) == 0)
            continue;
        arguments->json |= option == 'j';
        arguments->coverage |= option == 'v';
        arguments->emoji |= option == 'e';
        arguments->qr |= option == 'q';
        arguments->yes |= option == 'y';
        arguments->replace |= option == 'p';
        if (option == 'm' || option == 'w')
            arguments->format = option == 'm' ? HELP_MAN : HELP_MARKDOWN;
        if (option == 'c')
            arguments->config = optarg;
        if (option == 'd')
            arguments->db = optarg;
        if (option == 'r')
            arguments->recovery_key = optarg;
        if (option == 'u')
            arguments->user = optarg;
        if (option == 'k')
            arguments->key = optarg;
        if (option == 'o')
            arguments->out = optarg;
        return true;
    }
    return false;
}

/* A recovery key or a user, not both. */
static const char *check_trust(const struct subcommand *subcommand, const struct arguments *arguments)
{
    bool of_user = arguments->emoji || arguments->qr;

    if ((subcommand->takes & NEEDS_RECOVERY_KEY) == 0)
        return NULL;
    if (arguments->emoji && arguments->qr)
        return "--emoji and --qr exclude one another";
    if (!of_user && (arguments->user != NULL || arguments->yes))
        return "--user and --yes belong to --emoji or --qr";
    if (!of_user && arguments->recovery_key == NULL)
        return "--recovery-key-file FILE is missing";
    if (of_user && arguments->recovery_key != NULL)
        return "--emoji and --qr need no recovery key";
    return of_user && arguments->user == NULL ? "--user @USER:SERVER is missing" : NULL;
}

/* What is wrong with the arguments of SUBCOMMAND; NULL when they are fine. */
static const char *parse_arguments(const struct subcommand *subcommand, int argc, char **argv,
                                   struct arguments *arguments)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"db", required_argument, NULL, 'd'},
                                            {"recovery-key-file", required_argument, NULL, 'r'},
                                            {"key-file", required_argument, NULL, 'k'},
                                            {"emoji", no_argument, NULL, 'e'},
                                            {"qr", no_argument, NULL, 'q'},
                                            {"out", required_argument, NULL, 'o'},
                                            {"user", required_argument, NULL, 'u'},
                                            {"yes", no_argument, NULL, 'y'},
                                            {"replace", no_argument, NULL, 'p'},
                                            {"json", no_argument, NULL, 'j'},
                                            {"coverage", no_argument, NULL, 'v'},
                                            {"man", no_argument, NULL, 'm'},
                                            {"markdown", no_argument, NULL, 'w'},
                                            {0}};
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!take_option(subcommand, option, arguments))
            return "an option is not known or lacks its value";
    if ((subcommand->takes & (TAKES_FILE | TAKES_FILES)) != 0 && optind >= argc)
        return "a FILE is missing";
    if ((subcommand->takes & (TAKES_FILE | TAKES_FILES | TAKES_ID)) != 0 && optind < argc) {
        arguments->files = argv + optind;
        arguments->file = argv[optind++];
        if ((subcommand->takes & TAKES_FILES) != 0)
            optind = argc;
        arguments->file_count = (size_t)(argv + optind - arguments->files);
    }
    if (optind < argc)
        return "there is an argument too many";
    if ((subcommand->takes & NEEDS_CONFIG) != 0 && arguments->config == NULL)
        return "--config FILE is missing";
    if ((subcommand->takes & NEEDS_USER) != 0 && arguments->user == NULL)
        return "--user @USER:SERVER is missing";
    return check_trust(subcommand, arguments);
}

static int run_subcommand(const struct subcommand *subcommand, int argc, char **argv)
{
    struct arguments arguments = {0};
    struct err err = {ERR_NONE, ""};
    const char *wrong = parse_arguments(subcommand, argc, argv, &arguments);
    int result;

    if (wrong != NULL)
        return usage(subcommand, wrong);
    if ((subcommand->takes & TAKES_CONFIG) != 0) /* its secrets open an account; others may read /dev/fd/N, too */
        secret_hide();
    result = subcommand->run(&arguments, &err);
    if (result == 0)
        return EX_OK;
    fprintf(stderr, "spotter: %s\n", err.text);
    return result > 0 ? result : exit_code(&err);
}

int main(int argc, char **argv)
{
    store_library();
    if (argc < 2)
        return usage(NULL, "a command is missing");
    if (strcmp(argv[1], "--version") == 0) {
        puts("spotter " VERSION_TEXT(SPOTTER_VERSION));
        return EX_OK;
    }
    if (strcmp(argv[1], "--help") == 0) {
        help(stdout);
        return EX_OK;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(subcommands); i++)
        if (strcmp(subcommands[i].name, argv[1]) == 0)
            return run_subcommand(&subcommands[i], argc - 1, argv + 1);
    return usage(NULL, "no such command");
}
