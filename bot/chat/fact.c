/*
 * Facts about who writes.
 */
#include "bot/chat/fact.h"

#include <math.h>
#include <stdio.h>

#include "bot/chat/fact_word.h"
#include "bot/chat/phrase.h"
#include "core/base/mem.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"
#include "core/text/fold.h"

enum { FACT_TEXT = 160 };

/* As far as it is a fact about somebody who lifts. */
static const double sleep_most = 16, weight_least = 30, being_least = 40, weight_most = 800, level_most = 10;
static const double bar_least = 5, bar_most = 70, plate_least = 0.1, plate_most = 25;
static const double first_year = 1950, last_year = 2100; /* since when one may have trained */
static const double months_a_week = 12.0 / 52.0, months_most = 80 * 12,
                    years_from = 240 /* nobody counts more in months */, of_three = 3, of_ten = 10;

struct kind {
    uint64_t subject; /* one of these is said, */
    uint64_t also;    /* and one of these; 0 */
    uint64_t around;  /* may stand among them besides what is light */
    uint64_t never;   /* make it another thing */
    uint64_t units;   /* that its amount may have; 0: it needn't have one */
    uint64_t bare;    /* one of these is said where that has none; 0 */
    bool whole;       /* nothing else may stand behind it either */
    bool any_time;    /* it may be of earlier */
    bool alone;       /* it is all that is said */
    /* Units that tell the kind by themselves: where it was asked, or one of these words is said; where it is said of
     * this morning; and words by which others do then. */
    uint64_t asked, doing, mornings, self;
    bool (*write)(const struct fact_text *text, const struct fact_amount *amount, char *command);
};

static bool says(const struct fact_text *text, uint64_t roles)
{
    return (text->roles & roles) != 0;
}

/* Where the clause begins that WORD is of. */
static size_t clause_of(const struct fact_text *text, size_t word)
{
    while (word > 0 && !text->words[word - 1].ends)
        word--;
    return word;
}

static size_t clause_end(const struct fact_text *text, size_t word)
{
    while (word < text->count && word > 0 && !text->words[word - 1].ends)
        word++;
    return word;
}

/* The same in the clause that AMOUNT is of. */
static bool says_there(const struct fact_text *text, const struct fact_amount *amount, uint64_t roles)
{
    const size_t end = clause_end(text, amount->end);

    for (size_t i = clause_of(text, amount->first); i < end; i++)
        if ((text->words[i].roles & roles) != 0)
            return true;
    return false;
}

/* ---------------------------------------------------------------- what each kind says */

static const char *weight_unit(uint64_t unit)
{
    return unit == FACT(KILOS) ? " kg" : unit == FACT(POUNDS) ? " lb" : unit == FACT(STONES) ? " st" : "";
}

/* "didn't sleep 8 hours" says how long it wasn't. */
static bool write_sleep(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    const double hours = (amount->low + amount->value) / 2;

    if (hours > sleep_most || amount->of != 0 || (says(text, FACT(DENY)) && !says(text, FACT(GOODLY) | FACT(LITTLE))))
        return false;
    snprintf(command, PHRASE_SIZE, "slept %.4g hours", hours);
    return true;
}

/* "barely slept": how long is what counts, and is asked for; "nicht schlecht geschlafen" says nothing of that. */
static bool write_no_sleep(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    snprintf(command, PHRASE_SIZE, "slept");
    return amount == NULL && says(text, FACT(SLEEP) | FACT(ROUGH)) &&
           !(says(text, FACT(DENY)) && says(text, FACT(ROUGH)));
}

static bool write_weight(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    const bool stones = amount->unit == FACT(STONES);

    (void)text;
    if (amount->low != amount->value || amount->of != 0 || amount->value > weight_most ||
        (!stones && amount->value < weight_least))
        return false;
    if (stones)
        snprintf(command, PHRASE_SIZE, "bw %g st %g", amount->value, amount->pounds);
    else
        snprintf(command, PHRASE_SIZE, "bw %.6g%s", amount->value, weight_unit(amount->unit));
    return true;
}

