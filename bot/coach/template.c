/*
 * template: plans that are kept by name. start: begins a session with one of them, or with the plan that waits.
 */
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/plan.h"
#include "bot/coach/seen.h"
#include "bot/coach/typed.h"
#include "core/base/ascii.h"
#include "core/text/fold.h"

enum { NAME_MAX = 32, TEMPLATES_MAX = 100 };

/* ---------------------------------------------------------------- those that there are */

struct shelf {
    const struct turn *turn;
    struct err *err;
    struct buf folded; /* the name that is looked for; "": none */
    size_t count;
    bool found;
    bool told;        /* that one may be told where the answer is read */
    bool silent;      /* of others nothing may */
    struct buf name;  /* of that one, as it was typed first; else as it is typed now */
    struct buf text;  /* of that one */
    struct buf names; /* "push, pull": those that may be told */
};

static bool same_name(const struct shelf *shelf, const char *name)
{
    struct buf folded = BUF_INIT(4 * NAME_MAX);
    bool same = typed_fold(span_of(name), &folded) == 0 && span_equal(buf_span(&folded), buf_span(&shelf->folded));

    buf_release(&folded);
    return same;
}

static int look_at(void *arg, const struct coach_step *step)
{
    struct shelf *shelf = arg;
    const int told = seen_input(shelf->turn, step->input, shelf->err);

    if (told < 0)
        return -1;
    shelf->count++;
    shelf->silent |= !told;
    if (told) {
        buf_adds(&shelf->names, shelf->names.length != 0 ? ", " : "");
        buf_adds(&shelf->names, step->name);
    }
    if (same_name(shelf, step->name)) {
        shelf->found = true;
        shelf->told = told;
        buf_clear(&shelf->name);
        buf_adds(&shelf->name, step->name);
        buf_adds(&shelf->text, step->text);
    }
    return 0;
}

static int shelf_open(struct shelf *shelf, struct turn *turn, struct span name, struct err *err)
{
    *shelf = (struct shelf){.turn = turn,
                            .err = err,
                            .folded = BUF_INIT(1024),
                            .name = BUF_INIT(1024),
                            .text = BUF_INIT(PLAN_KEPT_MAX),
                            .names = BUF_INIT(TEMPLATES_MAX * 40)};
    typed_fold(name, &shelf->folded);
    buf_add_span(&shelf->name, name);
    return turn->store->templates(turn->store->self, turn->lifter->id, look_at, shelf, err);
}

static void shelf_close(struct shelf *shelf)
{
    buf_release(&shelf->folded);
    buf_release(&shelf->name);
    buf_release(&shelf->text);
    buf_release(&shelf->names);
}

static int refuse(struct turn *turn, enum text_key key, struct span name, const struct shelf *shelf)
{
    struct buf shown = BUF_INIT(2 * NAME_MAX), names = BUF_INIT(1024);

    buf_add(&shown, name.at, text_cut(name, NAME_MAX));
    if (shelf != NULL)
        buf_add_span(&names, buf_span(&shelf->names));
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, key, ARG("name", buf_text(&shown)), ARG("names", buf_text(&names)));
    buf_release(&shown);
    buf_release(&names);
    return 0;
}

/* That there are none; of those that were kept elsewhere, who reads it is told no more than that. */
static void say_none(struct turn *turn, const struct shelf *shelf, enum text_key none)
{
    reply_tell(&turn->reply, turn->texts, shelf->silent ? TEXT_SEEN_HERE : none);
}

static int say_unknown(struct turn *turn, struct span name, const struct shelf *shelf)
{
    if (shelf->names.length != 0)
        return refuse(turn, TEXT_TEMPLATE_UNKNOWN, name, shelf);
    say_none(turn, shelf, TEXT_TEMPLATES_NONE);
    return 0;
}

