/*
 * `spotter verify --emoji` or `--qr`: the operator's terminal, beside the running daemon.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/app_control.h"
#include "bot/app_qr.h"
#include "bot/matrix/event.h"
#include "bot/service/control.h"
#include "core/base/mem.h"
#include "core/base/span.h"

enum { CODE_MAX = 512 };
enum { PATIENCE_S = 15 * 60 /* with the daemon; a verification has ten minutes */ };

struct talk {
    const char *user;
    bool by_code, yes;
    FILE *in, *out;
    FILE *daemon; /* to read from */
    int fd;       /* to write to */
    bool said_waiting;
    bool drawn; /* a code was */
};

/* What each line from the daemon leads to: 1 go on, 0 verified, another code of sysexits.h, -1. */

static int on_waits(struct talk *talk, const char *device, struct err *err)
{
    (void)err;
    if (!talk->said_waiting)
        fprintf(talk->out, "Waiting for %s: let them begin the verification in their client.\n", talk->user);
    talk->said_waiting = true;
    if (talk->drawn)
        fprintf(talk->out, "Device %s compares emoji instead.\n", device);
    else if (device[0] != '\0')
        fprintf(talk->out, "Device %s has begun it.\n", device);
    fflush(talk->out);
    return 1;
}

/* The answer goes to the daemon. */
static void ask(struct talk *talk, const char *before, const char *after)
{
    char answer[16];
    bool yes;

    fprintf(talk->out, "%s %s %s [yes/no] ", before, talk->user, after);
    fflush(talk->out);
    if (talk->yes)
        fputs("yes\n", talk->out);
    yes = talk->yes || (fgets(answer, sizeof(answer), talk->in) != NULL &&
                        (strcasecmp(answer, "yes\n") == 0 || strcasecmp(answer, "y\n") == 0));
    dprintf(talk->fd, "%s\n", yes ? "yes" : "no");
    fflush(talk->out);
}

/* The names a line each, as the other side shows them; then the emoji, for who knows them by sight. */
static int on_compare(struct talk *talk, const char *names, struct err *err)
{
    struct span rest = span_of(names), name, sign;
    struct buf signs = BUF_INIT(256);

    (void)err;
    fputc('\n', talk->out);
    while (rest.length != 0) {
        name = span_take(&rest, '|');
        sign = span_take(&rest, '|');
        fprintf(talk->out, "%.*s\n", (int)name.length, name.at);
        buf_adds(&signs, signs.length != 0 ? "  " : "");
        buf_add_span(&signs, sign);
    }
    fprintf(talk->out, "\n%s\n\n", buf_text(&signs));
    buf_release(&signs);
    ask(talk, "Does", "see the same, in this order?");
    return 1;
}

static int on_qr(struct talk *talk, const char *hex, struct err *err)
{
    struct buf bytes = BUF_INIT(CODE_MAX);
    int result;

    for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2)
        buf_addc(&bytes, (char)strtoul((const char[]){hex[0], hex[1], '\0'}, NULL, 16));
    fputc('\n', talk->out);
    result = app_draw_qr(buf_span(&bytes), talk->out, err);
    buf_release(&bytes);
    if (result != 0)
        return -1;
    fprintf(talk->out, "\nLet %s scan this with the client that asks for it.\n", talk->user);
    fflush(talk->out);
    talk->drawn = true;
    return 1;
}

static int on_scanned(struct talk *talk, const char *nothing, struct err *err)
{
    (void)nothing;
    (void)err;
    ask(talk, "It was scanned. Does the client of", "say that it is verified?");
    return 1;
}

static int on_done(struct talk *talk, const char *identity, struct err *err)
{
    (void)err;
    if (identity[0] != '\0')
        fprintf(talk->out, "Verified: %s has the identity ed25519 %s\n", talk->user, identity);
    else
        fprintf(talk->out, "Verified: the device of %s; there is no identity that it vouched for.\n", talk->user);
    return 0;
}

static int on_over(struct talk *talk, const char *reason, struct err *err)
{
    static const struct {
        const char *reason, *text;
        int code;
    } reasons[] = {
        {"m.timeout", "it took longer than ten minutes", EX_TEMPFAIL},
        {"m.user", "it was cancelled", EX_NOPERM},
        {"m.mismatched_sas", "the two sides don't show the same: somebody may sit between", EX_NOPERM},
        {"m.key_mismatch", "the keys, or the code, are not those that were shown: somebody may sit between", EX_NOPERM},
        {"m.mismatched_commitment", "the other side changed its mind: somebody may sit between", EX_NOPERM},
        {"not-allowed", "they are not among those whom the configuration allows", EX_CONFIG},
    };

    for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
        if (strcmp(reason, reasons[i].reason) == 0) {
            err_set(err, ERR_AUTH, "%s is not verified: %s", talk->user, reasons[i].text);
            return reasons[i].code;
        }
    err_set(err, ERR_AUTH, "%s is not verified: %s", talk->user, reason[0] != '\0' ? reason : "the daemon ended it");
    return EX_NOPERM;
}

static int take_line(struct talk *talk, char *line, struct err *err)
{
    static const struct {
        const char *word;
        int (*take)(struct talk *talk, const char *rest, struct err *err);
    } words[] = {{"waits", on_waits},     {"qr", on_qr},     {"scanned", on_scanned},
                 {"compare", on_compare}, {"done", on_done}, {"over", on_over}};
    char *rest = line, *word;

    line[strcspn(line, "\n")] = '\0';
    word = strsep(&rest, " ");
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (strcmp(word, words[i].word) == 0)
            return words[i].take(talk, rest != NULL ? rest : word + strlen(word), err);
    return err_set(err, ERR_INTERNAL, "the daemon is another version");
}

static int converse(struct talk *talk, struct err *err)
{
    char *line = NULL;
    size_t capacity = 0;
    int result = 1;

    dprintf(talk->fd, "%s %s\n", talk->by_code ? "verify-qr" : "verify", talk->user);
    errno = 0;
    while (result == 1 && getline(&line, &capacity, talk->daemon) > 0) {
        result = take_line(talk, line, err);
        errno = 0;
    }
    if (result == 1) {
        result = errno == EAGAIN ? EX_TEMPFAIL : -1;
        err_set(err, ERR_NETWORK, "%s is not verified: %s", talk->user,
                result > 0 ? "nobody asked for it" : "the daemon ended");
    }
    free(line);
    return result;
}

int app_verify_user(const struct settings *settings, const char *user, bool by_code, bool yes, FILE *in, FILE *out,
                    struct err *err)
{
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    struct talk talk = {.user = user, .by_code = by_code, .yes = yes, .in = in, .out = out};
    char *path;
    int result;

    if (settings->matrix == NULL)
        return err_set(err, ERR_CONFIG, "there is no matrix block");
    if (!mx_event_is_user(user))
        return err_set(err, ERR_CONFIG, "--user must be a full Matrix id such as @anna:example.org");
    path = control_path(settings->store_path);
    talk.fd = control_connect(path, err);
    free(path);
    if (talk.fd < 0)
        return -1;
    signal(SIGPIPE, SIG_IGN);
    setsockopt(talk.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    talk.daemon = fdopen(talk.fd, "r");
    BUG_IF(talk.daemon == NULL);
    result = converse(&talk, err);
    fclose(talk.daemon);
    return result;
}
