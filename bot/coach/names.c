/*
 * new exercise, alias: a lifter's own exercises and names. An own exercise is like one of the catalogue when its lifter
 * says so; else nothing is known of it, and it is never pushed to failure.
 */
#include "bot/coach/names.h"

#include <stdlib.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/place.h"
#include "bot/coach/question.h"
#include "bot/coach/said.h"
#include "bot/coach/setting_words.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

enum { NAME_MAX_LENGTH = EXERCISE_ID_SIZE - 1, OWN_NAMES_MAX = 500 };

static void value_name(const char *id, struct buf *out)
{
    buf_addf(out, "exercise:%s", id);
}

int names_own_exercise(int64_t lifter, const struct coach_store *store, const char *id, struct exercise *exercise,
                       struct err *err)
{
    struct buf name = BUF_INIT(128), like = BUF_INIT(128);
    const struct exercise *model = NULL;
    int found;

    value_name(id, &name);
    found = store->value_get(store->self, lifter, buf_text(&name), &like, err);
    if (found == 1)
        model = catalogue_by_id(buf_text(&like));
    *exercise = model != NULL
                    ? *model
                    : (struct exercise){.equipment = EQUIPMENT_OTHER, .effort = EFFORT_AVOID, .compound = true};
    strncpy(exercise->id, id, sizeof(exercise->id) - 1);
    exercise->id[sizeof(exercise->id) - 1] = '\0';
    exercise->german = NULL;
    exercise->name = mem_strdup(exercise->id);
    for (char *c = (char *)(uintptr_t)exercise->name; *c != '\0'; c++) {
        if (*c == '-')
            *c = ' ';
    }
    buf_release(&name);
    buf_release(&like);
    return found < 0 ? -1 : 0;
}

uint32_t names_muscles(const struct turn *turn, struct span typed)
{
    struct buf folded = BUF_INIT(256), words = BUF_INIT(512);
    const struct exercise *exercise = NULL;
    const char *id;
    uint32_t muscles;

    typed_fold(typed, &folded);
    setting_words_read(buf_span(&folded), &words);
    muscles = place_muscles(buf_span(&words));
    id = muscles == 0 ? exercise_find_exact(&turn->lifter->names, typed) : NULL;
    if (id != NULL)
        exercise = lifter_exercise(turn->lifter, id);
    buf_release(&folded);
    buf_release(&words);
    return exercise != NULL ? exercise->primary : muscles;
}

/* ---------------------------------------------------------------- commands */

/* The lifter's words before and behind SEPARATOR, folded and trimmed; false when there is no separator. */
static bool split(struct span folded, const char *separator, struct span *before, struct span *behind)
{
    const char *at = memmem(folded.at, folded.length, separator, strlen(separator));

    if (at == NULL)
        return false;
    *before = (struct span){folded.at, (size_t)(at - folded.at)};
    at += strlen(separator);
    *behind = (struct span){at, (size_t)(folded.at + folded.length - at)};
    while (before->length != 0 && before->at[before->length - 1] == ' ')
        before->length--;
    while (behind->length != 0 && behind->at[0] == ' ')
        *behind = (struct span){behind->at + 1, behind->length - 1};
    return before->length != 0 && behind->length != 0;
}

/* A name is words of letters and digits that don't begin with a number: else it would be read as a set. */
static bool is_name(struct span name)
{
    if (name.length == 0 || name.length > NAME_MAX_LENGTH || (name.at[0] >= '0' && name.at[0] <= '9'))
        return false;
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.at[i];

        if (c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && strchr(" -'", c) == NULL)
            return false;
    }
    return true;
}

static int refuse(struct turn *turn, enum text_key key, struct span name)
{
    struct buf folded = BUF_INIT(256), shown = BUF_INIT(READING_INPUT_MAX);

    buf_add_span(&folded, name);
    typed_as_written(span_of(turn->message->text != NULL ? turn->message->text : ""), buf_text(&folded), &shown);
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, key, ARG("name", buf_text(&shown)));
    buf_release(&folded);
    buf_release(&shown);
    return 0;
}

/* They are read anew, as they were just KEPT (0, -1). */
static int load_anew(struct turn *turn, int kept, struct err *err)
{
    lifter_drop_names(turn->lifter);
    return kept == 0 ? lifter_load_names(turn->lifter, turn->store, err) : -1;
}

