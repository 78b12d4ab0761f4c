/*
 * Sets told from commands: "ok bench 80x8", "same +2.5", "slept 7h, bench 80x8".
 */
#include "bot/chat/sets.h"

#include <math.h>
#include <string.h>

#include "bot/chat/fact.h"
#include "core/notation/piece.h"
#include "core/text/fold.h"

enum { PIECE_MAX = 128 };

/* Whether ARGUMENTS are sets, or would be but for an order or a load that the log can tell. */
static bool are_sets(struct span arguments, const struct reading_options *options, struct reading *reading)
{
    reading_read(reading, arguments, options);
    return reading->kind == READING_SETS ||
           (reading->kind == READING_QUESTION && (reading->about == ABOUT_ORDER || reading->about == ABOUT_LOAD));
}

/* "+2.5 x6", "-10% x8": from the last load on. */
static bool is_step(struct span arguments, const struct reading_options *options, struct reading *reading)
{
    if (arguments.length == 0 || strchr("+-", arguments.at[0]) == NULL)
        return false;
    reading_read(reading, arguments, options);
    return reading->kind != READING_TALK;
}

bool sets_go_on(const struct command *command, struct span arguments, bool meant, const struct reading_options *options,
                struct reading *reading)
{
    struct buf folded = BUF_INIT(PIECE_MAX);
    struct piece piece;
    bool is_piece = false;

    if (arguments.length == 0 && command->stands_alone)
        return true;
    if (command->takes_pieces && meant && text_fold(arguments, &folded) == 0)
        is_piece = (piece_read(buf_span(&folded), options->unit, &piece) &&
                    (!piece.more_alone || piece.more < 0 || command->stands_alone)) ||
                   is_step(buf_span(&folded), options, reading);
    buf_release(&folded);
    return is_piece || (command->takes_sets && are_sets(arguments, options, reading));
}

bool sets_not_command(const struct command *command, struct span text, struct span arguments,
                      const struct reading_options *options, struct reading *reading)
{
    if (arguments.length == 0 || (command->group == COMMAND_ABOUT_YOU && fact_is_weight(arguments)))
        return false;
    reading_read(reading, text, options);
    if (reading->kind != READING_QUESTION)
        return reading->kind == READING_SETS;
    return text.at[0] == '?' || (command->unless_sets && reading->about == ABOUT_ORDER);
}

bool sets_are_whole(struct span text, const struct reading_options *options, struct reading *reading)
{
    bool whole;

    reading_read(reading, text, options);
    whole =
        reading->kind == READING_SETS && reading->sets.at[0].exercise[0] != '\0' && !isnan(reading->sets.at[0].load_kg);
    reading->kind = READING_TALK; /* it was looked at, and not read */
    return whole;
}
