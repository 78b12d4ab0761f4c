/*
 * board: who is up, until when the others rest, their next load, and what to change on the bar. Of each it shows what
 * was answered in the room, and else no more than they share with it. What it is made of is read from the log each
 * time; kept is only which message it is, and of which sets it tells, so that it is edited when they are others.
 */
#include "bot/coach/board.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/coaching.h"
#include "bot/coach/commands.h"
#include "bot/coach/wording.h"

enum { VALUE_MAX = 1024, NAME_MAX = 300, PEOPLE_SHOWN = 8, SILENCE_MS = 2 * 60 * 60 * 1000 };

/* One who trains in the room now. */
struct place {
    const struct coach_member *member;
    struct coach_set_row last;
    uint64_t sets;    /* what there is, so that a change is seen */
    int64_t ready_ms; /* the rest is over */
    double load_kg;   /* of the next set; NAN */
};

struct board {
    struct turn *turn; /* of whoever asked for it */
    const struct roster *roster;
    int64_t now_ms;
    struct place places[PEOPLE_SHOWN];
    size_t count;
    uint64_t sets;
};

/* ---------------------------------------------------------------- who is there */

static int take_set(void *arg, const struct coach_set_row *row)
{
    struct place *place = arg;

    place->last = *row;
    place->sets = place->sets * 31 + (uint64_t)row->id;
    return 0;
}

static int find_places(struct board *board, struct err *err)
{
    const struct coach_store *store = board->turn->store;
    const struct coach_group *group = &board->roster->group;

    for (size_t i = 0; i < board->roster->members.count && board->count < PEOPLE_SHOWN; i++) {
        struct place *place = &board->places[board->count];

        *place = (struct place){.member = &board->roster->members.at[i], .load_kg = NAN};
        if (place->member->presence != COACH_HERE)
            continue;
        if (store->sets_in_room(store->self, place->member->lifter, group->transport, group->room,
                                board->now_ms - SILENCE_MS, board->now_ms + 1, take_set, place, err) < 0)
            return -1;
        if (place->sets == 0)
            continue;
        board->sets = board->sets * 31 + place->sets;
        board->count++;
    }
    return 0;
}

/* ---------------------------------------------------------------- in words */

/* "bench press 82.5 kg x 6"; the exercise alone where its load is theirs to find. Why it is over is their own. */
static void print_next(const struct turn *of, struct place *place, struct buf *out)
{
    const struct advice *advice = of->lead.there ? &of->lead.advice : &of->advice;
    struct buf exercise = BUF_INIT(128);

    if (!of->advised)
        return;
    wording_exercise(of, of->lead.there ? of->lead.exercise : of->advice_exercise, &exercise);
    if (advice->action != ACTION_NEXT_SET && advice->action != ACTION_LAST_SET) {
        reply_phrase(of->texts, TEXT_BOARD_DONE, REPLY_ARGS(ARG("exercise", buf_text(&exercise))), out);
        buf_release(&exercise);
        return;
    }
    buf_add_span(out, buf_span(&exercise));
    buf_release(&exercise);
    if (advice->reps == REPS_UNKNOWN || isnan(advice->load_kg))
        return;
    buf_addc(out, ' ');
    wording_work(of, advice->load_mode, advice->load_kg, advice->reps, out);
    if (!of->lead.there && advice->load_mode == LOAD_EXTERNAL)
        place->load_kg = advice->load_kg;
}

/* Fills in PLACE and adds its line to LINE, but for who it is and when. */
static int read_place(const struct board *board, struct place *place, struct buf *line, struct err *err)
{
    struct other *other = mem_zero(1, sizeof(*other));
    int result = other_open(other, board->turn, place->member, err);

    other->message.sent_ms = other->message.read_ms = board->now_ms;
    if (result == 0)
        result = other_show_answered(other, board->turn, board->roster, place->member, &place->last, err);
    other->turn.asked_by_ms = board->now_ms; /* an override comes after the set */
    if (result == 0)
        result = advise(&other->turn, place->last.set.exercise, place->last.at_ms, err);
    if (result == 0) {
        place->ready_ms = place->last.at_ms + advise_rest_s(&other->turn) * INT64_C(1000);
        print_next(&other->turn, place, line);
    }
    other_close(other);
    free(other);
    return result;
}

