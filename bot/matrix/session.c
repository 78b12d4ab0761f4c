/*
 * The session as the store keeps it.
 */
#include "bot/matrix/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/json/writer.h"
#include "bot/matrix/grant.h"
#include "core/base/mem.h"

enum { SEALED_MAX = MX_TOKEN_MAX + 64 };

/* What is sealed: under which name it is kept, and the context that it is sealed in. */
struct place {
    const char *name, *context;
};
static const struct place access_token = {"access_token", "matrix access token"};
static const struct place refresh_tokens[] = {[MX_REFRESH_API] = {"refresh_token", "matrix refresh token"},
                                              [MX_REFRESH_OAUTH] = {"oauth_refresh_token", "oauth refresh token"}};

/* ---------------------------------------------------------------- sealed values */

/* TOKEN NULL: there is none any more. */
static int put(const struct matrix_store *store, const unsigned char *key, const struct place *place, const char *token,
               struct err *err)
{
    struct buf sealed = BUF_INIT(SEALED_MAX);
    int result = token != NULL ? crypto_seal(key, place->context, span_of(token), &sealed) : 0;

    if (result != 0)
        err_set(err, ERR_CRYPTO, "the %s can't be sealed", place->context);
    else
        result = store->value_put(store->self, place->name, buf_span(&sealed), err);
    buf_release(&sealed);
    return result;
}

/* 1, 0 there is none, -1. */
static int take(const struct matrix_store *store, const unsigned char *key, const struct place *place,
                struct buf *token, struct err *err)
{
    struct buf sealed = BUF_INIT(SEALED_MAX);
    int found = store->value_get(store->self, place->name, &sealed, err);

    if (found == 1 && sealed.length == 0)
        found = 0;
    if (found == 1 && crypto_open(key, place->context, buf_span(&sealed), token, err) != 0) {
        err_set(err, ERR_CRYPTO, "the pickle key does not open this store: another key, or another store");
        found = -1;
    }
    buf_release(&sealed);
    return found;
}

/* ---------------------------------------------------------------- the tokens */

bool mx_session_read(const struct json *answer, enum mx_refresh kind, struct mx_tokens *tokens)
{
    *tokens = (struct mx_tokens){.access = json_get_text(answer, "access_token"),
                                 .refresh = json_get_text(answer, "refresh_token"),
                                 .kind = kind};
    return tokens->access != NULL && mx_grant_is_printable(tokens->access, MX_TOKEN_MAX) &&
           (tokens->refresh == NULL || mx_grant_is_printable(tokens->refresh, MX_TOKEN_MAX));
}

static int put_tokens(struct matrix *matrix, const struct mx_tokens *tokens, struct err *err)
{
    if (tokens->access == NULL)
        return 0;
    for (size_t kind = MX_REFRESH_API; kind < ARRAY_LENGTH(refresh_tokens); kind++)
        if (put(matrix->store, matrix->pickle_key, &refresh_tokens[kind], kind == tokens->kind ? tokens->refresh : NULL,
                err) != 0)
            return -1;
    return put(matrix->store, matrix->pickle_key, &access_token, tokens->access, err);
}

int mx_session_put(struct matrix *matrix, const struct mx_tokens *tokens, struct err *err)
{
    if (mx_begin(matrix, err) != 0)
        return -1;
    if (mx_value_put(matrix, "user_id", matrix->user_id, err) != 0 ||
        mx_value_put(matrix, "device_id", matrix->device_id, err) != 0 || put_tokens(matrix, tokens, err) != 0) {
        mx_rollback(matrix);
        return -1;
    }
    return mx_commit(matrix, err);
}

int mx_session_take(struct matrix *matrix, struct err *err)
{
    struct buf token = BUF_INIT(MX_TOKEN_MAX);
    int found = take(matrix->store, matrix->pickle_key, &access_token, &token, err);

    if (found == 1)
        mx_api_set_token(matrix->api, buf_text(&token));
    crypto_release(&token);
    return found;
}