/* "heute 92,6 kg": no plates make that, so who writes weighs it; 92.5 may be a bar's. */
static bool write_unsaid_weight(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    const double quarters = amount->value * 4;

    return quarters != floor(quarters) && write_weight(text, amount, command);
}

/* "today", "about": between who it is and what they weigh. */
static bool is_before_weight(const struct fact_word *word)
{
    return (word->roles & (FACT(MYSELF) | FACT(TODAY))) == FACT(TODAY) ||
           (notation_meaning(word->text).traits & TRAIT_ABOUT) != 0;
}

/* "i'm 82 kg", "bin heute 82,3 kg schwer"; "i'm at 82 kg" may be the bar's, and "i'm 12 kg up" is a change. */
static bool write_being(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    size_t at = amount->first;

    while (at > 0 && is_before_weight(&text->words[at - 1]))
        at--;
    return at > 0 && (text->words[at - 1].roles & FACT(MYSELF)) != 0 &&
           (amount->unit == FACT(STONES) || amount->value >= being_least) && write_weight(text, amount, command);
}

/* The words of the one place that is named: those that stand together. False: none or several. */
static bool find_place(const struct fact_text *text, size_t *first, size_t *end)
{
    const uint64_t place = FACT(PLACE) | FACT(SIDE);
    size_t at = 0;

    while (at < text->count && (text->words[at].roles & FACT(PLACE)) == 0)
        at++;
    for (*first = at; *first > 0 && (text->words[*first - 1].roles & place) != 0; (*first)--)
        ;
    for (*end = at; *end < text->count && (text->words[*end].roles & place) != 0; (*end)++)
        ;
    for (at = *end; at < text->count; at++)
        if ((text->words[at].roles & FACT(PLACE)) != 0)
            return false;
    return *end != *first;
}

/* Adds those of the words that are of SIDE, or those that aren't. */
static void add_words(const struct fact_text *text, size_t first, size_t end, bool side, char *command)
{
    for (size_t i = first; i < end; i++) {
        const struct fact_word *word = &text->words[i];
        const size_t used = strlen(command);

        if (((word->roles & FACT(SIDE)) != 0) == side)
            snprintf(command + used, PHRASE_SIZE - used, " %.*s", (int)word->text.length, word->text.at);
    }
}

/* "1", "2 out of 3", "4/10", as it is typed behind a place. False: no level. */
static bool write_level(const struct fact_amount *amount, char *level, size_t size)
{
    if (amount->of == of_ten)
        return snprintf(level, size, " %.0f/10", ceil(amount->value)) > 0;
    if ((amount->of != 0 && amount->of != of_three) || amount->value > level_most)
        return false;
    return snprintf(level, size, " %.0f", ceil(amount->value)) > 0;
}

static void say_pain(const struct fact_text *text, size_t first, size_t end, const char *level, char *command)
{
    snprintf(command, PHRASE_SIZE, "pain");
    add_words(text, first, end, true, command);
    add_words(text, first, end, false, command);
    snprintf(command + strlen(command), PHRASE_SIZE - strlen(command), "%s", level);
}

/* "7, Trizeps brennt": a number in front of a sign is no level. */
static bool is_apart(const struct fact_text *text, const struct fact_amount *amount, size_t place)
{
    return amount != NULL && amount->of == 0 && amount->end <= clause_of(text, place);
}

/* What is only sore may follow a session, where it is no joint. */
static bool write_pain(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    const bool hurts = says(text, FACT(PAIN)) || (says(text, FACT(STIFF)) && says(text, FACT(JOINT)));
    char level[16] = "";
    size_t first, end;

    if (!find_place(text, &first, &end) || is_apart(text, amount, first) ||
        (amount != NULL && !write_level(amount, level, sizeof(level))) ||
        (amount != NULL ? !hurts && amount->of == 0 && !says(text, FACT(STIFF) | FACT(ODD)) : !hurts))
        return false;
    say_pain(text, first, end, level, command);
    return true;
}

/* "knee 2", "Ellbogen 0", "left knee is a 1": a level alone, of a joint. */
static bool write_level_alone(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    size_t first, end;
    char level[16];

    if (!find_place(text, &first, &end) || amount->first < end || amount->of != 0 || amount->low != amount->value ||
        amount->value > of_three || !write_level(amount, level, sizeof(level)))
        return false;
    say_pain(text, first, end, level, command);
    return true;
}

