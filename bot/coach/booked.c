/*
 * The sets that were booked, as they are said.
 */
#include "bot/coach/booked.h"

#include <string.h>

#include "bot/coach/day.h"
#include "bot/coach/wording.h"

static void say_sets(struct turn *turn, const struct set *sets, size_t count)
{
    struct buf line = BUF_INIT(REPLY_MAX);
    size_t next;

    for (size_t i = 0; i < count; i = next) {
        const struct set *first = &sets[i];

        for (next = i + 1; next < count; next++) {
            if (strcmp(sets[next].exercise, first->exercise) != 0 || sets[next].at_ms != first->at_ms)
                break;
        }
        buf_clear(&line);
        wording_sets(turn, first, next - i, true, &line);
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_STRONG, buf_text(&line));
        if (first->at_ms >= 0) {
            buf_clear(&line);
            buf_adds(&line, ", ");
            wording_date(turn->texts, day_of(turn, first->at_ms).number, &line);
            reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
        }
    }
    buf_release(&line);
}

void booked_say(struct turn *turn)
{
    VEC(struct set) sets = {0};

    for (size_t i = 0; i < turn->beside_count; i++)
        vec_push(&sets, turn->beside[i]);
    for (size_t i = 0; i < turn->logged.count; i++)
        vec_push(&sets, turn->logged.at[i]);
    say_sets(turn, sets.at, sets.count);
    turn->beside_count = 0;
    vec_release(&sets);
}

void booked_say_beside(struct turn *turn)
{
    say_sets(turn, turn->beside, turn->beside_count);
    turn->beside_count = 0;
}
