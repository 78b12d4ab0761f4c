/*
 * Corrections in sentences of any shape. What tells of others, of another time, or of what is to come has a word that
 * isn't among those that say nothing.
 */
#include "core/notation/retold.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"

enum { VALUES_MOST = 2, REPS_MOST = 100, REPS_LIKELY = 30, RATING_LEAST = 5, RATING_MOST = 10 };

enum kind { KIND_BARE, KIND_LOAD, KIND_REPS, KIND_SECONDS, KIND_SETS };

struct value {
    struct span said; /* the number, as it stands */
    struct span unit; /* of a load */
    double number;
    enum kind kind;
    bool article; /* "die 105", "a 9" */
    bool denied;  /* "not 80", "80 war falsch" */
};

/* What was said so far. */
struct said {
    struct value values[VALUES_MOST];
    int count;
    struct span effort;
    double rating; /* "a 9"; NAN */
    int more;      /* "eine weniger" is one less */
    bool cue, loaded, merely, all, article, a, denies;
    bool of_reps, of_rating;      /* "reps to 9", "rpe to 9": what the next number is of */
    bool one_rep, fewer, further; /* "take one rep off" */
};

/* "6 mal", "4 times" */
static bool counts_reps(struct word_meaning meaning)
{
    return meaning.word == WORD_REPS || (meaning.word == WORD_BY && (meaning.says & SAYS_TIMES) != 0);
}

/* What the word behind a number says it is: takes it off TEXT. False: it is none of a set's. */
static bool take_noun(struct span *text, struct value *value)
{
    struct word_meaning meaning;
    const struct span word = notation_word(*text, &meaning);

    if (word.length == 0)
        return text->length == 0 || text->at[-1] == ' ' || strchr(",.!;)", text->at[0]) != NULL;
    if (meaning.word == WORD_UNIT && meaning.argument != UNIT_ST) {
        value->kind = KIND_LOAD;
        value->unit = word;
    } else if (counts_reps(meaning)) {
        value->kind = KIND_REPS;
    } else if (meaning.word == WORD_SECONDS) {
        value->kind = KIND_SECONDS;
    } else if (meaning.word == WORD_SETS) {
        value->kind = KIND_SETS;
    } else {
        return !span_is(word, "x") && meaning.word != WORD_MINUTES && (meaning.traits & TRAIT_ORDINAL) == 0;
    }
    *text = span_past(*text, word.length);
    return true;
}

/* "82,5", "x9", "twelve": at the front of TEXT. 0: there is none. */
static double take_number(struct span *text, struct value *value)
{
    struct word_meaning meaning;
    struct span word;

    if (text->length > 1 && text->at[0] == 'x' && ascii_is_digit(text->at[1])) {
        value->kind = KIND_REPS;
        *text = span_past(*text, 1);
    }
    value->said = *text;
    if (ascii_is_digit(text->at[0]))
        return scan_take_number(text, &value->number) ? value->number : 0;
    word = notation_word(*text, &meaning);
    value->number = meaning.word == WORD_A || meaning.word == WORD_NOTE ? 0 : notation_number_of(word, meaning);
    if (value->number > 1)
        *text = span_past(*text, word.length);
    return value->number > 1 ? value->number : 0;
}

static void skip_signs(struct span *text)
{
    while (text->length != 0 && strchr(" ,.;:!-", text->at[0]) != NULL)
        *text = (struct span){text->at + 1, text->length - 1};
}

/* A rating of ten behind an article: "a 9", "ne 8,5". */
static bool is_rating(const struct said *said, const struct value *value)
{
    return (said->a || said->of_rating) && value->kind == KIND_BARE && value->number >= RATING_LEAST &&
           value->number <= RATING_MOST;
}

/* Takes the value at the front of TEXT. False: what stands there is none, or one too many. */
static bool take_value(struct span *text, struct said *said)
{
    struct value value = {.kind = KIND_BARE, .article = said->article, .denied = said->denies};
    struct span rest = *text;

    if (take_number(&rest, &value) == 0 || (value.kind != KIND_REPS && !take_noun(&rest, &value)))
        return false;
    value.said.length = (size_t)(rest.at - value.said.at);
    while (value.said.length != 0 && !ascii_is_digit(value.said.at[value.said.length - 1]))
        value.said.length--;
    *text = rest;
    if (said->of_reps && value.kind == KIND_BARE)
        value.kind = KIND_REPS;
    if (is_rating(said, &value)) {
        said->rating = value.number;
        return true;
    }
    if (said->count == VALUES_MOST || (value.kind == KIND_REPS && value.number > REPS_MOST))
        return false;
    said->values[said->count++] = value;
    said->denies = said->a = said->article = false;
    return true;
}

/* "80 war falsch", "hab 80 geschrieben": what was said just before isn't so. */
static void deny_last(struct said *said)
{
    if (said->count != 0)
        said->values[said->count - 1].denied = true;
}

