/*
 * Verifications between the server and the encryption machine.
 */
#include "bot/matrix/verify.h"

#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/verify.h"
#include "bot/log/log.h"
#include "bot/matrix/allow.h"
#include "bot/matrix/send.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

#define REQUEST "m.key.verification.request"

enum { AGAIN_MS = 1000 };

struct matrix_watch {
    struct mx_verify *verify; /* NULL: the transport has ended */
    char *user;
    bool by_code;
    uint64_t id; /* of the verification; 0: none yet */
    enum matrix_verification_stage told_stage;
    bool told_any, told_device;
    void (*told)(void *arg, const struct matrix_verification *verification);
    void *arg;
};

struct mx_verify {
    struct matrix *matrix;
    VEC(struct matrix_watch *) watches;
    struct loop_timer *timer;   /* something of the machine's is due */
    struct loop_timer *telling; /* watches are to be looked at */
};

/* ---------------------------------------------------------------- messages in */

/* Without the prefix; NULL: it is no part of a verification. */
static const char *name_of(const char *type)
{
    size_t length = strlen(E2EE_VERIFICATION);

    return type != NULL && strncmp(type, E2EE_VERIFICATION, length) == 0 ? type + length : NULL;
}

static bool is_request(const char *type, const struct json *content)
{
    const char *kind = json_get_text(content, "msgtype");

    return strcmp(type, "m.room.message") == 0 && kind != NULL && strcmp(kind, REQUEST) == 0;
}

bool mx_verify_concerns(const char *type, const struct json *content)
{
    return name_of(type) != NULL || is_request(type, content);
}

/* Our own account's other devices may ask too. */
static bool may_ask(const struct matrix *matrix, const char *user)
{
    return mx_allowed(matrix->options.allow, user) || strcmp(user, matrix->user_id) == 0;
}

/* Whether somebody waits to show USER a code. */
static bool can_show(const struct mx_verify *verify, const char *user)
{
    for (size_t i = 0; i < verify->watches.count; i++)
        if (verify->watches.at[i]->by_code && strcmp(verify->watches.at[i]->user, user) == 0)
            return true;
    return false;
}

static int receive(struct matrix *matrix, struct e2ee_verify_message *message, int64_t now_ms, struct err *err)
{
    message->can_show = can_show(matrix->verify, message->sender);
    return e2ee_verify_receive(matrix->e2ee, message, now_ms, err);
}

int mx_verify_to_device(struct matrix *matrix, const struct json *events, int64_t now_ms, struct err *err)
{
    for (size_t i = 0; i < json_count(events); i++) {
        const struct json *event = json_at(events, i);
        struct e2ee_verify_message message = {
            .sender = json_get_text(event, "sender"),
            .type = name_of(json_get_text(event, "type")),
            .content = json_get(event, "content"),
            .sent_ms = now_ms,
        };

        if (message.type == NULL || json_check_event(event, MX_EVENT_MAX, NULL) != 0 ||
            !mx_event_is_user(message.sender) || !json_is_object(message.content))
            continue;
        if (!may_ask(matrix, message.sender))
            log_info("verification-not-allowed", LOG_STR("user", message.sender));
        else if (receive(matrix, &message, now_ms, err) < 0)
            return -1;
    }
    return 0;
}

int mx_verify_event(struct matrix *matrix, const char *room_id, const struct mx_event *event, const char *type,
                    const struct json *content, int64_t now_ms, struct err *err)
{
    const struct json *relates = json_get(event->content, "m.relates_to");
    const char *name = is_request(type, content) ? NULL : name_of(type);
    struct e2ee_verify_message message = {
        .room_id = room_id,
        .sender = event->sender,
        .id = event->id,
        .type = name != NULL ? name : "request",
        .content = content,
        .sent_ms = event->sent_ms,
    };

    if (relates == NULL)
        relates = json_get(content, "m.relates_to");
    message.relates = json_get_text(relates, "event_id");
    if (name != NULL && strcmp(name, "request") == 0)
        return 0; /* in a room a request is a message: an event of that type is none */
    return receive(matrix, &message, now_ms, err);
}

