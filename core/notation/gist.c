/*
 * Which words of a sentence may be those of a set.
 */
#include "core/notation/gist.h"

#include "core/base/ascii.h"
#include "core/lift/catalogue.h"
#include "core/notation/of_top.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { NAME_WORDS_MOST = 5, WORDS_MOST = 30, TEXT_MAX = 4096 };

/* What stands in the sentence. */
struct sentence {
    const char *exercise;                   /* that is named; NULL */
    bool several;                           /* others are named, too */
    int names, numbers, products, measures; /* measures: "reps", "kg", "rpe" */
    int left_out;
    bool meant; /* a word of corrections */
    bool other; /* not of now, not of who writes, or not done */
};

/* "80x8", "3x8x60": a cross between two digits. */
static bool is_product(struct span word)
{
    for (size_t i = 1; i + 1 < word.length; i++)
        if ((word.at[i] == 'x' || word.at[i] == '*') && ascii_is_digit(word.at[i - 1]) &&
            ascii_is_digit(word.at[i + 1]))
            return true;
    return false;
}

/* "6:42": no number of a set. */
static bool is_time(struct span word)
{
    for (size_t i = 1; i + 1 < word.length; i++)
        if (word.at[i] == ':' && ascii_is_digit(word.at[i - 1]) && ascii_is_digit(word.at[i + 1]))
            return true;
    return false;
}

static bool is_measure(struct word_meaning meaning)
{
    switch ((enum word)meaning.word) {
    case WORD_UNIT:
    case WORD_REPS:
    case WORD_SETS:
    case WORD_SECONDS:
    case WORD_MINUTES:
    case WORD_RIR:
    case WORD_RPE:
    case WORD_AMRAP:
    case WORD_FAILURE:
        return true;
    default:
        return false;
    }
}

/* What else stands in sets: how they were done, and the words between numbers. */
static bool is_of_sets(struct word_meaning meaning)
{
    switch ((enum word)meaning.word) {
    case WORD_SINGLE:
    case WORD_TANK:
    case WORD_BODYWEIGHT:
    case WORD_ASSISTED:
    case WORD_WEIGHTED:
    case WORD_FAIL:
    case WORD_EACH:
    case WORD_PER:
    case WORD_LIMB:
    case WORD_SIDE:
    case WORD_TYPE:
    case WORD_PAUSE:
    case WORD_AT:
    case WORD_FOR:
    case WORD_OF:
    case WORD_WITH:
    case WORD_WITHOUT:
    case WORD_TO:
    case WORD_AND:
    case WORD_IN:
    case WORD_ALL:
    case WORD_BY:
        return true;
    default:
        return false;
    }
}

/* The exercise's name at the front of TEXT; empty: none stands there. */
static struct span name_of(struct span text, const struct exercise_names *own)
{
    static const char *const ordinary[] = {"dead", "clean", "chin", "press", NULL}; /* words beside */
    const struct span name = walk_name(text, own, NAME_WORDS_MOST);

    return walk_is(name, ordinary) ? (struct span){text.at, 0} : name;
}

static void keep(struct buf *out, struct span words)
{
    if (out->length != 0)
        buf_addc(out, ' ');
    buf_add_span(out, words);
}

static void take_name(struct sentence *sentence, struct span name, const struct exercise_names *own, struct buf *out)
{
    const char *id = exercise_find_folded(own, name);

    sentence->names++;
    sentence->several |= sentence->exercise != NULL && strcmp(sentence->exercise, id) != 0;
    sentence->exercise = id;
    keep(out, name);
}

/* WORD as it goes on: whether it is left. */
static bool take_word(struct sentence *sentence, struct span word, enum gist gist)
{
    const struct word_meaning meaning = notation_meaning(word);
    const bool number = span_has_digit(word) || notation_number_of(word, meaning) > 1;
    const bool sign = word.length == 1 && strchr("@x*+-/", word.at[0]) != NULL;

    sentence->other |= is_time(word) || notation_tells(word, meaning) != 0;
    sentence->other |= meaning.word == WORD_SIDE && gist != GIST_ALL_WORDS; /* "right ten left 9" is not 10 and 9 */
    sentence->meant |= (meaning.traits & TRAIT_MEANT) != 0;
    sentence->numbers += number;
    sentence->products += is_product(word);
    sentence->measures += is_measure(meaning);
    if (number || sign)
        return true;
    return gist == GIST_ALL_WORDS ? is_measure(meaning) || is_of_sets(meaning)
                                  : gist == GIST_FEW_WORDS && is_measure(meaning);
}

/* "ring rows feet up 12": of what moves the body alone one number says enough. */
static bool is_counted(const struct sentence *sentence)
{
    const struct exercise *exercise = sentence->names == 1 ? catalogue_by_id(sentence->exercise) : NULL;

    return exercise != NULL && exercise_needs_no_load(exercise) && sentence->numbers == 1;
}

/* One thing is said of a number by a product or, behind a name, by a measure or another number. What was meant and
 * names no exercise is about sets that are there. */
static bool may_be_sets(const struct sentence *sentence)
{
    if (sentence->other || sentence->left_out == 0 || (sentence->meant && sentence->names == 0))
        return false;
    return sentence->products != 0 || is_counted(sentence) ||
           (sentence->names != 0 && sentence->numbers != 0 && sentence->numbers + sentence->measures >= 2);
}

/* The words of TEXT one by one: those that are left in OUT. */
static struct sentence walk(struct span text, const struct exercise_names *own, enum gist gist, struct buf *out)
{
    struct sentence sentence = {.other = memchr(text.at, '?', text.length) != NULL || walk_to_come(text)};

    buf_clear(out);
    for (int words = 0; text.length != 0 && !sentence.other; words++) {
        const struct span word = walk_word(text), name = name_of(text, own);

        sentence.other = words == WORDS_MOST;
        if (name.length != 0) {
            take_name(&sentence, name, own, out);
            text = (struct span){text.at + name.length, text.length - name.length};
        } else if (take_word(&sentence, word, gist)) {
            keep(out, word);
        } else {
            sentence.left_out++;
        }
        text = walk_behind(text);
    }
    return sentence;
}

bool gist_write(struct span text, const struct exercise_names *own, enum gist gist, struct buf *out)
{
    const struct sentence sentence = walk(text, own, gist, out);

    if (memchr(text.at, '%', text.length) != NULL && notation_of_top(text))
        return false; /* of what isn't left in it */
    return may_be_sets(&sentence);
}

const char *gist_exercise(struct span text, const struct exercise_names *own)
{
    struct buf left = BUF_INIT(TEXT_MAX);
    const struct sentence sentence = walk(text, own, GIST_NUMBERS, &left);

    buf_release(&left);
    return !sentence.other && !sentence.several && sentence.numbers != 0 ? sentence.exercise : NULL;
}
