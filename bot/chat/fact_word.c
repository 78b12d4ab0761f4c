/*
 * Looking up the words of facts, which config/facts.awk makes of config/facts.tsv, and reading amounts.
 */
#include "bot/chat/fact_word.h"

#include "bot/chat/phrase.h"
#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"

struct row {
    const char *text;
    uint8_t length;
    uint64_t roles;
};

#include "facts_data.h"

enum { NAME_WORDS_MOST = 4, MINUTES_END = 60, POUNDS_END = 14 };

static const uint64_t units =
    FACT(HOURS) | FACT(KILOS) | FACT(POUNDS) | FACT(STONES) | FACT(YEARS) | FACT(MONTHS) | FACT(WEEKS) | FACT(CALORIES);

/* ---------------------------------------------------------------- words */

static uint64_t roles_of(struct span word)
{
    const size_t mask = ARRAY_LENGTH(slots) - 1;

    for (size_t at = span_hash(word) & mask; slots[at] != 0; at = (at + 1) & mask) {
        const struct row *row = &rows[slots[at] - 1];

        if (span_equal_word((struct span){row->text, row->length}, word))
            return row->roles;
    }
    return 0;
}

/* "knie-op": of both words, where the first is a part of the body that the second says was operated. */
static uint64_t roles_of_two(struct span word)
{
    const char *const dash = memchr(word.at, '-', word.length);
    const struct span place = {word.at, dash != NULL ? (size_t)(dash - word.at) : 0};
    const uint64_t roles = dash != NULL ? roles_of(place) & FACT(PLACE) : 0;

    return roles != 0 ? roles | (roles_of(span_past(word, place.length + 1)) & FACT(OPERATED)) : 0;
}

/* "and", "but": what goes before is another clause. */
static bool joins(struct span word)
{
    const struct word_meaning meaning = notation_meaning(word);

    return (meaning.says & SAYS_JOINS) != 0 || (meaning.roles & ROLE_BUT) != 0;
}

/* Whether WORD tells of others, of other times, or that it isn't so. */
static bool is_telling(struct span word)
{
    const enum word day = notation_meaning(word).word;

    return day == WORD_DAY || day == WORD_BACK || day == WORD_MONTH || phrase_tells_much(word);
}

/* Without signs around it, and without the verb of "shoulder's". */
static struct span bare(struct span word)
{
    static const char possessive[] = "'s";
    const size_t verb = strlen(possessive);
    const uint64_t quotes = ASCII_BIT('"') | ASCII_BIT('\'');
    const uint64_t open = quotes | ASCII_BIT('(') | ASCII_BIT('-') | ASCII_BIT('+') | ASCII_BIT('=');
    const uint64_t close =
        quotes | ASCII_BIT(',') | ASCII_BIT('.') | ASCII_BIT(';') | ASCII_BIT(':') | ASCII_BIT('!') | ASCII_BIT(')');

    while (word.length != 0 && (ascii_is_among(word.at[0], open) || word.at[0] == '~'))
        word = span_past(word, 1);
    while (word.length != 0 && ascii_is_among(word.at[word.length - 1], close))
        word.length--;
    if (word.length > verb && word.at[word.length - 1] == 's' && word.at[word.length - verb] == '\'' &&
        (roles_of((struct span){word.at, word.length - verb}) & FACT(PLACE)) != 0)
        word.length -= verb;
    return word;
}

/* WORD, with its signs, ends a clause. */
static bool ends_clause(struct span word, struct span bare)
{
    const size_t behind = (size_t)(bare.at + bare.length - word.at);

    return bare.length == 0 || (behind < word.length && strchr(",.;:!", word.at[behind]) != NULL);
}

