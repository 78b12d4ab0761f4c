/*
 * From the text of a message to what it means, done.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bot/chat/subject.h"
#include "bot/coach/advise.h"
#include "bot/coach/book.h"
#include "bot/coach/contact.h"
#include "bot/coach/checkin.h"
#include "bot/coach/choice.h"
#include "bot/coach/commands.h"
#include "bot/coach/comment.h"
#include "bot/coach/context.h"
#include "bot/coach/filled.h"
#include "bot/coach/forget.h"
#include "bot/coach/gist.h"
#include "bot/coach/hurt.h"
#include "bot/coach/misread.h"
#include "bot/coach/named.h"
#include "bot/coach/onward.h"
#include "bot/coach/qualm.h"
#include "bot/coach/remark.h"
#include "bot/coach/said.h"
#include "bot/coach/seen.h"
#include "bot/coach/setting.h"
#include "bot/coach/turn.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"

enum { HINT_HOLDS_MS = 12 * CIVIL_HOUR_MS };
#define HINTED "hinted" /* when the lifter was told last how sets are written */

/* What coaches ask is taken back as it was said. */
static bool is_deed(const struct command *command)
{
    return command->group == COMMAND_ROOM && command->who != COMMAND_COACHES;
}

/* Further commands, or sets, stand behind the first: each behind the one before. */
static int hear_command(struct turn *turn, const struct intention *intention, struct err *err)
{
    static const struct hearing hearing = {.name = "", .direct = true};
    const struct reading_options options = turn_reading_options(turn);
    struct intention next;
    struct span more = intention->more;

    if (seen_run(turn, intention->command, intention->arguments, err) < 0)
        return -1;
    if (is_deed(intention->command) && said_deed(turn, intention->arguments, err) < 0)
        return -1;
    while (more.length != 0) {
        chat_read(&turn->coach->commands, &hearing, more, &options, &turn->coach->reading, &next);
        if (next.kind == INTENTION_READING)
            return book_words(turn, next.text, err);
        if (next.kind != INTENTION_COMMAND)
            return 0;
        if (seen_run(turn, next.command, next.arguments, err) < 0)
            return -1;
        more = next.more;
    }
    return 0;
}

/* "8", "@8", "+2.5": a piece of a set. */
static bool is_number(struct span text)
{
    bool digit = false;

    for (size_t i = 0; i < text.length; i++) {
        bool now = text.at[i] >= '0' && text.at[i] <= '9';

        if (!now && strchr(" .,@+-%", text.at[i]) == NULL)
            return false;
        digit = digit || now;
    }
    return digit && text.length <= 16;
}

/* How sets are written is told once a session: whoever only talks has read it. 1 it was told, 0, -1. */
static int hinted(struct turn *turn, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct buf value = BUF_INIT(32);
    int64_t now_ms = turn->message->sent_ms, told_ms;
    int found = store->value_get(store->self, turn->lifter->id, HINTED, &value, err);

    told_ms = found == 1 ? strtoll(buf_text(&value), NULL, 10) : 0;
    if (found == 1)
        found = now_ms > told_ms && now_ms - told_ms < HINT_HOLDS_MS;
    buf_clear(&value);
    buf_addf(&value, "%" PRId64, now_ms);
    if (found == 0 && turn_is_said_now(turn) &&
        store->value_put(store->self, turn->lifter->id, HINTED, buf_text(&value), err) < 0)
        found = -1;
    buf_release(&value);
    return found;
}

/* What was understood of a set that can't be read is its exercise: how one of that is written. */
static void say_named(struct turn *turn, const char *id)
{
    const struct exercise *exercise = lifter_exercise(turn->lifter, id);
    struct buf name = BUF_INIT(128), example = BUF_INIT(160);

    wording_exercise(turn, id, &name);
    buf_addf(&example, "%s %s", buf_text(&name),
             exercise == NULL       ? "80x8 @1"
             : exercise->timed      ? "45s"
             : exercise->bodyweight ? "x8 @1"
                                    : "80x8 @1");
    reply_say(&turn->reply, turn->texts, TEXT_HINT_NAMED, ARG("exercise", buf_text(&name)),
              ARG("example", buf_text(&example)));
    buf_release(&name);
    buf_release(&example);
}

