/*
 * What a message says of its lifter besides sets; see said.h.
 */
#include "bot/coach/said.h"

#include <string.h>

#include "bot/coach/checkin_plan.h"
#include "bot/coach/setting.h"
#include "bot/coach/setting_words.h"
#include "core/text/fold.h"

enum { DEED_MAX = 64 }; /* bytes of its arguments */

int said_put(struct turn *turn, const char *name, const char *value, struct err *err)
{
    int64_t own = 0, *action = turn->heard != NULL ? &turn->heard->action : &own;
    struct coach_said said = {.name = name, .value = value};

    if (turn_begin(turn, COACH_LOG, action, err) < 0)
        return -1;
    said.action = *action;
    said.input = turn->heard != NULL ? turn->heard->input : turn->input;
    return turn->store->said_put(turn->store->self, turn->lifter->id, &said, err);
}

/* The value that a deed is kept as. */
static const char deed_name[] = "deed";

int said_deed(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf typed = BUF_INIT(DEED_MAX + 64);
    int result;

    if (arguments.length == 0 || turn->kind != OUT_REPLY || turn->heard == NULL || turn->heard->action != 0)
        return 0;
    buf_addf(&typed, "%s ", turn->command->name);
    buf_add(&typed, arguments.at, text_cut(arguments, DEED_MAX));
    result = said_put(turn, deed_name, buf_text(&typed), err);
    buf_release(&typed);
    return result;
}

const char *said_deed_of(const struct coach_said *said)
{
    return strcmp(said->name, deed_name) == 0 ? said->value : NULL;
}

static const struct setting *setting_named(const char *name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (strcmp(setting_table[i].command.name, name) == 0)
            return &setting_table[i];
    return NULL;
}

void said_print(const struct turn *turn, const struct coach_said *said, struct buf *out)
{
    const struct setting *setting = setting_named(said->name);
    size_t prefix = strlen(COACH_SAID_ALIAS);
    bool alias = strncmp(said->name, COACH_SAID_ALIAS, prefix) == 0;

    if (setting == NULL && !alias)
        return;
    buf_adds(out, out->length != 0 ? ", " : "");
    if (alias) {
        buf_adds(out, said->name + prefix);
        return;
    }
    buf_adds(out, texts_get(turn->texts, setting->title));
    buf_addc(out, ' ');
    setting_words_show(setting_kept(said->value), texts_language(turn->texts), out);
}

int said_again(struct turn *turn, struct err *err)
{
    lifter_drop_settings(turn->lifter);
    lifter_drop_names(turn->lifter);
    return lifter_load_names(turn->lifter, turn->store, err) < 0 || turn_settle(turn, err) < 0
               ? -1
               : checkin_plan_again(turn, err);
}