/* Whether it still is one only they know: how it is typed is the answer. */
static bool write_operated(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    (void)text, (void)amount;
    snprintf(command, PHRASE_SIZE, "injury");
    return true;
}

static bool write_sore(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    (void)amount;
    snprintf(command, PHRASE_SIZE, "sore");
    return !says(text, FACT(JOINT));
}

/* "3 weeks", in months: of "2 or 3 years" the fewer. */
static double months_of(const struct fact_amount *amount)
{
    return amount->unit == FACT(YEARS)    ? amount->low * 12
           : amount->unit == FACT(MONTHS) ? amount->low
                                          : amount->low * months_a_week;
}

/* Begun "3 weeks ago", not "in 3 weeks", and nothing but that was ago. */
static bool write_experience(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    const bool ago = says_there(text, amount, FACT(AGO));

    if (amount->of != 0 || months_of(amount) > months_most || ago != says_there(text, amount, FACT(START)) ||
        (amount->first != 0 && (text->words[amount->first - 1].roles & FACT(FUTURE)) != 0))
        return false;
    if (amount->unit != FACT(BARE)) {
        const bool years = months_of(amount) > years_from;

        snprintf(command, PHRASE_SIZE, "experience %.0f %s", years ? floor(months_of(amount) / 12) : months_of(amount),
                 years ? "years" : "months");
        return true;
    }
    if (amount->value < first_year || amount->value >= last_year)
        return false;
    snprintf(command, PHRASE_SIZE, "experience %.0f", amount->value);
    return true;
}

static bool is_within(const struct fact_amount *amount, double least, double most)
{
    return amount->low == amount->value && amount->of == 0 && amount->value >= least && amount->value <= most;
}

static bool write_plates(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    (void)text;
    if (!is_within(amount, plate_least, plate_most))
        return false;
    snprintf(command, PHRASE_SIZE, "equipment plates %g%s", amount->value, weight_unit(amount->unit));
    return true;
}

/* "only the bar, 20" may be reps. */
static bool write_bar(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    if (!is_within(amount, bar_least, bar_most) || (amount->unit == FACT(BARE) && !says(text, FACT(IS))))
        return false;
    snprintf(command, PHRASE_SIZE, "equipment bar %g%s", amount->value, weight_unit(amount->unit));
    return true;
}

/* What is kept are steps, which it doesn't say: how they are typed is the answer. */
static bool write_equipment(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    (void)amount;
    snprintf(command, PHRASE_SIZE, "equipment");
    return says(text, FACT(HAVE));
}

static bool write_stress(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    (void)text, (void)amount;
    snprintf(command, PHRASE_SIZE, "stress high");
    return true;
}

static bool write_calm(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    (void)text, (void)amount;
    snprintf(command, PHRASE_SIZE, "stress low");
    return true;
}

static bool write_deficit(const struct fact_text *text, const struct fact_amount *amount, char *command)
{
    (void)text, (void)amount;
    snprintf(command, PHRASE_SIZE, "deficit on");
    return true;
}

/* ---------------------------------------------------------------- which kind it is */

#define WEIGHTS (FACT(BARE) | FACT(KILOS) | FACT(POUNDS))