/* "reps to 9", "take one rep off": of what the next number is, or which way it goes. */
static bool take_way(struct word_meaning meaning, struct said *said)
{
    const bool reps = meaning.word == WORD_REPS, rating = meaning.word == WORD_RPE;
    const bool fewer = (meaning.roles & ROLE_OFF) != 0, further = (meaning.roles & ROLE_ADDS) != 0;

    said->of_reps |= reps;
    said->of_rating |= rating;
    said->fewer |= fewer;
    said->further |= further;
    return reps || rating || fewer || further;
}

/* A word of MEANING says what it does; false: it is none of those that may stand there. */
static bool take_word(struct word_meaning meaning, struct said *said)
{
    const bool merely = (meaning.traits & TRAIT_MERELY) != 0, but = (meaning.roles & ROLE_BUT) != 0;

    if (take_way(meaning, said))
        return true;
    said->article = meaning.word == WORD_THE && (meaning.roles & ROLE_POINTS) == 0;
    said->a = meaning.word == WORD_A || (meaning.traits & TRAIT_ARTICLE) != 0;
    said->cue |= (meaning.amends & AMEND_CUE) != 0 && !but;
    said->loaded |= (meaning.amends & AMEND_LOADED) != 0;
    said->merely |= merely;
    said->all |= meaning.word == WORD_ALL;
    if ((meaning.roles & ROLE_DENIES) != 0)
        return said->denies = said->cue = true;
    if ((meaning.roles & ROLE_TYPED) != 0)
        return said->denies = true; /* "i put 80 but it was 85", and not "put 80 on and got 8" */
    said->cue |= but && said->count == 1 && said->values[0].denied;
    if ((meaning.roles & ROLE_WRONG) != 0)
        deny_last(said);
    return (meaning.amends & (AMEND_CUE | AMEND_LOADED | AMEND_BESIDE)) != 0 || said->a || merely ||
           meaning.word == WORD_ALL;
}

/* "one less", "eine weniger": takes it off TEXT. */
static bool take_step(struct span *text, struct said *said)
{
    const struct word_meaning meaning = walk_meaning(*text);
    struct span rest = walk_behind(*text);
    struct word_meaning step;

    if ((meaning.word != WORD_A && meaning.word != WORD_NOTE) || rest.length == 0 || said->more != 0 || said->one_rep)
        return false;
    if (counts_reps(walk_meaning(rest))) {
        said->one_rep = true;
        rest = walk_behind(rest);
    }
    step = walk_meaning(rest);
    said->more = (step.roles & ROLE_LESS) != 0 ? -1 : said->cue && (step.traits & TRAIT_MORE) != 0 ? 1 : 0;
    if (said->more == 0 && !said->one_rep)
        return false;
    said->cue |= said->more != 0;
    *text = said->more != 0 ? walk_behind(rest) : rest;
    return true;
}

static bool take_effort(struct span *text, struct said *said)
{
    const size_t length = said->effort.length == 0 ? piece_effort(*text) : 0;

    if (length == 0)
        return false;
    said->effort = (struct span){text->at, length};
    *text = span_past(*text, length);
    return true;
}

/* "on second thought" names no second set. */
static bool skip_thought(struct span *text, struct said *said)
{
    static const char *const thoughts[] = {"second thought", "second thoughts", "zweiten blick"};

    for (size_t i = 0; i < ARRAY_LENGTH(thoughts); i++)
        if (span_starts(*text, thoughts[i])) {
            *text = walk_behind(walk_behind(*text));
            return said->cue = true;
        }
    return false;
}

/* Takes what stands in front of TEXT. */
static bool take_one(struct span *text, struct said *said, struct aim *aim)
{
    struct word_meaning meaning;

    if (skip_thought(text, said) || (aim->set == 0 && aim_take_set(text, aim)))
        return true;
    if (take_step(text, said) || take_effort(text, said) || take_value(text, said))
        return true;
    meaning = walk_meaning(*text);
    *text = walk_behind(*text);
    if (meaning.word != WORD_LAST || meaning.argument == LAST_FIRST)
        return take_word(meaning, said);
    return aim->newest = (walk_meaning(*text).traits & TRAIT_SESSION) == 0; /* "last time" was another day */
}

/* ---------------------------------------------------------------- what it is */

/* VALUE as a piece of a set is written. */
static void add_value(const struct value *value, bool merely, struct buf *piece)
{
    if (value->kind == KIND_REPS)
        buf_addf(piece, "x%d", (int)value->number);
    else if (value->kind == KIND_SETS)
        buf_addf(piece, "%s%d sets", merely ? "only " : "", (int)value->number);
    else
        buf_addf(piece, "%g%s%.*s%s", value->number, value->kind == KIND_LOAD ? " " : "", (int)value->unit.length,
                 value->kind == KIND_LOAD ? value->unit.at : "", value->kind == KIND_SECONDS ? "s" : "");
}

/* "die 105 nur 4 mal": which set it was, by its load. */
static bool names_load(const struct value *a, const struct value *b)
{
    return a->article && !a->denied && a->kind != KIND_REPS && b->kind == KIND_REPS && !b->denied;
}

