/*
 * Words and numbers of a plan.
 */
#include "core/notation/plan_scan.h"

#include <math.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/scan.h"

enum { DECIMALS_MAX = 4, MINUTES_LIKE = 10, MINUTE_S = 60 };

char plan_peek(const struct plan_scan *scan, size_t offset)
{
    return scan->at + offset < scan->text.length ? scan->text.at[scan->at + offset] : '\0';
}

void plan_skip_spaces(struct plan_scan *scan)
{
    while (plan_peek(scan, 0) == ' ')
        scan->at++;
}

struct span plan_rest_of(const struct plan_scan *scan, size_t from)
{
    return (struct span){scan->text.at + from, scan->text.length - from};
}

static struct span rest(const struct plan_scan *scan)
{
    return plan_rest_of(scan, scan->at);
}

size_t plan_word_length(const struct plan_scan *scan)
{
    size_t length = scan_word(rest(scan));

    while (length != 0 && ascii_is_digit(plan_peek(scan, length)))
        length++;
    return length;
}

static struct word_meaning meaning_here(const struct plan_scan *scan, size_t *length)
{
    struct word_meaning meaning;

    *length = scan_word(rest(scan));
    meaning = notation_meaning((struct span){scan->text.at + scan->at, *length});
    /* "80kgx8": the unit ends where the cross joins. */
    if (meaning.word == WORD_OTHER && *length > 1 && plan_peek(scan, *length - 1) == 'x') {
        meaning = notation_meaning((struct span){scan->text.at + scan->at, *length - 1});
        *length -= meaning.word != WORD_OTHER;
    }
    return meaning;
}

enum word plan_word(const struct plan_scan *scan, size_t *length)
{
    return meaning_here(scan, length).word;
}

/* What the word that comes next means, behind a space or not, and where it ENDS. */
static struct word_meaning next_word(const struct plan_scan *scan, size_t *end)
{
    struct plan_scan ahead = *scan;
    struct word_meaning meaning;
    size_t length;

    plan_skip_spaces(&ahead);
    meaning = meaning_here(&ahead, &length);
    *end = ahead.at + length;
    return meaning;
}

/* Takes the next word if it is of CLASS. */
static bool take_word(struct plan_scan *scan, enum word class)
{
    size_t end;

    if (next_word(scan, &end).word != class)
        return false;
    scan->at = end;
    return true;
}

bool plan_cross(struct plan_scan *scan)
{
    struct plan_scan ahead = *scan;

    plan_skip_spaces(&ahead);
    if (plan_peek(&ahead, 0) != 'x' && plan_peek(&ahead, 0) != '*')
        return false;
    ahead.at++;
    if (scan_is_letter(plan_peek(&ahead, 0))) {
        size_t length;
        enum word word = plan_word(&ahead, &length);

        if (word != WORD_AMRAP && word != WORD_BODYWEIGHT)
            return false;
    }
    *scan = ahead;
    return true;
}

bool plan_number(struct plan_scan *scan, double *value)
{
    struct scan_number number;

    if (scan_number(rest(scan), ".,", &number) < 0 || number.digits == 0 || number.decimals > DECIMALS_MAX)
        return false;
    *value = scan_hundredths(number.value);
    scan->at += number.length;
    return true;
}

/* "rir ", "rpe: " stands before AT. */
static bool behind_effort(struct span text, size_t at)
{
    enum word word;

    while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == ':'))
        at--;
    if (at < 3)
        return false;
    word = notation_meaning((struct span){text.at + at - 3, 3}).word;
    return word == WORD_RIR || word == WORD_RPE;
}

/* Whether a unit, a percent sign, an effort or a cross follows: then it was one number. */
static bool before_suffix(struct plan_scan *scan)
{
    size_t length;
    enum word word;
    double high;

    if (plan_peek(scan, 0) == '-' && ascii_is_digit(plan_peek(scan, 1))) {
        scan->at++;
        plan_number(scan, &high);
    }
    plan_skip_spaces(scan);
    word = plan_word(scan, &length);
    return plan_peek(scan, 0) == '@' || plan_peek(scan, 0) == '%' || plan_peek(scan, 0) == 'x' || word == WORD_UNIT ||
           word == WORD_RIR;
}

