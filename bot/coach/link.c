/*
 * link: a code that is given in private by one name and typed in private by the other; each is shown who the other is,
 * and says yes (as RFC 8628, 5.2 and 5.4, has it). The log of whoever typed becomes part of that of whoever asked.
 */
#include "bot/coach/link.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/checkin_plan.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/jobs.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "bot/log/log.h"
#include "core/base/ascii.h"
#include "core/base/civil.h"
#include "core/text/fold.h"

enum {
    HALF = 4,
    CODE = 2 * HALF,
    CODE_TEXT = CODE + 2, /* "BCDF-GHJK" */
    LAPSE_MS = 10 * 60 * 1000,
    TRIES_MS = 60 * 60 * 1000,
    TRIES_OWN = 5, /* in an hour */
    TRIES_ALL = 100,
    DIGEST_MAX = 256,
    NAME_MAX_BYTES = 600
};

/* RFC 8628, 6.1: 34.5 bits, no words. */
static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";
enum { LETTERS = sizeof(letters) - 1 };

/* ---------------------------------------------------------------- codes */

static void make_code(const struct coach *coach, char code[CODE_TEXT])
{
    const struct coach_secrets *secrets = &coach->options.secrets;

    for (int i = 0; i < CODE;) {
        unsigned char byte;

        secrets->random(secrets->arg, &byte, sizeof(byte));
        if (byte >= 256 / LETTERS * LETTERS) /* else the first letters would come more often */
            continue;
        code[i + i / HALF] = letters[byte % LETTERS];
        i++;
    }
    code[HALF] = '-';
    code[CODE_TEXT - 1] = '\0';
}

/* Takes a code as it may be typed, "bcdf ghjk", whole. */
static bool read_code(struct span text, char code[CODE_TEXT])
{
    size_t length = 0;

    for (size_t i = 0; i < text.length; i++) {
        char letter = ascii_upper(text.at[i]);

        if (letter == '-' || letter == ' ')
            continue;
        if (length == CODE || letter == '\0' || strchr(letters, letter) == NULL)
            return false;
        code[length + length / HALF] = letter;
        length++;
    }
    code[HALF] = '-';
    code[CODE_TEXT - 1] = '\0';
    return length == CODE;
}

static void digest(const struct coach *coach, const char *code, struct buf *out)
{
    coach->options.secrets.digest(span_of(code), out);
}

/* Its request, if it waits for it: 1, 0, -1. */
static int find_code(struct coach *coach, const char *code, int64_t now_ms, struct link_request *request,
                     struct err *err)
{
    const struct coach_store *store = coach->store;
    struct buf hash = BUF_INIT(DIGEST_MAX);
    int found;

    digest(coach, code, &hash);
    found = store->link.request_by_code(store->self, buf_text(&hash), request, err);
    buf_release(&hash);
    return found == 1 ? request->until_ms >= now_ms : found;
}

/* ---------------------------------------------------------------- who */

bool link_same(const struct link_side *a, const struct link_side *b)
{
    return strcmp(a->transport, b->transport) == 0 && strcmp(a->identity, b->identity) == 0;
}

void link_print(const struct turn *turn, const struct link_side *side, struct buf *out)
{
    reply_phrase(turn->texts, TEXT_LINK_NAME,
                 REPLY_ARGS(ARG("identity", side->identity), ARG("transport", side->transport)), out);
}

bool link_side_of(struct turn *turn, struct link_side *side)
{
    const struct message *message = turn->message;

    *side = (struct link_side){0};
    if (message->guest) {
        turn_refuse(turn, TEXT_LINK_GUEST);
        return false;
    }
    if (!message->direct || strlen(message->transport) >= sizeof(side->transport) ||
        strlen(message->sender) >= sizeof(side->identity) || strlen(message->room) >= sizeof(side->room)) {
        turn_refuse(turn, TEXT_LINK_PRIVATE);
        return false;
    }
    snprintf(side->transport, sizeof(side->transport), "%s", message->transport);
    snprintf(side->identity, sizeof(side->identity), "%s", message->sender);
    snprintf(side->room, sizeof(side->room), "%s", message->room);
    snprintf(side->name, sizeof(side->name), "%.*s",
             (int)text_cut(span_of(message->sender_name), sizeof(side->name) - 1), message->sender_name);
    return true;
}

static int add_name(void *arg, const struct link_name *name)
{
    vec_push((link_names *)arg, *name);
    return 0;
}