static int by_ready(const void *a, const void *b)
{
    const struct place *const *first = a, *const *second = b;

    return ((*first)->ready_ms > (*second)->ready_ms) - ((*first)->ready_ms < (*second)->ready_ms);
}

static void say_place(const struct board *board, const struct place *place, const char *next)
{
    struct turn *turn = board->turn;
    struct buf name = BUF_INIT(NAME_MAX), time = BUF_INIT(16), line = BUF_INIT(1024);
    struct civil civil;

    roster_name(board->roster, place->member, &name);
    civil_from_ms(place->ready_ms, day_offset(turn, place->ready_ms), &civil);
    wording_time(civil.hour * 60 + civil.minute, &time);
    reply_phrase(turn->texts, place->ready_ms <= board->now_ms ? TEXT_BOARD_UP : TEXT_BOARD_RESTS,
                 REPLY_ARGS(ARG("name", buf_text(&name)), ARG("time", buf_text(&time)), ARG("next", next)), &line);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&name);
    buf_release(&time);
    buf_release(&line);
}

/* The bar as the last of them left it, for the one who is first. */
static void say_bar(const struct board *board, const struct place *first)
{
    const struct exercise *exercise = lifter_exercise(board->turn->lifter, first->last.set.exercise);
    const struct place *before = NULL;
    struct turn *turn = board->turn;
    struct buf from = BUF_INIT(32), to = BUF_INIT(32), side = BUF_INIT(32);
    double change;

    for (size_t i = 0; i < board->count; i++)
        if (strcmp(board->places[i].last.set.exercise, first->last.set.exercise) == 0 &&
            (before == NULL || board->places[i].last.at_ms > before->last.at_ms))
            before = &board->places[i];
    if (exercise == NULL || exercise->equipment != EQUIPMENT_BARBELL || before == NULL || before == first ||
        isnan(first->load_kg) || isnan(before->last.set.load_kg))
        return;
    change = (first->load_kg - before->last.set.load_kg) / 2;
    wording_load(turn, LOAD_EXTERNAL, before->last.set.load_kg, &from);
    wording_load(turn, LOAD_EXTERNAL, first->load_kg, &to);
    buf_adds(&side, change > 0 ? "+" : change < 0 ? "-" : "");
    wording_load(turn, LOAD_EXTERNAL, fabs(change), &side);
    reply_say(&turn->reply, turn->texts, change != 0 ? TEXT_BOARD_BAR : TEXT_BOARD_BAR_SAME,
              ARG("from", buf_text(&from)), ARG("to", buf_text(&to)), ARG("side", buf_text(&side)));
    buf_release(&from);
    buf_release(&to);
    buf_release(&side);
}

static int say_places(struct board *board, struct err *err)
{
    struct buf lines[PEOPLE_SHOWN];
    struct place *order[PEOPLE_SHOWN];
    int result = 0;

    for (size_t i = 0; i < board->count; i++) {
        lines[i] = (struct buf)BUF_INIT(512);
        order[i] = &board->places[i];
        if (result == 0)
            result = read_place(board, &board->places[i], &lines[i], err);
    }
    if (board->count > 1)
        qsort(order, board->count, sizeof(order[0]), by_ready);
    for (size_t i = 0; i < board->count && result == 0; i++)
        say_place(board, order[i], buf_text(&lines[order[i] - board->places]));
    if (result == 0 && board->count != 0)
        say_bar(board, order[0]);
    for (size_t i = 0; i < board->count; i++)
        buf_release(&lines[i]);
    return result;
}

static int say_board(struct board *board, struct err *err)
{
    struct turn *turn = board->turn;

    if (lifter_load_names(turn->lifter, turn->store, err) < 0)
        return -1;
    reply_tell(&turn->reply, turn->texts, board->count != 0 ? TEXT_BOARD : TEXT_BOARD_NONE);
    return say_places(board, err);
}

