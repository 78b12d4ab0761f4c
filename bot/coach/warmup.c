/*
 * warmup: the sets that lead up to a working load. "warmup bench 60x5" is such a set, done: the reader's.
 */
#include "core/lift/warmup.h"

#include <stdio.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "bot/coach/working.h"

enum { TYPED_MAX = 256, LOAD_MAX_KG = 1500 };

/* From this share of the lifter's best on a single before it is worth the time. */
static const double heavy_share = 0.85;

static bool is_heavy(const struct turn *turn, const struct exercise *exercise, double load_kg)
{
    int64_t now_ms = turn->message->sent_ms;

    return load_kg >= heavy_share * context_best(turn, exercise, context_bodyweight(turn, now_ms), now_ms + 1);
}

/* "40 kg x 5"; what is added to the body is "bw+10 kg x 3", and nothing "bw x 5". */
static void say_set(struct turn *turn, const struct exercise *exercise, const struct warmup_set *set)
{
    enum load_mode mode = !exercise->bodyweight ? LOAD_EXTERNAL : set->load_kg > 0 ? LOAD_ADDED : LOAD_BODYWEIGHT;
    struct buf load = BUF_INIT(64), line = BUF_INIT(128);
    char reps[16];

    snprintf(reps, sizeof(reps), "%d", set->reps);
    wording_load(turn, mode, set->load_kg, &load);
    reply_phrase(turn->texts, set->bar ? TEXT_WARMUP_BAR : TEXT_WARMUP_SET,
                 REPLY_ARGS(ARG("load", buf_text(&load)), ARG("reps", reps)), &line);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&load);
    buf_release(&line);
}

static void say(struct turn *turn, const struct exercise *exercise, double load_kg)
{
    struct equipment equipment = setting_equipment(turn->lifter, turn->coach->options.unit);
    struct buf name = BUF_INIT(128), load = BUF_INIT(64);
    struct warmup_set sets[WARMUP_SETS];
    int count =
        exercise->timed ? 0 : warmup_ramp(&equipment, exercise, load_kg, is_heavy(turn, exercise, load_kg), sets);

    wording_exercise(turn, exercise->id, &name);
    wording_load(turn,
                 !exercise->bodyweight ? LOAD_EXTERNAL
                 : load_kg > 0         ? LOAD_ADDED
                                       : LOAD_BODYWEIGHT,
                 load_kg, &load);
    reply_say(&turn->reply, turn->texts, count != 0 ? TEXT_WARMUP : TEXT_WARMUP_LIGHT, ARG("exercise", buf_text(&name)),
              ARG("load", buf_text(&load)));
    for (int i = 0; i < count; i++)
        say_set(turn, exercise, &sets[i]);
    buf_release(&name);
    buf_release(&load);
}

/* The working load: TEXT behind the exercise, else the one that is advised. 1, 0 and why is said, -1. */
static int find_load(struct turn *turn, const struct exercise *exercise, struct span text, double *load_kg,
                     struct err *err)
{
    enum unit written;
    int result;

    if (text.length == 0) {
        result = working_load(turn, exercise->id, load_kg, err);
        return result == 0 ? turn_refuse(turn, TEXT_WARMUP_USAGE) : result;
    }
    typed_skip(&text, "at,bei,mit");
    typed_skip(&text, "for,fur,fuer,auf");
    if (exercise->bodyweight && span_starts(text, "bw"))
        text = (struct span){text.at + 2, text.length - 2};
    if (exercise->bodyweight && span_starts(text, "+"))
        text = (struct span){text.at + 1, text.length - 1};
    if (exercise->bodyweight && text.length == 0) {
        *load_kg = 0;
        return 1;
    }
    if (!typed_load(text, wording_unit(turn), load_kg, &written) || *load_kg > LOAD_MAX_KG)
        return turn_refuse(turn, TEXT_WARMUP_USAGE);
    return 1;
}

/* The exercise and its load, in either order: "bench 100", "100 kg bench". The load stays in TEXT. */
static void take_both(struct span *text, struct span *name)
{
    struct span rest = *text, load = rest;
    enum unit unit;
    double value;

    *name = typed_exercise(text);
    if (name->length != 0 || !typed_number(&rest, &value))
        return;
    load.length = (size_t)(rest.at - load.at);
    *name = rest;
    if (typed_unit(typed_word(&rest), &unit)) {
        load.length = (size_t)(rest.at - load.at);
        *name = rest;
    }
    while (load.length != 0 && load.at[load.length - 1] == ' ')
        load.length--;
    typed_skip(name, "on,auf,at,bei,beim,im");
    *text = load;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(TYPED_MAX);
    const struct exercise *exercise;
    struct span text, name;
    int result = advise_load(turn, turn->message->sent_ms, err) < 0 ? -1 : 0;
    double load_kg = NAN;

    if (typed_fold(arguments, &folded) != 0)
        buf_clear(&folded);
    text = buf_span(&folded);
    typed_skip(&text, "for,fur,fuer");
    take_both(&text, &name);
    if (result == 0)
        result = working_exercise(turn, name, TEXT_WARMUP_USAGE, &exercise, err);
    if (result == 1)
        result = find_load(turn, exercise, text, &load_kg, err);
    if (result == 1)
        say(turn, exercise, load_kg);
    buf_release(&folded);
    return result < 0 ? -1 : 0;
}

const struct command warmup_command = {
    .name = "warmup",
    .aliases = "warm-up,warm up,warmup sets,how do i warm up for,how should i warm up for,warm up for",
    .german = "aufwärmen,aufwaermen,aufwärmsätze,aufwaermsaetze,wie wärme ich mich auf für",
    .arguments = "[EXERCISE] [LOAD]",
    .words = 6,
    .example = "warmup bench 100",
    .unless_sets = true,
    .group = COMMAND_TOOLS,
    .help = TEXT_HELP_WARMUP,
    .run = run};
