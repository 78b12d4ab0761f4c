/*
 * "30x12, Knie tut weh" is a set with a note; what hurts counts once it is said how much.
 */
#include "bot/coach/hurt.h"

#include "bot/chat/read.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/setting.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

enum { NOTE_MAX = 4 * SET_NOTE_SIZE };

/* Whether a word of NOTE, folded, says that something hurts. */
static bool hurts(struct span note)
{
    while (note.length != 0) {
        struct span word = typed_word(&note);

        while (word.length != 0 && strchr(",.;!", word.at[word.length - 1]) != NULL)
            word.length--;
        if (typed_is(word,
                     "hurt,hurts,hurting,pain,painful,twinge,twinges,ache,aches,achy,tweaked,weh,schmerz,schmerzen,"
                     "schmerzt,zwickt,sticht,stechen"))
            return true;
    }
    return false;
}

/* The place that NOTE says hurts, as `pain` is told it: "Knie"; empty: none that is understood. */
static struct span place_of(struct turn *turn, struct span note, struct intention *intention)
{
    static const struct hearing hearing = {.name = "", .direct = true};
    const struct reading_options options = turn_reading_options(turn);

    chat_read(&turn->coach->commands, &hearing, note, &options, &turn->coach->reading, intention);
    if (intention->kind == INTENTION_COMMAND && intention->command == &setting_table[SETTING_PAIN].command)
        return intention->arguments;
    return (struct span){note.at, 0};
}

void hurt_say(struct turn *turn)
{
    struct buf folded = BUF_INIT(NOTE_MAX), place = BUF_INIT(SET_NOTE_SIZE);
    const struct set *set = turn->logged.count != 0 ? &turn->logged.at[turn->logged.count - 1] : NULL;
    const struct setting_time now = {turn->message->sent_ms, day_of(turn, turn->message->sent_ms).number,
                                     turn->coach->options.policy};
    struct intention intention;

    if (set == NULL || !turn->message->direct || setting_value(turn->lifter, SETTING_PAIN, &now) != NULL ||
        set->note[0] == '\0' || turn->kind != OUT_REPLY || turn->reply.lines.count >= PHONE_LINES)
        return;
    if (typed_fold(span_of(set->note), &folded) == 0 && hurts(buf_span(&folded))) {
        buf_add_span(&place, place_of(turn, span_of(set->note), &intention));
        reply_say(&turn->reply, turn->texts, place.length != 0 ? TEXT_HURTS : TEXT_HURTS_WHERE,
                  ARG("place", buf_text(&place)));
    }
    buf_release(&folded);
    buf_release(&place);
}
