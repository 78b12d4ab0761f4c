/*
 * Uploads.
 */
#include "bot/matrix/upload.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/log/log.h"
#include "bot/matrix/media.h"
#include "bot/message.h"
#include "core/base/mem.h"

enum { DESCRIPTION_MAX = 4096, DEADLINE_MS = 5 * 60 * 1000, IV_RANDOM = 8 /* the rest counts from 0 */ };

struct mx_upload {
    struct mx_call *call;
    struct mx_media media; /* but its address */
    void (*done)(void *arg, const char *where);
    void *arg;
};

bool mx_upload_fits(const char *where, bool encrypted)
{
    return where[0] != '\0' && (where[0] == '{') == encrypted;
}

static void put_done(void *arg, const struct mx_answer *answer)
{
    struct mx_upload *upload = arg;
    const char *uri = answer->status == 200 ? json_get_text(answer->json, "content_uri") : NULL;
    struct buf where = BUF_INIT(DESCRIPTION_MAX);
    void (*done)(void *arg, const char *where) = upload->done;
    void *done_arg = upload->arg;
    struct mx_address address;
    bool taken = uri != NULL && mx_media_address(uri, &address);

    upload->call = NULL;
    if (!taken)
        log_warn("upload-refused", LOG_INT("status", answer->status),
                 LOG_STR("reason", answer->err != NULL ? answer->err->text : "no content_uri"));
    else if (upload->media.encrypted)
        mx_media_describe(uri, &upload->media, &where);
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

    upload->media.encrypted = encrypted;
    upload->done = done;
    upload->arg = arg;
    if (encrypted) {
        BUG_IF(crypto_random(upload->media.key, sizeof(upload->media.key)) != 0 ||
               crypto_random(upload->media.iv, IV_RANDOM) != 0);
        sealed = mem_alloc(bytes.length + 1);
        crypto_aes_ctr(upload->media.key, upload->media.iv, bytes, sealed);
        request.body = (struct span){(const char *)sealed, bytes.length};
        crypto_sha256(request.body, upload->media.sha256);
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
    crypto_cleanse(upload->media.key, sizeof(upload->media.key));
    free(upload);
}