int names_learn(struct turn *turn, const char *name, const char *exercise, struct err *err)
{
    return load_anew(turn, turn->store->alias_put(turn->store->self, turn->lifter->id, name, exercise, err), err);
}

static int say_name(struct turn *turn, const char *folded, const char *exercise, struct err *err)
{
    struct buf name = BUF_INIT(256);
    int result;

    buf_addf(&name, COACH_SAID_ALIAS "%s", folded);
    result = said_put(turn, buf_text(&name), exercise, err);
    buf_release(&name);
    return result;
}

static void add_id(struct span name, struct buf *id)
{
    buf_add_span(id, name);
    for (size_t i = 0; i < id->length; i++) {
        if (id->data[i] == ' ')
            id->data[i] = '-';
    }
}

bool names_own_id(struct span name, struct buf *id)
{
    if (is_name(name))
        add_id(name, id);
    return is_name(name);
}

static int say_model(struct turn *turn, const char *id, const char *like, struct err *err)
{
    struct buf value = BUF_INIT(128);
    int result;

    value_name(id, &value);
    result = said_put(turn, buf_text(&value), like, err);
    buf_release(&value);
    return result;
}

int names_add_own(struct turn *turn, const char *name, const char *id, const char *like, struct err *err)
{
    return say_model(turn, id, like, err) < 0 ? -1 : say_name(turn, name, id, err);
}

size_t names_left(const struct turn *turn)
{
    size_t count = turn->lifter->aliases.count;

    return count < OWN_NAMES_MAX ? OWN_NAMES_MAX - count : 0;
}

/* NAME means EXERCISE from now on; what waited for it is booked. */
static int settle(struct turn *turn, struct span name, const char *exercise, enum text_key key, struct err *err)
{
    struct buf folded = BUF_INIT(128), shown = BUF_INIT(128);
    int result;

    buf_add_span(&folded, name);
    result = load_anew(turn, say_name(turn, buf_text(&folded), exercise, err), err);
    if (result == 0)
        result = question_named(turn, buf_text(&folded), exercise, err);
    if (result == 0) {
        wording_exercise(turn, exercise, &shown);
        reply_say(&turn->reply, turn->texts, key, ARG("name", buf_text(&folded)), ARG("exercise", buf_text(&shown)));
    }
    buf_release(&folded);
    buf_release(&shown);
    return result < 0 ? -1 : 0;
}

static int add_new(struct turn *turn, struct span name, const char *like, struct err *err)
{
    struct buf id = BUF_INIT(EXERCISE_ID_SIZE);
    int result;

    add_id(name, &id);
    result = say_model(turn, buf_text(&id), like, err);
    if (result == 0)
        result = settle(turn, name, buf_text(&id), TEXT_NEW_EXERCISE, err);
    buf_release(&id);
    return result;
}

static int find_exact(struct turn *turn, struct span name, struct name_result *found)
{
    exercise_find(&turn->lifter->names, name, found);
    return found->match == NAME_EXACT ? 0 : refuse(turn, TEXT_NAME_NOT_KNOWN, name) - 1;
}

static int new_folded(struct turn *turn, struct span folded, struct err *err)
{
    struct name_result found;
    struct span name = folded, like;
    const char *model = "";

    if (split(folded, " like ", &name, &like) || split(folded, " wie ", &name, &like)) {
        if (find_exact(turn, like, &found) < 0)
            return 0;
        model = catalogue_by_id(found.id[0]) != NULL ? catalogue_by_id(found.id[0])->id : "";
    }
    if (!is_name(name))
        return refuse(turn, TEXT_NAME_REFUSED, name);
    exercise_find(&turn->lifter->names, name, &found);
    if (found.match == NAME_EXACT)
        return refuse(turn, TEXT_NAME_TAKEN, name);
    if (names_left(turn) == 0)
        return refuse(turn, TEXT_NAMES_FULL, name);
    return add_new(turn, name, model, err);
}

static int alias_folded(struct turn *turn, struct span folded, struct err *err)
{
    struct name_result found;
    struct span name, means;

    if (!split(folded, "=", &name, &means) && !split(folded, " is ", &name, &means))
        return turn_refuse(turn, TEXT_ALIAS_USAGE);
    if (!is_name(name))
        return refuse(turn, TEXT_NAME_REFUSED, name);
    if (names_left(turn) == 0)
        return refuse(turn, TEXT_NAMES_FULL, name);
    return find_exact(turn, means, &found) < 0 ? 0 : settle(turn, name, found.id[0], TEXT_ALIAS, err);
}