/* What each word is by itself. */
static bool take_words(struct span folded, struct fact_text *text)
{
    while (folded.length != 0) {
        const struct span word = span_take(&folded, ' '), inner = bare(word);

        if (text->count != 0 && inner.length == 0)
            text->words[text->count - 1].ends = true;
        if (inner.length == 0)
            continue;
        if (text->count == FACT_WORDS)
            return false;
        text->words[text->count] = (struct fact_word){inner, roles_of(inner), ends_clause(word, inner)};
        if (text->words[text->count].roles == 0)
            text->words[text->count].roles = roles_of_two(inner);
        text->count++;
    }
    return true;
}

/* And what it is among the others. */
static void relate_words(struct fact_text *text)
{
    static const char *const these[] = {"this", "diese", "dieser", NULL};

    for (size_t i = 0; i < text->count; i++) {
        struct fact_word *word = &text->words[i];

        if (is_telling(word->text))
            word->roles |= FACT(TELLING);
        if (i == 0)
            continue;
        if (joins(word->text))
            text->words[i - 1].ends = true;
        if ((word->roles & FACT(WEEKS)) != 0 && walk_is(text->words[i - 1].text, these))
            word->roles |= FACT(THIS_WEEK); /* "diese Woche" */
    }
}

/* ---------------------------------------------------------------- amounts */

/* The number that ENDING begins with: taken off it. */
static bool take_digits(struct span *ending, double *value)
{
    struct scan_number number;

    if (ending->length == 0 || !ascii_is_digit(ending->at[0]) || scan_number(*ending, ".,", &number) < 0)
        return false;
    *value = number.value;
    *ending = span_past(*ending, number.length);
    return true;
}

/* One word that is a number, at most with a unit: "7", "seven", "7h". */
static bool take_number(struct span *word, double *value)
{
    if (take_digits(word, value))
        return true;
    *value = notation_word_number(*word);
    *word = span_past(*word, word->length);
    return *value > 1;
}

/* What stands behind the digits in their own word: "h", "h30", ":30", "/3", "-7h", "ish". False: something else. */
static bool take_ending(struct span ending, struct fact_amount *amount)
{
    double value;

    if (ending.length > 1 && ending.at[0] == '-') {
        ending = span_past(ending, 1);
        if (!take_digits(&ending, &amount->value))
            return false;
    }
    if (ending.length == 0 || span_is(ending, "ish"))
        return true;
    if (ending.at[0] == '/') {
        ending = span_past(ending, 1);
        return take_digits(&ending, &amount->of) && ending.length == 0;
    }
    if ((roles_of(ending) & units) != 0) {
        amount->unit = roles_of(ending) & units;
        return true;
    }
    if (ending.at[0] != ':' && ending.at[0] != 'h')
        return false;
    ending = span_past(ending, 1);
    if (!take_digits(&ending, &value) || ending.length != 0 || value >= MINUTES_END)
        return false;
    amount->unit = FACT(HOURS);
    amount->low = amount->value += value / MINUTES_END;
    return true;
}

static uint64_t roles_at(const struct fact_text *text, size_t at)
{
    return at < text->count ? text->words[at].roles : 0;
}

static bool joins_at(const struct fact_text *text, size_t at)
{
    return at < text->count && (notation_meaning(text->words[at].text).says & SAYS_JOINS) != 0;
}

/* "and a half", "einhalb", "1/2" */
static void take_half(const struct fact_text *text, struct fact_amount *amount)
{
    size_t at = amount->end;

    at += joins_at(text, at);
    at += (roles_at(text, at) & FACT(ARTICLE)) != 0;
    if ((roles_at(text, at) & FACT(HALF)) == 0 && (at >= text->count || !span_is(text->words[at].text, "1/2")))
        return;
    amount->low += 0.5;
    amount->value += 0.5;
    amount->end = at + 1;
}

/* "or 7" */
static void take_range(const struct fact_text *text, struct fact_amount *amount)
{
    struct span word;
    double value;

    if ((roles_at(text, amount->end) & FACT(RANGE)) == 0 || amount->end + 1 >= text->count)
        return;
    word = text->words[amount->end + 1].text;
    if (!take_number(&word, &value) || value <= amount->low || word.length != 0)
        return;
    amount->value = value;
    amount->end += 2;
}

