/*
 * What one verification says, whatever its method.
 */
#include "bot/e2ee/verify_out.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

enum { CODE_MAX = 255 };

void verify_out_init(struct verify_out *out, const char *binding)
{
    *out = (struct verify_out){.binding = mem_strdup(binding)};
}

void verify_out_release(struct verify_out *out)
{
    for (size_t i = 0; i < out->messages.count; i++)
        free(out->messages.at[i].content);
    vec_release(&out->messages);
    free(out->binding);
    free(out->reason);
}

void verify_out_say(struct verify_out *out, const char *type, struct buf *members)
{
    struct buf content = BUF_INIT(VERIFY_CONTENT_MAX);

    buf_add(&content, members->data, members->length - 1);
    if (members->length > 2)
        buf_addc(&content, ',');
    buf_addf(&content, "%s}", out->binding);
    BUG_IF(content.overflowed);
    *vec_add(&out->messages) = (struct verify_message){type, buf_steal(&content)};
    buf_release(members);
}

bool verify_out_next(struct verify_out *out, const char **type, char **content)
{
    if (out->messages.count == 0)
        return false;
    *type = out->messages.at[0].type;
    *content = out->messages.at[0].content;
    vec_remove(&out->messages, 0);
    return true;
}

static const struct {
    const char *code, *reason;
} codes[VERIFY_CODES] = {
    [VERIFY_USER] = {"m.user", "It was cancelled"},
    [VERIFY_TIMEOUT] = {"m.timeout", "It took too long"},
    [VERIFY_UNKNOWN_METHOD] = {"m.unknown_method", "There is no method in common"},
    [VERIFY_UNEXPECTED] = {"m.unexpected_message", "A message that was not expected"},
    [VERIFY_KEY_MISMATCH] = {"m.key_mismatch", "The keys are not those that were expected"},
    [VERIFY_USER_MISMATCH] = {"m.user_mismatch", "Another user or device than expected"},
    [VERIFY_INVALID] = {"m.invalid_message", "A message that is malformed"},
    [VERIFY_MISMATCHED_COMMITMENT] = {"m.mismatched_commitment", "The key is not the one that was committed to"},
    [VERIFY_MISMATCHED_SAS] = {"m.mismatched_sas", "The two sides do not show the same"},
};

void verify_write_cancel(enum verify_code code, const char *binding, struct buf *out)
{
    buf_addf(out, "{\"code\":\"%s\",\"reason\":\"%s\",%s}", codes[code].code, codes[code].reason, binding);
}

void verify_out_cancel(struct verify_out *out, enum verify_code code)
{
    struct buf content = BUF_INIT(VERIFY_CONTENT_MAX);

    out->reason = mem_strdup(codes[code].code);
    verify_write_cancel(code, out->binding, &content);
    *vec_add(&out->messages) = (struct verify_message){"cancel", buf_steal(&content)};
}

/* Their code is shown on terminals: a name it must be. */
void verify_out_cancelled(struct verify_out *out, const struct json *content)
{
    const char *code = json_get_text(content, "code");
    bool good = code != NULL && strlen(code) <= CODE_MAX &&
                strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(code);

    out->reason = mem_strdup(good ? code : "");
}

const char *verify_out_reason(const struct verify_out *out)
{
    return out->reason != NULL ? out->reason : "";
}

bool verify_says(const struct json *content, const char *key, const char *wanted)
{
    const char *text = json_get_text(content, key);

    return text != NULL && strcmp(text, wanted) == 0;
}

bool verify_has(const struct json *texts, const char *wanted)
{
    for (size_t i = 0; i < json_count(texts); i++) {
        const char *text = json_text(json_at(texts, i));

        if (text != NULL && strcmp(text, wanted) == 0)
            return true;
    }
    return false;
}