/* ---------------------------------------------------------------- messages out */

int mx_verify_collect(struct matrix *matrix, struct err *err)
{
    const struct matrix_store *store = matrix->store;
    struct e2ee_said said;
    int rc = 0;

    while (rc >= 0 && matrix->e2ee != NULL && e2ee_verify_next(matrix->e2ee, &said)) {
        rc = store->outbox_event(store->self, said.room_id, said.type, said.content, loop_now_ms(), err) < 0 ? -1 : 1;
        free(said.room_id);
        free(said.type);
        free(said.content);
    }
    return rc;
}

/* Carries out what STEP does with the machine in a transaction of its own. */
static int transact(struct mx_verify *verify, int (*step)(struct matrix *matrix, void *arg, struct err *err), void *arg)
{
    struct matrix *matrix = verify->matrix;
    struct err err = {0};

    if (matrix->failed || matrix->e2ee == NULL)
        return -1;
    if (mx_begin(matrix, &err) != 0)
        goto failed;
    if (step(matrix, arg, &err) < 0 || mx_send_collect(matrix->send, &err) != 0) {
        mx_rollback(matrix);
        goto failed;
    }
    if (mx_commit(matrix, &err) != 0)
        goto failed;
    mx_go_on(matrix);
    return 0;

failed:
    log_error("store", LOG_STR("reason", err.text));
    return -1;
}

static int go_on(struct matrix *matrix, void *arg, struct err *err)
{
    (void)arg;
    return e2ee_verify_go_on(matrix->e2ee, loop_now_ms(), err);
}

static void is_due(void *arg)
{
    struct mx_verify *verify = arg;

    if (transact(verify, go_on, NULL) != 0)
        loop_timer_set(verify->timer, AGAIN_MS);
}

/* ---------------------------------------------------------------- watches */

static void tell_watches(void *arg)
{
    struct mx_verify *verify = arg;

    mx_verify_run(verify);
}

struct mx_verify *mx_verify_new(struct matrix *matrix)
{
    struct mx_verify *verify = mem_zero(1, sizeof(*verify));

    verify->matrix = matrix;
    verify->timer = loop_timer_new(matrix->options.loop, is_due, verify);
    verify->telling = loop_timer_new(matrix->options.loop, tell_watches, verify);
    return verify;
}

void mx_verify_free(struct mx_verify *verify)
{
    if (verify == NULL)
        return;
    while (verify->watches.count != 0) {
        const struct matrix_verification over = {
            .stage = MATRIX_VERIFICATION_OVER, .device = "", .identity = "", .reason = ""};
        struct matrix_watch *watch = verify->watches.at[--verify->watches.count];

        watch->verify = NULL;
        watch->told(watch->arg, &over);
    }
    vec_release(&verify->watches);
    loop_timer_free(verify->timer);
    loop_timer_free(verify->telling);
    free(verify);
}

bool mx_verify_is_watched(const struct mx_verify *verify, const char *user)
{
    for (size_t i = 0; i < verify->watches.count; i++)
        if (strcmp(verify->watches.at[i]->user, user) == 0)
            return true;
    return false;
}

/* A code is for those alone who wait to show one. */
static void show(const struct matrix_watch *watch, const struct e2ee_verify_view *view,
                 struct matrix_verification *shown)
{
    shown->device = view->device_id;
    shown->identity = view->master;
    shown->reason = view->reason;
    if (view->stage == E2EE_VERIFY_OVER) {
        shown->stage = MATRIX_VERIFICATION_OVER;
    } else if (view->stage == E2EE_VERIFY_DONE && !e2ee_signing_waits(watch->verify->matrix->e2ee)) {
        shown->stage = MATRIX_VERIFICATION_DONE; /* what follows from it has reached the server too */
    } else if (view->stage == E2EE_VERIFY_CODE && watch->by_code) {
        shown->stage = MATRIX_VERIFICATION_CODE;
        shown->code = view->code;
    } else if (view->stage == E2EE_VERIFY_SCANNED && watch->by_code) {
        shown->stage = MATRIX_VERIFICATION_SCANNED;
    } else if (view->stage == E2EE_VERIFY_COMPARE) {
        shown->stage = MATRIX_VERIFICATION_COMPARE;
        for (int i = 0; i < MATRIX_EMOJI; i++) {
            shown->emoji[i] = sas_emoji_name(view->emoji[i]);
            shown->sign[i] = sas_emoji_sign(view->emoji[i]);
        }
    }
}