int template_find(struct turn *turn, struct span name, struct buf *found, struct buf *text, struct err *err)
{
    struct shelf shelf;
    int result = shelf_open(&shelf, turn, name, err);

    if (result == 0 && shelf.found) {
        buf_add_span(found, buf_span(&shelf.name));
        buf_add_span(text, buf_span(&shelf.text));
        result = 1;
    } else if (result == 0) {
        say_unknown(turn, name, &shelf);
    }
    shelf_close(&shelf);
    return result;
}

/* ---------------------------------------------------------------- keeping */

static void say_plan(struct turn *turn, enum text_key key, const char *name, const char *text)
{
    struct buf count = BUF_INIT(64);
    struct plan plan;

    planned_read(text, &plan);
    plan_sets_count(turn, &plan, &count);
    reply_say(&turn->reply, turn->texts, key, ARG("name", name), ARG("sets", buf_text(&count)));
    plan_list(turn, &plan, NULL);
    buf_release(&count);
}

static int keep(struct turn *turn, const char *name, const struct plan *plan, struct err *err)
{
    struct buf text = BUF_INIT(PLAN_KEPT_MAX);
    int result;

    plan_print_ids(plan, &text);
    result = plan_step(turn, COACH_STEP_TEMPLATE, name, buf_text(&text), err);
    say_plan(turn, TEXT_TEMPLATE_SAVED, name, buf_text(&text));
    reply_say(&turn->reply, turn->texts, TEXT_TEMPLATE_HOW, ARG("name", name));
    buf_release(&text);
    return result;
}

/* A letter stands first. */
static bool is_name(struct span name)
{
    char first = name.length != 0 ? ascii_lower(name.at[0]) : '\0';

    return name.length <= NAME_MAX && ((first >= 'a' && first <= 'z') || (unsigned char)first >= 0x80);
}

/* The plan that is there is kept; where none is, the template of that name is shown. */
static int keep_current(struct turn *turn, const char *name, struct err *err)
{
    struct planned planned;
    struct shelf shelf;
    int result = shelf_open(&shelf, turn, span_of(name), err);

    planned_at(turn, turn->message->sent_ms, &planned);
    if (result == 0 && planned.there && shelf.count >= TEMPLATES_MAX && !shelf.found)
        refuse(turn, TEXT_TEMPLATES_FULL, span_of(name), &shelf);
    else if (result == 0 && planned.there)
        result = keep(turn, buf_text(&shelf.name), &planned.plan, err);
    else if (result == 0 && shelf.found && !shelf.told)
        reply_tell(&turn->reply, turn->texts, TEXT_SEEN_HERE);
    else if (result == 0 && shelf.found)
        say_plan(turn, TEXT_TEMPLATE, buf_text(&shelf.name), buf_text(&shelf.text));
    else if (result == 0)
        refuse(turn, TEXT_TEMPLATE_NO_PLAN, span_of(name), &shelf);
    shelf_close(&shelf);
    return result;
}

static int keep_typed(struct turn *turn, const char *name, struct span typed, struct err *err)
{
    struct shelf shelf;
    struct plan plan;
    int result;

    if (plan_typed(turn, typed, &plan) < 0)
        return 0;
    result = shelf_open(&shelf, turn, span_of(name), err);
    if (result == 0 && shelf.count >= TEMPLATES_MAX && !shelf.found)
        refuse(turn, TEXT_TEMPLATES_FULL, span_of(name), &shelf);
    else if (result == 0)
        result = keep(turn, buf_text(&shelf.name), &plan, err);
    shelf_close(&shelf);
    return result;
}

static int forget(struct turn *turn, struct span name, struct err *err)
{
    struct shelf shelf;
    int result = shelf_open(&shelf, turn, name, err);

    if (result == 0 && shelf.found) {
        result = plan_step(turn, COACH_STEP_FORGET, buf_text(&shelf.name), "", err);
        reply_say(&turn->reply, turn->texts, TEXT_TEMPLATE_FORGOTTEN, ARG("name", buf_text(&shelf.name)));
    } else if (result == 0) {
        say_unknown(turn, name, &shelf);
    }
    shelf_close(&shelf);
    return result;
}