static const struct kind kinds[] = {
    {.subject = FACT(PLATE),
     .also = FACT(LEAST),
     .around = FACT(HAVE) | FACT(EQUIPS) | FACT(IS),
     .never = FACT(EXERCISE),
     .units = WEIGHTS,
     .whole = true,
     .write = write_plates},
    {.subject = FACT(BAR),
     .also = FACT(HAVE),
     .around = FACT(EQUIPS) | FACT(IS),
     .never = FACT(EXERCISE),
     .units = WEIGHTS,
     .whole = true,
     .write = write_bar},
    {.subject = FACT(HAND),
     .also = FACT(ONLY),
     .around = FACT(HAVE) | FACT(EQUIPS) | FACT(BAR) | FACT(PLATE) | FACT(EXERCISE), /* "and a bench" */
     .units = WEIGHTS,
     .whole = true,
     .write = write_equipment},
    {.subject = FACT(PLACE),
     .also = FACT(PAIN) | FACT(STIFF) | FACT(ODD),
     .around = FACT(PAINS) | FACT(SIDE) | FACT(EXERCISE),
     .never = FACT(EASED),
     .write = write_pain},
    {.subject = FACT(PLACE),
     .also = FACT(SORE),
     .around = FACT(PAINS) | FACT(SIDE) | FACT(EXERCISE),
     .never = FACT(EASED),
     .any_time = true,
     .write = write_sore},
    {.subject = FACT(JOINT),
     .around = FACT(PLACE) | FACT(SIDE) | FACT(IS),
     .never = FACT(EXERCISE) | FACT(EASED),
     .units = FACT(BARE),
     .whole = true,
     .write = write_level_alone},
    {.subject = FACT(OPERATED),
     .also = FACT(PLACE),
     .around = FACT(PAINS) | FACT(SLEEPS) | FACT(SIDE) | FACT(YEARS) | FACT(MONTHS) | FACT(WEEKS) | FACT(AGO) |
               FACT(EXERCISE), /* "shoulders" */
     .any_time = true,
     .write = write_operated},
    {.subject = FACT(SLEEP),
     .around = FACT(SLEEPS) | FACT(ROUGH) | FACT(GOODLY) | FACT(DENY),
     .units = FACT(HOURS) | FACT(BARE),
     .write = write_sleep},
    {.subject = FACT(SLEEP) | FACT(NIGHT),
     .also = FACT(ROUGH) | FACT(DENY) | FACT(LITTLE),
     .around = FACT(SLEEPS) | FACT(GOODLY),
     .write = write_no_sleep},
    {.subject = FACT(NIGHT),
     .also = FACT(ROUGH),
     .around = FACT(SLEEPS) | FACT(DENY),
     .units = FACT(HOURS),
     .write = write_sleep},
    {.subject = FACT(WEIGH),
     .around = FACT(WEIGHS),
     .never = FACT(BAR) | FACT(HAND) | FACT(PLATE),
     .units = WEIGHTS | FACT(STONES),
     .mornings = FACT(STONES),
     .self = FACT(MYSELF),
     .write = write_weight},
    {.subject = FACT(DAILY),
     .also = FACT(TODAY),
     .around = FACT(WEIGHS),
     .never = FACT(EXERCISE) | FACT(BAR) | FACT(HAND) | FACT(PLATE),
     .units = WEIGHTS | FACT(STONES),
     .whole = true,
     .write = write_weight},
    {.subject = FACT(DAILY), /* "weight is 88,3" */
     .around = FACT(WEIGHS),
     .never = FACT(EXERCISE) | FACT(BAR) | FACT(HAND) | FACT(PLATE) | FACT(ONLY) | FACT(HAVE),
     .units = WEIGHTS,
     .whole = true,
     .alone = true,
     .write = write_unsaid_weight},
    {.subject = FACT(TODAY),
     .around = FACT(NOW),
     .never = FACT(EXERCISE) | FACT(BAR) | FACT(HAND) | FACT(PLATE) | FACT(ONLY) | FACT(HAVE),
     .units = FACT(KILOS) | FACT(POUNDS) | FACT(STONES),
     .whole = true,
     .alone = true,
     .write = write_unsaid_weight},
    {.subject = FACT(TODAY), /* "92.4 this morning": bare, it is no set either */
     .also = FACT(NOW),
     .around = FACT(WEIGHS),
     .never = FACT(EXERCISE) | FACT(BAR) | FACT(HAND) | FACT(PLATE) | FACT(ONLY),
     .units = FACT(BARE),
     .whole = true,
     .alone = true,
     .write = write_unsaid_weight},
    {.subject = FACT(MYSELF),
     .around = FACT(WEIGHS) | FACT(NOW) | FACT(TODAY),
     .never = FACT(EXERCISE) | FACT(BAR) | FACT(HAND) | FACT(PLATE),
     .units = FACT(KILOS) | FACT(POUNDS) | FACT(STONES),
     .whole = true,
     .alone = true,
     .write = write_being},
    {.subject = FACT(MYSELF), /* "bin heute bei 81,2" */
     .also = FACT(TODAY),
     .around = FACT(WEIGHS) | FACT(NOW),
     .never = FACT(EXERCISE) | FACT(BAR) | FACT(HAND) | FACT(PLATE) | FACT(ONLY) | FACT(HAVE),
     .units = FACT(BARE),
     .whole = true,
     .alone = true,
     .write = write_unsaid_weight},
    {.subject = FACT(TRAIN),
     .around = FACT(TRAINS) | FACT(START) | FACT(AGO),
     .never = FACT(ANEW) | FACT(EXERCISE),
     .units = FACT(YEARS) | FACT(MONTHS) | FACT(WEEKS) | FACT(BARE),
     .bare = FACT(SINCE),
     .whole = true,
     .asked = FACT(YEARS) | FACT(MONTHS),
     .doing = FACT(DOING),
     .write = write_experience},
    {.subject = FACT(STRESS),
     .also = FACT(HIGH),
     .around = FACT(STRESSES) | FACT(THIS_WEEK),
     .never = FACT(DENY),
     .write = write_stress},
    {.subject = FACT(STRESS),
     .also = FACT(LITTLE),
     .around = FACT(STRESSES) | FACT(THIS_WEEK),
     .never = FACT(HIGH),
     .write = write_calm},
    {.subject = FACT(DIET), .around = FACT(DIETS), .units = FACT(CALORIES), .write = write_deficit},
};

