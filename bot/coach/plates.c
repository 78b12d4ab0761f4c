/*
 * plates: what hangs on each side of the lifter's bar.
 */
#include "core/lift/plates.h"

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "bot/coach/working.h"

enum { TYPED_MAX = 128 };

static void print_total(const struct turn *turn, const struct plate_stack *stack, struct buf *out)
{
    wording_load(turn, LOAD_EXTERNAL, unit_to_kg(stack->load, stack->unit), out);
}

/* "25 + 2x20"; the empty bar has none. */
static void print_plates(const struct turn *turn, const struct plate_stack *stack, struct buf *out)
{
    for (int i = 0; i < stack->kinds; i++) {
        buf_adds(out, i != 0 ? " + " : "");
        if (stack->count[i] > 1)
            buf_addf(out, "%dx", stack->count[i]);
        wording_number(turn, stack->plate[i], out);
    }
}

static void say_stack(struct turn *turn, const struct plate_stack *stack)
{
    struct buf load = BUF_INIT(64), bar = BUF_INIT(64), plates = BUF_INIT(256);

    print_total(turn, stack, &load);
    wording_load(turn, LOAD_EXTERNAL, unit_to_kg(stack->bar, stack->unit), &bar);
    print_plates(turn, stack, &plates);
    reply_say(&turn->reply, turn->texts, stack->kinds == 0 ? TEXT_PLATES_BAR : TEXT_PLATES,
              ARG("load", buf_text(&load)), ARG("bar", buf_text(&bar)), ARG("plates", buf_text(&plates)));
    buf_release(&load);
    buf_release(&bar);
    buf_release(&plates);
}

static void say_near(struct turn *turn, const struct plate_stack *stack)
{
    struct buf load = BUF_INIT(64), plates = BUF_INIT(256);

    print_total(turn, stack, &load);
    print_plates(turn, stack, &plates);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_STRONG, buf_text(&load));
    if (plates.length != 0) {
        reply_add(&turn->reply, REPLY_PLAIN, ": ");
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&plates));
    }
    buf_release(&load);
    buf_release(&plates);
}

static void say(struct turn *turn, double load_kg)
{
    struct equipment equipment = setting_equipment(turn->lifter, turn->coach->options.unit);
    struct plate_rack *rack = plates_new(&equipment);
    struct buf load = BUF_INIT(64);
    struct plate_stack below, above;

    wording_load(turn, LOAD_EXTERNAL, load_kg, &load);
    switch (plates_find(rack, load_kg, &below, &above)) {
    case PLATES_EXACT:
        say_stack(turn, &below);
        break;
    case PLATES_BETWEEN:
        reply_say(&turn->reply, turn->texts, TEXT_PLATES_BETWEEN, ARG("load", buf_text(&load)));
        say_near(turn, &below);
        say_near(turn, &above);
        break;
    case PLATES_UNDER:
        say_stack(turn, &above);
        break;
    case PLATES_OVER:
        turn->kind = OUT_ERROR;
        reply_say(&turn->reply, turn->texts, TEXT_PLATES_OVER, ARG("load", buf_text(&load)));
        break;
    }
    buf_release(&load);
    plates_free(rack);
}

/* The load that TEXT says, or that is advised for the exercise: 1, 0 and why is said, -1. */
static int find_load(struct turn *turn, struct span text, double *load_kg, struct err *err)
{
    const struct exercise *exercise;
    enum unit written;
    int result;

    if (typed_load(text, wording_unit(turn), load_kg, &written))
        return *load_kg > 0 ? 1 : turn_refuse(turn, TEXT_PLATES_USAGE);
    result = working_exercise(turn, text, TEXT_PLATES_USAGE, &exercise, err);
    if (result != 1)
        return result;
    if (exercise->equipment != EQUIPMENT_BARBELL)
        return turn_refuse(turn, TEXT_PLATES_NO_BAR);
    result = working_load(turn, exercise->id, load_kg, err);
    return result == 0 ? turn_refuse(turn, TEXT_PLATES_USAGE) : result;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(TYPED_MAX);
    int result = advise_load(turn, turn->message->sent_ms, err);
    double load_kg = NAN;

    if (result == 0 && typed_fold(arguments, &folded) != 0)
        result = turn_refuse(turn, TEXT_PLATES_USAGE);
    else if (result == 0)
        result = find_load(turn, buf_span(&folded), &load_kg, err);
    if (result == 1)
        say(turn, load_kg);
    buf_release(&folded);
    return result < 0 ? -1 : 0;
}

const struct command plates_command = {.name = "plates",
                                       .aliases = "plate,which plates for,what plates for,which plates,what plates",
                                       .german = "scheiben,welche scheiben für,welche scheiben",
                                       .arguments = "[LOAD or EXERCISE]",
                                       .words = 4,
                                       .example = "plates 102.5",
                                       .group = COMMAND_TOOLS,
                                       .help = TEXT_HELP_PLATES,
                                       .run = run};
