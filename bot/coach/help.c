/*
 * help: made from the command table.
 */
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/text/fold.h"

/* Short ones: whole phrases go without saying. */
enum { ALIASES_SHOWN = 6, ALIAS_SHOWN_MAX = 16 };

/* Goes on with TEXT, on a new line where a phone's has no room for it and the comma. */
static void add_wrapped(struct turn *turn, const char *text, size_t *width)
{
    size_t more = text_width(span_of(text));

    if (*width + strlen(" ") + more + strlen(",") > PHONE_COLUMNS) {
        reply_line(&turn->reply, false);
        *width = 0;
    } else {
        reply_add(&turn->reply, REPLY_PLAIN, " ");
        *width += strlen(" ");
    }
    reply_add(&turn->reply, REPLY_CODE, text);
    *width += more;
}

/* "Logging: sets, ok, same". */
static void help_brief(struct turn *turn, enum command_group group)
{
    const char *title = texts_get(turn->texts, command_group_titles[group]);
    const struct command *command;
    size_t said = 0, width = text_width(span_of(title)) + strlen(":");

    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        if (command->group != group || command->unlisted)
            continue;
        if (said++ == 0) {
            reply_say(&turn->reply, turn->texts, TEXT_HELP_GROUP, ARG("group", title));
        } else {
            reply_add(&turn->reply, REPLY_PLAIN, ",");
            width += strlen(",");
        }
        add_wrapped(turn, command->name, &width);
    }
}

static void help_all(struct turn *turn)
{
    struct buf advice = BUF_INIT(64);

    reply_tell(&turn->reply, turn->texts, TEXT_HELP_HEAD);
    for (int group = 0; group < COMMAND_GROUPS; group++)
        help_brief(turn, (enum command_group)group);
    typed_fold(span_of(texts_get(turn->texts, command_group_titles[COMMAND_ADVICE])), &advice);
    reply_say(&turn->reply, turn->texts, TEXT_HELP_MORE, ARG("group", buf_text(&advice)));
    buf_release(&advice);
}

static void help_group(struct turn *turn, enum command_group group)
{
    const struct command *command;

    reply_say(&turn->reply, turn->texts, TEXT_HELP_GROUP,
              ARG("group", texts_get(turn->texts, command_group_titles[group])));
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        if (command->group != group || command->unlisted)
            continue;
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_CODE, command->name);
        reply_add(&turn->reply, REPLY_PLAIN, ": ");
        reply_add(&turn->reply, REPLY_PLAIN, texts_get(turn->texts, command->help));
    }
}

/* The group that FOLDED names by its title, COMMAND_GROUPS when none. */
static enum command_group find_group(const struct texts *texts, struct span folded)
{
    struct buf title = BUF_INIT(64);
    int group = 0;

    for (; group < COMMAND_GROUPS; group++) {
        buf_clear(&title);
        typed_fold(span_of(texts_get(texts, command_group_titles[group])), &title);
        if (span_equal(buf_span(&title), folded))
            break;
    }
    buf_release(&title);
    return (enum command_group)group;
}

static void say_aliases(struct turn *turn, const struct command *command)
{
    struct buf list = BUF_INIT(512);
    const char *aliases = command_aliases(command, texts_language(turn->texts));
    struct span alias;

    for (int shown = 0; shown < ALIASES_SHOWN && command_next_alias(&aliases, &alias);) {
        if (alias.length > ALIAS_SHOWN_MAX)
            continue;
        shown++;
        buf_adds(&list, list.length != 0 ? ", " : "");
        buf_add_span(&list, alias);
    }
    if (list.length != 0)
        reply_say(&turn->reply, turn->texts, TEXT_HELP_ALSO, ARG("aliases", buf_text(&list)));
    buf_release(&list);
}