/* Which of the words are the fact: from the first to the last that name it. */
struct range {
    size_t first, end;
};

static void reach(struct range *range, size_t first, size_t end)
{
    range->first = first < range->first ? first : range->first;
    range->end = end > range->end ? end : range->end;
}

static struct range range_of(const struct fact_text *text, const struct kind *kind, const struct fact_amount *amount)
{
    struct range range = {text->count, 0};

    for (size_t i = 0; i < text->count; i++)
        if ((text->words[i].roles & kind->subject) != 0 ||
            ((text->words[i].roles & kind->also) != 0 && (text->words[i].roles & FACT(LIGHT)) == 0))
            reach(&range, i, i + 1);
    if (amount != NULL)
        reach(&range, amount->first, amount->end);
    return range;
}

static bool is_of_amount(const struct fact_text *text, size_t word)
{
    for (size_t i = 0; i < text->amount_count; i++)
        if (word >= text->amounts[i].first && word < text->amounts[i].end)
            return true;
    return false;
}

/* Whether the words from FIRST to END are of KIND, or say nothing. */
static bool are_of(const struct fact_text *text, const struct kind *kind, size_t first, size_t end)
{
    const uint64_t roles = kind->subject | kind->also | kind->around | FACT(LIGHT);

    for (size_t i = first; i < end; i++)
        if ((text->words[i].roles & roles) == 0 && !is_of_amount(text, i))
            return false;
    return true;
}

/* Whether none of the words from FIRST to END, but for those of KIND, is of ROLES. */
static bool are_without(const struct fact_text *text, const struct kind *kind, size_t first, size_t end, uint64_t roles)
{
    for (size_t i = first; i < end; i++)
        if ((text->words[i].roles & roles) != 0 && (text->words[i].roles & kind->around) == 0)
            return false;
    return true;
}

/* Whether who writes says it of themselves, and of now unless KIND may be of any time; RANGE is the fact. */
static bool is_own(const struct fact_text *text, const struct kind *kind, struct range range)
{
    if (!kind->any_time)
        return are_without(text, kind, 0, range.first, FACT(TELLING) | FACT(KIN)) &&
               are_without(text, kind, range.end, text->count, FACT(TELLING));
    for (size_t i = 0; i < text->count; i++)
        if ((text->words[i].roles & FACT(KIN)) != 0 || (notation_meaning(text->words[i].text).says & SAYS_OTHERS) != 0)
            return false;
    return true;
}

/* How many amounts KIND has, where it has any: one, or what somebody holds. */
static bool may_have(const struct fact_text *text, const struct kind *kind)
{
    const bool needs = kind->units != 0;

    if (kind->any_time)
        return true; /* how long ago */
    for (size_t i = 0; i < text->amount_count; i++)
        if ((text->amounts[i].unit & (needs ? kind->units : FACT(BARE))) == 0)
            return false;
    return kind->write == write_equipment ? text->amount_count != 0
                                          : text->amount_count == 1 || (!needs && text->amount_count == 0);
}

