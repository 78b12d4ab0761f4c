/*
 * Corrections as commands.
 */
#include "bot/chat/correction.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/aim.h"
#include "core/notation/amend.h"
#include "core/notation/either.h"
#include "core/notation/ended.h"
#include "core/notation/flawed.h"
#include "core/notation/manner.h"
#include "core/notation/piece.h"
#include "core/notation/retold.h"
#include "core/notation/several.h"
#include "core/notation/sided.h"
#include "core/notation/spare.h"
#include "core/notation/strike.h"
#include "core/notation/tally.h"
#include "core/text/fold.h"

enum { TEXT_MAX = 80 };

static const char of_last_set[] = "that was ";

/* "only 6", "nur 6 @1" */
static bool counts_few(const struct piece *piece)
{
    return piece->merely && !piece->last && !piece->instead && isnan(piece->load_kg) && piece->more == 0 &&
           (piece->reps != REPS_UNKNOWN || !isnan(piece->number));
}

/* What it was: "7", "had like 3 left" as "@3". EFFORT holds the latter. */
static struct span piece_of(const struct aim *aim, char *effort, size_t size)
{
    double rir;

    if (!aim->left || !spare_read(aim->piece, NULL, &rir))
        return aim->piece;
    snprintf(effort, size, "@%g", rir);
    return span_of(effort);
}

static void write_aim(const struct aim *aim, char *said)
{
    char effort[16];
    const struct span piece = piece_of(aim, effort, sizeof(effort)), name = aim->name;

    if (aim->within)
        snprintf(said, PHRASE_SIZE, "fix part %d %.*s", aim->set, (int)piece.length, piece.at);
    else if (aim->newest && name.length == 0)
        snprintf(said, PHRASE_SIZE, "fix set 0 %.*s", (int)piece.length, piece.at);
    else if (aim->set == 0 && name.length == 0)
        snprintf(said, PHRASE_SIZE, "%s%.*s", of_last_set, (int)piece.length, piece.at);
    else if (aim->set != 0 && name.length != 0)
        snprintf(said, PHRASE_SIZE, "fix of %.*s #%d: %.*s", (int)name.length, name.at, aim->set, (int)piece.length,
                 piece.at);
    else if (aim->set != 0)
        snprintf(said, PHRASE_SIZE, "fix set %d %.*s", aim->set, (int)piece.length, piece.at);
    else
        snprintf(said, PHRASE_SIZE, "fix of %.*s: %.*s", (int)name.length, name.at, (int)piece.length, piece.at);
}

static void write_each(const struct each *each, char *said)
{
    struct buf text = BUF_INIT(PHRASE_SIZE - 1);

    buf_addf(&text, "fix each %.*s:", (int)each->name.length, each->name.at);
    for (int i = 0; i < each->count; i++) {
        const struct each_part *part = &each->parts[i];

        buf_addf(&text, "%s %d %s%.*s", i != 0 ? ";" : "", part->set, part->scale, (int)part->piece.length,
                 part->piece.at);
    }
    snprintf(said, PHRASE_SIZE, "%s", buf_text(&text));
    buf_release(&text);
}

bool correction_of_each(const struct command_index *commands, const struct exercise_names *own,
                        const struct phrase_words *words, struct intention *intention)
{
    struct each each;

    if (intention->text.length > TEXT_MAX || !each_read(words->text, &words->vocabulary, own, &each))
        return false;
    write_each(&each, intention->said);
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    return intention->command != NULL;
}

/* "i did one more rep actually": with no word of that it was otherwise, it is one more set. */
static bool adds_reps(const struct piece *piece, const struct vocabulary *words)
{
    return piece->more != 0 && !piece->more_alone && aim_may_correct(words);
}

/* "and 15 for the last one", "make that a 9", "12 not 12.5, all of them" */
static bool write_either(const struct phrase_words *words, char *said)
{
    struct at_last last;
    struct span piece;

    if (either_at_last(words->text, &words->vocabulary, &last))
        snprintf(said, PHRASE_SIZE, "fell short %s%.*s", last.further ? "and " : "", (int)last.piece.length,
                 last.piece.at);
    else if (either_rating(words->text, &words->vocabulary, &piece))
        snprintf(said, PHRASE_SIZE, "%s%.*s", of_last_set, (int)piece.length, piece.at);
    else if (either_of_all(words->text, &words->vocabulary, &piece))
        snprintf(said, PHRASE_SIZE, "fix sets last 0 %.*s", (int)piece.length, piece.at);
    else
        return false;
    return true;
}

bool correction_of_either(const struct command_index *commands, const struct phrase_words *words,
                          struct intention *intention)
{
    if (intention->text.length > TEXT_MAX || !write_either(words, intention->said))
        return false;
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    return intention->command != NULL;
}

