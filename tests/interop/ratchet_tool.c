/*
 * ratchet.h on a pipe, so that a test in another language can drive it: one command a line, words apart by blanks,
 * objects by slot number, bytes in hex ("-" for none). Answers "ok WORDS…" or "error TEXT". The only state is the
 * slots.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/ratchet.h"
#include "core/base/mem.h"

enum { SLOTS = 16, WORDS = 6, TEXT_MAXIMUM = 1 << 20 };

static const unsigned char PICKLE_KEY[RATCHET_PICKLE_KEY] = "interop-interop-interop-interop!";

struct tool {
    struct ratchet_account *account[SLOTS];
    struct ratchet_session *session[SLOTS];
    struct ratchet_outbound *outbound[SLOTS];
    struct ratchet_inbound *inbound[SLOTS];
};

struct call {
    struct tool *tool;
    char *word[WORDS]; /* the arguments, "" when not given */
    struct buf out;
    struct err err;
};

static size_t slot(struct call *call, int word)
{
    size_t number = strtoul(call->word[word], NULL, 10);

    BUG_IF(number >= SLOTS);
    return number;
}

static struct span unhex(struct call *call, int word)
{
    char *text = call->word[word];
    size_t length = 0;

    if (strcmp(text, "-") == 0)
        return span_of("");
    for (size_t i = 0; text[i] != '\0' && text[i + 1] != '\0'; i += 2) {
        const char pair[] = {text[i], text[i + 1], '\0'};

        text[length++] = (char)strtoul(pair, NULL, 16);
    }
    return (struct span){text, length};
}

static void answer_hex(struct call *call, const struct buf *bytes)
{
    if (bytes->length == 0)
        buf_addc(&call->out, '-');
    crypto_hex(buf_span(bytes), &call->out);
}

static void list_key(void *arg, const char *key_id, const char *curve25519)
{
    buf_addf(arg, " %s %s", key_id, curve25519);
}

/* ---------------------------------------------------------------- accounts */

static int account_new(struct call *call)
{
    char curve25519[44], ed25519[44];
    struct ratchet_account **account = &call->tool->account[slot(call, 0)];

    ratchet_account_free(*account);
    *account = ratchet_account_new();
    ratchet_account_keys(*account, curve25519, ed25519);
    return buf_addf(&call->out, "%s %s", curve25519, ed25519);
}

static int account_sign(struct call *call)
{
    char signature[88];

    ratchet_account_sign(call->tool->account[slot(call, 0)], unhex(call, 1), signature);
    return buf_adds(&call->out, signature);
}

/* SLOT one-time|fallback COUNT: makes them, answers ids and keys, marks them as published. */
static int account_make(struct call *call)
{
    struct ratchet_account *account = call->tool->account[slot(call, 0)];
    bool fallback = strcmp(call->word[1], "fallback") == 0;

    if (fallback)
        ratchet_account_make_fallback(account);
    else
        ratchet_account_make_keys(account, strtoul(call->word[2], NULL, 10));
    ratchet_account_unpublished(account, fallback, list_key, &call->out);
    ratchet_account_mark_published(account);
    return 0;
}

static int account_used(struct call *call)
{
    ratchet_account_used(call->tool->account[slot(call, 0)], call->tool->session[slot(call, 1)]);
    return 0;
}

static int verify(struct call *call)
{
    return buf_adds(&call->out, crypto_ed25519_verify(call->word[0], unhex(call, 1), call->word[2]) ? "good" : "bad");
}

/* ---------------------------------------------------------------- Olm */

/* SESSION ACCOUNT IDENTITY ONE-TIME */
static int session_outbound(struct call *call)
{
    struct ratchet_session **session = &call->tool->session[slot(call, 0)];

    ratchet_session_free(*session);
    *session = ratchet_session_outbound(call->tool->account[slot(call, 1)], call->word[2], call->word[3], &call->err);
    return *session != NULL ? 0 : -1;
}

/* SESSION ACCOUNT IDENTITY MESSAGE */
static int session_inbound(struct call *call)
{
    struct ratchet_session **session = &call->tool->session[slot(call, 0)];

    ratchet_session_free(*session);
    *session =
        ratchet_session_inbound(call->tool->account[slot(call, 1)], call->word[2], span_of(call->word[3]), &call->err);
    return *session != NULL ? 0 : -1;
}

static int session_id(struct call *call)
{
    char id[44];

    ratchet_session_id(call->tool->session[slot(call, 0)], id);
    return buf_adds(&call->out, id);
}

static int session_encrypt(struct call *call)
{
    struct buf message = BUF_INIT(TEXT_MAXIMUM);
    int type;

    if (ratchet_session_encrypt(call->tool->session[slot(call, 0)], unhex(call, 1), &type, &message) != 0)
        return err_set(&call->err, ERR_LIMIT, "too long");
    buf_addf(&call->out, "%d %s", type, buf_text(&message));
    buf_release(&message);
    return 0;
}

/* SESSION TYPE MESSAGE */
static int session_decrypt(struct call *call)
{
    struct buf plain = BUF_INIT(TEXT_MAXIMUM);
    int result = ratchet_session_decrypt(call->tool->session[slot(call, 0)], atoi(call->word[1]),
                                         span_of(call->word[2]), &plain, &call->err);

    if (result == 0)
        answer_hex(call, &plain);
    buf_release(&plain);
    return result;
}

