/*
 * Reps that don't count.
 */
#include "core/notation/flawed.h"

#include <stdio.h>

#include "core/base/ascii.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"

enum { REPS_MOST = 30 };

/* It tells of a place that hurts, or of another day. */
static bool tells_elsewhere(struct span text)
{
    for (; text.length != 0; text = walk_behind(text)) {
        const struct span word = walk_word(text);
        const struct word_meaning meaning = notation_meaning(word);

        if ((meaning.traits & TRAIT_PLACE) != 0 || (notation_tells(word, meaning) & TELLS_TIME) != 0)
            return true;
    }
    return false;
}

/* ---------------------------------------------------------------- so many count */

/* How many reps TEXT begins with, and nothing behind them but a comma: 0. */
static int count_reps(struct span text)
{
    struct scan_number number;
    struct span rest;

    if (text.length == 0 || !ascii_is_digit(text.at[0]) || scan_number(text, ".,", &number) < 0 ||
        number.decimals != 0 || number.value < 1 || number.value > REPS_MOST)
        return 0;
    rest = (struct span){text.at + number.length, text.length - number.length};
    span_skip_spaces(&rest);
    if (walk_meaning(rest).word == WORD_REPS)
        rest = span_past(rest, walk_word(rest).length);
    return rest.length == 0 || rest.at[0] == ',' || rest.at[0] == '.' || rest.at[0] == '!' ? (int)number.value : 0;
}

/* What is told in front of how many count, or behind it. */
struct told {
    bool flawed, called;    /* "half", "count it as" */
    bool judged, negatived; /* "depth", "wasn't", "high" */
};

/* BEGINS: the word of MEANING is the first of its clause. */
static void tell(struct word_meaning meaning, bool begins, struct told *told)
{
    const bool may_be = (meaning.roles & ROLE_JUDGED) != 0; /* "clean": one where it is denied */

    told->flawed |= (meaning.says & SAYS_FLAW) != 0 && !may_be;
    told->called |= begins && (meaning.roles & ROLE_CALLS) != 0;
    told->judged |= may_be;
    told->negatived |= (meaning.roles & (ROLE_NEGATES | ROLE_BAD)) != 0;
}

static bool is_flaw(const struct told *told)
{
    return told->flawed || (told->judged && told->negatived);
}

/* "so 2 reps", ", 7" behind a flaw, or "count it as 4" before one. */
static int find_count(struct span text, struct told *told)
{
    bool parted = false, leads = true; /* a comma stands before; a word that leads on to how many, or none */
    int found = 0;

    for (const char *start = text.at; text.length != 0; text = walk_behind(text)) {
        const struct span word = walk_word(text);
        const struct word_meaning meaning = notation_meaning(word);
        const int count = (leads && text.at != start) || (parted && is_flaw(told)) ? count_reps(text) : 0;

        if (count != 0 && found != 0)
            return 0;
        found = count != 0 ? count : found;
        tell(meaning, parted || leads, told);
        parted = word.at + word.length < text.at + text.length && word.at[word.length] == ',';
        leads = (meaning.roles & (ROLE_HENCE | ROLE_AS)) != 0;
    }
    return found;
}

/* ---------------------------------------------------------------- the last one doesn't count */

/* What is said of a rep. */
struct said {
    int rep; /* "den achten" */
    bool last, of_reps, feminine, negated, counts, done;
};

static bool take_word(struct span word, struct word_meaning meaning, struct said *said)
{
    const enum word_role known = ROLE_NEGATES | ROLE_COUNTS | ROLE_DONE | ROLE_AROUND;
    const bool reps = meaning.word == WORD_REPS, last = meaning.word == WORD_LAST && meaning.argument != LAST_FIRST;
    const int rep = notation_ordinal_word(word);

    if (said->rep == 0 && rep > 2)
        said->rep = rep;
    said->negated |= (meaning.roles & ROLE_NEGATES) != 0;
    said->counts |= (meaning.roles & ROLE_COUNTS) != 0;
    said->done |= (meaning.roles & ROLE_DONE) != 0;
    said->last |= last;
    said->of_reps |= reps;
    said->feminine |= span_is(word, "die");
    return rep > 2 || last || reps || (meaning.roles & known) != 0;
}

/* "8th", "8.": which rep it is; 0. */
static int ordinal_of(struct span word)
{
    struct scan_number number;
    struct span ending;

    if (word.length == 0 || !ascii_is_digit(word.at[0]) || scan_number(word, "", &number) < 0 ||
        number.value > REPS_MOST)
        return 0;
    ending = (struct span){word.at + number.length, word.length - number.length};
    return (notation_meaning(ending).traits & TRAIT_ORDINAL) != 0 ? (int)number.value : 0;
}

static bool read_said(struct span text, struct said *said)
{
    for (; text.length != 0; text = walk_behind(text)) {
        const struct span word = walk_word(text);
        const int rep = ordinal_of(word);

        if (rep != 0 && said->rep == 0)
            said->rep = rep;
        else if (!take_word(word, notation_meaning(word), said))
            return false;
    }
    return said->negated;
}

/* What a rep that was told of makes of the set, into PIECE. */
static bool put_said(const struct said *said, char piece[FLAWED_PIECE_SIZE])
{
    const bool failed = said->rep != 0 && !said->last && said->done && !said->counts;
    const bool of_rep = said->of_reps || (said->last && said->feminine);

    if (failed)
        snprintf(piece, FLAWED_PIECE_SIZE, "failed on the %dth", said->rep);
    else
        snprintf(piece, FLAWED_PIECE_SIZE, "1 rep less");
    return failed || ((said->last || said->rep != 0) && said->counts && of_rep);
}

static bool may_be(const struct vocabulary *words)
{
    return (words->says & (SAYS_FLAW | SAYS_NONE)) != 0 || (words->classes & CLASS_BIT(WORD_NOT)) != 0 ||
           (words->amends & AMEND_CUE) != 0;
}

bool flawed_read(struct span folded, const struct vocabulary *words, char piece[FLAWED_PIECE_SIZE])
{
    struct said said = {.rep = 0};
    struct told told = {.flawed = false};
    int count;

    if (!may_be(words) || tells_elsewhere(folded))
        return false;
    count = find_count(folded, &told);
    if (count == 0)
        return read_said(folded, &said) && put_said(&said, piece);
    snprintf(piece, FLAWED_PIECE_SIZE, "x%d", count);
    return is_flaw(&told) || told.called;
}