/* Whether the amount's unit says which kind it is: "2 and a half years", if that was ASKED; this morning it does, too,
 * where it is of people alone or somebody speaks of themselves: "12 stone 4 this morning", "bin bei 84 kg heute
 * morgen". */
static bool is_by_unit(const struct fact_text *text, const struct kind *kind, const struct fact_amount *amount,
                       bool asked)
{
    const uint64_t with_unit = kind->units & ~FACT(BARE);

    if (amount == NULL)
        return false;
    if ((asked || says(text, kind->doing)) && (amount->unit & kind->asked) != 0)
        return true;
    return says(text, FACT(NOW)) &&
           ((amount->unit & kind->mornings) != 0 || ((amount->unit & with_unit) != 0 && says(text, kind->self)));
}

/* "8 hours of sleep is a myth" */
static bool is_subject(const struct fact_text *text, struct range range)
{
    return range.end < text->count && (text->words[range.end].roles & FACT(IS)) != 0;
}

/* Whether the words that KIND needs are there, and none that it can't have. */
static bool is_said(const struct fact_text *text, const struct kind *kind, const struct fact_amount *amount,
                    bool by_unit)
{
    const bool rated = amount != NULL && amount->of != 0, bare = amount != NULL && amount->unit == FACT(BARE);

    return may_have(text, kind) && (!bare || kind->bare == 0 || says(text, kind->bare)) && !says(text, kind->never) &&
           (by_unit || says(text, kind->subject)) && (kind->also == 0 || rated || says(text, kind->also));
}

static const struct fact_amount *first_amount(const struct fact_text *text)
{
    return text->amount_count != 0 ? &text->amounts[0] : NULL;
}

/* Whether any kind may be said by words that aren't an exercise's. */
static bool may_be_said(const struct fact_text *text, enum fact_where where)
{
    const struct fact_amount *amount = first_amount(text);

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (is_said(text, &kinds[i], amount,
                    where != FACT_AMONG && is_by_unit(text, &kinds[i], amount, where == FACT_ASKED)))
            return true;
    return false;
}

static bool reads(const struct fact_text *text, const struct kind *kind, enum fact_where where, char *command)
{
    const struct fact_amount *amount = first_amount(text);
    const bool by_unit = where != FACT_AMONG && is_by_unit(text, kind, amount, where == FACT_ASKED);
    const bool whole = kind->whole || (by_unit && !says(text, kind->subject));
    struct range range;

    if ((kind->alone && where == FACT_AMONG) || !is_said(text, kind, amount, by_unit))
        return false;
    range = range_of(text, kind, amount);
    return !is_subject(text, range) &&
           are_of(text, kind, clause_of(text, range.first), whole ? clause_end(text, range.end) : range.end) &&
           is_own(text, kind, range) && kind->write(text, amount, command);
}

static bool write(const struct fact_text *text, enum fact_where where, char *command)
{
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (reads(text, &kinds[i], where, command))
            return true;
    command[0] = '\0';
    return false;
}

bool fact_is_weight(struct span arguments)
{
    enum { LEAST = 30 };
    struct scan_number number;

    return scan_number(arguments, ",", &number) >= 0 && number.length == arguments.length && number.decimals == 1 &&
           number.value >= LEAST;
}

const struct command *fact_find(const struct command_index *commands, struct span text,
                                const struct exercise_names *own, enum fact_where where, char *said,
                                struct span *arguments)
{
    char bytes[4 * FACT_TEXT];
    struct buf folded = {bytes, 0, sizeof(bytes), sizeof(bytes) - 1, false}; /* never grows */
    struct fact_text words;

    said[0] = '\0';
    if (text.length > FACT_TEXT || text_fold(text, &folded) != 0 || !fact_take(buf_span(&folded), &words) ||
        !may_be_said(&words, where))
        return NULL;
    fact_relate(buf_span(&folded), own, &words);
    if (!write(&words, where, said))
        return NULL;
    return command_find(commands, span_of(said), arguments);
}