/* "6 hours 30 (min)", "12 stone 4 (lb)": a part of the unit. */
static void take_part(const struct fact_text *text, struct fact_amount *amount)
{
    const bool hours = amount->unit == FACT(HOURS);
    const uint64_t unit = hours ? FACT(MINUTES) : FACT(POUNDS);
    size_t at = amount->end;
    struct span word;
    double value;

    if (!hours && amount->unit != FACT(STONES))
        return;
    at += joins_at(text, at);
    if (at >= text->count)
        return;
    word = text->words[at].text;
    if (!take_number(&word, &value) || value >= (hours ? MINUTES_END : POUNDS_END) ||
        (word.length != 0 && (roles_of(word) & unit) == 0))
        return;
    at += 1 + (word.length == 0 && (roles_at(text, at + 1) & unit) != 0);
    amount->end = at;
    if (hours)
        amount->low = amount->value += value / MINUTES_END;
    else
        amount->pounds = value;
}

/* "out of 3", "von 10" */
static void take_of(const struct fact_text *text, struct fact_amount *amount)
{
    size_t at = amount->end;
    struct span word;

    while ((roles_at(text, at) & FACT(OUT)) != 0)
        at++;
    if (at == amount->end || at >= text->count)
        return;
    word = text->words[at].text;
    if (take_digits(&word, &amount->of) && word.length == 0)
        amount->end = at + 1;
    else
        amount->of = 0;
}

/* "one eighty six", "einundachtzig Komma fünf": a number of several words; false: there is none. */
static bool take_spoken(const struct fact_text *text, struct fact_amount *amount)
{
    const size_t at = amount->first;
    const struct fact_word *last = &text->words[text->count - 1];
    const char *const from = text->words[at].text.at;
    size_t length, end = at + 1;

    if (at + 1 >= text->count || text->words[at].ends)
        return false;
    if (notation_word_number(text->words[at + ((text->words[at].roles & FACT(ARTICLE)) != 0)].text) == 0)
        return false; /* as nearly always */
    amount->value =
        notation_spoken_number((struct span){from, (size_t)(last->text.at + last->text.length - from)}, &length);
    if (amount->value <= 1)
        return false;
    while (end < text->count && text->words[end].text.at < from + length)
        end++;
    amount->end = end;
    return end > at + 1;
}

/* The amount that begins at AMOUNT's first word. False: none does. */
static bool take_amount(const struct fact_text *text, struct fact_amount *amount)
{
    struct span word = text->words[amount->first].text;
    const bool spoken = take_spoken(text, amount);

    if (!spoken && !take_number(&word, &amount->value))
        return false;
    amount->low = amount->value;
    amount->end = spoken ? amount->end : amount->first + 1;
    amount->unit = FACT(BARE);
    if (!spoken && !take_ending(word, amount)) {
        amount->unit = 0;
        return true;
    }
    take_range(text, amount);
    take_half(text, amount);
    if (amount->unit == FACT(BARE) && (roles_at(text, amount->end) & units) != 0)
        amount->unit = text->words[amount->end++].roles & units;
    take_half(text, amount);
    take_part(text, amount);
    if (amount->unit == FACT(BARE) && amount->of == 0)
        take_of(text, amount);
    return true;
}

/* "67 Jahre alt", "woke up 4 times" say nothing here. */
static void pass_over(struct fact_text *text, const struct fact_amount *amount)
{
    for (size_t i = amount->first; i <= amount->end; i++)
        text->words[i].roles = FACT(LIGHT);
}

/* "KG heute 92,6" is a weight (Körpergewicht), "heute 92,6 kg" may be a bar's. */
static void name_no_weight(struct fact_text *text, const struct fact_amount *amount)
{
    for (size_t i = amount->first; i < amount->end; i++)
        text->words[i].roles &= ~FACT(DAILY);
}

