/*
 * A list of questions, each with the finding that its answer leads to.
 */
#include "bot/matrix/doctor.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/cross.h"
#include "bot/http/http.h"
#include "bot/json/writer.h"
#include "bot/matrix/discover.h"
#include "bot/matrix/login.h"
#include "bot/matrix/session.h"
#include "core/base/mem.h"

enum { DEADLINE_MS = 15 * 1000, ANSWER_MAX = 16 * 1024 * 1024, WHAT_MAX = 1024, CLOCK_OFF_MS = 60 * 1000 };

struct mx_doctor {
    struct matrix *matrix;
    struct mx_discover *discover;
    struct mx_call *call;
    struct loop_timer *turn;
    size_t step;
};

struct question {
    const char *method, *path, *body; /* path NULL: nothing is asked, `take` looks for itself */
    void (*take)(struct mx_doctor *doctor, const struct mx_answer *answer);
};

/* ---------------------------------------------------------------- findings */

static void tell(struct mx_doctor *doctor, enum matrix_check check, bool good, const char *what)
{
    const struct matrix_trust *options = &doctor->matrix->options.trust;

    options->found(options->arg, &(struct matrix_finding){check, good, what});
}

__attribute__((format(printf, 4, 5))) static void say(struct mx_doctor *doctor, enum matrix_check check, bool good,
                                                      const char *format, ...)
{
    struct buf what = BUF_INIT(WHAT_MAX);
    va_list arguments;

    va_start(arguments, format);
    buf_vaddf(&what, format, arguments);
    va_end(arguments);
    tell(doctor, check, good, buf_text(&what));
    buf_release(&what);
}

/* Whether the question was answered; else that is the finding. */
static bool is_answered(struct mx_doctor *doctor, enum matrix_check check, const struct mx_answer *answer)
{
    if (answer->status == 200)
        return true;
    say(doctor, check, false, "the homeserver did not answer that: %.160s; ask again later",
        answer->err != NULL ? answer->err->text : "an answer that isn't one");
    return false;
}

/* ---------------------------------------------------------------- the answers */

static void tell_clock(struct mx_doctor *doctor, const struct mx_answer *answer)
{
    int64_t server_ms = http_date_ms(answer->date), off_ms = loop_now_ms() - server_ms;
    long long off_s = (long long)(off_ms < 0 ? -off_ms : off_ms) / 1000;

    if (server_ms < 0)
        tell(doctor, MATRIX_CHECK_CLOCK, true, "the homeserver doesn't tell its own");
    else if (off_s * 1000 < CLOCK_OFF_MS)
        say(doctor, MATRIX_CHECK_CLOCK, true, "within %lld s of the homeserver's", off_s + 1);
    else
        say(doctor, MATRIX_CHECK_CLOCK, false,
            "%lld s %s the homeserver's: have it set by the network (timedatectl set-ntp true)", off_s,
            off_ms > 0 ? "ahead of" : "behind");
}

static void next(struct mx_doctor *doctor);

/* Nothing is renewed here: the token would be another one, which only a copy of the store had. */
static const char *about_refusal(struct mx_doctor *doctor, const struct mx_answer *answer)
{
    struct buf token = BUF_INIT(MX_TOKEN_MAX);
    enum mx_refresh kind;

    if (strcmp(answer->errcode, "M_UNKNOWN_TOKEN") != 0)
        return "ask again later";
    if (doctor->matrix->options.appservice)
        return "look at the application service's registration on the homeserver";
    (void)mx_session_refresh(doctor->matrix, &token, &kind, NULL);
    crypto_release(&token);
    /* Behind an authorisation server none is said to be logged out softly. */
    if (kind == MX_REFRESH_OAUTH || (kind == MX_REFRESH_API && json_get_bool(answer->json, "soft_logout", false)))
        return "the token has run out, as it does while no daemon runs: spotter login, or the daemon, renews it";
    return "the device was logged out: make a new one of the store by " E2EE_RENEW ", and run spotter verify";
}

static void take_whoami(struct mx_doctor *doctor, const struct mx_answer *answer)
{
    struct matrix *matrix = doctor->matrix;
    struct err err = {0};
    bool good = false;

    tell_clock(doctor, answer);
    if (answer->status != 200)
        say(doctor, MATRIX_CHECK_LOGIN, false, "%.160s; %s", answer->err->text, about_refusal(doctor, answer));
    else if (mx_login_check(matrix, answer->json, &err) != 0)
        say(doctor, MATRIX_CHECK_LOGIN, false, "%.200s: give the token of the store's device", err.text);
    else if (mx_open_machine(matrix, &err) != 0)
        say(doctor, MATRIX_CHECK_LOGIN, false, "the device's keys can't be read: %.200s; restore the store and its key",
            err.text);
    else
        good = true;
    if (good)
        say(doctor, MATRIX_CHECK_LOGIN, true, "%s, device %s", matrix->user_id, matrix->device_id);
    else
        doctor->step = SIZE_MAX - 1; /* the rest needs it */
}

