/*
 * "30x12, Knie tut weh" is a set with a note; what hurts counts once it is said how much.
 */
#include "bot/coach/hurt.h"

#include "bot/chat/read.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/pending.h"
#include "bot/coach/seen.h"
#include "bot/coach/setting.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/notation/severity.h"

enum { NOTE_MAX = 4 * SET_NOTE_SIZE, LEVEL_MAX = 60, LEVEL_WITHIN_MS = 10 * 60 * 1000 };

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

/* ---------------------------------------------------------------- how much */

static int is_pain(void *arg, const struct coach_said *said)
{
    *(bool *)arg |= strcmp(said->name, setting_table[SETTING_PAIN].command.name) == 0;
    return 0;
}

static bool pain_is_new(const struct turn *turn)
{
    const int64_t said_ms = setting_said_ms(turn->lifter, SETTING_PAIN), now_ms = turn->message->sent_ms;

    return said_ms != 0 && now_ms >= said_ms && now_ms - said_ms <= LEVEL_WITHIN_MS;
}

/* Whether the last thing that was done was to say that something hurts; where a level says that it is of a pain, no set
 * was done since: 1, 0, -1. */
static int pain_is_last(struct turn *turn, bool plain, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_action action;
    bool pain = false;
    int result = store->action_last(store->self, turn->lifter->id, !plain, &action, err);
    if (!plain)
        return result < 0 ? -1 : result == 0 || action.at_ms <= setting_said_ms(turn->lifter, SETTING_PAIN);
    if (result == 1 && action.lifter == turn->lifter->id &&
        store->said_of_action(store->self, action.id, false, is_pain, &pain, err) < 0)
        result = -1;
    return result == 1 ? pain : result;
}

/* "left knee", of "shoulder 1, left knee 2": what was said last stands last. */
static struct span last_place(const char *value)
{
    const char *comma = strrchr(value, ',');
    struct span place = span_of(comma != NULL ? comma + 2 : value);

    while (place.length != 0 && strchr(" 0123456789", place.at[place.length - 1]) != NULL)
        place.length--;
    return place;
}

static int put_level(struct turn *turn, const struct severity *said, struct err *err)
{
    const struct setting_time now = {turn->message->sent_ms, day_of(turn, turn->message->sent_ms).number,
                                     turn->coach->options.policy};
    const char *value = setting_value(turn->lifter, SETTING_PAIN, &now);
    struct buf typed = BUF_INIT(NOTE_MAX);
    int result;

    if (value == NULL || value[0] == '\0' || (said->level == 0 && strchr(value, ',') != NULL))
        return 0; /* of several places what is over is named: what is said next is of the one that is gone */
    buf_add_span(&typed, last_place(value));
    buf_addf(&typed, " %d%s", said->level, said->of_ten ? "/10" : "");
    result = seen_run(turn, &setting_table[SETTING_PAIN].command, buf_span(&typed), err);
    buf_release(&typed);
    return result < 0 ? -1 : 1;
}

/* A number alone may answer what was asked since. */
static bool may_answer(const struct turn *turn, const struct questions *questions, const struct severity *said)
{
    const size_t count = questions->at.count;

    return said->plain && count != 0 &&
           questions->at.at[count - 1].asked_ms >= setting_said_ms(turn->lifter, SETTING_PAIN);
}

int hurt_hear(struct turn *turn, const struct questions *questions, struct pending *original, struct span text,
              struct err *err)
{
    const struct message *message = turn->message;
    struct buf folded = BUF_INIT(4 * LEVEL_MAX);
    struct severity said;
    int result = 0;

    if (turn->following || turn->dry || text.length > LEVEL_MAX || !(message->direct || message->addressed) ||
        !pain_is_new(turn))
        return 0;
    if (typed_fold(text, &folded) == 0 && severity_read(buf_span(&folded), &said) &&
        !may_answer(turn, questions, &said))
        result = pain_is_last(turn, said.plain, err);
    if (result == 1)
        result = turn_claim(turn, original, err);
    if (result == 1)
        result = put_level(turn, &said, err);
    buf_release(&folded);
    return result;
}