static int list(struct turn *turn, struct err *err)
{
    struct shelf shelf;
    int result = shelf_open(&shelf, turn, (struct span){"", 0}, err);

    if (result == 0 && shelf.names.length != 0)
        reply_say(&turn->reply, turn->texts, TEXT_TEMPLATES, ARG("names", buf_text(&shelf.names)));
    if (result == 0 && (shelf.names.length == 0 || shelf.silent))
        say_none(turn, &shelf, TEXT_TEMPLATES_NONE);
    shelf_close(&shelf);
    return result;
}

static struct span trim(struct span text)
{
    while (text.length != 0 && ascii_is_space(text.at[0]))
        text = (struct span){text.at + 1, text.length - 1};
    while (text.length != 0 && ascii_is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

/* NAME as it was typed, with single spaces between its words. */
static void squeeze(struct span name, struct buf *out)
{
    name = trim(name);
    for (size_t i = 0; i < name.length; i++) {
        bool space = ascii_is_space(name.at[i]);

        if (!space || !ascii_is_space(name.at[i - 1]))
            buf_addc(out, space ? ' ' : name.at[i]);
    }
}

/* "push: bench 4x6-8", "push bench 4x6-8": where the name ends; the whole length where no plan follows. */
static size_t name_length(struct span text)
{
    size_t space = text.length;
    bool digit = false;

    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == ':')
            return i;
        if (ascii_is_space(text.at[i]) && space == text.length)
            space = i;
        digit |= text.at[i] >= '0' && text.at[i] <= '9' && space != text.length;
    }
    return digit ? space : text.length;
}

/* "push delete", "delete push": the name alone. */
static bool takes_back(struct span folded, struct span *name)
{
    static const char *const words[] = {"delete", "remove", "forget", "löschen", "loschen"};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        size_t length = strlen(words[i]);

        if (folded.length <= length + 1)
            continue;
        if (span_starts(folded, words[i]) && folded.at[length] == ' ')
            *name = (struct span){folded.at + length + 1, folded.length - length - 1};
        else if (memcmp(folded.at + folded.length - length, words[i], length) == 0 &&
                 folded.at[folded.length - length - 1] == ' ')
            *name = (struct span){folded.at, folded.length - length - 1};
        else
            continue;
        return true;
    }
    return false;
}

static int template_run(struct turn *turn, struct span arguments, struct err *err)
{
    size_t length = name_length(arguments);
    struct span typed = {arguments.at + length, arguments.length - length}, gone;
    struct buf name = BUF_INIT(512), folded = BUF_INIT(1024);
    int result = 0;

    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    if (typed.length != 0 && typed.at[0] == ':')
        typed = (struct span){typed.at + 1, typed.length - 1};
    typed = trim(typed);
    squeeze((struct span){arguments.at, length}, &name);
    typed_fold(buf_span(&name), &folded);
    if (arguments.length == 0)
        result = list(turn, err);
    else if (typed.length == 0 && takes_back(buf_span(&folded), &gone))
        result = forget(turn, gone, err);
    else if (!is_name(buf_span(&name)))
        refuse(turn, TEXT_TEMPLATE_USAGE, buf_span(&name), NULL);
    else if (typed.length == 0)
        result = keep_current(turn, buf_text(&name), err);
    else
        result = keep_typed(turn, buf_text(&name), typed, err);
    buf_release(&name);
    buf_release(&folded);
    return result;
}

static int forget_run(struct turn *turn, struct span arguments, struct err *err)
{
    return forget(turn, arguments, err);
}

/* ---------------------------------------------------------------- start */

