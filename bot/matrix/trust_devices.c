/*
 * Devices that were Spotter's own and whose store is lost: nobody reads with them any more, and what others send to
 * them is in vain. And interactive authentication, which their removal needs.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/matrix/session.h"
#include "bot/matrix/trust_steps.h"
#include "core/base/mem.h"

/* ---------------------------------------------------------------- interactive authentication */

/* Whether the server takes a flow of the one stage STAGE. */
static bool offers(const struct json *answer, const char *stage)
{
    const struct json *flows = json_get(answer, "flows");

    for (size_t i = 0; i < json_count(flows); i++) {
        const struct json *stages = json_get(json_at(flows, i), "stages");
        const char *first = json_text(json_at(stages, 0));

        if (json_count(stages) == 1 && first != NULL && strcmp(first, stage) == 0)
            return true;
    }
    return false;
}

static enum mx_taken cannot(const struct mx_answer *answer, const char *what, struct err *err)
{
    const char *url = json_get_text(json_path(answer->json, "params", "m.oauth", NULL), "url");

    if (offers(answer->json, "m.oauth") && url != NULL)
        err_set(err, ERR_AUTH, "for %s open %.120s in a browser, allow it, and run this again", what, url);
    else
        err_set(err, ERR_AUTH,
                "the homeserver wants more than this session for %s: give a password_file, or do it in another client",
                what);
    return MX_FAILED;
}

enum mx_taken mx_trust_authenticate(struct mx_trust *trust, const struct mx_answer *answer, const char *what,
                                    struct err *err)
{
    const char *session = json_get_text(answer->json, "session");

    if (trust->ui_sent) {
        err_set(err, ERR_AUTH, "the homeserver refuses the password for %s; check password_file", what);
        return MX_FAILED;
    }
    if (trust->matrix->options.password == NULL || session == NULL || strlen(session) > MX_ID_MAX ||
        !offers(answer->json, "m.login.password"))
        return cannot(answer, what, err);
    free(trust->ui_session);
    trust->ui_session = mem_strdup(session);
    trust->ui_sent = true;
    return MX_AGAIN;
}

void mx_trust_authenticated(struct mx_trust *trust)
{
    free(trust->ui_session);
    trust->ui_session = NULL;
    trust->ui_sent = false;
}

void mx_trust_write_auth(const struct mx_trust *trust, struct buf *body)
{
    struct json_writer writer;

    if (trust->ui_session != NULL) {
        buf_adds(body, ",\"auth\":");
        json_write_init(&writer, body);
        json_write_begin(&writer, '{');
        json_write_key(&writer, "type");
        json_write_text(&writer, "m.login.password");
        json_write_key(&writer, "session");
        json_write_text(&writer, trust->ui_session);
        json_write_key(&writer, "identifier");
        json_write_begin(&writer, '{');
        json_write_key(&writer, "type");
        json_write_text(&writer, "m.id.user");
        json_write_key(&writer, "user");
        json_write_text(&writer, trust->matrix->user_id);
        json_write_end(&writer);
        json_write_key(&writer, "password");
        json_write_text(&writer, trust->matrix->options.password);
        json_write_end(&writer);
    }
    buf_addc(body, '}');
}

/* ---------------------------------------------------------------- old devices */

bool mx_trust_ask_devices(struct mx_trust *trust, struct mx_asking *asking)
{
    (void)trust;
    asking->method = "GET";
    mx_path(&asking->path, "/_matrix/client/v3/devices");
    return true;
}

static void add_word(struct buf *words, const char *word)
{
    buf_addf(words, "%s%s", words->length != 0 ? " " : "", word);
}

enum mx_taken mx_trust_take_devices(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    const struct json *devices = json_get(answer->json, "devices");

    if (answer->status != 200)
        return mx_trust_refused(answer, "the homeserver does not list the account's devices", err);
    for (size_t i = 0; i < json_count(devices); i++) {
        const char *id = json_get_text(json_at(devices, i), "device_id");

        if (!mx_session_is_our_device(id) || strcmp(id, trust->matrix->device_id) == 0)
            continue;
        buf_addf(&trust->old_devices, "%s\"%s\"", trust->old_devices.length != 0 ? "," : "", id);
        add_word(&trust->left, id);
    }
    return MX_TAKEN;
}

bool mx_trust_remove_devices(struct mx_trust *trust, struct mx_asking *asking)
{
    if (trust->old_devices.length == 0)
        return false;
    asking->method = "POST";
    mx_path(&asking->path, "/_matrix/client/v3/delete_devices");
    buf_addf(&asking->body, "{\"devices\":[%s]", buf_text(&trust->old_devices));
    mx_trust_write_auth(trust, &asking->body);
    return true;
}

/* This device is signed by now: what can't be removed is told, and no failure. */
enum mx_taken mx_trust_removed(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    if (answer->status == 401 && mx_trust_authenticate(trust, answer, "removing old devices", err) == MX_AGAIN)
        return MX_AGAIN;
    mx_trust_authenticated(trust);
    if (answer->status == 200) {
        add_word(&trust->removed, buf_text(&trust->left));
        buf_clear(&trust->left);
    } else {
        log_warn("old-devices-left", LOG_STR("devices", buf_text(&trust->left)), LOG_STR("reason", answer->err->text));
    }
    return MX_TAKEN;
}