bool correction_of_last(const struct command_index *commands, const struct exercise_names *own,
                        const struct phrase_words *words, struct intention *intention, bool *few)
{
    const struct span text = intention->text, folded = words->text;
    struct piece piece = {.merely = false};
    struct aim aim;

    *few = false;
    if (text.length >= PHRASE_SIZE - sizeof(of_last_set) || !piece_may_correct(&words->vocabulary) ||
        !piece_read(folded, UNIT_KG, &piece))
        return false;
    *few = counts_few(&piece);
    if (!piece_is_effort(&piece) && !piece.instead && piece.type < 0 && !piece.last && !piece.both &&
        !adds_reps(&piece, &words->vocabulary))
        return false;
    if (aim_newest(folded, &aim) || (piece.missed == 0 && aim_may_correct(&words->vocabulary) &&
                                     aim_read(folded, own, &aim) && aim.set != 0)) /* "first set was @1" */
        write_aim(&aim, intention->said);
    else
        snprintf(intention->said, sizeof(intention->said), "%s%.*s", of_last_set, (int)text.length, text.at);
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    return intention->command != NULL;
}

bool correction_how_much(const struct command_index *commands, const struct exercise_names *own,
                         const struct phrase_words *words, struct intention *intention)
{
    const struct vocabulary *vocabulary = &words->vocabulary;
    const struct span folded = words->text;
    char piece[FLAWED_PIECE_SIZE];
    struct tally tally;
    struct aim aim;
    bool spare;
    double rir;

    if (intention->text.length > TEXT_MAX)
        return false;
    spare = spare_read(folded, vocabulary, &rir);
    if (spare && isnan(rir))
        snprintf(intention->said, sizeof(intention->said), "left some");
    else if (spare)
        snprintf(intention->said, sizeof(intention->said), "%s@%g", of_last_set, rir);
    else if (flawed_read(folded, vocabulary, piece))
        snprintf(intention->said, sizeof(intention->said), "%s%s", of_last_set, piece);
    else if (ended_read(folded, vocabulary, own, &aim))
        write_aim(&aim, intention->said);
    else if (tally_read(folded, vocabulary, &tally))
        snprintf(intention->said, sizeof(intention->said), "%s%d sets", tally.more ? "same " : of_last_set, tally.sets);
    else
        return false;
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    return intention->command != NULL;
}

static void write_several(const struct several *several, char *said)
{
    const struct aim aim = {.piece = several->piece, .left = several->left};
    char effort[16];
    const struct span piece = piece_of(&aim, effort, sizeof(effort));

    snprintf(said, PHRASE_SIZE, "fix sets %s %d %.*s%s%.*s", several->first ? "first" : "last", several->count,
             (int)several->name.length, several->name.at, several->name.length != 0 ? ": " : "", (int)piece.length,
             piece.at);
}

/* "that set before was paused" */
static bool write_manner(const struct phrase_words *words, struct span text, char *said)
{
    struct aim aim;
    size_t front;

    if (!manner_read(words->text, &words->vocabulary, &aim))
        return false;
    front = text_unfolded(text, words->text.length - aim.piece.length);
    snprintf(said, PHRASE_SIZE, "fix set %d (%.*s)", aim.set, (int)(text.length - front), text.at + front);
    return true;
}

/* "undo exercise bench #2: 100x6" */
static void write_strike(const struct aim *aim, char *said)
{
    struct buf text = BUF_INIT(PHRASE_SIZE - 1);

    buf_adds(&text, "undo exercise ");
    buf_add_span(&text, aim->name);
    if (aim->set != 0)
        buf_addf(&text, " #%d", aim->set);
    buf_adds(&text, ": ");
    buf_add_span(&text, aim->piece);
    snprintf(said, PHRASE_SIZE, "%s", buf_text(&text));
    buf_release(&text);
}

static void write_exercise(struct span exercise, char *said)
{
    snprintf(said, PHRASE_SIZE, "fix exercise %.*s", (int)exercise.length, exercise.at);
}

/* "set 2 was only 7", "the hack squats were 130", "meant incline", "typo, was 85": which set it was of, or which
 * exercise, as a command. */