static void tell_device(struct mx_doctor *doctor, const struct e2ee_shown *shown)
{
    if (!shown->device)
        tell(doctor, MATRIX_CHECK_DEVICE, false,
             "the homeserver doesn't show this device's keys, or others under its name: the store was cloned or rolled "
             "back, or the device removed. Make a new one of the store by " E2EE_RENEW ", and run spotter verify");
    else if (!shown->any)
        tell(doctor, MATRIX_CHECK_DEVICE, false,
             "the account has no cross-signing identity: spotter bootstrap makes one");
    else if (!shown->device_signed)
        tell(doctor, MATRIX_CHECK_DEVICE, false,
             "it is not signed by the account's identity, so clients show a shield: spotter verify signs it");
    else
        tell(doctor, MATRIX_CHECK_DEVICE, true, "signed by the account's identity");
}

static void take_keys(struct mx_doctor *doctor, const struct mx_answer *answer)
{
    const char *proven = e2ee_own_master(doctor->matrix->e2ee), *now;
    struct e2ee_shown shown;

    if (!is_answered(doctor, MATRIX_CHECK_DEVICE, answer))
        return;
    e2ee_cross_shown(doctor->matrix->e2ee, answer->json, &shown);
    tell_device(doctor, &shown);
    now = shown.public[E2EE_CROSS_MASTER];
    if (proven[0] == '\0')
        tell(doctor, MATRIX_CHECK_IDENTITY, false,
             "it was never proven by the recovery key, so that another could take its place: run spotter verify");
    else if (strcmp(proven, now) != 0)
        say(doctor, MATRIX_CHECK_IDENTITY, false,
            "the homeserver shows %s, not the %s that was proven: unless you have reset it, somebody plays the "
            "account's "
            "owner. If you have, run spotter verify with the new recovery key",
            now[0] != '\0' ? now : "none", proven);
    else
        say(doctor, MATRIX_CHECK_IDENTITY, true, "ed25519 %s, as it was proven", now);
}

static void take_backup(struct mx_doctor *doctor, const struct mx_answer *answer)
{
    const char *version = json_get_text(answer->json, "version");
    const char *key = json_get_text(json_get(answer->json, "auth_data"), "public_key");
    struct e2ee_backup_state ours;
    struct err err = {0};

    if (answer->status != 404 && !is_answered(doctor, MATRIX_CHECK_BACKUP, answer))
        return;
    if (e2ee_backup_state(doctor->matrix->e2ee, &ours, &err) != 0)
        tell(doctor, MATRIX_CHECK_BACKUP, false, err.text);
    else if (answer->status == 404)
        tell(doctor, MATRIX_CHECK_BACKUP, false,
             "the account has none: set it up in a client that has the identity, then run spotter verify");
    else if (ours.version[0] == '\0')
        tell(doctor, MATRIX_CHECK_BACKUP, false, "it is not used: spotter verify proves whose it is");
    else if (version == NULL || key == NULL || strcmp(key, ours.public_key) != 0 || ours.stopped)
        tell(doctor, MATRIX_CHECK_BACKUP, false,
             "the homeserver has another one than the one whose key is in secret storage, and nothing goes there: run "
             "spotter verify if you have made it anew");
    else if (ours.waiting != 0)
        say(doctor, MATRIX_CHECK_BACKUP, false, "%zu room keys are not in it yet: the daemon brings them, let it run",
            ours.waiting);
    else
        say(doctor, MATRIX_CHECK_BACKUP, true, "version %.60s has every room key", version);
}

/* An empty upload changes nothing, and is answered with what there is. */
static void take_counts(struct mx_doctor *doctor, const struct mx_answer *answer)
{
    int64_t count = 0;

    if (!is_answered(doctor, MATRIX_CHECK_ONE_TIME_KEYS, answer))
        return;
    if (json_get_int(json_get(answer->json, "one_time_key_counts"), "signed_curve25519", &count) && count > 0)
        say(doctor, MATRIX_CHECK_ONE_TIME_KEYS, true, "%lld on the homeserver", (long long)count);
    else
        tell(doctor, MATRIX_CHECK_ONE_TIME_KEYS, false,
             "none on the homeserver, so that a new device can't send us its keys: the daemon makes some, let it run");
}

static void take_nothing(struct mx_doctor *doctor, const struct mx_answer *answer)
{
    struct err err = {0};

    (void)answer;
    if (e2ee_self_test(doctor->matrix->e2ee, &err) == 0)
        tell(doctor, MATRIX_CHECK_MESSAGE, true, "sealed to this device, and opened");
    else
        say(doctor, MATRIX_CHECK_MESSAGE, false, "one to this device doesn't open: %.160s; restore the store",
            err.text);
}

