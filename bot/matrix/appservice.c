/*
 * An application service's user, and the device that it is on.
 */
#include "bot/matrix/appservice.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

enum { BODY_MAX = 4096 };

struct mx_appservice {
    struct matrix *matrix;
    struct mx_call *call;
    void (*ended)(void *arg, const struct mx_answer *answer, const char *why);
    void *arg;
};

struct mx_appservice *mx_appservice_new(struct matrix *matrix,
                                        void (*ended)(void *arg, const struct mx_answer *answer, const char *why),
                                        void *arg)
{
    struct mx_appservice *appservice = mem_zero(1, sizeof(*appservice));

    *appservice = (struct mx_appservice){.matrix = matrix, .ended = ended, .arg = arg};
    return appservice;
}

void mx_appservice_free(struct mx_appservice *appservice)
{
    if (appservice == NULL)
        return;
    mx_api_cancel(appservice->call);
    free(appservice);
}

/* ---------------------------------------------------------------- the device */

static void device_made(void *arg, const struct mx_answer *answer)
{
    struct mx_appservice *appservice = arg;
    struct matrix *matrix = appservice->matrix;

    appservice->call = NULL;
    if (answer->status != 200 && answer->status != 201) {
        appservice->ended(appservice->arg, answer,
                          "the homeserver makes no device for the application service (io.element.msc4190)");
        return;
    }
    log_info("device-made", LOG_STR("user", matrix->user_id), LOG_STR("device", matrix->device_id));
    mx_api_set_identity(matrix->api, matrix->user_id, matrix->device_id);
    appservice->ended(appservice->arg, answer, NULL);
}

static void make_device(struct mx_appservice *appservice)
{
    struct matrix *matrix = appservice->matrix;
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct mx_request request = {
        .method = "PUT",
        .body = span_of("{\"display_name\":\"Spotter\"}"),
        .retry = MX_ONCE,
        .created = true,
        .done = device_made,
        .arg = appservice,
    };

    mx_api_set_identity(matrix->api, matrix->user_id, NULL); /* the device can't make itself */
    mx_path(&path, "/_matrix/client/v3/devices/{}", matrix->device_id);
    request.path = buf_text(&path);
    appservice->call = mx_api_start(matrix->api, &request);
    buf_release(&path);
}

/* ---------------------------------------------------------------- the user */

static void user_made(void *arg, const struct mx_answer *answer)
{
    struct mx_appservice *appservice = arg;

    appservice->call = NULL;
    if (answer->status == 200 || strcmp(answer->errcode, "M_USER_IN_USE") == 0)
        make_device(appservice);
    else
        appservice->ended(appservice->arg, answer,
                          "the homeserver makes no such user for the application service; look at its namespaces");
}

static void write_user(const char *user_id, struct buf *body)
{
    struct span name = span_of(user_id + 1);
    struct json_writer writer;

    json_write_init(&writer, body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "type");
    json_write_text(&writer, "m.login.application_service");
    json_write_key(&writer, "username");
    json_write_span(&writer, span_take(&name, ':'));
    json_write_key(&writer, "inhibit_login");
    json_write_bool(&writer, true);
    json_write_end(&writer);
}

void mx_appservice_make(struct mx_appservice *appservice)
{
    struct matrix *matrix = appservice->matrix;
    struct buf body = BUF_INIT(BODY_MAX);
    struct mx_request request = {
        .method = "POST",
        .path = "/_matrix/client/v3/register",
        .retry = MX_ONCE,
        .done = user_made,
        .arg = appservice,
    };

    mx_api_set_identity(matrix->api, NULL, NULL); /* nor can the user */
    write_user(matrix->user_id, &body);
    request.body = buf_span(&body);
    appservice->call = mx_api_start(matrix->api, &request);
    buf_release(&body);
}