/* One or two digits follow, and not those of a list. */
static size_t decimals_here(const struct plan_scan *scan)
{
    size_t decimals = 0;

    while (ascii_is_digit(plan_peek(scan, decimals)))
        decimals++;
    if (plan_peek(scan, decimals) == ',' && ascii_is_digit(plan_peek(scan, decimals + 1)))
        return 0;
    return decimals <= 2 ? decimals : 0;
}

bool plan_decimal_comma(struct span text, size_t at)
{
    struct plan_scan scan = {text, at + 1, UNIT_KG};
    size_t begin = at, decimals = decimals_here(&scan);
    char before;

    while (begin > 0 && ascii_is_digit(text.at[begin - 1]))
        begin--;
    before = begin > 0 ? text.at[begin - 1] : ' ';
    if (begin == at || decimals == 0 || (before != 0 && strchr("x/,", before) != NULL))
        return false;
    scan.at += decimals;
    if ((before != 0 && strchr("@+-", before) != NULL) || behind_effort(text, begin) || before_suffix(&scan))
        return true;
    /* "3x5 82,5": the fraction of a load, not two numbers of a list. */
    return at - begin >= 2 && text.at[at + 1] == '5' && decimals == 1;
}

/* "5-3-2", "8/8/6" from the first separator on: -1 when it is too long. */
static int read_list(struct plan_scan *scan, char separator, struct plan_term *term)
{
    term->list[0] = (int)term->low;
    term->list_count = 1;
    while (plan_peek(scan, 0) == separator && ascii_is_digit(plan_peek(scan, 1))) {
        double value;

        scan->at++;
        if (term->list_count == PLAN_SETS || !plan_number(scan, &value) || value != floor(value))
            return -1;
        term->list[term->list_count++] = (int)value;
    }
    return 0;
}

/* Whether numbers with SEPARATOR between them stand here that are a list: "6-8" is a range, "10/20kg" reps and a load.
 */
static bool is_list(const struct plan_scan *scan, char separator)
{
    struct plan_scan ahead = *scan;
    size_t count = 0;
    double value;

    while (plan_number(&ahead, &value)) {
        count++;
        if (plan_peek(&ahead, 0) != separator)
            break;
        ahead.at++;
    }
    return count > 2 || (count == 2 && separator == '/' && !take_word(&ahead, WORD_UNIT));
}

/* A percent sign, or the plus of "5+". */
static bool take_sign(struct plan_scan *scan, struct plan_term *term)
{
    bool space = plan_peek(scan, 0) == ' ';

    if (plan_peek(scan, space) == '%') {
        scan->at += space ? 2 : 1;
        term->kind = PLAN_PERCENT;
        return true;
    }
    term->plus =
        plan_peek(scan, 0) == '+' && !scan_is_letter(plan_peek(scan, 1)) && !ascii_is_digit(plan_peek(scan, 1));
    scan->at += term->plus;
    return term->plus;
}

/* "4x6 rpe 8": what follows the word that ends at AT is its number. */
static bool number_follows(const struct plan_scan *scan, size_t at)
{
    struct plan_scan ahead = *scan;

    ahead.at = at;
    plan_skip_spaces(&ahead);
    return ascii_is_digit(plan_peek(&ahead, 0));
}