static bool write_correction(const struct phrase_words *words, const struct exercise_names *own, char *said)
{
    const struct vocabulary *vocabulary = &words->vocabulary;
    const bool may_correct = aim_may_correct(vocabulary);
    const struct span folded = words->text;
    struct several several;
    struct span exercise;
    struct aim aim;

    if (strike_read(folded, vocabulary, own, &aim))
        write_strike(&aim, said);
    else if (several_read(folded, vocabulary, own, &several))
        write_several(&several, said);
    else if (may_correct && several_exercise(folded, own, &several))
        snprintf(said, PHRASE_SIZE, "fix exercise %d: %.*s", several.count, (int)several.name.length, several.name.at);
    else if (may_correct && aim_read(folded, own, &aim))
        write_aim(&aim, said);
    else if (may_correct && aim_exercise(folded, own, &exercise))
        write_exercise(exercise, said);
    else if (!amend_read(folded, vocabulary, own, &aim, &exercise))
        return false;
    else if (aim.piece.length != 0)
        write_aim(&aim, said);
    else if (exercise.length != 0)
        write_exercise(exercise, said);
    else
        snprintf(said, PHRASE_SIZE, "undo%s%.*s",
                 aim.name.length != 0 ? " exercise "
                 : aim.newest         ? " set"
                                      : "",
                 (int)aim.name.length, aim.name.at);
    return true;
}

bool correction_of_nth(const struct command_index *commands, const struct exercise_names *own,
                       const struct phrase_words *words, struct intention *intention)
{
    const struct span folded = words->text;
    struct aim aim;

    if (folded.length == 0 || intention->text.length > TEXT_MAX || !aim_may_correct(&words->vocabulary) ||
        !aim_read(folded, own, &aim) || aim.set == 0)
        return false;
    write_aim(&aim, intention->said);
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    return intention->command != NULL;
}

bool correction_of_other(const struct command_index *commands, const struct exercise_names *own,
                         const struct phrase_words *words, bool few, struct intention *intention)
{
    struct span text = intention->text;

    if (text.length > TEXT_MAX)
        return false;
    if (!write_manner(words, text, intention->said) && !write_correction(words, own, intention->said)) {
        if (!few)
            return false;
        snprintf(intention->said, sizeof(intention->said), "fell short %.*s", (int)text.length, text.at);
    }
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    return intention->command != NULL;
}

bool correction_counts_sets(struct span text, struct buf *scratch)
{
    struct piece piece;

    buf_clear(scratch);
    return text_fold(text, scratch) == 0 && piece_read(buf_span(scratch), UNIT_KG, &piece) && piece.sets != 0;
}

bool correction_may_take_back(struct span text)
{
    static const char *const fronts[] = {"delete", "remove", "erase",   "scratch",   "scrap",
                                         "losch",  "lösch",  "loesch",  "entfern",   "streich",
                                         "please", "bitte",  "can you", "could you", "kannst du"};

    for (size_t i = 0; i < ARRAY_LENGTH(fronts); i++) {
        const size_t length = strlen(fronts[i]);

        if (ascii_lower(text.at[0]) == fronts[i][0] && text.length > length &&
            strncasecmp(text.at, fronts[i], length) == 0)
            return true;
    }
    return false;
}

bool correction_takes_back(const struct command_index *commands, const struct exercise_names *own,
                           const struct phrase_words *words, struct intention *intention)
{
    struct aim aim, strike;
    struct span sets;
    bool replaces;

    if (words->text.length == 0 || intention->text.length > TEXT_MAX ||
        !amend_takes_back(words->text, own, &aim, &sets, &replaces))
        return false;
    if (!replaces && strike_read(words->text, &words->vocabulary, own, &strike))
        write_strike(&strike, intention->said);
    else if (replaces)
        snprintf(intention->said, sizeof(intention->said), "fix %.*s%s%.*s", (int)aim.name.length, aim.name.at,
                 aim.name.length != 0 ? " " : "", (int)sets.length, sets.at);
    else
        snprintf(intention->said, sizeof(intention->said), "undo %s%.*s", aim.name.length != 0 ? "exercise " : "set",
                 (int)aim.name.length, aim.name.at);
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    return intention->command != NULL;
}

/* "sorry, right arm", "pro arm" */
static bool write_side(const struct phrase_words *words, char *said)
{
    static const char *const names[] = {[SIDE_EACH] = "each", [SIDE_LEFT] = "left", [SIDE_RIGHT] = "right"};
    const enum set_side side = sided_read(words->text, &words->vocabulary);

    if (side != SIDE_NONE)
        snprintf(said, PHRASE_SIZE, "fix side %s", names[side]);
    return side != SIDE_NONE;
}

bool correction_retold(const struct command_index *commands, const struct phrase_words *words,
                       struct intention *intention)
{
    const struct span text = intention->text;
    struct retold retold;

    if (words->text.length == 0 || text.length > TEXT_MAX || memchr(text.at, '?', text.length) != NULL)
        return false;
    if (!write_side(words, intention->said)) {
        if (!retold_read(words->text, &words->vocabulary, &retold))
            return false;
        if (retold.all)
            snprintf(intention->said, sizeof(intention->said), "fix sets last 0 %s", retold.piece);
        else
            write_aim(&retold.aim, intention->said);
    }
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    return intention->command != NULL;
}
