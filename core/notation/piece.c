/*
 * Pieces of sets.
 */
#include "core/notation/piece.h"

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"

enum { IN_WORDS_MAX = 64, MORE_MAX = 9 };

static bool skip_word(struct piece *piece, struct span *text)
{
    struct word_meaning meaning;
    struct span word = notation_word(*text, &meaning);

    if (span_starts(*text, "more like "))
        word.length = strlen("more like");
    else if ((meaning.traits & TRAIT_AROUND) == 0)
        return false;
    piece->merely |= (meaning.traits & TRAIT_MERELY) != 0;
    *text = span_past(*text, word.length);
    return true;
}

/* "last set", "the last one", "letzter" */
static bool skip_last(struct span *text)
{
    struct word_meaning meaning;
    struct span rest = *text, word = notation_word(rest, &meaning);

    if (meaning.word == WORD_THE || (meaning.traits & TRAIT_MINE) != 0) {
        rest = span_past(rest, word.length);
        word = notation_word(rest, &meaning);
    }
    if (meaning.word != WORD_LAST || meaning.argument == LAST_FIRST)
        return false;
    rest = span_past(rest, word.length);
    word = notation_word(rest, &meaning);
    if (meaning.word == WORD_SETS || span_is(word, "one"))
        rest = span_past(rest, word.length);
    *text = rest;
    return rest.length != 0;
}

/* "twelve" at the front of TEXT, whose WORD is told; "one" and "ein" say too little. 0: it is none. */
static double number_in_words(struct span text, struct span *word)
{
    struct word_meaning meaning;
    double value;

    *word = notation_word(text, &meaning);
    value = notation_number_of(*word, meaning);
    return value > 1 ? value : 0;
}

/* A number with its decimals, behind a point or a comma, or in a word. */
static bool take_number(struct span *text, double *value)
{
    struct scan_number number;
    struct span word;

    if (text->length == 0 || !ascii_is_digit(text->at[0])) {
        *value = number_in_words(*text, &word);
        *text = *value != 0 ? span_past(*text, word.length) : *text;
        return *value != 0;
    }
    if (scan_number(*text, ".,", &number) < 0)
        return false;
    *value = number.value;
    *text = span_past(*text, number.length);
    return true;
}

static bool put_reps(struct piece *piece, double reps)
{
    if (piece->reps != REPS_UNKNOWN || reps != floor(reps) || reps < 1 || reps > READING_REPS_MAX)
        return false;
    piece->reps = (int)reps;
    return true;
}

static bool put_sets(struct piece *piece, double sets)
{
    if (piece->sets != 0 || sets != floor(sets) || sets < 1 || sets > READING_SETS_MAX)
        return false;
    piece->sets = (int)sets;
    return true;
}

static bool put_load(struct piece *piece, double value, enum unit unit)
{
    if (!isnan(piece->load_kg) || value <= 0 || value > READING_SLED_KG_MAX)
        return false;
    piece->load_kg = unit_to_kg(value, unit);
    piece->unit = unit;
    return true;
}

static bool put_seconds(struct piece *piece, double seconds)
{
    if (!isnan(piece->seconds) || seconds < 1)
        return false;
    piece->seconds = seconds;
    return true;
}

static bool put_effort(struct piece *piece, struct span effort)
{
    if (piece->effort.length != 0)
        return false;
    piece->effort = effort;
    return true;
}

/* "2 in the tank", "1 mehr im tank", "2 waren noch drin": the words behind the number; false: they are others. */
static bool skip_tank(struct span *text)
{
    for (struct span rest = *text; rest.length != 0;) {
        struct word_meaning meaning;
        struct span word = notation_word(rest, &meaning);

        rest = span_past(rest, word.length);
        if (meaning.word == WORD_TANK) {
            *text = rest;
            return true;
        }
        if (meaning.word != WORD_IN && meaning.word != WORD_THE && meaning.word != WORD_REPS &&
            (meaning.traits & (TRAIT_ONLY | TRAIT_ABOUT | TRAIT_MORE)) == 0 && !span_is(word, "im") &&
            !span_is(word, "left"))
            return false;
    }
    return false;
}