/* ---------------------------------------------------------------- the questions */

static const struct question questions[] = {
    {"GET", "/_matrix/client/v3/account/whoami", "", take_whoami},
    {"POST", "/_matrix/client/v3/keys/query", NULL, take_keys},
    {"GET", "/_matrix/client/v3/room_keys/version", "", take_backup},
    {"POST", "/_matrix/client/v3/keys/upload", "{}", take_counts},
    {NULL, NULL, NULL, take_nothing},
};

static void answered(void *arg, const struct mx_answer *answer)
{
    struct mx_doctor *doctor = arg;

    doctor->call = NULL;
    questions[doctor->step].take(doctor, answer);
    doctor->step++;
    next(doctor);
}

static void ask(struct mx_doctor *doctor, const struct question *question)
{
    struct buf body = BUF_INIT(WHAT_MAX);
    struct json_writer writer;
    struct mx_request request = {.method = question->method,
                                 .path = question->path,
                                 .maximum = ANSWER_MAX,
                                 .deadline_ms = DEADLINE_MS,
                                 .retry = MX_ONCE,
                                 .done = answered,
                                 .arg = doctor};

    json_write_init(&writer, &body);
    if (question->body != NULL) {
        buf_adds(&body, question->body);
    } else { /* our own keys */
        json_write_begin(&writer, '{');
        json_write_key(&writer, "device_keys");
        json_write_begin(&writer, '{');
        json_write_key(&writer, doctor->matrix->user_id);
        buf_adds(&body, "[]}}");
    }
    request.body = buf_span(&body);
    doctor->call = mx_api_start(doctor->matrix->api, &request);
    buf_release(&body);
}

static void finish(void *arg)
{
    const struct matrix_trust *options = &((struct mx_doctor *)arg)->matrix->options.trust;

    options->found(options->arg, NULL);
}

static void next(struct mx_doctor *doctor)
{
    while (doctor->step < ARRAY_LENGTH(questions) && questions[doctor->step].path == NULL)
        questions[doctor->step++].take(doctor, NULL);
    if (doctor->step < ARRAY_LENGTH(questions))
        ask(doctor, &questions[doctor->step]);
    else
        loop_timer_set(doctor->turn, 0);
}

/* ---------------------------------------------------------------- the beginning */

/* Whether there is a session to go on with. */
static bool open_session(struct mx_doctor *doctor)
{
    struct matrix *matrix = doctor->matrix;
    struct err err = {0};
    int found = mx_value(matrix, "device_id", &matrix->device_id, &err);

    if (matrix->options.access_token != NULL) {
        if (matrix->device_id == NULL)
            matrix->device_id = mem_strdup(matrix->options.device_id);
        mx_api_set_token(matrix->api, matrix->options.access_token);
        if (matrix->options.appservice)
            mx_api_set_identity(matrix->api, matrix->user_id, matrix->device_id);
        if (matrix->device_id != NULL)
            return true;
    }
    if (found >= 0)
        found = mx_session_take(matrix, &err);
    if (found == 1 && matrix->device_id != NULL)
        return true;
    if (found < 0)
        tell(doctor, MATRIX_CHECK_LOGIN, false, err.text);
    else
        tell(doctor, MATRIX_CHECK_LOGIN, false, "the store holds no session yet: spotter login logs in");
    return false;
}

static void discovered(void *arg, const char *url, const struct err *err)
{
    struct mx_doctor *doctor = arg;

    doctor->discover = NULL;
    if (url == NULL) {
        say(doctor, MATRIX_CHECK_HOMESERVER, false,
            "it can't be reached: %.200s; look at homeserver, user and ca_file, and at the network", err->text);
        loop_timer_set(doctor->turn, 0);
        return;
    }
    say(doctor, MATRIX_CHECK_HOMESERVER, true, "%s", url);
    mx_api_set_server(doctor->matrix->api, url);
    if (open_session(doctor))
        next(doctor);
    else
        loop_timer_set(doctor->turn, 0);
}

struct mx_doctor *mx_doctor_start(struct matrix *matrix)
{
    struct mx_doctor *doctor = mem_zero(1, sizeof(*doctor));
    struct mx_discover_options options = {.api = matrix->api,
                                          .homeserver = matrix->options.homeserver,
                                          .user = matrix->user_id,
                                          .done = discovered,
                                          .arg = doctor};

    doctor->matrix = matrix;
    doctor->turn = loop_timer_new(matrix->options.loop, finish, doctor);
    doctor->discover = mx_discover_start(&options);
    return doctor;
}

void mx_doctor_free(struct mx_doctor *doctor)
{
    if (doctor == NULL)
        return;
    mx_discover_cancel(doctor->discover);
    mx_api_cancel(doctor->call);
    loop_timer_free(doctor->turn);
    free(doctor);
}