int link_names_load(struct turn *turn, int64_t lifter, link_names *names, struct err *err)
{
    return turn->store->link.names(turn->store->self, lifter, add_name, names, err);
}

/* Whether LIFTER has no other name; -1. */
static int has_one_name(struct turn *turn, int64_t lifter, struct err *err)
{
    link_names names = {0};
    int result = link_names_load(turn, lifter, &names, err);

    if (result == 0)
        result = names.count <= 1;
    vec_release(&names);
    return result;
}

static int find_lifter(struct turn *turn, const struct link_side *side, int64_t *lifter, struct err *err)
{
    return turn->store->lifter_find(turn->store->self, side->transport, side->identity, lifter, err);
}

/* ---------------------------------------------------------------- telling the other side */

int link_tell(struct turn *turn, const struct link_side *side, int64_t lifter, const char *word, const char *other,
              struct err *err)
{
    struct buf payload = BUF_INIT(NAME_MAX_BYTES + 16);
    struct coach_job job = {.kind = COACH_JOB_LINK,
                            .lifter = lifter,
                            .transport = side->transport,
                            .room = side->room,
                            .direct = true,
                            .identity = side->identity,
                            .name = side->name,
                            .due_ms = turn->message->read_ms};
    int result;

    buf_addf(&payload, "%s %s", word, other);
    job.payload = buf_text(&payload);
    result = turn->store->job_put(turn->store->self, &job, err);
    buf_release(&payload);
    return result;
}

/* The same of the turn's lifter as the other one. */
static int tell_of_me(struct turn *turn, const struct link_side *side, const struct link_side *me, const char *word,
                      struct err *err)
{
    struct buf name = BUF_INIT(NAME_MAX_BYTES);
    int64_t lifter;
    int result = find_lifter(turn, side, &lifter, err);

    link_print(turn, me, &name);
    if (result == 1)
        result = link_tell(turn, side, lifter, word, buf_text(&name), err);
    buf_release(&name);
    return result < 0 ? -1 : 0;
}

/* "@anna:example.org on matrix", whose log with so many sets would go over to the other. */
static int say_question(struct turn *turn, enum text_key key, const struct link_side *shown, int64_t lifter,
                        struct err *err)
{
    struct buf name = BUF_INIT(NAME_MAX_BYTES), count = BUF_INIT(64);
    size_t sets = 0;
    int result = lifter_count_sets(turn->store, lifter, &sets, err);

    link_print(turn, shown, &name);
    wording_sets_count(turn->texts, sets, &count);
    reply_say(&turn->reply, turn->texts, key, ARG("other", buf_text(&name)), ARG("sets", buf_text(&count)));
    buf_release(&name);
    buf_release(&count);
    return result;
}

static void say_other(struct turn *turn, enum text_key key, const char *other)
{
    struct buf until = BUF_INIT(64);
    int64_t end_ms = turn->message->read_ms + LINK_DAYS * CIVIL_DAY_MS;

    wording_date(turn->texts, day_of(turn, end_ms).number, &until);
    reply_say(&turn->reply, turn->texts, key, ARG("other", other), ARG("date", buf_text(&until)));
    buf_release(&until);
}

static int ask_asker(struct turn *turn, struct err *err)
{
    struct link_request request;
    int64_t typer;
    int found = turn->store->link.request_of(turn->store->self, turn->message->transport, turn->message->sender,
                                             turn->message->read_ms, &request, err);

    if (found != 1 || !request.confirmed || strcmp(request.asker.identity, turn->message->sender) != 0)
        return found < 0 ? -1 : 0; /* it was called off */
    found = find_lifter(turn, &request.typer, &typer, err);
    return found == 1 ? say_question(turn, TEXT_LINK_ASKER_ASK, &request.typer, typer, err) : found;
}

int link_due(struct turn *turn, const struct coach_job *job, struct err *err)
{
    static const struct {
        const char *word;
        enum text_key key;
    } words[] = {{"done ", TEXT_LINK_DONE}, {"no ", TEXT_LINK_REFUSED}, {"parted ", TEXT_UNLINK_TOLD}};

    turn->kind = OUT_PING;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        size_t length = strlen(words[i].word);

        if (strncmp(job->payload, words[i].word, length) == 0)
            say_other(turn, words[i].key, job->payload + length);
    }
    return strncmp(job->payload, "ask ", 4) == 0 ? ask_asker(turn, err) : 0;
}

/* ---------------------------------------------------------------- the steps */

