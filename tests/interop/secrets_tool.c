/*
 * Secret storage and recovery keys on a pipe, so that a test in another language can drive them: one command a line,
 * words apart by blanks, all in hex ("-" for none). Answers "ok HEX" or "error CLASS TEXT".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/secrets.h"
#include "core/base/mem.h"

enum { WORDS = 3, TEXT_MAXIMUM = 1 << 20 };

struct call {
    struct buf word[WORDS];
    struct buf out;
    struct err err;
};

static void unhex(const char *hex, struct buf *out)
{
    for (size_t i = 0; hex[i] != '\0' && hex[i + 1] != '\0'; i += 2) {
        const char pair[] = {hex[i], hex[i + 1], '\0'};

        buf_addc(out, (char)strtol(pair, NULL, 16));
    }
}

static const unsigned char *key_of(const struct call *call)
{
    BUG_IF(call->word[0].length != CRYPTO_KEY);
    return (const unsigned char *)call->word[0].data;
}

static int describe(struct call *call) /* KEY */
{
    e2ee_secrets_describe(key_of(call), &call->out);
    return 0;
}

static int key(struct call *call) /* DESCRIPTION TEXT */
{
    struct json *description = json_parse(buf_span(&call->word[0]), NULL);
    unsigned char key[CRYPTO_KEY];
    int rc = e2ee_secrets_key(description, buf_span(&call->word[1]), key, &call->err);

    if (rc == 0)
        buf_add(&call->out, key, sizeof(key));
    json_free(description);
    return rc;
}

static int seal(struct call *call) /* KEY NAME SECRET */
{
    e2ee_secrets_seal(key_of(call), buf_text(&call->word[1]), buf_span(&call->word[2]), &call->out);
    return 0;
}

static int open_sealed(struct call *call) /* KEY NAME SEALED */
{
    struct json *sealed = json_parse(buf_span(&call->word[2]), NULL);
    int rc = e2ee_secrets_open(key_of(call), buf_text(&call->word[1]), sealed, &call->out, &call->err);

    json_free(sealed);
    return rc;
}

static int encode(struct call *call) /* KEY */
{
    crypto_recovery_key(key_of(call), &call->out);
    return 0;
}

static int decode(struct call *call) /* TEXT */
{
    unsigned char key[CRYPTO_KEY];

    if (crypto_recovery_key_decode(buf_span(&call->word[0]), key) != 0)
        return err_set(&call->err, ERR_INPUT, "no recovery key");
    buf_add(&call->out, key, sizeof(key));
    return 0;
}

static int pk(struct call *call) /* PUBLIC PLAIN: as the session_data of a backup */
{
    struct buf ciphertext = BUF_INIT(TEXT_MAXIMUM);
    struct crypto_pk head;
    int rc = crypto_pk_encrypt(key_of(call), buf_span(&call->word[1]), &head, &ciphertext);

    if (rc == 0)
        buf_addf(&call->out, "{\"ephemeral\":\"%s\",\"ciphertext\":\"%s\",\"mac\":\"%s\"}", head.ephemeral,
                 buf_text(&ciphertext), head.mac);
    else
        err_set(&call->err, ERR_CRYPTO, "no good key");
    buf_release(&ciphertext);
    return rc;
}

static const struct {
    const char *name;
    int (*run)(struct call *call);
} commands[] = {{"describe", describe}, {"key", key},       {"seal", seal}, {"open", open_sealed},
                {"encode", encode},     {"decode", decode}, {"pk", pk}};

static void run_line(char *line)
{
    struct call call = {.out = BUF_INIT(TEXT_MAXIMUM)};
    struct buf hex = BUF_INIT(2 * TEXT_MAXIMUM);
    char *rest = line, *name = strsep(&rest, " \n");
    int rc = -1;

    for (int i = 0; i < WORDS; i++) {
        char *word = rest != NULL ? strsep(&rest, " \n") : NULL;

        buf_init(&call.word[i], TEXT_MAXIMUM);
        if (word != NULL && strcmp(word, "-") != 0)
            unhex(word, &call.word[i]);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            rc = commands[i].run(&call);
    crypto_hex(buf_span(&call.out), &hex);
    if (rc == 0)
        printf("ok %s\n", hex.length != 0 ? hex.data : "-");
    else
        printf("error %d %s\n", (int)call.err.class, call.err.text);
    fflush(stdout);
    for (int i = 0; i < WORDS; i++)
        buf_release(&call.word[i]);
    buf_release(&call.out);
    buf_release(&hex);
}

int main(void)
{
    char *line = NULL;
    size_t capacity = 0;

    while (getline(&line, &capacity, stdin) > 0)
        run_line(line);
    free(line);
    return 0;
}
