/*
 * Logging in.
 */
#include "bot/irc/sasl.h"

#include "bot/crypto/crypto.h"
#include "bot/irc/fold.h"
#include "core/base/mem.h"

/* A step answers CHALLENGE with MESSAGE; -1 gives up. */
typedef int step_fn(struct irc_sasl *sasl, struct span challenge, struct buf *message, struct err *err);

static int external_step(struct irc_sasl *sasl, struct span challenge, struct buf *message, struct err *err)
{
    (void)sasl, (void)challenge, (void)message;
    return sasl->step == 0 ? 0 : err_set(err, ERR_AUTH, "the server asks more than EXTERNAL answers");
}

static int plain_step(struct irc_sasl *sasl, struct span challenge, struct buf *message, struct err *err)
{
    (void)challenge;
    if (sasl->step != 0)
        return err_set(err, ERR_AUTH, "the server asks more than PLAIN answers");
    buf_adds(message, sasl->account); /* as whom (RFC 4616): some servers want it said, none mind it */
    buf_addc(message, '\0');
    buf_adds(message, sasl->account);
    buf_addc(message, '\0');
    buf_adds(message, sasl->password);
    return 0;
}

static int scram_step(struct irc_sasl *sasl, struct span challenge, struct buf *message, struct err *err)
{
    switch (sasl->step) {
    case 0:
        buf_adds(message, "n,,"); /* no channel binding; no part of what is signed */
        buf_add_span(message, buf_span(&sasl->scram.first));
        return 0;
    case 1:
        return irc_scram_final(&sasl->scram, sasl->password, challenge, message, err);
    case 2:
        return irc_scram_check(&sasl->scram, challenge, err);
    default:
        return err_set(err, ERR_AUTH, "the server asks more than SCRAM answers");
    }
}

static const struct {
    const char *name;
    bool certificate; /* it needs one; the others need account and password */
    step_fn *step;
} mechanisms[IRC_SASL_MECHANISMS] = {
    [IRC_SASL_EXTERNAL] = {"EXTERNAL", true, external_step},
    [IRC_SASL_SCRAM] = {"SCRAM-SHA-256", false, scram_step},
    [IRC_SASL_PLAIN] = {"PLAIN", false, plain_step},
};

static unsigned allowed(const char *const *names)
{
    unsigned bits = 0;

    for (size_t n = 0; names != NULL && names[n] != NULL; n++) {
        for (unsigned i = 0; i < IRC_SASL_MECHANISMS; i++) {
            if (irc_same(IRC_CASE_ASCII, span_of(names[n]), span_of(mechanisms[i].name)))
                bits |= 1U << i;
        }
    }
    return bits != 0 ? bits : ~0U;
}

void irc_sasl_init(struct irc_sasl *sasl, const char *account, const char *password, bool certificate,
                   const char *const *names)
{
    *sasl = (struct irc_sasl){.account = account,
                              .password = password,
                              .certificate = certificate,
                              .allowed = allowed(names),
                              .challenge = BUF_INIT(IRC_SASL_MESSAGE_MAX),
                              .scram.first = BUF_INIT(IRC_SASL_MESSAGE_MAX)};
}

void irc_sasl_release(struct irc_sasl *sasl)
{
    buf_release(&sasl->challenge);
    irc_scram_release(&sasl->scram);
}

static bool can(const struct irc_sasl *sasl, enum irc_mechanism mechanism)
{
    if ((sasl->allowed & 1U << mechanism) == 0)
        return false;
    return mechanisms[mechanism].certificate ? sasl->certificate : sasl->account != NULL && sasl->password != NULL;
}

bool irc_sasl_wanted(const struct irc_sasl *sasl)
{
    return can(sasl, IRC_SASL_EXTERNAL) || can(sasl, IRC_SASL_SCRAM) || can(sasl, IRC_SASL_PLAIN);
}

/* Whether NAME is an element of the list. */
static bool is_offered(const char *offered, const char *name)
{
    struct span rest = span_of(offered);
    bool found = rest.length == 0;

    while (!found && rest.length != 0)
        found = irc_same(IRC_CASE_ASCII, span_take(&rest, ','), span_of(name));
    return found;
}

bool irc_sasl_begin(struct irc_sasl *sasl, const char *offered, const char *nonce, struct buf *out)
{
    for (unsigned i = 0; i < IRC_SASL_MECHANISMS; i++) {
        if ((sasl->tried & 1U << i) != 0 || !can(sasl, (enum irc_mechanism)i) ||
            !is_offered(offered, mechanisms[i].name))
            continue;
        sasl->tried |= 1U << i;
        sasl->mechanism = (enum irc_mechanism)i;
        sasl->step = 0;
        buf_clear(&sasl->challenge);
        if (i == IRC_SASL_SCRAM)
            irc_scram_first(&sasl->scram, sasl->account, nonce);
        irc_out_line(out, "AUTHENTICATE", IRC_PARAMS(mechanisms[i].name));
        return true;
    }
    return false;
}

void irc_sasl_restart(struct irc_sasl *sasl)
{
    sasl->tried = 0;
}

/* In chunks of 400; a last one of exactly that is followed by "+", and nothing at all is "+" (IRCv3/sasl-3.1). */
static void send_message(struct span message, struct buf *out)
{
    struct buf text = BUF_INIT(IRC_SASL_MESSAGE_MAX * 2), line = BUF_INIT(IRC_SASL_CHUNK);
    size_t at = 0;

    crypto_base64_padded(message, &text);
    for (;;) {
        size_t length = text.length - at < IRC_SASL_CHUNK ? text.length - at : IRC_SASL_CHUNK;

        buf_clear(&line);
        buf_add(&line, buf_text(&text) + at, length);
        irc_out_line(out, "AUTHENTICATE", IRC_PARAMS(length != 0 ? buf_text(&line) : "+"));
        at += length;
        if (length < IRC_SASL_CHUNK)
            break;
    }
    crypto_release(&text);
    crypto_release(&line);
}

static int answer(struct irc_sasl *sasl, struct buf *out, struct err *err)
{
    struct buf challenge = BUF_INIT(IRC_SASL_MESSAGE_MAX), message = BUF_INIT(IRC_SASL_MESSAGE_MAX);
    int result = 0;

    if (crypto_unbase64(buf_span(&sasl->challenge), &challenge) != 0)
        result = err_set(err, ERR_AUTH, "the server's challenge is no base64");
    else
        result = mechanisms[sasl->mechanism].step(sasl, buf_span(&challenge), &message, err);
    if (result == 0) {
        sasl->step++;
        send_message(buf_span(&message), out);
    }
    crypto_release(&message);
    buf_release(&challenge);
    buf_clear(&sasl->challenge);
    return result;
}

int irc_sasl_challenge(struct irc_sasl *sasl, struct span param, struct buf *out, struct err *err)
{
    int result = 0;

    if (!span_is(param, "+"))
        buf_add_span(&sasl->challenge, param);
    if (sasl->challenge.overflowed || param.length > IRC_SASL_CHUNK)
        result = err_set(err, ERR_AUTH, "the server's challenge is too long");
    else if (param.length < IRC_SASL_CHUNK)
        result = answer(sasl, out, err);
    if (result != 0)
        irc_out_line(out, "AUTHENTICATE", IRC_PARAMS("*"));
    return result;
}

bool irc_sasl_may_succeed(const struct irc_sasl *sasl)
{
    return sasl->mechanism != IRC_SASL_SCRAM || sasl->scram.proven;
}

const char *irc_sasl_mechanism(const struct irc_sasl *sasl)
{
    return mechanisms[sasl->mechanism].name;
}
