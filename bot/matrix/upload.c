/*
 * Uploads.
 */
#include "bot/matrix/upload.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/message.h"
#include "core/base/ascii.h"
#include "core/base/mem.h"

enum { DESCRIPTION_MAX = 4096, DEADLINE_MS = 5 * 60 * 1000, IV_RANDOM = 8 /* the rest counts from 0 */ };

struct mx_upload {
    struct mx_call *call;
    bool encrypted;
    unsigned char key[CRYPTO_KEY], iv[CRYPTO_IV], sha256[CRYPTO_SHA256];
    void (*done)(void *arg, const char *where);
    void *arg;
};

static bool is_one_of(char byte, const char *signs)
{
    return ascii_is_alnum(byte) || (byte != '\0' && strchr(signs, byte) != NULL);
}

bool mx_upload_uri_good(const char *uri)
{
    static const char scheme[] = "mxc://";
    size_t server = 0, id = 0;

    if (strncmp(uri, scheme, strlen(scheme)) != 0 || strlen(uri) > MX_ID_MAX)
        return false;
    for (uri += strlen(scheme); is_one_of(*uri, ".-:[]"); uri++)
        server++;
    if (*uri++ != '/')
        return false;
    for (; is_one_of(*uri, "-_"); uri++)
        id++;
    return server != 0 && id != 0 && *uri == '\0';
}

bool mx_upload_fits(const char *where, bool encrypted)
{
    return where[0] != '\0' && (where[0] == '{') == encrypted;
}

static void write_base64(struct json_writer *writer, const char *key, const unsigned char *bytes, size_t length,
                         bool of_urls)
{
    struct buf text = BUF_INIT(64);

    crypto_base64((struct span){(const char *)bytes, length}, &text);
    for (size_t i = 0; of_urls && i < text.length; i++)
        text.data[i] = text.data[i] == '+' ? '-' : text.data[i] == '/' ? '_' : text.data[i];
    json_write_key(writer, key);
    json_write_span(writer, buf_span(&text));
    crypto_release(&text);
}

static void write_pair(struct json_writer *writer, const char *key, const char *value)
{
    json_write_key(writer, key);
    json_write_text(writer, value);
}

/* A JSON Web Key (RFC 7517), as the specification wants it. */
static void write_key(struct json_writer *writer, const unsigned char key[CRYPTO_KEY])
{
    json_write_key(writer, "key");
    json_write_begin(writer, '{');
    write_pair(writer, "kty", "oct");
    json_write_key(writer, "key_ops");
    json_write_begin(writer, '[');
    json_write_text(writer, "encrypt");
    json_write_text(writer, "decrypt");
    json_write_end(writer);
    write_pair(writer, "alg", "A256CTR");
    write_base64(writer, "k", key, CRYPTO_KEY, true);
    json_write_key(writer, "ext");
    json_write_bool(writer, true);
    json_write_end(writer);
}

void mx_upload_describe(const char *uri, const unsigned char key[32], const unsigned char iv[16],
                        const unsigned char sha256[32], struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    write_pair(&writer, "url", uri);
    write_key(&writer, key);
    write_base64(&writer, "iv", iv, CRYPTO_IV, false);
    json_write_key(&writer, "hashes");
    json_write_begin(&writer, '{');
    write_base64(&writer, "sha256", sha256, CRYPTO_SHA256, false);
    json_write_end(&writer);
    write_pair(&writer, "v", "v2");
    json_write_end(&writer);
}

static void put_done(void *arg, const struct mx_answer *answer)
{
    struct mx_upload *upload = arg;
    const char *uri = answer->status == 200 ? json_get_text(answer->json, "content_uri") : NULL;
    struct buf where = BUF_INIT(DESCRIPTION_MAX);
    void (*done)(void *arg, const char *where) = upload->done;
    void *done_arg = upload->arg;
    bool taken = uri != NULL && mx_upload_uri_good(uri);

    upload->call = NULL;
    if (!taken)
        log_warn("upload-refused", LOG_INT("status", answer->status),
                 LOG_STR("reason", answer->err != NULL ? answer->err->text : "no content_uri"));
    else if (upload->encrypted)
        mx_upload_describe(uri, upload->key, upload->iv, upload->sha256, &where);
    else
        buf_adds(&where, uri);
    mx_upload_cancel(upload);
    done(done_arg, taken ? buf_text(&where) : NULL);
    buf_release(&where);
}

struct mx_upload *mx_upload_start(struct matrix *matrix, struct span bytes, bool encrypted,
                                  void (*done)(void *arg, const char *where), void *arg)
{
    struct mx_upload *upload = mem_zero(1, sizeof(*upload));
    unsigned char *sealed = NULL;
    struct mx_request request = {.method = "POST",
                                 .path = "/_matrix/media/v3/upload",
                                 .body = bytes,
                                 .body_type = "application/octet-stream",
                                 .deadline_ms = DEADLINE_MS,
                                 .retry = MX_RETRY,
                                 .done = put_done,
                                 .arg = upload};

    upload->encrypted = encrypted;
    upload->done = done;
    upload->arg = arg;
    if (encrypted) {
        BUG_IF(crypto_random(upload->key, sizeof(upload->key)) != 0 || crypto_random(upload->iv, IV_RANDOM) != 0);
        sealed = mem_alloc(bytes.length + 1);
        crypto_aes_ctr(upload->key, upload->iv, bytes, sealed);
        request.body = (struct span){(const char *)sealed, bytes.length};
        crypto_sha256(request.body, upload->sha256);
    }
    upload->call = mx_api_start(matrix->api, &request);
    free(sealed);
    return upload;
}

void mx_upload_cancel(struct mx_upload *upload)
{
    if (upload == NULL)
        return;
    mx_api_cancel(upload->call);
    crypto_cleanse(upload->key, sizeof(upload->key));
    free(upload);
}