static int give_code(struct turn *turn, const struct link_side *me, struct err *err)
{
    const struct link_request request = {.asker = *me, .until_ms = turn->message->read_ms + LAPSE_MS};
    struct buf hash = BUF_INIT(DIGEST_MAX);
    char code[CODE_TEXT];
    int result;

    make_code(turn->coach, code);
    digest(turn->coach, code, &hash);
    result = turn->store->link.request_put(turn->store->self, &request, buf_text(&hash), err);
    reply_say(&turn->reply, turn->texts, TEXT_LINK_CODE, ARG("code", code));
    buf_release(&hash);
    return result;
}

/* Whoever typed too many wrong ones isn't told whether this one is right: 1 they may try, 0, -1. */
static int may_try(struct turn *turn, const struct link_side *me, struct err *err)
{
    int own, all;

    if (turn->store->link.tries(turn->store->self, me->transport, me->identity, turn->message->read_ms - TRIES_MS, &own,
                                &all, err) < 0)
        return -1;
    return own < TRIES_OWN && all < TRIES_ALL;
}

static int refuse_code(struct turn *turn, const struct link_side *me, struct err *err)
{
    turn_refuse(turn, TEXT_LINK_WRONG);
    return turn->store->link.try_note(turn->store->self, me->transport, me->identity, turn->message->read_ms, err);
}

/* Why the two can't be one, which is said: 1, 0 they can, -1. */
static int refuse_pair(struct turn *turn, const struct link_side *asker, int64_t typer, struct err *err)
{
    int64_t lifter;
    int found = find_lifter(turn, asker, &lifter, err);

    if (found == 1 && lifter == typer) {
        turn_refuse(turn, TEXT_LINK_ALREADY);
        return 1;
    }
    if (found == 1)
        found = has_one_name(turn, typer, err);
    if (found == 0)
        turn_refuse(turn, TEXT_LINK_HAS_OTHERS);
    return found < 0 ? -1 : found == 0;
}

static int take_request(struct turn *turn, const struct link_side *me, struct link_request *request, struct err *err)
{
    int result = refuse_pair(turn, &request->asker, turn->lifter->id, err);

    if (result != 0)
        return result < 0 ? -1 : 0;
    request->typer = *me;
    request->until_ms = turn->message->read_ms + LAPSE_MS;
    if (turn->store->link.request_put(turn->store->self, request, "", err) < 0)
        return -1;
    return say_question(turn, TEXT_LINK_TYPER_ASK, &request->asker, turn->lifter->id, err);
}

static int take_code(struct turn *turn, const struct link_side *me, struct span typed, struct err *err)
{
    struct link_request request;
    char code[CODE_TEXT];
    int found;

    if (!read_code(typed, code))
        return turn_refuse(turn, TEXT_LINK_USAGE);
    found = may_try(turn, me, err);
    if (found == 0)
        return turn_refuse(turn, TEXT_LINK_TRIES);
    if (found == 1)
        found = find_code(turn->coach, code, turn->message->read_ms, &request, err);
    if (found != 1)
        return found < 0 ? -1 : refuse_code(turn, me, err);
    if (link_same(&request.asker, me))
        return turn_refuse(turn, TEXT_LINK_OWN);
    return take_request(turn, me, &request, err);
}

static int join(struct turn *turn, const struct link_request *request, struct err *err)
{
    struct buf other = BUF_INIT(NAME_MAX_BYTES);
    int64_t typer;
    int result = find_lifter(turn, &request->typer, &typer, err);

    if (result == 1)
        result = refuse_pair(turn, &request->asker, typer, err);
    if (result == 0) {
        result = turn->store->link.join(turn->store->self, request, turn->message->read_ms, err);
        if (result == 0)
            result = turn->store->link.request_drop(turn->store->self, &request->asker, err);
        if (result == 0)
            result = tell_of_me(turn, &request->typer, &request->asker, "done", err);
        lifters_drop(turn->coach->lifters, typer);
        lifters_drop(turn->coach->lifters, turn->lifter->id);
        if (result == 0)
            result = checkin_plan_settle(turn, err);
        log_info("linked", LOG_INT("lifter", turn->lifter->id), LOG_INT("joined", typer));
        link_print(turn, &request->typer, &other);
        say_other(turn, TEXT_LINK_DONE, buf_text(&other));
    }
    buf_release(&other);
    return result < 0 ? -1 : 0;
}