size_t piece_effort(struct span folded)
{
    struct word_meaning meaning;
    struct span rest = folded, word = notation_word(folded, &meaning);
    double value;

    if (folded.length == 0)
        return 0;
    if (folded.at[0] == '@' || meaning.word == WORD_RIR || meaning.word == WORD_RPE) {
        rest = span_past(folded, folded.at[0] == '@' ? 1 : word.length);
        word = notation_word(rest, &meaning); /* "rir war 2" */
        if ((meaning.traits & TRAIT_ONLY) != 0)
            rest = span_past(rest, word.length);
        return take_number(&rest, &value) ? folded.length - rest.length : 0;
    }
    if (!take_number(&rest, &value))
        return 0;
    word = notation_word(rest, &meaning);
    if (meaning.word == WORD_RIR || meaning.word == WORD_RPE)
        return folded.length - span_past(rest, word.length).length;
    return skip_tank(&rest) ? folded.length - rest.length : 0;
}

/* Whether a word of MEANING may be the one that says what a number is: "felt like a 9", "out of 10", "2 reps left". */
static bool names_effort(struct word_meaning meaning)
{
    static const bool names[WORD_COMMAND + 1] = {
        [WORD_A] = true,    [WORD_OF] = true,   [WORD_RIR] = true,  [WORD_RPE] = true,
        [WORD_NOTE] = true, [WORD_SIDE] = true, [WORD_FORM] = true,
    };

    return names[meaning.word] || (meaning.traits & TRAIT_ARTICLE) != 0;
}

/* Whether WORD alone tells that an effort is meant. */
static bool tells_effort(struct span word, struct word_meaning meaning)
{
    return meaning.word == WORD_TANK || meaning.word == WORD_FAILURE || meaning.word == WORD_FAIL ||
           (meaning.traits & (TRAIT_WOULD | TRAIT_COULD)) != 0 || span_is(word, "me");
}

/* Whether TEXT has a word, or a number among words, that an effort is told by. "2 more" are sets as well. */
static bool hints_at_effort(struct span text)
{
    bool number = false, around = false, more = false, named = false, none = false;
    size_t length;

    for (; text.length != 0; text = (struct span){text.at + length, text.length - length}) {
        struct word_meaning meaning;
        struct span word = notation_word(text, &meaning);

        length = word.length != 0 ? word.length : 1;
        number |= ascii_is_digit(text.at[0]);
        named |= text.at[0] == '@';
        if (word.length == 0)
            continue;
        if (tells_effort(word, meaning) || (none && span_is(word, "left")))
            return true;
        none |= meaning.word == WORD_NOTE && meaning.argument == COUNT_ZERO;
        around |= meaning.word == WORD_A || meaning.word == WORD_REPS || (meaning.traits & TRAIT_AROUND) != 0;
        more |= (meaning.traits & TRAIT_MORE) != 0 && !span_starts(text, "more like ");
        named |= names_effort(meaning);
    }
    return number && around && named && !more;
}

/* Reads FOLDED behind a set of 80 kg and MANY reps: whether it says effort, and nothing else, but for words of a note
 * where it may be NOTED; *REPS are those that were done. */
static bool read_behind(const char *many, struct span folded, bool noted, int *reps)
{
    static const struct reading_options options = {.unit = UNIT_KG};
    struct buf text = BUF_INIT(8 + IN_WORDS_MAX);
    struct reading reading;
    bool is_effort = false;

    reading_init(&reading);
    buf_addf(&text, "80x%s ", many);
    buf_add_span(&text, folded);
    reading_read(&reading, buf_span(&text), &options);
    if (reading.kind == READING_SETS && reading.sets.count == 1) {
        const struct set *read = &reading.sets.at[0];

        *reps = read->reps;
        is_effort = read->exercise[0] == '\0' && read->load_kg == 80 && read->type == SET_WORKING &&
                    read->side == SIDE_NONE && (noted || read->note[0] == '\0') &&
                    (!isnan(read->rir) || read->failure != FAILURE_NONE);
    }
    reading_release(&reading);
    buf_release(&text);
    return is_effort;
}

/* Whether FOLDED is an effort in words as they stand behind a set, and nothing else: "einer ware noch gegangen",
 * "failed on the 6th". *MISSED: which rep was; 0. */
static bool is_effort_in_words(struct span folded, bool noted, int *missed)
{
    int reps;

    *missed = 0;
    if (folded.length == 0 || folded.length > IN_WORDS_MAX || !hints_at_effort(folded) ||
        !read_behind("100", folded, noted, &reps))
        return false;
    *missed = reps != 100 ? reps + 1 : 0;
    return true;
}