/* ---------------------------------------------------------------- kept */

/* "SETS WHEN LIFTER MESSAGE". */
static int keep(const struct board *board, const char *message, struct err *err)
{
    const struct coach_group *group = &board->roster->group;
    struct buf value = BUF_INIT(VALUE_MAX);
    int result;

    buf_addf(&value, "%" PRIu64 " %" PRId64 " %" PRId64 " %s", board->sets, board->now_ms, board->turn->lifter->id,
             message);
    result = board->turn->store->room_value_put(board->turn->store->self, group->transport, group->room, BOARD_VALUE,
                                                board->count != 0 ? buf_text(&value) : NULL, err);
    buf_release(&value);
    return result;
}

/* The message's reply becomes what is true now. */
static int edit(struct board *board, const char *asked, const struct message *because, struct err *err)
{
    struct turn *turn = board->turn;
    struct buf text = BUF_INIT(REPLY_MAX), html = BUF_INIT(REPLY_MAX), name = BUF_INIT(VALUE_MAX);
    int result = say_board(board, err);

    buf_addf(&name, "board:%s", because->id);
    reply_plain(&turn->reply, &text);
    reply_html(&turn->reply, &html);
    if (result == 0)
        result = turn_say_as(turn,
                             &(struct outgoing){.kind = OUT_EDIT,
                                                .transport = because->transport,
                                                .room = because->room,
                                                .edits = asked,
                                                .name = buf_text(&name),
                                                .text = buf_text(&text),
                                                .html = html.length != 0 ? buf_text(&html) : NULL,
                                                .at_ms = because->read_ms},
                             err);
    if (result == 0)
        result = keep(board, asked, err);
    buf_release(&text);
    buf_release(&html);
    buf_release(&name);
    return result;
}

static int follow(struct coach *coach, const struct message *message, const char *kept, struct err *err)
{
    struct message as = *message;
    struct roster roster = {0};
    struct turn turn;
    struct board board = {.turn = &turn, .roster = &roster, .now_ms = message->read_ms};
    char *at;
    uint64_t sets = strtoull(kept, &at, 10);
    int64_t kept_ms = strtoll(at, &at, 10), lifter = strtoll(at, &at, 10);
    int result;

    if (message->read_ms - kept_ms > SILENCE_MS) /* that session is over */
        return 0;
    as.sent_ms = message->read_ms;
    result = turn_open(&turn, coach, &as, lifter, 0, err);
    if (result == 0)
        result = roster_load_room(coach->store, message->transport, message->room, &roster, err);
    if (result == 1)
        result = find_places(&board, err) < 0 ? -1 : board.sets != sets;
    if (result == 1)
        result = edit(&board, at + (*at == ' '), message, err);
    roster_release(&roster);
    turn_close(&turn);
    return result;
}

int board_follow(struct coach *coach, const struct message *message, struct err *err)
{
    struct buf kept = BUF_INIT(VALUE_MAX);
    int found = message->direct || message->id == NULL
                    ? 0
                    : coach->store->room_value_get(coach->store->self, message->transport, message->room, BOARD_VALUE,
                                                   &kept, err);

    if (found == 1)
        found = follow(coach, message, buf_text(&kept), err);
    buf_release(&kept);
    return found < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- the command */

static int board_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct roster roster;
    struct board board = {.turn = turn, .roster = &roster, .now_ms = turn->message->sent_ms};
    int found = roster_open(turn, &roster, err);

    (void)arguments;
    if (found == 1)
        found = find_places(&board, err) == 0 && say_board(&board, err) == 0 ? 1 : -1;
    if (found == 1 && !turn->message->direct)
        found = keep(&board, turn->message->id, err);
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}

const struct command board_command = {.name = "board",
                                      .aliases = "who is up,who's up,whos up",
                                      .german = "tafel,wer ist dran",
                                      .arguments = "",
                                      .example = "board",
                                      .help = TEXT_HELP_BOARD,
                                      .group = COMMAND_ROOM,
                                      .run = board_run};