/* In words, where nothing waits for an answer. */
static int say_how(struct turn *turn, struct span text, bool meant, struct err *err)
{
    const bool asks = subject_asks(text);
    const char *named = !asks && !meant ? gist_named(turn, text) : NULL;
    int told = asks ? 0 : remark_felt(turn, text, err);

    if (told != 0)
        return told;
    if (named != NULL)
        say_named(turn, named);
    else if (!meant)
        told = hinted(turn, err);
    if (named == NULL)
        reply_tell(&turn->reply, turn->texts, asks ? TEXT_HINT_QUESTION : told == 1 ? TEXT_HINT_AGAIN : TEXT_HINT);
    return told < 0 ? -1 : 0;
}

/* MEANT: it was for us, and came to nothing. */
static int say_hint(struct turn *turn, struct span text, bool meant, struct err *err)
{
    struct buf shown = BUF_INIT(64);
    const char *mentioned = meant ? NULL : gist_mentioned(turn, text);
    bool number = is_number(text);
    int waits = mentioned != NULL ? onto_mention(turn, mentioned, text, subject_asks(text), err) : 0;

    turn->kind = OUT_ERROR;
    if (waits == 0 && turn->message->direct && (!number || memchr(text.at, ' ', text.length) != NULL))
        waits = checkin_waits(turn, err);
    if (waits == 1) { /* its answer went wrong */
        reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_REMIND);
    } else if (number) {
        buf_add_span(&shown, text);
        reply_say(&turn->reply, turn->texts, TEXT_HINT_NUMBER, ARG("text", buf_text(&shown)));
    } else if (waits == 0) {
        waits = say_how(turn, text, meant, err);
    }
    buf_release(&shown);
    return waits < 0 ? -1 : 0;
}

/* Whether a set was booked since LAST, to which the message is no reply. */
static bool is_passed(const struct turn *turn, const struct pending *last)
{
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);

    return turn->message->reply_to == NULL && moment != NULL && moment->at_ms > last->sent_ms;
}

/* To the question that the message replies to, else to the last one; "9", which that doesn't offer, may be reps of a
 * set that was booked since. */
static int answer(struct turn *turn, struct questions *questions, const struct intention *intention, int64_t sent_ms,
                  struct err *err)
{
    const struct pending *asked;
    size_t index;
    int booked = 0;

    if (question_find(turn, questions, turn->message->reply_to, &index, err) < 0)
        return -1;
    asked = &questions->at.at[index];
    if (is_passed(turn, asked) && !question_offers(turn, asked, intention->answer))
        booked = onward_book(turn, intention->text, sent_ms, err);
    return booked == 0 ? question_answer(turn, questions, index, intention->answer, err) : booked < 0 ? -1 : 0;
}

/* What is neither set nor command: one more set all the same where it goes on from the last one, the sets that it may
 * tell of and what it may put right are asked about, or it names the exercise that comes now. MEANT: it is for us. */
static int talk(struct turn *turn, struct span text, bool meant, int64_t sent_ms, struct err *err)
{
    int done = meant ? onward_book(turn, text, sent_ms, err) : 0;

    if (done == 0 && turn->following) { /* it was said before, and nothing is said of it now */
        turn->talk = true;
        return 0;
    }
    if (done == 0 && meant)
        done = gist_ask(turn, text, sent_ms, err);
    if (done == 0 && meant)
        done = qualm_ask(turn, text, sent_ms, err);
    if (done == 0 && meant)
        done = onto_hear(turn, text, err);
    if (done != 0)
        return done < 0 ? -1 : 0;
    turn->talk = true;
    return meant ? say_hint(turn, text, false, err) : 0;
}

/* "undo" right behind a question takes back what that is about, of which nothing is booked yet. */
static int obey_command(struct turn *turn, const struct intention *intention, struct questions *questions,
                        struct err *err)
{
    const struct command *command = intention->command;
    int last = 0;

    if (command == &undo_command || command == &undo_set_command)
        last = unanswered_is_last(turn, err);
    if (last == 1)
        return question_answer(turn, questions, questions->at.count - 1, ANSWER_CANCEL, err);
    return last < 0 ? -1 : hear_command(turn, intention, err);
}

/* What was read: "20 per side, 8" behind a bar is asked about first. */
static int book_read(struct turn *turn, struct span text, struct pending *original, struct err *err)
{
    const int asked = gist_ask_plates(turn, text, original->sent_ms, err);

    return asked != 0 ? asked : book(turn, original, err);
}