static bool put_effort_in_words(struct piece *piece, struct span folded, bool noted)
{
    int missed;

    if (!is_effort_in_words(folded, noted, &missed) || !put_effort(piece, folded))
        return false;
    piece->missed = missed;
    return true;
}

/* "one" and "eine" are numbers, too; 0: none. */
static double take_count(struct span *text)
{
    struct word_meaning meaning;
    struct span word;
    double value;

    if (take_number(text, &value))
        return value;
    word = notation_word(*text, &meaning);
    if (notation_number_of(word, meaning) == 0)
        return 0;
    *text = span_past(*text, word.length);
    return 1;
}

/* What is said behind the number of "1 more rep". */
struct compared {
    bool more, less, reps;
};

static struct compared take_compared(struct span *text)
{
    struct compared found = {false, false, false};

    for (;;) {
        struct word_meaning meaning;
        struct span word = notation_word(*text, &meaning);
        bool less = span_is(word, "less") || span_is(word, "fewer") || span_is(word, "weniger");

        if (meaning.word != WORD_REPS && (meaning.traits & TRAIT_MORE) == 0 && !less)
            return found;
        found.reps |= meaning.word == WORD_REPS;
        found.more |= (meaning.traits & TRAIT_MORE) != 0;
        found.less |= less;
        *text = span_past(*text, word.length);
    }
}

/* "1 more rep", "+1 rep", "one rep less", "2 weniger": than the set before. False: nothing of that is here. */
static bool take_more(struct piece *piece, struct span *text)
{
    bool plus = text->length != 0 && text->at[0] == '+';
    struct span rest = plus ? span_past(*text, 1) : *text, word;
    double count = take_count(&rest);
    struct word_meaning meaning;
    struct compared said;

    if (count == 0 || count != floor(count) || count > MORE_MAX || piece->more != 0)
        return false;
    said = take_compared(&rest);
    word = notation_word(rest, &meaning);
    if (said.more && !said.reps && meaning.word == WORD_SETS) {
        *text = span_past(rest, word.length);
        return put_sets(piece, count);
    }
    if (said.more == said.less && !(plus && said.reps))
        return false;
    piece->more = (int)(said.less ? -count : count);
    piece->more_alone = !said.reps;
    *text = rest;
    return true;
}

/* What may stand behind a piece, and says nothing: "sorry", "this time". */
static bool says_no_more(struct span text)
{
    static const char *const words[] = {"sorry", "this time", "actually", "diesmal",     "dieses mal",  "again",
                                        "draus", "geschafft", "on that",  "on that one", "on that set", "on it"};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (span_is(text, words[i]))
            return true;
    return false;
}

/* "…, not 8", "… statt 8 wdh": what it isn't is left out. */
static bool skip_instead(struct span *text)
{
    struct word_meaning meaning;
    struct span rest = *text, word = notation_word(rest, &meaning);
    double value;
    bool number;

    if (meaning.word != WORD_NOT && !span_is(word, "statt") && !span_is(word, "instead"))
        return false;
    rest = span_past(rest, word.length);
    word = notation_word(rest, &meaning);
    rest = span_past(rest, meaning.word == WORD_OF ? word.length : 0);
    number = take_number(&rest, &value);
    word = notation_word(rest, &meaning);
    if (meaning.word == WORD_UNIT || (number && (meaning.word == WORD_REPS || meaning.word == WORD_SECONDS)))
        rest = span_past(rest, word.length);
    else if (!number)
        return false;
    *text = rest;
    return true;
}

/* "nicht 80, sondern 85": what stands in front isn't it either. */
static bool skip_denied(struct span *text)
{
    struct span rest = *text, word;

    if (!skip_instead(&rest))
        return false;
    if (rest.length != 0 && rest.at[0] == ',')
        rest = span_past(rest, 1);
    word = (struct span){rest.at, scan_word(rest)};
    if (!span_is(word, "sondern"))
        return false;
    *text = span_past(rest, word.length);
    return true;
}