static void help_one(struct turn *turn, const struct command *command)
{
    const struct texts *texts = turn->texts;

    if (command->arguments[0] == '\0') {
        reply_say(&turn->reply, texts, TEXT_HELP_BRIEF, ARG("name", command->name),
                  ARG("what", texts_get(texts, command->help)));
    } else {
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_CODE, command->name);
        reply_add(&turn->reply, REPLY_CODE, " ");
        reply_add(&turn->reply, REPLY_CODE, command->arguments);
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_PLAIN, texts_get(texts, command->help));
        reply_say(&turn->reply, texts, TEXT_HELP_EXAMPLE, ARG("example", command->example));
    }
    if (command->who != COMMAND_ANYBODY)
        reply_tell(&turn->reply, texts, command_who_texts[command->who]);
    say_aliases(turn, command);
}

static int sets_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_HOW_TO_WRITE);
    return 0;
}

/* How kinds of sets are written. False: TYPED is no such kind. */
static bool help_notation(struct turn *turn, struct span typed)
{
    static const struct {
        const char *words;
        enum text_key text;
    } kinds[] = {
        {"drop,dropset,drop set,drop sets,dropsatz,dropsatze", TEXT_WRITE_DROP},
        {"myo,myo reps,cluster,rest-pause", TEXT_WRITE_MYO},
        {"superset,supersets,supersatz,supersatze", TEXT_WRITE_SUPERSET},
        {"warmup set,warmup sets,aufwarmsatz,aufwarmsatze", TEXT_WRITE_WARMUP},
        {"side,sides,hand,one side,seite,einseitig", TEXT_WRITE_SIDE},
        {"bodyweight set,bodyweight,korpergewicht", TEXT_WRITE_BODYWEIGHT},
        {"failure,versagen", TEXT_WRITE_FAILURE},
    };

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
        if (!typed_says(typed, kinds[i].words))
            continue;
        reply_tell(&turn->reply, turn->texts, kinds[i].text);
        return true;
    }
    return false;
}

/* HELP about what was typed: a group, a kind of sets, else a command. False when it is none. */
static bool help_about(struct turn *turn, struct span typed)
{
    const struct command *command;
    struct buf folded = BUF_INIT(64);
    enum command_group group = COMMAND_GROUPS;
    struct span rest;

    if (typed_fold(typed, &folded) == 0)
        group = find_group(turn->texts, buf_span(&folded));
    buf_release(&folded);
    if (group != COMMAND_GROUPS) {
        help_group(turn, group);
        return true;
    }
    if (help_notation(turn, typed))
        return true;
    command = command_find(&turn->coach->commands, typed, &rest);
    if (command == &sets_command)
        reply_tell(&turn->reply, turn->texts, TEXT_HOW_TO_WRITE);
    else if (command == &rir_command)
        reply_tell(&turn->reply, turn->texts, TEXT_RIR);
    else if (command != NULL)
        help_one(turn, command);
    return command != NULL;
}

static int help_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)err;
    if (arguments.length == 0) {
        help_all(turn);
        return 0;
    }
    return help_about(turn, arguments) ? 0 : turn_unknown(turn, arguments);
}

const struct command help_command = {.name = "help",
                                     .aliases = "commands,?,what can you do,how does this work,how do i use this",
                                     .german = "hilfe,befehle,was kannst du alles,was kannst du,wie geht das",
                                     .arguments = "[COMMAND]",
                                     .words = 4,
                                     .free_text = true,
                                     .example = "help today",
                                     .group = COMMAND_OTHER,
                                     .help = TEXT_HELP_HELP,
                                     .run = help_run};
static int rir_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_RIR);
    return 0;
}

const struct command sets_command = {.name = "sets",
                                     .aliases = "set",
                                     .german = "satz,sätze,saetze",
                                     .arguments = "",
                                     .example = "sets",
                                     .group = COMMAND_LOGGING,
                                     .help = TEXT_HELP_SETS,
                                     .run = sets_run};
const struct command rir_command = {.name = "rir",
                                    .aliases = "rpe,reps in reserve",
                                    .german = "wiederholungen in reserve",
                                    .arguments = "",
                                    .example = "rir",
                                    .group = COMMAND_LOGGING,
                                    .help = TEXT_HELP_RIR,
                                    .run = rir_run};
