/*
 * Members who are named without an @.
 */
#include "bot/coach/named.h"

#include <string.h>

#include "bot/chat/address.h"
#include "bot/coach/coaching.h"
#include "bot/coach/typed.h"

enum { TEXT_MOST = 120 };

static bool is_member(const struct roster *roster, struct span word)
{
    for (size_t i = 0; i < roster->members.count; i++)
        if (roster->members.at[i].presence != COACH_LEFT && roster_calls(roster, &roster->members.at[i], word))
            return true;
    return false;
}

/* TEXT with an @ before each name of a member. False: it has none. */
static bool mark(const struct roster *roster, struct span text, struct buf *out)
{
    bool found = false;

    while (text.length != 0) {
        const struct span word = typed_word(&text);
        struct span bare = word;

        while (bare.length != 0 && strchr("?!.,", bare.at[bare.length - 1]) != NULL)
            bare.length--;
        if (bare.length > 2 && memcmp(bare.at + bare.length - 2, "'s", 2) == 0)
            bare.length -= 2; /* "ben's bench" */
        if (is_member(roster, bare)) {
            buf_addc(out, '@');
            buf_add_span(out, bare);
            found = true;
        } else {
            buf_add_span(out, word);
        }
        buf_adds(out, text.length != 0 ? " " : "");
    }
    return found;
}

static void read_marked(struct turn *turn, struct span text, struct intention *intention)
{
    static const struct hearing hearing = {.name = "", .direct = true};
    const struct reading_options options = turn_reading_options(turn);
    struct intention marked;

    chat_read(&turn->coach->commands, &hearing, text, &options, &turn->coach->reading, &marked);
    if (marked.kind != INTENTION_COMMAND || marked.command->who != COMMAND_COACHES || marked.said[0] == '\0')
        return; /* only what is read in other words than it stands in outlives the text */
    intention->kind = INTENTION_COMMAND;
    memcpy(intention->said, marked.said, sizeof(intention->said));
    intention->command = command_find(&turn->coach->commands, span_of(intention->said), &intention->arguments);
}

/* It came to nothing, or is a command of one's own with more behind it: "wie läuft es bei cara". */
static bool may_name(const struct intention *intention)
{
    switch (intention->kind) {
    case INTENTION_NONE:
    case INTENTION_TALK:
    case INTENTION_UNKNOWN:
        return true;
    case INTENTION_COMMAND:
        return intention->command->group != COMMAND_ROOM && intention->arguments.length != 0;
    default:
        return false;
    }
}

/* "spotter: …", "!…", a mention */
static bool is_called(const struct turn *turn)
{
    struct span text = span_of(turn->message->text);
    bool bang;

    return chat_take_address(&text, "spotter", &bang) || bang || turn->message->addressed;
}

int named_read(struct turn *turn, struct intention *intention, struct err *err)
{
    const struct message *message = turn->message;
    const bool called = is_called(turn) && !message->again && turn->writer == 0;
    struct roster roster = {.group = {.id = 0}};
    struct buf marked = BUF_INIT(2 * TEXT_MOST);
    int result = 0;

    if (!message->direct && called && intention->text.length <= TEXT_MOST && may_name(intention))
        result = roster_load_room(turn->store, message->transport, message->room, &roster, err);
    if (result == 1 && coaching_is(roster_member(&roster, turn->lifter->id)) && mark(&roster, intention->text, &marked))
        read_marked(turn, buf_span(&marked), intention);
    roster_release(&roster);
    buf_release(&marked);
    return result < 0 ? -1 : 0;
}