/* A number, and the word behind it that says what it is. */
static bool take_counted(struct piece *piece, struct span *text)
{
    struct word_meaning meaning;
    struct span word, behind;
    double value;
    int missed;

    if (!take_number(text, &value))
        return false;
    behind = *text;
    word = notation_word(*text, &meaning);
    if (meaning.word == WORD_UNIT && meaning.argument != UNIT_ST) {
        *text = span_past(*text, word.length);
        return put_load(piece, value, (enum unit)meaning.argument);
    }
    if (meaning.word == WORD_REPS) {
        *text = span_past(*text, word.length);
        return put_reps(piece, value);
    }
    if (meaning.word == WORD_SETS) {
        *text = span_past(*text, word.length);
        return put_sets(piece, value);
    }
    if (meaning.word == WORD_SECONDS) {
        *text = span_past(*text, word.length);
        return put_seconds(piece, value);
    }
    if ((word.length != 0 && !skip_instead(&behind) && !says_no_more(*text) &&
         !is_effort_in_words(*text, false, &missed)) ||
        !isnan(piece->number))
        return false;
    piece->number = value;
    return true;
}

/* "lbs", "in lbs" */
static bool take_unit(struct piece *piece, struct span *text)
{
    struct word_meaning meaning;
    struct span word = notation_word(*text, &meaning);

    if (meaning.word == WORD_IN) {
        *text = span_past(*text, word.length);
        word = notation_word(*text, &meaning);
    }
    if (meaning.word != WORD_UNIT || meaning.argument == UNIT_ST || piece->unit_alone)
        return false;
    *text = span_past(*text, word.length);
    piece->unit = (enum unit)meaning.argument;
    return piece->unit_alone = true;
}

static bool take_one(struct piece *piece, struct span *text)
{
    const size_t effort = piece_effort(*text);
    struct span word;
    const bool in_words = number_in_words(*text, &word) != 0;
    double value;

    if (effort != 0) {
        word = (struct span){text->at, effort};
        *text = span_past(*text, effort);
        return put_effort(piece, word);
    }
    if (text->at[0] != 'x' && !ascii_is_digit(text->at[0]) && !in_words)
        return take_unit(piece, text);
    if (span_is(word, "x")) {
        *text = span_past(*text, 1);
        return take_number(text, &value) && put_reps(piece, value);
    }
    return take_counted(piece, text);
}

/* One piece, with what says little behind it. UNTRIED: all of TEXT may be an effort in words. */
static bool take_part(struct piece *piece, struct span *text, bool untried)
{
    if (untried && put_effort_in_words(piece, *text, false)) {
        text->length = 0;
        return true;
    }
    if (text->length == 0 || !take_one(piece, text))
        return false;
    if (text->length != 0 && text->at[0] == ',')
        *text = span_past(*text, 1);
    while (skip_instead(text))
        piece->instead = true;
    if (says_no_more(*text))
        text->length = 0;
    return true;
}

/* "a warmup", "no warm-up set", "zum Aufwärmen", "ein Arbeitssatz": up to the end. */
static bool take_type(struct piece *piece, struct span text)
{
    static const bool around[WORD_COMMAND + 1] = {
        [WORD_A] = true, [WORD_NOT] = true, [WORD_TO] = true, [WORD_UP] = true, [WORD_SETS] = true, [WORD_ALL] = true};
    bool denied = false, worked = false, warmed = false;

    for (struct span word; text.length != 0; text = span_past(text, word.length)) {
        struct word_meaning meaning;
        bool work, warm;

        word = notation_word(text, &meaning);
        work = span_is(word, "work") || span_is(word, "working") || span_starts(word, "arbeitss");
        warm = meaning.word == WORD_TYPE && meaning.argument == SET_WARMUP;
        if (!work && !warm && !around[meaning.word])
            return false;
        worked |= work;
        warmed |= warm;
        denied |= meaning.word == WORD_NOT;
    }
    piece->type = worked != denied ? SET_WORKING : SET_WARMUP;
    return worked != warmed;
}

static bool read_piece(struct span folded, struct piece *piece)
{
    const size_t whole = folded.length;

    if (put_effort_in_words(piece, folded, false))
        return true;
    while (!take_more(piece, &folded) && skip_word(piece, &folded))
        continue;
    if (take_type(piece, folded))
        return true;
    piece->type = -1;
    piece->instead = skip_denied(&folded);
    for (bool none = piece->more == 0 && piece->sets == 0; none || folded.length != 0; none = false)
        if (!take_part(piece, &folded, folded.length != whole))
            return false;
    return !piece->unit_alone || (isnan(piece->load_kg) && isnan(piece->number));
}