static int act(struct turn *turn, const struct intention *intention, struct questions *questions,
               struct pending *original, struct err *err)
{
    switch (intention->kind) {
    case INTENTION_COMMAND:
        return obey_command(turn, intention, questions, err);
    case INTENTION_CHOICE:
        return choice_offer(turn, intention->text, err);
    case INTENTION_UNKNOWN:
        return turn_unknown(turn, intention->arguments);
    case INTENTION_MISFIT:
        return filled_refuse(turn);
    case INTENTION_ANSWER:
        return answer(turn, questions, intention, original->sent_ms, err);
    case INTENTION_READING:
        return book_read(turn, intention->text, original, err);
    default:
        return talk(turn, intention->text, intention->kind == INTENTION_TALK, original->sent_ms, err);
    }
}

/* As late as possible: what people only talk about is not kept. */
int turn_claim(struct turn *turn, struct pending *original, struct err *err)
{
    int result;

    if (turn->input != 0)
        return 1;
    result = turn->store->input_claim(turn->store->self, turn->message, turn->lifter->id, &turn->input, err);
    original->input = turn->input;
    return result;
}

/* What was meant for us and came to nothing ("same x4legs") is refused in words. */
static int in_words(struct turn *turn, struct span text, struct err *err)
{
    return turn->reply.lines.count == 0 ? say_hint(turn, text, true, err) : 0;
}

/* "slept 7.5 h, no complaints" tells a number of who writes, in words of its own, and answers nothing that was asked.
 */
static bool tells_value(const struct intention *intention)
{
    return intention->kind == INTENTION_COMMAND && intention->said[0] != '\0' && span_has_digit(intention->arguments) &&
           intention->command->group == COMMAND_ABOUT_YOU &&
           intention->command != &setting_table[SETTING_EXPERIENCE].command; /* which is asked for */
}

/* "rest 3m", while something else is asked: a command with a number, and nothing about who writes. */
static bool wants_number(const struct intention *intention)
{
    return intention->kind == INTENTION_COMMAND && span_has_digit(intention->arguments) &&
           (intention->command->group == COMMAND_SESSION || intention->command->group == COMMAND_TOOLS);
}

/* Whether what was asked last is answered, which nobody does for the lifter: 1, 0, -1. */
static int answer_words(struct turn *turn, const struct intention *intention, struct questions *questions,
                        struct err *err)
{
    const struct command *command = intention->command;
    int result = 0;

    if (intention->kind == INTENTION_ANSWER || turn->writer != 0)
        return 0;
    if (turn->message->block == NULL && !tells_value(intention) && !wants_number(intention) &&
        (intention->kind != INTENTION_COMMAND || intention->said[0] != '\0'))
        result = question_answer_words(turn, questions, intention->text, err);
    if (result == 0 && intention->kind == INTENTION_COMMAND &&
        (command->takes_pieces || command == &fix_exercise_command))
        result = question_correct(turn, questions, intention->arguments, err);
    return result;
}

static int obey(struct turn *turn, const struct intention *intention, struct questions *questions,
                struct pending *original, struct err *err)
{
    const size_t waiting = questions->at.count;
    const int64_t asked_ms = waiting != 0 ? questions->at.at[waiting - 1].asked_ms : INT64_MIN;
    int result = advise_load(turn, original->sent_ms, err); /* what a bare load is of is told by the log */

    if (result == 0)
        result = forget_hear(turn, intention->text, asked_ms, err);
    if (result != 0)
        return result < 0 ? -1 : 0;
    result = answer_words(turn, intention, questions, err);
    if (result != 0)
        return result < 0 ? -1 : in_words(turn, intention->text, err);
    if (act(turn, intention, questions, original, err) < 0)
        return -1;
    if (intention->kind == INTENTION_READING ? turn->message->direct : intention->kind != INTENTION_NONE)
        return in_words(turn, intention->text, err);
    return 0;
}

/* It is no command, and no sets as it stands; and nobody comments from a history, or as somebody else. */
static bool may_comment(const struct turn *turn, const struct intention *intention)
{
    if (turn->message->again || turn->message->unproven || turn->writer != 0)
        return false;
    return intention->kind == INTENTION_TALK || intention->kind == INTENTION_NONE ||
           (intention->kind == INTENTION_READING && turn->coach->reading.kind != READING_SETS);
}

/* Of a history: no command and no answer where later things are known; and nothing that reaches beyond the lifter's own
 * log where nobody can say whether they have said it. Of somebody who writes for them: nothing but sets. */