const struct exercise *names_exercise(struct turn *turn, struct span typed)
{
    struct name_result found;

    return find_exact(turn, typed, &found) == 0 ? lifter_exercise(turn->lifter, found.id[0]) : NULL;
}

/* FOLDED without the end of a plural. */
static struct span singular(struct span folded)
{
    if (folded.length > 3 && (folded.at[folded.length - 1] == 's' || folded.at[folded.length - 1] == 'n'))
        folded.length--;
    return folded;
}

/* Whether NAME ends as TYPED: "cable fly" as "flys", "frontkniebeuge" as "kniebeugen". */
static bool ends_as(const char *name, struct span typed)
{
    struct buf folded = BUF_INIT(256);
    struct span whole;
    bool ends = false;

    typed = singular(typed);
    if (name != NULL && typed_fold(span_of(name), &folded) == 0) {
        whole = singular(buf_span(&folded));
        ends = typed.length != 0 && whole.length >= typed.length &&
               span_equal((struct span){whole.at + whole.length - typed.length, typed.length}, typed);
    }
    buf_release(&folded);
    return ends;
}

const struct exercise *names_done(struct turn *turn, struct span typed)
{
    const int64_t now_ms = turn->message->sent_ms;
    const char *said = exercise_find_exact(&turn->lifter->names, typed);
    const struct exercise *found = NULL;
    struct buf folded = BUF_INIT(256);
    bool folds = typed_fold(typed, &folded) == 0;

    for (size_t i = lifter_log_before(turn->lifter, now_ms + 1); folds && i-- > 0;) {
        const struct logged_set *set = &turn->lifter->log.at[i];
        const struct exercise *exercise = lifter_exercise(turn->lifter, set->set.exercise);

        if (exercise == NULL || !context_same_session(turn, set->at_ms, now_ms))
            continue;
        if (said != NULL && strcmp(exercise->id, said) == 0) {
            found = exercise;
            break;
        }
        if (found == NULL &&
            (ends_as(exercise->name, buf_span(&folded)) || ends_as(exercise->german, buf_span(&folded))))
            found = exercise;
    }
    buf_release(&folded);
    return found != NULL ? found : names_exercise(turn, typed);
}

const struct exercise *names_meant(struct turn *turn, struct span typed, enum text_key usage)
{
    const struct logged_set *last = context_moment(turn, turn->message->sent_ms);

    if (typed.length != 0)
        return names_exercise(turn, typed);
    if (last != NULL && lifter_exercise(turn->lifter, last->set.exercise) != NULL)
        return lifter_exercise(turn->lifter, last->set.exercise);
    turn_refuse(turn, usage);
    return NULL;
}

static int with_folded(struct turn *turn, struct span arguments,
                       int (*run)(struct turn *turn, struct span folded, struct err *err), struct err *err)
{
    struct buf folded = BUF_INIT(512);
    int result;

    if (typed_fold(arguments, &folded) != 0 || folded.length == 0)
        result = refuse(turn, TEXT_NAME_REFUSED, (struct span){"", 0});
    else
        result = run(turn, buf_span(&folded), err);
    buf_release(&folded);
    return result;
}

static int new_run(struct turn *turn, struct span arguments, struct err *err)
{
    return with_folded(turn, arguments, new_folded, err);
}

static int alias_run(struct turn *turn, struct span arguments, struct err *err)
{
    return with_folded(turn, arguments, alias_folded, err);
}

const struct command new_command = {.name = "new exercise",
                                    .aliases = "",
                                    .german = "neue übung,neue uebung",
                                    .arguments = "NAME [like EXERCISE]",
                                    .words = 10,
                                    .free_text = true,
                                    .example = "new exercise log row like barbell row",
                                    .group = COMMAND_LOGGING,
                                    .help = TEXT_HELP_NEW,
                                    .run = new_run};
const struct command alias_command = {.name = "alias",
                                      .aliases = "",
                                      .german = "kürzel,kuerzel",
                                      .arguments = "NAME = EXERCISE",
                                      .words = 10,
                                      .free_text = true,
                                      .example = "alias rdl2 = romanian deadlift",
                                      .group = COMMAND_LOGGING,
                                      .help = TEXT_HELP_ALIAS,
                                      .run = alias_run};