/* What is right is of the kind that was wrong: "put 80 on but got 8" is a load and reps. */
static bool is_near(double a, double b)
{
    return a <= 2 * b && b <= 2 * a;
}

/* "8 reps with 85 kg" */
static bool is_whole(const struct value *load, const struct value *reps)
{
    return load->kind == KIND_LOAD && reps->kind == KIND_REPS && !load->denied && !reps->denied;
}

/* Two values: what it was and what it wasn't, a load and its reps, or which set it was and its reps. */
static bool add_two(const struct said *said, struct aim *aim, struct buf *piece)
{
    const struct value *first = &said->values[0], *second = &said->values[1];

    if (first->denied != second->denied && is_near(first->number, second->number)) {
        add_value(first->denied ? second : first, false, piece);
        buf_adds(piece, " not ");
        add_value(first->denied ? first : second, false, piece);
        return true;
    }
    if (said->cue && (is_whole(first, second) || is_whole(second, first))) {
        add_value(first->kind == KIND_LOAD ? first : second, false, piece);
        buf_adds(piece, " ");
        add_value(first->kind == KIND_LOAD ? second : first, false, piece);
        return true;
    }
    if (!names_load(first, second))
        return false;
    aim->name = first->said;
    add_value(second, false, piece);
    return true;
}

static bool add_values(const struct said *said, struct aim *aim, struct buf *piece)
{
    if (said->count == VALUES_MOST)
        return add_two(said, aim, piece);
    if (said->count == 1 && said->values[0].denied)
        return false;
    if (said->count == 1)
        add_value(&said->values[0], said->merely, piece);
    return true;
}

/* "nur 2 sätze davon" */
static bool counts_sets(const struct said *said)
{
    return said->count == 1 && said->values[0].kind == KIND_SETS && said->effort.length == 0 && isnan(said->rating) &&
           said->more == 0;
}

static bool put_piece(struct said *said, struct retold *retold)
{
    struct buf piece = BUF_INIT(RETOLD_PIECE_SIZE - 1);
    bool said_any = add_values(said, &retold->aim, &piece);

    if (said->more != 0)
        buf_addf(&piece, "1 rep %s", said->more < 0 ? "less" : "more");
    if (said->effort.length != 0)
        buf_addf(&piece, "%s%.*s", piece.length != 0 ? " " : "", (int)said->effort.length, said->effort.at);
    else if (!isnan(said->rating))
        buf_addf(&piece, "%srpe %g", piece.length != 0 ? " " : "", said->rating);
    said_any &= piece.length != 0 && (said->more == 0 || said->count == 0);
    snprintf(retold->piece, sizeof(retold->piece), "%s", buf_text(&piece));
    buf_release(&piece);
    retold->aim.piece = span_of(retold->piece);
    return said_any && (counts_sets(said) || aim_is_piece(retold->aim.piece));
}

/* Whether it is said that something was otherwise than it was said to be. */
static bool is_otherwise(const struct said *said, const struct retold *retold)
{
    const bool counted = said->count != 0;
    const bool names_set = said->count == 2 && names_load(&said->values[0], &said->values[1]);

    return said->cue || (said->loaded && counted) ||
           (said->merely && (retold->aim.set != 0 || names_set || counts_sets(said))) ||
           (said->all && counted && said->values[0].number > REPS_LIKELY);
}

/* "take one rep off", "add one rep" */
static void settle_step(struct said *said)
{
    if (!said->one_rep || said->more != 0 || said->fewer == said->further)
        return;
    said->more = said->fewer ? -1 : 1;
    said->cue = true;
}

/* "105 nope": it may not have been lifted; "105, not 100" ends otherwise. */
static bool ends_in_no(struct span text)
{
    static const char *const denials[] = {"nope", "no", "nah", "ne", "nee", "nein", NULL};
    struct span last = text;

    for (struct span rest = text; rest.length != 0; rest = walk_behind(rest))
        last = rest;
    return last.at != text.at && walk_is(walk_word(last), denials);
}

static bool may_be(const struct vocabulary *words)
{
    return (words->amends & (AMEND_CUE | AMEND_LOADED)) != 0 ||
           (words->traits & (TRAIT_MERELY | TRAIT_LIGHTER | TRAIT_PLUS | TRAIT_MINUS)) != 0 ||
           (words->classes & CLASS_BIT(WORD_ALL)) != 0;
}

bool retold_read(struct span folded, const struct vocabulary *words, struct retold *retold)
{
    struct said said = {.rating = NAN};

    if (!may_be(words) || ends_in_no(folded))
        return false;
    *retold = (struct retold){.aim = {.name = {folded.at, 0}}};
    for (skip_signs(&folded); folded.length != 0; skip_signs(&folded))
        if (!take_one(&folded, &said, &retold->aim))
            return false;
    retold->all = said.all && retold->aim.set == 0;
    settle_step(&said);
    return !said.denies && is_otherwise(&said, retold) && put_piece(&said, retold);
}