static bool is_idle(const struct turn *turn, const struct intention *intention)
{
    const struct message *message = turn->message;

    if ((message->again || turn->writer != 0) && intention->kind != INTENTION_READING)
        return true;
    return message->unproven && intention->kind == INTENTION_COMMAND && intention->command->group == COMMAND_ROOM;
}

/* The question that a bare answer is to. A doubt about a set has lapsed once another was booked: "1" is the next single
 * then; what replies to the question is an answer all the same. */
static const struct pending *waiting_last(const struct turn *turn, const struct questions *questions)
{
    const struct pending *last = questions->at.count != 0 ? &questions->at.at[questions->at.count - 1] : NULL;

    return last != NULL && (last->waiting == WAITING_FIX || last->waiting == WAITING_COMMAND) && is_passed(turn, last)
               ? NULL
               : last;
}

/* What the message wants. The names are loaded. */
static void read_intention(struct turn *turn, const struct questions *questions, struct intention *intention)
{
    const struct message *message = turn->message;
    const struct pending *last = waiting_last(turn, questions);
    const struct hearing hearing = {.name = "spotter",
                                    .direct = message->direct,
                                    .addressed = message->addressed,
                                    .waiting = last != NULL && message->block == NULL,
                                    .choices = last != NULL ? pending_choices(last) : 0};
    const struct reading_options options = turn_reading_options(turn);

    chat_read(&turn->coach->commands, &hearing, span_of(message->text), &options, &turn->coach->reading, intention);
    if (message->block != NULL && !filled_is(message->block, intention))
        intention->kind = INTENTION_MISFIT;
    if (is_idle(turn, intention))
        intention->kind = INTENTION_NONE;
}

/* What isn't heard for what it says itself: the answer to a check-in, a remark on the set before. 1 it is one, 0, -1.
 */
static int hear_beside(struct turn *turn, const struct questions *questions, const struct intention *intention,
                       struct pending *original, struct err *err)
{
    const bool theirs = !turn->message->again && turn->message->block == NULL && turn->writer == 0;
    int result = 0;

    if (theirs)
        result = checkin_answer(turn, original, intention->text, questions->at.count != 0, err);
    if (result == 0 && intention->kind != INTENTION_ANSWER && theirs)
        result = hurt_hear(turn, questions, original, intention->text, err);
    if (result == 0 && may_comment(turn, intention))
        result = comment_hear(turn, original, intention->text, err);
    return result;
}

/* "squat 100x700" */
static bool is_refused(const struct turn *turn, const struct intention *intention)
{
    return intention->kind == INTENTION_READING && turn->kind == OUT_ERROR &&
           turn->coach->reading.kind == READING_ERROR;
}

/* What was done about the message is said already. */
static int say_besides(struct turn *turn, const struct intention *intention, const struct pending *original,
                       struct err *err)
{
    const bool refused = is_refused(turn, intention);

    if ((turn->talk || refused) && !turn->following &&
        misread_note(turn, intention->text, refused, original->sent_ms, err) < 0)
        return -1;
    if (intention->kind == INTENTION_READING)
        unanswered_say(turn);
    hurt_say(turn);
    return 0;
}

static int hear(struct turn *turn, struct questions *questions, struct pending *original, struct err *err)
{
    struct intention intention;
    int result;

    if (lifter_load_names(turn->lifter, turn->store, err) < 0 || unanswered_find(turn, questions, err) < 0)
        return -1;
    read_intention(turn, questions, &intention);
    pending_set_text(original, intention.text);
    result = hear_beside(turn, questions, &intention, original, err);
    if (result == 0)
        result = named_read(turn, &intention, err);
    if (result != 0)
        return result < 0 ? -1 : 0;
    if (intention.kind == INTENTION_NONE && questions->at.count == 0) {
        turn->talk = true;
        return 0;
    }
    result = turn_claim(turn, original, err);
    if (result == 1)
        result = obey(turn, &intention, questions, original, err);
    return result == 0 ? say_besides(turn, &intention, original, err) : result;
}

int turn_hear(struct turn *turn, struct pending *original, struct err *err)
{
    struct questions questions = {0};
    int result = 0;

    if (!turn->following && !turn->message->again)
        result = questions_load(turn, &questions, err);
    turn->heard = original;
    if (result == 0)
        result = hear(turn, &questions, original, err);
    questions_release(&questions);
    return result;
}