static void take_unit(struct plan_scan *scan, struct plan_term *term)
{
    static const struct {
        enum word word;
        enum plan_term_kind kind;
    } suffixes[] = {{WORD_UNIT, PLAN_LOAD},      {WORD_SECONDS, PLAN_TIME}, {WORD_MINUTES, PLAN_TIME},
                    {WORD_SETS, PLAN_SET_COUNT}, {WORD_REPS, PLAN_REPS},    {WORD_RIR, PLAN_RESERVE},
                    {WORD_RPE, PLAN_RESERVE}};
    struct word_meaning meaning;
    size_t i = 0, end;

    if (take_sign(scan, term))
        return;
    meaning = next_word(scan, &end);
    while (i < ARRAY_LENGTH(suffixes) && suffixes[i].word != meaning.word)
        i++;
    if (i == ARRAY_LENGTH(suffixes) || (suffixes[i].kind == PLAN_RESERVE && number_follows(scan, end)))
        return;
    scan->at = end;
    term->kind = suffixes[i].kind;
    term->rpe = meaning.word == WORD_RPE;
    term->unit = term->kind == PLAN_LOAD ? (enum unit)meaning.argument : term->unit;
    term->low *= meaning.word == WORD_MINUTES ? MINUTE_S : 1;
    term->high *= meaning.word == WORD_MINUTES ? MINUTE_S : 1;
}

/* "bw", "bw+10 kg", "bw-20". */
static bool read_body(struct plan_scan *scan, struct plan_term *term)
{
    struct plan_scan ahead;
    char sign;

    if (!take_word(scan, WORD_BODYWEIGHT))
        return false;
    term->kind = PLAN_LOAD;
    term->mode = LOAD_BODYWEIGHT;
    ahead = *scan;
    plan_skip_spaces(&ahead);
    sign = plan_peek(&ahead, 0);
    if (sign != '+' && sign != '-')
        return true;
    ahead.at++;
    plan_skip_spaces(&ahead);
    if (!plan_number(&ahead, &term->low) || plan_peek(&ahead, 0) == '%') {
        term->low = 0;
        return true;
    }
    *scan = ahead;
    term->high = term->low;
    take_unit(scan, term);
    term->kind = PLAN_LOAD;
    term->mode = term->low == 0 ? LOAD_BODYWEIGHT : sign == '+' ? LOAD_ADDED : LOAD_ASSISTED;
    return true;
}

bool plan_term(struct plan_scan *scan, struct plan_term *term)
{
    bool added = plan_peek(scan, 0) == '+' && ascii_is_digit(plan_peek(scan, 1));

    *term = (struct plan_term){.kind = PLAN_BARE, .unit = scan->unit, .mode = LOAD_EXTERNAL};
    if (read_body(scan, term))
        return true;
    if (take_word(scan, WORD_AMRAP)) {
        term->amrap = true;
        return true;
    }
    scan->at += added;
    for (const char *separator = "-/"; *separator != '\0'; separator++) {
        struct plan_scan ahead = *scan;

        if (!is_list(scan, *separator))
            continue;
        if (!plan_number(scan, &term->low) || term->low != floor(term->low) || read_list(scan, *separator, term) < 0) {
            *scan = ahead;
            return false;
        }
        term->high = term->low;
        return true;
    }
    if (!plan_number(scan, &term->low))
        return false;
    term->high = term->low;
    if (plan_peek(scan, 0) == '-' && ascii_is_digit(plan_peek(scan, 1))) {
        scan->at++;
        if (!plan_number(scan, &term->high))
            return false;
    }
    take_unit(scan, term);
    if (added) {
        term->kind = PLAN_LOAD;
        term->mode = LOAD_ADDED;
    }
    return true;
}

bool plan_time(struct plan_scan *scan, int *seconds)
{
    double value, more;

    if (!plan_number(scan, &value))
        return false;
    if (plan_peek(scan, 0) == ':' && ascii_is_digit(plan_peek(scan, 1))) {
        scan->at++;
        if (!plan_number(scan, &more) || more >= MINUTE_S || value > MINUTE_S)
            return false;
        value = value * MINUTE_S + more;
    } else if (take_word(scan, WORD_MINUTES) || (!take_word(scan, WORD_SECONDS) && value <= MINUTES_LIKE)) {
        value *= MINUTE_S;
    }
    *seconds = value <= 100000 ? (int)round(value) : -1;
    return true;
}