static int begin(struct turn *turn, const char *name, const struct plan *plan, struct err *err)
{
    struct buf text = BUF_INIT(PLAN_KEPT_MAX), count = BUF_INIT(64);
    int result;

    plan_print_ids(plan, &text);
    result = plan_step(turn, COACH_STEP_START, name, buf_text(&text), err);
    plan_sets_count(turn, plan, &count);
    reply_say(&turn->reply, turn->texts, name[0] != '\0' ? TEXT_STARTED_TEMPLATE : TEXT_STARTED, ARG("name", name),
              ARG("sets", buf_text(&count)));
    if (result == 0)
        result = plan_say_next(turn, err);
    buf_release(&text);
    buf_release(&count);
    return result;
}

static int start_template(struct turn *turn, struct span name, struct err *err)
{
    struct shelf shelf;
    struct plan plan;
    int result = shelf_open(&shelf, turn, name, err);

    if (result == 0 && shelf.found) {
        planned_read(buf_text(&shelf.text), &plan);
        result = begin(turn, buf_text(&shelf.name), &plan, err);
    } else if (result == 0) {
        say_unknown(turn, name, &shelf);
    }
    shelf_close(&shelf);
    return result;
}

static void say_which(struct turn *turn, const struct shelf *shelf)
{
    struct buf first = BUF_INIT(2 * NAME_MAX);

    buf_add(&first, buf_text(&shelf->names), strcspn(buf_text(&shelf->names), ","));
    reply_say(&turn->reply, turn->texts, TEXT_START_WHICH, ARG("names", buf_text(&shelf->names)),
              ARG("first", buf_text(&first)));
    buf_release(&first);
}

/* The plan that waits, else what there is to begin with. */
static int start_waiting(struct turn *turn, struct err *err)
{
    struct planned planned;
    struct shelf shelf;
    int result;

    planned_at(turn, turn->message->sent_ms, &planned);
    if (planned.there && planned.begun)
        return plan_say_next(turn, err);
    if (planned.there)
        return begin(turn, "", &planned.plan, err);
    result = shelf_open(&shelf, turn, (struct span){"", 0}, err);
    if (result == 0 && shelf.names.length != 0)
        say_which(turn, &shelf);
    else if (result == 0)
        say_none(turn, &shelf, TEXT_WELCOME);
    shelf_close(&shelf);
    return result;
}

static int start_run(struct turn *turn, struct span arguments, struct err *err)
{
    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    return arguments.length == 0 ? start_waiting(turn, err) : start_template(turn, arguments, err);
}

const struct command template_command = {.name = "template",
                                         .aliases = "templates,save this as,save that as,keep this as",
                                         .german = "vorlage,vorlagen,speicher das als,speichere das als",
                                         .arguments = "[NAME [delete]|NAME: PLAN]",
                                         .words = 400,
                                         .free_text = true,
                                         .example = "template push: bench 4x6-8 @2, row 3x10",
                                         .group = COMMAND_SESSION,
                                         .help = TEXT_HELP_TEMPLATE,
                                         .run = template_run};
const struct command forget_template_command = {.name = "forget template",
                                                .aliases = "delete template",
                                                .german = "vorlage löschen,vergiss vorlage",
                                                .arguments = "NAME",
                                                .words = 5,
                                                .free_text = true,
                                                .example = "forget template push",
                                                .group = COMMAND_SESSION,
                                                .help = TEXT_HELP_TEMPLATE,
                                                .unlisted = true,
                                                .run = forget_run};
const struct command start_command = {.name = "start",
                                      .aliases = "",
                                      .german = "beginne,beginnen,starte",
                                      .arguments = "[TEMPLATE]",
                                      .words = 5,
                                      .free_text = true,
                                      .never_before = "0123456789x*+@",
                                      .may_be_other = true, /* its template's name: "start a 2 min timer" is none */
                                      .example = "start",
                                      .group = COMMAND_SESSION,
                                      .help = TEXT_HELP_START,
                                      .run = start_run};
