/*
 * help: made from the command table.
 */
#include <string.h>

#include "bot/coach/commands.h"

static bool is_setting(const struct command *command)
{
    return command->run == setting_run;
}

static void help_all(struct turn *turn)
{
    const struct texts *texts = turn->texts;
    const struct command *command;
    size_t settings = 0;

    reply_tell(&turn->reply, texts, TEXT_HELP_HEAD);
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        if (is_setting(command) || command->unlisted)
            continue;
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_CODE, command->name);
        reply_add(&turn->reply, REPLY_PLAIN, ": ");
        reply_add(&turn->reply, REPLY_PLAIN, texts_get(texts, command->help));
    }
    reply_tell(&turn->reply, texts, TEXT_HELP_SETTINGS_HEAD);
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        if (!is_setting(command))
            continue;
        reply_add(&turn->reply, REPLY_PLAIN, settings++ != 0 ? ", " : " ");
        reply_add(&turn->reply, REPLY_CODE, command->name);
    }
    reply_tell(&turn->reply, texts, TEXT_HELP_MORE);
}

static void help_one(struct turn *turn, const struct command *command)
{
    const struct texts *texts = turn->texts;

    if (command->arguments[0] == '\0') {
        reply_say(&turn->reply, texts, TEXT_HELP_BRIEF, ARG("name", command->name),
                  ARG("what", texts_get(texts, command->help)));
        return;
    }
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_CODE, command->name);
    reply_add(&turn->reply, REPLY_CODE, " ");
    reply_add(&turn->reply, REPLY_CODE, command->arguments);
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_PLAIN, texts_get(texts, command->help));
    reply_say(&turn->reply, texts, TEXT_HELP_EXAMPLE, ARG("example", command->example));
}

static int sets_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_HOW_TO_WRITE);
    return 0;
}

static int help_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct command *command;
    struct buf name = BUF_INIT(64);
    struct span rest;

    if (arguments.length == 0) {
        help_all(turn);
        return 0;
    }
    command = command_find(&turn->coach->commands, arguments, &rest);
    if (command == &sets_command)
        return sets_run(turn, rest, err);
    if (command != NULL) {
        help_one(turn, command);
        return 0;
    }
    buf_add_span(&name, arguments);
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, TEXT_UNKNOWN_COMMAND, ARG("name", buf_text(&name)));
    buf_release(&name);
    return 0;
}

const struct command help_command = {.name = "help",
                                     .aliases = "commands,?,what can you do",
                                     .arguments = "[COMMAND]",
                                     .words = 2,
                                     .example = "help today",
                                     .help = TEXT_HELP_HELP,
                                     .run = help_run};
const struct command sets_command = {
    .name = "sets", .aliases = "set", .arguments = "", .example = "sets", .help = TEXT_HELP_SETS, .run = sets_run};