/* What WATCH's verification has come to; one that was begun is kept to. */
static void look(struct matrix_watch *watch, struct matrix_verification *shown)
{
    const struct matrix *matrix = watch->verify->matrix;
    struct e2ee_verify_view view;
    bool found;

    *shown = (struct matrix_verification){.device = "", .identity = "", .reason = ""};
    if (!may_ask(matrix, watch->user)) {
        shown->stage = MATRIX_VERIFICATION_OVER;
        shown->reason = "not-allowed";
    }
    if (matrix->e2ee == NULL || shown->stage == MATRIX_VERIFICATION_OVER)
        return;
    found = watch->id != 0 ? e2ee_verify_by_id(matrix->e2ee, watch->id, &view)
                           : e2ee_verify_of_user(matrix->e2ee, watch->user, &view);
    if (found) {
        show(watch, &view, shown);
        if (shown->stage != MATRIX_VERIFICATION_WAITS)
            watch->id = view.id;
    } else if (watch->id != 0) {
        shown->stage = MATRIX_VERIFICATION_OVER; /* the machine was read again */
        shown->reason = "m.user";
    }
}

/* True when WATCH was told something: it may be gone now. */
static bool tell(struct matrix_watch *watch)
{
    struct matrix_verification shown;
    bool has_device;

    look(watch, &shown);
    has_device = shown.device[0] != '\0';
    if (watch->told_any && shown.stage == watch->told_stage && has_device == watch->told_device)
        return false;
    watch->told_any = true;
    watch->told_stage = shown.stage;
    watch->told_device = has_device;
    watch->told(watch->arg, &shown);
    return true;
}

void mx_verify_run(struct mx_verify *verify)
{
    int64_t due = verify->matrix->e2ee != NULL ? e2ee_verify_due(verify->matrix->e2ee) : -1;

    if (due >= 0) {
        int64_t wait = due - loop_now_ms();

        loop_timer_set(verify->timer, wait > 0 ? wait : 0);
    }
    for (size_t i = 0; i < verify->watches.count; i++)
        if (tell(verify->watches.at[i])) {
            loop_timer_set(verify->telling, 0); /* the list may be another now */
            return;
        }
}

struct matrix_watch *matrix_verify(struct matrix *matrix, const char *user, bool by_code,
                                   void (*told)(void *arg, const struct matrix_verification *verification), void *arg)
{
    struct matrix_watch *watch = mem_zero(1, sizeof(*watch));

    watch->user = mem_strdup(user);
    watch->by_code = by_code;
    watch->told = told;
    watch->arg = arg;
    watch->verify = matrix->verify;
    if (watch->verify != NULL) {
        vec_push(&watch->verify->watches, watch);
        loop_timer_set(watch->verify->telling, 0);
    }
    return watch;
}

struct answer {
    uint64_t id;
    bool yes;
};

static int give_answer(struct matrix *matrix, void *arg, struct err *err)
{
    const struct answer *answer = arg;

    return e2ee_verify_answer(matrix->e2ee, answer->id, answer->yes, loop_now_ms(), err);
}

void matrix_verify_answer(struct matrix_watch *watch, bool yes)
{
    struct answer answer = {watch->id, yes};

    if (watch->verify != NULL && watch->id != 0)
        (void)transact(watch->verify, give_answer, &answer);
}

void matrix_verify_end(struct matrix_watch *watch)
{
    if (watch == NULL)
        return;
    for (size_t i = 0; watch->verify != NULL && i < watch->verify->watches.count; i++)
        if (watch->verify->watches.at[i] == watch) {
            vec_remove(&watch->verify->watches, i);
            break;
        }
    free(watch->user);
    free(watch);
}
