/*
 * Pieces of sets.
 */
#include "core/notation/piece.h"

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/notation/beside.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"

enum { IN_WORDS_MAX = 64, MORE_MAX = 9 };

/* What is still to be read, and the word that stands there, looked up once. */
struct front {
    struct span text, word;
    struct word_meaning meaning;
    bool effortless; /* nothing of it may be an effort in words */
};

static struct front front_of(struct span text)
{
    struct front front = {.text = text};

    front.word = notation_word(text, &front.meaning);
    return front;
}

static void pass(struct front *front, size_t bytes)
{
    front->text = span_past(front->text, bytes);
    front->word = notation_word(front->text, &front->meaning);
}

static void pass_word(struct front *front)
{
    pass(front, front->word.length);
}

static bool at_end(const struct front *front)
{
    return front->text.length == 0;
}

/* Takes BYTE where it stands there. */
static bool pass_sign(struct front *front, char byte)
{
    if (at_end(front) || front->text.at[0] != byte)
        return false;
    pass(front, 1);
    return true;
}

static bool skip_word(struct piece *piece, struct front *front)
{
    size_t length = front->word.length;

    if (span_starts(front->text, "more like "))
        length = strlen("more like");
    else if ((front->meaning.traits & TRAIT_AROUND) == 0)
        return false;
    piece->merely |= (front->meaning.traits & TRAIT_MERELY) != 0;
    pass(front, length);
    return true;
}

/* "last set", "the last one", "letzter" */
static bool skip_last(struct front *front)
{
    struct front rest = *front;

    if (rest.meaning.word == WORD_THE || (rest.meaning.traits & TRAIT_MINE) != 0)
        pass_word(&rest);
    if (rest.meaning.word != WORD_LAST || rest.meaning.argument == LAST_FIRST)
        return false;
    pass_word(&rest);
    if (rest.meaning.word == WORD_SETS || span_is(rest.word, "one"))
        pass_word(&rest);
    *front = rest;
    return !at_end(front);
}

/* "twelve"; "one" and "ein" say too little. 0: it is none. */
static double number_in_words(const struct front *front)
{
    double value = notation_number_of(front->word, front->meaning);

    return value > 1 ? value : 0;
}

/* "the last two were", "die letzten beiden waren": of more sets than one, which no piece is. */
static bool is_of_several(struct front front)
{
    if (front.meaning.word == WORD_THE || (front.meaning.traits & TRAIT_MINE) != 0)
        pass_word(&front);
    if (front.meaning.word != WORD_LAST)
        return false;
    pass_word(&front);
    const bool several = number_in_words(&front) != 0 || span_is(front.word, "beiden") || span_is(front.word, "couple");
    pass_word(&front);
    return several && (span_is(front.word, "were") || span_is(front.word, "waren"));
}