static int confirm(struct turn *turn, const struct link_side *me, struct link_request *request, struct err *err)
{
    struct buf other = BUF_INIT(NAME_MAX_BYTES);
    int result;

    if (link_same(&request->asker, me))
        return request->confirmed ? join(turn, request, err) : turn_refuse(turn, TEXT_LINK_NOTHING);
    request->confirmed = true;
    request->until_ms = turn->message->read_ms + LAPSE_MS;
    result = turn->store->link.request_put(turn->store->self, request, "", err);
    if (result == 0)
        result = tell_of_me(turn, &request->asker, me, "ask", err);
    link_print(turn, &request->asker, &other);
    reply_say(&turn->reply, turn->texts, TEXT_LINK_WAIT, ARG("other", buf_text(&other)));
    buf_release(&other);
    return result;
}

static int decline(struct turn *turn, const struct link_side *me, const struct link_request *request, struct err *err)
{
    const struct link_side *other = link_same(&request->asker, me) ? &request->typer : &request->asker;

    reply_tell(&turn->reply, turn->texts, TEXT_LINK_DECLINED);
    if (turn->store->link.request_drop(turn->store->self, &request->asker, err) < 0)
        return -1;
    return tell_of_me(turn, other, me, "no", err);
}

/* YES or no to what was asked last. */
static int answer(struct turn *turn, const struct link_side *me, bool yes, struct err *err)
{
    struct link_request request;
    int found = turn->store->link.request_of(turn->store->self, me->transport, me->identity, turn->message->read_ms,
                                             &request, err);

    if (found == 0)
        return turn_refuse(turn, TEXT_LINK_NOTHING);
    if (found == 1)
        return yes ? confirm(turn, me, &request, err) : decline(turn, me, &request, err);
    return -1;
}

static int link_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct link_side me;

    if (!link_side_of(turn, &me))
        return 0;
    if (!turn_is_said_now(turn))
        return turn_refuse(turn, TEXT_LINK_NOTHING);
    if (arguments.length == 0)
        return give_code(turn, &me, err);
    if (typed_is(arguments, "yes,ja"))
        return answer(turn, &me, true, err);
    if (typed_is(arguments, "no,nein"))
        return answer(turn, &me, false, err);
    return take_code(turn, &me, arguments, err);
}

const struct command link_command = {.name = "link",
                                     .aliases = "link me,connect",
                                     .german = "verknüpfen,verknuepfen,verbinden",
                                     .arguments = "[CODE|yes|no]",
                                     .words = 2,
                                     .example = "link",
                                     .group = COMMAND_ABOUT_YOU,
                                     .help = TEXT_HELP_LINK,
                                     .run = link_run};

/* ---------------------------------------------------------------- shown to others */

static bool is_letter(char byte)
{
    return byte != '\0' && strchr(letters, ascii_upper(byte)) != NULL;
}

/* The code around the '-' AT. */
static bool code_around(const char *text, const char *at, char code[CODE_TEXT])
{
    if (at - text < HALF)
        return false;
    for (int i = 1; i <= HALF; i++) { /* the end of the text is no letter */
        if (!is_letter(at[-i]) || !is_letter(at[i]))
            return false;
    }
    return read_code((struct span){at - HALF, CODE + 1}, code);
}

static int burn(struct coach *coach, const struct message *message, const struct link_request *request, struct err *err)
{
    const struct coach_store *store = coach->store;
    struct turn turn;
    int64_t lifter;
    bool is_new;
    int result;

    if (store->link.request_drop(store->self, &request->asker, err) < 0 ||
        store->lifter_open(store->self, message->transport, message->sender, message->sent_ms, &lifter, &is_new, err) <
            0)
        return -1;
    result = turn_open(&turn, coach, message, lifter, 0, err);
    if (result == 0) {
        turn_refuse(&turn, TEXT_LINK_BURNED);
        result = turn_say(&turn, err);
    }
    turn_close(&turn);
    return result < 0 ? -1 : 1;
}

int link_overhear(struct coach *coach, const struct message *message, struct err *err)
{
    struct link_request request;
    char code[CODE_TEXT];
    int found = 0;

    if (message->direct)
        return 0;
    for (const char *at = strchr(message->text, '-'); at != NULL && found == 0; at = strchr(at + 1, '-')) {
        if (code_around(message->text, at, code))
            found = find_code(coach, code, message->read_ms, &request, err);
    }
    return found == 1 ? burn(coach, message, &request, err) : found;
}