/* ---------------------------------------------------------------- Megolm */

static int outbound_new(struct call *call)
{
    struct ratchet_outbound **session = &call->tool->outbound[slot(call, 0)];

    ratchet_outbound_free(*session);
    *session = ratchet_outbound_new();
    return 0;
}

static int outbound_key(struct call *call)
{
    struct ratchet_outbound *session = call->tool->outbound[slot(call, 0)];
    char id[44];

    ratchet_outbound_id(session, id);
    buf_addf(&call->out, "%s %u ", id, ratchet_outbound_index(session));
    ratchet_outbound_key(session, &call->out);
    return 0;
}

static int outbound_encrypt(struct call *call)
{
    return ratchet_outbound_encrypt(call->tool->outbound[slot(call, 0)], unhex(call, 1), &call->out);
}

/* SLOT session|exported KEY */
static int inbound_new(struct call *call)
{
    struct ratchet_inbound **session = &call->tool->inbound[slot(call, 0)];
    char id[44];

    ratchet_inbound_free(*session);
    *session = strcmp(call->word[1], "exported") == 0 ? ratchet_inbound_import(call->word[2], &call->err)
                                                      : ratchet_inbound_new(call->word[2], &call->err);
    if (*session == NULL)
        return -1;
    ratchet_inbound_id(*session, id);
    return buf_addf(&call->out, "%s %u", id, ratchet_inbound_first_index(*session));
}

static int inbound_export(struct call *call)
{
    if (ratchet_inbound_export(call->tool->inbound[slot(call, 0)], (uint32_t)strtoul(call->word[1], NULL, 10),
                               &call->out) != 0)
        return err_set(&call->err, ERR_CRYPTO, "not exported");
    return 0;
}

static int inbound_decrypt(struct call *call)
{
    struct buf plain = BUF_INIT(TEXT_MAXIMUM);
    uint32_t index;
    int result =
        ratchet_inbound_decrypt(call->tool->inbound[slot(call, 0)], span_of(call->word[1]), &index, &plain, &call->err);

    if (result == 0) {
        buf_addf(&call->out, "%u ", index);
        answer_hex(call, &plain);
    }
    buf_release(&plain);
    return result;
}

/* ---------------------------------------------------------------- pickles: answers it, and goes on with what it opens
 * to */

#define REPICKLE(kind)                                                                                                 \
    static int kind##_pickle(struct call *call)                                                                        \
    {                                                                                                                  \
        struct ratchet_##kind **object = &call->tool->kind[slot(call, 0)];                                             \
                                                                                                                       \
        ratchet_##kind##_pickle(*object, PICKLE_KEY, &call->out);                                                      \
        ratchet_##kind##_free(*object);                                                                                \
        *object = ratchet_##kind##_unpickle(PICKLE_KEY, buf_span(&call->out), &call->err);                             \
        return *object != NULL ? 0 : -1;                                                                               \
    }
REPICKLE(account)
REPICKLE(session)
REPICKLE(outbound)
REPICKLE(inbound)

static const struct {
    const char *name;
    int (*run)(struct call *call);
} COMMANDS[] = {
    {"account", account_new},
    {"account-sign", account_sign},
    {"account-make", account_make},
    {"account-used", account_used},
    {"account-pickle", account_pickle},
    {"verify", verify},
    {"session-outbound", session_outbound},
    {"session-inbound", session_inbound},
    {"session-id", session_id},
    {"session-encrypt", session_encrypt},
    {"session-decrypt", session_decrypt},
    {"session-pickle", session_pickle},
    {"outbound", outbound_new},
    {"outbound-key", outbound_key},
    {"outbound-encrypt", outbound_encrypt},
    {"outbound-pickle", outbound_pickle},
    {"inbound", inbound_new},
    {"inbound-export", inbound_export},
    {"inbound-decrypt", inbound_decrypt},
    {"inbound-pickle", inbound_pickle},
};

static void run_line(struct tool *tool, char *line)
{
    struct call call = {.tool = tool, .out = BUF_INIT(2 * TEXT_MAXIMUM + 100)};
    char *rest = line, *name = strsep(&rest, " \n");
    int result = err_set(&call.err, ERR_INPUT, "no such command");

    for (int i = 0; i < WORDS; i++) {
        call.word[i] = rest != NULL ? strsep(&rest, " \n") : NULL;
        if (call.word[i] == NULL)
            call.word[i] = (char[]){""};
    }
    for (size_t i = 0; i < ARRAY_LENGTH(COMMANDS); i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            result = COMMANDS[i].run(&call);
    printf("%s %s\n", result == 0 ? "ok" : "error", result == 0 ? buf_text(&call.out) : call.err.text);
    fflush(stdout);
    buf_release(&call.out);
}

int main(void)
{
    struct tool tool = {0};
    char *line = NULL;
    size_t capacity = 0;

    while (getline(&line, &capacity, stdin) > 0)
        run_line(&tool, line);
    for (size_t i = 0; i < SLOTS; i++) {
        ratchet_account_free(tool.account[i]);
        ratchet_session_free(tool.session[i]);
        ratchet_outbound_free(tool.outbound[i]);
        ratchet_inbound_free(tool.inbound[i]);
    }
    free(line);
    return 0;
}