/* False: too many. A digit within a word is an amount, too, of something else: "b12", "@2". */
static bool take_amounts(struct fact_text *text)
{
    for (size_t i = 0; i < text->count;) {
        struct fact_amount amount = {.first = i, .end = i + 1};

        if (!take_amount(text, &amount) && !span_has_digit(text->words[i].text)) {
            i++;
            continue;
        }
        i = amount.end;
        if ((roles_at(text, i) & FACT(AGED)) != 0) {
            pass_over(text, &amount);
            continue;
        }
        if (text->amount_count == FACT_AMOUNTS)
            return false;
        name_no_weight(text, &amount);
        text->amounts[text->amount_count++] = amount;
    }
    return true;
}

/* As little of what is said does. */
static bool may_tell(const struct fact_text *text)
{
    const uint64_t subjects = FACT(SLEEP) | FACT(NIGHT) | FACT(WEIGH) | FACT(DAILY) | FACT(NOW) | FACT(TODAY) |
                              FACT(TRAIN) | FACT(PLATE) | FACT(BAR) | FACT(HAND) | FACT(STRESS) | FACT(DIET) |
                              FACT(PLACE) | units;

    for (size_t i = 0; i < text->count; i++) {
        const struct span word = text->words[i].text;
        const bool has_unit = ascii_is_digit(word.at[0]) && !ascii_is_digit(word.at[word.length - 1]); /* "84kg" */

        if ((text->words[i].roles & subjects) != 0 || has_unit)
            return true;
    }
    return false;
}

bool fact_take(struct span folded, struct fact_text *text)
{
    text->count = text->amount_count = 0;
    if (memchr(folded.at, '?', folded.length) != NULL || !take_words(folded, text) || !may_tell(text) ||
        !take_amounts(text))
        return false;
    text->roles = 0;
    for (size_t i = 0; i < text->count; i++)
        text->roles |= text->words[i].roles;
    return true;
}

static bool is_exercise_alone(const struct fact_text *text, size_t at)
{
    return at < text->count && (text->words[at].roles & (FACT(EXERCISE) | FACT(PLACE))) == FACT(EXERCISE);
}

/* Whether the word AT is a part of the body in an exercise's name of several words: "leg press". */
static bool is_in_name(const struct fact_text *text, size_t at)
{
    const uint64_t both = FACT(EXERCISE) | FACT(PLACE);

    return (text->words[at].roles & both) == both &&
           (is_exercise_alone(text, at + 1) || (at != 0 && is_exercise_alone(text, at - 1)));
}

/* "swap squats for leg press, knee is cranky": where another part of the body is named, that of a name isn't meant. */
static void mean_other_place(struct fact_text *text)
{
    bool other = false;

    for (size_t i = 0; i < text->count; i++)
        other |= (text->words[i].roles & FACT(PLACE)) != 0 && !is_in_name(text, i);
    for (size_t i = 0; i < text->count && other; i++)
        if (is_in_name(text, i))
            text->words[i].roles &= ~FACT(PLACE);
}

void fact_relate(struct span folded, const struct exercise_names *own, struct fact_text *text)
{
    const char *const end = folded.at + folded.length;

    relate_words(text);
    for (size_t i = 0; i < text->count; i++) {
        const char *from = text->words[i].text.at;
        const struct span rest = {from, (size_t)(end - from)};
        const struct span name = exercise_word(text->words[i].text) || own != NULL
                                     ? walk_name(rest, own, NAME_WORDS_MOST)
                                     : (struct span){from, 0};

        for (size_t at = i; name.length != 0 && at < text->count && text->words[at].text.at < from + name.length; at++)
            text->roles |= text->words[at].roles |= FACT(EXERCISE);
    }
    if ((text->roles & FACT(EXERCISE)) != 0)
        mean_other_place(text);
}
