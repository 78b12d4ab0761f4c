/*
 * Sets that are to be taken back.
 */
#include "core/notation/strike.h"

#include <math.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"

enum { REPS_MOST = 999, LOAD_LEAST = 15 /* "delete 2" may be two sets */ };

/* What was said so far. */
struct said {
    bool back, takes, out; /* "delete"; "take", "out" */
    bool that, replaces;   /* "scratch that, 82x8": something else stands in its place */
    bool parted;           /* a comma stands before what follows */
};

static bool take_verb(struct word_meaning word, struct said *said)
{
    said->back |= (word.amends & AMEND_BACK) != 0;
    said->takes |= (word.amends & AMEND_TAKE) != 0;
    said->out |= (word.amends & AMEND_OUT) != 0;
    return (word.amends & (AMEND_BACK | AMEND_TAKE | AMEND_OUT)) != 0;
}

/* "80er" is 80. */
static struct span without_ending(struct span word)
{
    if (word.length > 2 && memcmp(word.at + word.length - 2, "er", 2) == 0 && ascii_is_digit(word.at[word.length - 3]))
        word.length -= 2;
    return word;
}

static bool is_end(struct word_meaning word)
{
    return (word.amends & (AMEND_BACK | AMEND_OUT | AMEND_WISH)) != 0 || word.word == WORD_SETS;
}

bool strike_read_set(struct span text, struct piece *piece)
{
    struct scan_number load, reps;
    struct piece effort;
    struct span rest;

    if (piece_read(text, UNIT_KG, piece))
        return piece->sets == 0;
    if (text.length == 0 || !ascii_is_digit(text.at[0]) || scan_number(text, ".,", &load) < 0)
        return false;
    rest = span_past(text, load.length);
    if (rest.length < 2 || rest.at[0] != 'x' || !ascii_is_digit(rest.at[1]))
        return false;
    rest = span_past(rest, 1);
    if (scan_number(rest, "", &reps) < 0 || reps.value > REPS_MOST)
        return false;
    rest = span_past(rest, reps.length);
    if (rest.length != 0 && !(piece_read(rest, UNIT_KG, &effort) && piece_is_effort(&effort)))
        return false;
    piece->number = load.value;
    piece->reps = (int)reps.value;
    return true;
}

/* What the set was, at the front of TEXT, up to a verb or "set": takes it. */
static bool take_piece(struct span *text, struct said *said, struct span *piece)
{
    struct span end = walk_behind(*text);
    struct scan_number number;
    struct piece read;

    if (piece->length != 0 || (text->at[0] != '+' && !ascii_is_digit(text->at[0])))
        return false;
    while (end.length != 0 && !is_end(walk_meaning(end)))
        end = walk_behind(end);
    *piece = (struct span){text->at, (size_t)(end.at - text->at)};
    if (end.length != 0)
        piece->length--; /* the space */
    *piece = without_ending(*piece);
    if (!strike_read_set(*piece, &read))
        return false;
    *text = end;
    if (read.reps != REPS_UNKNOWN && !(isnan(read.number) && isnan(read.load_kg)))
        return true;
    return !said->parted && read.reps == REPS_UNKNOWN && scan_number(*piece, ".,", &number) >= 0 &&
           number.value >= LOAD_LEAST;
}

/* Whether a word of MEANING says nothing of its own between a verb and what is to go. */
static bool is_around(struct word_meaning meaning, struct said *said)
{
    said->that |= (meaning.roles & ROLE_POINTS) != 0;
    said->replaces |= (meaning.roles & ROLE_REPLACES) != 0;
    return take_verb(meaning, said) || meaning.word == WORD_SETS || meaning.word == WORD_WITH ||
           (meaning.amends & (AMEND_WISH | AMEND_WHICH)) != 0;
}

static bool take_one(struct span *text, const struct exercise_names *own, struct said *said, struct aim *aim)
{
    struct span rest = *text;

    if (aim->set == 0 && aim_take_set(&rest, aim)) {
        *text = rest;
        return true;
    }
    if (is_around(walk_meaning(*text), said)) {
        rest = walk_behind(*text);
        said->parted |= memchr(text->at, ',', (size_t)(rest.at - text->at)) != NULL;
        *text = rest;
        return true;
    }
    return take_piece(text, said, &aim->piece) || (aim->name.length == 0 && aim_take_name(text, own, &aim->name));
}

static bool read_words(struct span folded, const struct exercise_names *own, struct aim *aim)
{
    struct said said = {.back = false};

    *aim = (struct aim){.name = {folded.at, 0}, .piece = {folded.at, 0}};
    while (folded.length != 0)
        if (!take_one(&folded, own, &said, aim))
            return false;
    if ((said.replaces && said.that && aim->piece.length != 0) || aim->set == AIM_MIDDLE || aim->set == AIM_LAST)
        return false;
    if (said.back || (said.takes && said.out))
        return aim->set != 0 || aim->piece.length != 0;
    return said.out && aim->set != 0; /* "den zweiten raus" */
}

static bool may_be(const struct vocabulary *words)
{
    return (words->amends & (AMEND_BACK | AMEND_OUT)) != 0;
}

bool strike_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct aim *aim)
{
    return may_be(words) && read_words(folded, own, aim);
}