int mx_session_refresh(struct matrix *matrix, struct buf *token, enum mx_refresh *kind, struct err *err)
{
    int found = 0;

    *kind = MX_REFRESH_NONE;
    for (size_t i = MX_REFRESH_API; found == 0 && i < ARRAY_LENGTH(refresh_tokens); i++) {
        found = take(matrix->store, matrix->pickle_key, &refresh_tokens[i], token, err);
        if (found == 1)
            *kind = (enum mx_refresh)i;
    }
    return found < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- another pickle key */

int matrix_key_fits(const struct matrix_store *store, const unsigned char key[32], struct err *err)
{
    struct buf token = BUF_INIT(MX_TOKEN_MAX);
    int found = take(store, key, &access_token, &token, err);

    crypto_release(&token);
    return found;
}

static int rekey(const struct matrix_store *store, const unsigned char *from, const unsigned char *to,
                 const struct place *place, struct err *err)
{
    struct buf token = BUF_INIT(MX_TOKEN_MAX);
    int result = take(store, from, place, &token, err);

    if (result == 1)
        result = put(store, to, place, buf_text(&token), err);
    crypto_release(&token);
    return result;
}

int matrix_rekey(const struct matrix_store *store, const unsigned char from[32], const unsigned char to[32],
                 struct err *err)
{
    for (size_t kind = MX_REFRESH_API; kind < ARRAY_LENGTH(refresh_tokens); kind++)
        if (rekey(store, from, to, &refresh_tokens[kind], err) != 0)
            return -1;
    return rekey(store, from, to, &access_token, err);
}

/* ---------------------------------------------------------------- the device */

int mx_session_stamp(struct matrix *matrix, struct err *err)
{
    char number[24];
    char *text;
    int found = mx_value(matrix, "login_ms", &text, err);

    if (found < 0)
        return -1;
    if (found == 1) {
        matrix->login_ms = strtoll(text, NULL, 10);
        free(text);
        return 0;
    }
    matrix->login_ms = loop_now_ms();
    snprintf(number, sizeof(number), "%lld", (long long)matrix->login_ms);
    return mx_value_keep(matrix, "login_ms", number, err);
}

void mx_session_ask_keys(const struct matrix *matrix, struct buf *body)
{
    struct json_writer writer;

    json_write_init(&writer, body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "device_keys");
    json_write_begin(&writer, '{');
    json_write_key(&writer, matrix->user_id);
    json_write_begin(&writer, '[');
    json_write_end(&writer);
    json_write_end(&writer);
    json_write_end(&writer);
}

#define DEVICE_PREFIX "SPOTTER"
enum { DEVICE_RANDOM = 10 };
static const char device_letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

bool mx_session_is_our_device(const char *device_id)
{
    size_t prefix = sizeof(DEVICE_PREFIX) - 1;

    return device_id != NULL && strncmp(device_id, DEVICE_PREFIX, prefix) == 0 &&
           strlen(device_id) == prefix + DEVICE_RANDOM && strspn(device_id + prefix, device_letters) == DEVICE_RANDOM;
}

int mx_session_choose_device(struct matrix *matrix, struct err *err)
{
    static const struct mx_tokens none = {0};
    unsigned char random[DEVICE_RANDOM];
    char name[sizeof(DEVICE_PREFIX) + sizeof(random)] = DEVICE_PREFIX;

    if (matrix->device_id != NULL)
        return 0;
    if (crypto_random(random, sizeof(random)) != 0)
        return err_set(err, ERR_INTERNAL, "the kernel gives no random numbers");
    for (size_t i = 0; i < sizeof(random); i++)
        name[sizeof(DEVICE_PREFIX) - 1 + i] = device_letters[random[i] % 32];
    name[sizeof(name) - 1] = '\0';
    matrix->device_id = mem_strdup(name);
    if (mx_session_put(matrix, &none, err) == 0)
        return 0;
    free(matrix->device_id);
    matrix->device_id = NULL;
    return -1;
}