bool piece_read(struct span folded, enum unit unit, struct piece *piece)
{
    const struct piece nothing = {
        .load_kg = NAN, .unit = unit, .number = NAN, .seconds = NAN, .reps = REPS_UNKNOWN, .type = -1};
    bool last = skip_last(&folded);
    struct word_meaning meaning;

    *piece = nothing;
    notation_word(folded, &meaning);
    piece->last = last && (meaning.traits & TRAIT_AROUND) != 0;
    if (read_piece(folded, piece))
        return true;
    *piece = nothing;
    return last && put_effort_in_words(piece, folded, true); /* "last one was hard, nothing left" */
}

static bool says_nothing_else(const struct piece *piece)
{
    return isnan(piece->load_kg) && isnan(piece->number) && isnan(piece->seconds) && piece->reps == REPS_UNKNOWN &&
           piece->more == 0 && !piece->unit_alone;
}

bool piece_is_sets(const struct piece *piece)
{
    return piece->sets != 0 && piece->effort.length == 0 && says_nothing_else(piece);
}

bool piece_is_effort(const struct piece *piece)
{
    return piece->effort.length != 0 && piece->sets == 0 && says_nothing_else(piece);
}

static bool near(double value, double last, double most)
{
    return fabs(value - last) <= most;
}

/* A hold's are its seconds. */
static bool place_seconds(struct piece *piece, struct set *set)
{
    double *seconds = isnan(piece->seconds) ? &piece->number : &piece->seconds;

    if (isnan(set->seconds) || isnan(*seconds))
        return isnan(piece->seconds);
    set->seconds = *seconds;
    *seconds = NAN;
    return true;
}

/* What the bare number is: as near to what was lifted as people change it, and no other. */
static bool place_number(struct piece *piece, const struct set *set)
{
    double number = piece->number, kg = unit_to_kg(number, piece->unit);
    bool load = isnan(piece->load_kg) && near(kg, set->load_kg, 0.4 * set->load_kg);
    bool reps = piece->reps == REPS_UNKNOWN && set->reps != REPS_UNKNOWN && number >= 1 && number == floor(number) &&
                near(number, set->reps, fmax(3, 0.5 * set->reps));

    if (load == reps)
        return false;
    return load ? put_load(piece, number, piece->unit) : put_reps(piece, number);
}

void piece_convert(struct piece piece, struct set *set)
{
    double ratio = unit_to_kg(1, piece.unit) / unit_to_kg(1, set->unit);

    set->load_kg *= ratio;
    for (int i = 0; i < set->segment_count; i++)
        set->segments[i].load_kg *= ratio;
    set->unit = piece.unit;
}

/* Which of several parts would be changed, nobody says. */
static bool fits_segments(struct piece piece, const struct set *set)
{
    return set->segment_count == 0 || (isnan(piece.load_kg) && piece.reps == REPS_UNKNOWN && piece.more == 0);
}

static void apply_load(const struct piece *piece, struct set *set)
{
    set->load_kg = piece->load_kg;
    set->unit = piece->unit;
    set->percent = NAN;
    set->load_mode = set->load_mode == LOAD_BODYWEIGHT ? LOAD_ADDED : set->load_mode;
}

bool piece_apply(struct piece piece, struct set *set)
{
    if (piece.sets != 0 || !place_seconds(&piece, set) || (!isnan(piece.number) && !place_number(&piece, set)) ||
        !fits_segments(piece, set))
        return false;
    if (!isnan(piece.load_kg))
        apply_load(&piece, set);
    if (piece.unit_alone)
        piece_convert(piece, set);
    if (piece.type >= 0)
        set->type = (enum set_type)piece.type;
    if (piece.missed != 0)
        set->reps = piece.missed - 1;
    if (piece.more != 0 && (set->reps == REPS_UNKNOWN || set->reps + piece.more < 1))
        return false;
    set->reps += piece.more;
    if (piece.reps != REPS_UNKNOWN)
        set->reps = piece.reps;
    if (piece.effort.length != 0) {
        set->rir = NAN;
        set->failure = FAILURE_NONE;
    }
    return true;
}