/* A number with its decimals, behind a point or a comma, or in a word. */
static bool take_number(struct front *front, double *value)
{
    struct scan_number number;

    if (at_end(front) || !ascii_is_digit(front->text.at[0])) {
        *value = number_in_words(front);
        if (*value != 0)
            pass_word(front);
        return *value != 0;
    }
    if (scan_number(front->text, ".,", &number) < 0)
        return false;
    *value = number.value;
    pass(front, number.length);
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
static bool skip_tank(struct front *front)
{
    for (struct front rest = *front; !at_end(&rest); pass_word(&rest)) {
        const enum word word = rest.meaning.word;

        if (word == WORD_TANK) {
            pass_word(&rest);
            *front = rest;
            return true;
        }
        if (word != WORD_IN && word != WORD_THE && word != WORD_REPS &&
            (rest.meaning.traits & (TRAIT_ONLY | TRAIT_ABOUT | TRAIT_MORE)) == 0 && !span_is(rest.word, "im") &&
            !span_is(rest.word, "left"))
            return false;
    }
    return false;
}

static bool names_scale(const struct front *front)
{
    return front->meaning.word == WORD_RIR || front->meaning.word == WORD_RPE;
}

/* Takes "@1", "rir 1", "1 rir", "2 left in the tank". */
static bool take_effort(struct front *front)
{
    const bool at = pass_sign(front, '@');
    double value;

    if (at || names_scale(front)) {
        if (!at)
            pass_word(front);
        if ((front->meaning.traits & TRAIT_ONLY) != 0) /* "rir war 2" */
            pass_word(front);
        return take_number(front, &value);
    }
    if (!take_number(front, &value))
        return false;
    if (!names_scale(front))
        return skip_tank(front);
    pass_word(front);
    return true;
}

size_t piece_effort(struct span folded)
{
    struct front front = front_of(folded);

    return take_effort(&front) ? folded.length - front.text.length : 0;
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

/* "my buddy", "mein kumpel": whether a word of MEANING, with BEHIND it, names somebody's, but for "my last set". */
static bool is_of_another(struct word_meaning meaning, struct span behind)
{
    span_skip_spaces(&behind);
    if ((meaning.traits & TRAIT_MINE) == 0)
        return meaning.word == WORD_ALL && piece_effort(behind) != 0; /* "all @2" isn't of the last one */
    notation_word(behind, &meaning);
    return meaning.word == WORD_OTHER || meaning.word == WORD_STOP;
}

/* Whether FRONT has a word, or a number among words, that an effort is told by. "2 more" are sets as well. */
static bool hints_at_effort(struct front *front)
{
    struct span text = front->text;
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
        if (is_of_another(meaning, (struct span){text.at + length, text.length - length}))
            return false;
        if (tells_effort(word, meaning) || (none && span_is(word, "left")))
            return true;
        none |= meaning.word == WORD_NOTE && meaning.argument == COUNT_ZERO;
        around |= meaning.word == WORD_A || meaning.word == WORD_REPS || (meaning.traits & TRAIT_AROUND) != 0;
        more |= (meaning.traits & TRAIT_MORE) != 0 && !span_starts(text, "more like ");
        named |= names_effort(meaning);
    }
    front->effortless = !(number && around && named);
    return !front->effortless && !more;
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

/* Whether FRONT is an effort in words as they stand behind a set, and nothing else: "einer ware noch gegangen", "failed
 * on the 6th". *MISSED: which rep was; 0. */
static bool is_effort_in_words(struct front *front, bool noted, int *missed)
{
    const size_t length = front->text.length;
    int reps;

    *missed = 0;
    if (length == 0 || length > IN_WORDS_MAX || front->effortless || !hints_at_effort(front) ||
        !read_behind("100", front->text, noted, &reps))
        return false;
    *missed = reps != 100 ? reps + 1 : 0;
    return true;
}

static bool put_effort_in_words(struct piece *piece, struct front *front, bool noted)
{
    int missed;

    if (!is_effort_in_words(front, noted, &missed) || !put_effort(piece, front->text))
        return false;
    piece->missed = missed;
    return true;
}

/* "one" and "eine" are numbers, too; 0: none. */
static double take_count(struct front *front)
{
    double value;

    if (take_number(front, &value))
        return value;
    if (notation_number_of(front->word, front->meaning) == 0)
        return 0;
    pass_word(front);
    return 1;
}

/* What is said behind the number of "1 more rep". */
struct compared {
    bool more, less, reps;
};

static struct compared take_compared(struct front *front)
{
    struct compared found = {false, false, false};

    for (;; pass_word(front)) {
        const bool more = (front->meaning.traits & TRAIT_MORE) != 0, reps = front->meaning.word == WORD_REPS;
        const bool less =
            span_is(front->word, "less") || span_is(front->word, "fewer") || span_is(front->word, "weniger");

        if (!reps && !more && !less)
            return found;
        found.reps |= reps;
        found.more |= more;
        found.less |= less;
    }
}

/* "1 more rep", "+1 rep", "one rep less", "2 weniger": than the set before. False: nothing of that is here. */
static bool take_more(struct piece *piece, struct front *front)
{
    struct front rest = *front;
    const bool plus = pass_sign(&rest, '+');
    const double count = take_count(&rest);
    struct compared said;

    if (count == 0 || count != floor(count) || count > MORE_MAX || piece->more != 0)
        return false;
    said = take_compared(&rest);
    if (said.more && !said.reps && rest.meaning.word == WORD_SETS) {
        pass_word(&rest);
        *front = rest;
        return put_sets(piece, count);
    }
    if (said.more == said.less && !(plus && said.reps))
        return false;
    piece->more = (int)(said.less ? -count : count);
    piece->more_alone = !said.reps;
    *front = rest;
    return true;
}

/* "…, not 8", "… statt 8 wdh": what it isn't is left out. *DENIED: the number; NAN. */
static bool skip_instead(struct front *front, double *denied)
{
    struct front rest = *front;
    double value;
    bool number;

    if (rest.meaning.word != WORD_NOT && !span_is(rest.word, "statt") && !span_is(rest.word, "instead"))
        return false;
    pass_word(&rest);
    if (rest.meaning.word == WORD_OF)
        pass_word(&rest);
    number = take_number(&rest, &value);
    if (rest.meaning.word == WORD_UNIT ||
        (number && (rest.meaning.word == WORD_REPS || rest.meaning.word == WORD_SECONDS)))
        pass_word(&rest);
    else if (!number)
        return false;
    *denied = number ? value : NAN;
    *front = rest;
    return true;
}

/* "nicht 80, sondern 85": what stands in front isn't it either. */
static bool skip_denied(struct front *front, double *denied)
{
    struct front rest = *front;

    if (!skip_instead(&rest, denied))
        return false;
    pass_sign(&rest, ',');
    if (!span_is(rest.word, "sondern"))
        return false;
    pass_word(&rest);
    *front = rest;
    return true;
}

/* What the word behind a number of VALUE says that it is: takes it. False: none of these, or *FITS is false. */
static bool take_noun(struct piece *piece, struct front *front, double value, bool *fits)
{
    const struct word_meaning meaning = front->meaning;

    if (meaning.word == WORD_UNIT && meaning.argument != UNIT_ST)
        *fits = put_load(piece, value, (enum unit)meaning.argument);
    else if (meaning.word == WORD_REPS)
        *fits = put_reps(piece, value);
    else if (meaning.word == WORD_SETS)
        *fits = put_sets(piece, value);
    else if (meaning.word == WORD_SECONDS)
        *fits = put_seconds(piece, value);
    else
        return false;
    piece->short_seconds |= span_is(front->word, "s");
    pass_word(front);
    return true;
}

/* "80 but only 6": the reps follow. */
static bool begins_but(struct span word)
{
    return span_is(word, "but") || span_is(word, "aber");
}

/* A number, and the word behind it that says what it is. */
static bool take_counted(struct piece *piece, struct front *front)
{
    struct front behind;
    double value, denied;
    bool fits, told = false;
    int missed;

    if (!take_number(front, &value))
        return false;
    if (take_noun(piece, front, value, &fits))
        return fits;
    behind = *front;
    if ((front->word.length != 0 && !begins_but(front->word) && !skip_instead(&behind, &denied) &&
         !beside_says_nothing(front->text, &told) && !beside_says_both(front->text) &&
         !is_effort_in_words(front, false, &missed)) ||
        !isnan(piece->number))
        return false;
    piece->number = value;
    return true;
}

static bool is_counted(const struct piece *piece)
{
    return !isnan(piece->number) || !isnan(piece->load_kg) || piece->reps != REPS_UNKNOWN;
}

/* "1 left", "2 reps left" at the end, behind what was done; alone it may be of sets. */
static bool take_left(struct piece *piece, struct front *front)
{
    struct front rest = *front;
    double value;

    if (!is_counted(piece) || !take_number(&rest, &value))
        return false;
    if (rest.meaning.word == WORD_REPS)
        pass_word(&rest);
    if ((rest.meaning.says & SAYS_LEFT) == 0)
        return false;
    pass_word(&rest);
    if (!at_end(&rest) || !put_effort(piece, front->text))
        return false;
    *front = rest;
    return true;
}

/* "this time", "diesmal" */
static bool skip_this_time(struct front *front)
{
    static const char *const words[] = {"this time", "diesmal", "dieses mal"};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (span_starts(front->text, words[i])) {
            pass(front, strlen(words[i]));
            return true;
        }
    return false;
}

/* "175, diesmal nur 3", "80, but only 6", "80, 6 this time": the reps, behind a number that is the load then. */
static bool take_second(struct piece *piece, struct front *front)
{
    struct piece besides = *piece; /* "80, only 6" isn't merely 80 */
    struct front rest = *front;
    double value;
    bool told = false;

    if (isnan(piece->number) || piece->reps != REPS_UNKNOWN)
        return false;
    for (bool more = true; more;) {
        const bool merely = (rest.meaning.traits & TRAIT_MERELY) != 0;

        more = skip_this_time(&rest) || skip_word(&besides, &rest);
        told |= more && (merely || rest.text.at != front->text.at);
    }
    if (!take_number(&rest, &value) || rest.meaning.word == WORD_UNIT)
        return false;
    told |= skip_this_time(&rest);
    if (!told || !put_reps(piece, value))
        return false;
    *front = rest;
    return true;
}

/* "lbs", "in lbs" */
static bool take_unit(struct piece *piece, struct front *front)
{
    if (front->meaning.word == WORD_IN)
        pass_word(front);
    if (front->meaning.word != WORD_UNIT || front->meaning.argument == UNIT_ST || piece->unit_alone)
        return false;
    piece->unit = (enum unit)front->meaning.argument;
    pass_word(front);
    return piece->unit_alone = true;
}

static bool take_one(struct piece *piece, struct front *front)
{
    struct front rest = *front;
    double value;

    if (take_effort(&rest)) {
        const struct span effort = {front->text.at, front->text.length - rest.text.length};

        *front = rest;
        return put_effort(piece, effort);
    }
    if (take_left(piece, front) || take_second(piece, front))
        return true;
    if (front->text.at[0] != 'x' && !ascii_is_digit(front->text.at[0]) && number_in_words(front) == 0)
        return take_unit(piece, front);
    if (span_is(front->word, "x")) {
        pass(front, 1);
        return take_number(front, &value) && put_reps(piece, value);
    }
    return take_counted(piece, front);
}

/* "maybe @8.5" */
static bool skip_about(struct front *front)
{
    if ((front->meaning.traits & TRAIT_ABOUT) == 0 || piece_effort(span_past(front->text, front->word.length)) == 0)
        return false;
    pass_word(front);
    return true;
}

/* One piece, with what says little behind it. UNTRIED: all of it may be an effort in words. */
static bool take_part(struct piece *piece, struct front *front, bool untried)
{
    if (untried && put_effort_in_words(piece, front, false)) {
        front->text.length = 0;
        return true;
    }
    if (at_end(front) || !take_one(piece, front))
        return false;
    pass_sign(front, ',');
    while (skip_instead(front, &piece->denied))
        piece->instead = true;
    piece->both |= beside_says_both(front->text);
    if (piece->both || beside_says_nothing(front->text, &piece->last))
        front->text.length = 0;
    return true;
}

/* "a warmup", "no warm-up set", "zum Aufwärmen", "ein Arbeitssatz": up to the end. */
static bool take_type(struct piece *piece, struct front front)
{
    static const bool around[WORD_COMMAND + 1] = {
        [WORD_A] = true, [WORD_NOT] = true, [WORD_TO] = true, [WORD_UP] = true, [WORD_SETS] = true, [WORD_ALL] = true};
    bool denied = false, worked = false, warmed = false;

    for (; !at_end(&front); pass_word(&front)) {
        const struct word_meaning meaning = front.meaning;
        const bool work =
            span_is(front.word, "work") || span_is(front.word, "working") || span_starts(front.word, "arbeitss");
        const bool warm = meaning.word == WORD_TYPE && meaning.argument == SET_WARMUP;

        if (!work && !warm && !around[meaning.word])
            return false;
        worked |= work;
        warmed |= warm;
        denied |= meaning.word == WORD_NOT;
    }
    piece->type = worked != denied ? SET_WORKING : SET_WARMUP;
    return worked != warmed;
}

/* "one more rep actually", "a warm-up": up to the end. */
static bool says_whole(struct piece *piece, struct front front)
{
    return (piece->more != 0 && beside_says_nothing(front.text, &piece->last)) || take_type(piece, front);
}

static bool read_piece(struct front front, struct piece *piece)
{
    const size_t whole = front.text.length;

    if (put_effort_in_words(piece, &front, false))
        return true;
    pass_sign(&front, ','); /* "same, maybe @8.5" */
    while (!take_more(piece, &front) && (skip_word(piece, &front) || skip_about(&front)))
        continue;
    if (says_whole(piece, front))
        return true;
    piece->type = -1;
    piece->plus = front.text.length > 1 && ascii_is_digit(front.text.at[1]) && pass_sign(&front, '+');
    piece->instead = skip_denied(&front, &piece->denied);
    for (bool none = piece->more == 0 && piece->sets == 0; none || !at_end(&front); none = false)
        if (!take_part(piece, &front, front.text.length != whole))
            return false;
    return !piece->unit_alone || (isnan(piece->load_kg) && isnan(piece->number));
}

bool piece_may_correct(const struct vocabulary *words)
{
    const uint64_t alone = CLASS_BIT(WORD_RIR) | CLASS_BIT(WORD_RPE) | CLASS_BIT(WORD_TANK) | CLASS_BIT(WORD_FAIL) |
                           CLASS_BIT(WORD_FAILURE) | CLASS_BIT(WORD_NOT) | CLASS_BIT(WORD_LAST) | CLASS_BIT(WORD_TYPE) |
                           CLASS_BIT(WORD_EACH);
    const uint64_t by_number =
        CLASS_BIT(WORD_A) | CLASS_BIT(WORD_OF) | CLASS_BIT(WORD_NOTE) | CLASS_BIT(WORD_SIDE) | CLASS_BIT(WORD_FORM);
    const uint32_t traits = TRAIT_WOULD | TRAIT_COULD | TRAIT_MERELY | TRAIT_LEAD /* "a working set" */;

    return words->effort_sign || (words->traits & (TRAIT_MORE | TRAIT_MEANT)) == (TRAIT_MORE | TRAIT_MEANT) ||
           (words->classes & alone) != 0 || (words->traits & traits) != 0 ||
           (words->says & (SAYS_LEFT | SAYS_INSTEAD | SAYS_BOTH)) != 0 ||
           (words->digit && ((words->classes & by_number) != 0 || (words->traits & TRAIT_ARTICLE) != 0 ||
                             (words->says & SAYS_TOLD) != 0));
}

bool piece_read(struct span folded, enum unit unit, struct piece *piece)
{
    const struct piece nothing = {
        .load_kg = NAN, .unit = unit, .number = NAN, .denied = NAN, .seconds = NAN, .reps = REPS_UNKNOWN, .type = -1};
    struct front front = front_of(folded);
    const bool last = skip_last(&front), several = is_of_several(front_of(folded));

    *piece = nothing;
    piece->last = last && (front.meaning.traits & TRAIT_AROUND) != 0;
    if (!several && read_piece(front, piece))
        return true;
    *piece = nothing;
    return last && !several && put_effort_in_words(piece, &front, true); /* "last one was hard, nothing left" */
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
