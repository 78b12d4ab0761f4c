/*
 * The values of settings, read.
 */
#include "bot/coach/setting_read.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/equipment.h"
#include "bot/coach/place.h"
#include "bot/coach/timer.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "bot/schedule/zone.h"
#include "core/base/ascii.h"
#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/notation/reading.h"

enum { BODYWEIGHT_MIN_KG = 30, BODYWEIGHT_MAX_KG = 350 };

/* One of WORDS, pairs of what is typed and what is meant, ended by NULL. */
static bool read_word(struct span typed, const char *const *words, struct buf *value)
{
    for (; *words != NULL; words += 2) {
        if (span_is(typed, words[0]))
            return buf_adds(value, words[1]) == 0;
    }
    return false;
}

bool setting_read_goal(const struct setting_typed *typed, struct buf *value)
{
    /* clang-format off */
    static const char *const words[] = {
        "strength", "strength",
        "strong", "strength",
        "stronger", "strength",
        "hypertrophy", "hypertrophy",
        "muscle", "hypertrophy",
        "muscles", "hypertrophy",
        "mass", "hypertrophy",
        "size", "hypertrophy",
        "bigger", "hypertrophy",
        "growth", "hypertrophy",
        "grow", "hypertrophy",
        "fitness", "fitness",
        "fit", "fitness",
        "fitter", "fitness",
        "health", "fitness",
        "healthy", "fitness",
        NULL};
    /* clang-format on */

    return span_is(typed->text, "none") || read_word(typed->text, words, value);
}

/* "2026-02-01", a date that exists. */
static bool is_date(struct span text)
{
    char stamp[32];
    struct civil civil;

    if (text.length != 10)
        return false;
    snprintf(stamp, sizeof(stamp), "%.10sT00:00:00Z", text.at);
    return civil_parse(stamp, strlen(stamp), &civil) == 0;
}

/* " until 2026-02-01", the last of so many DAYS from today on. */
static bool end_after(const struct setting_time *time, double days, struct buf *value)
{
    struct civil civil;

    if (days < 1.0 || days > 366.0)
        return false;
    civil_from_ms((time->today + (int64_t)days - 1) * CIVIL_DAY_MS, 0, &civil);
    return buf_addf(value, " until %04d-%02d-%02d", civil.year, civil.month, civil.day) == 0;
}

/* "2 weeks", "a week", "10 days" */
static bool read_days(struct span text, double *days)
{
    static const char *const words[] = {"week", "w", "weeks", "w", "day", "d", "days", "d", NULL};
    struct buf kind = BUF_INIT(4);
    struct span rest = text;
    bool ok = true;

    *days = 1.0;
    if (span_is(typed_word(&rest), "a"))
        text = rest;
    else
        ok = typed_number(&text, days);
    ok = ok && read_word(text, words, &kind);
    *days *= buf_text(&kind)[0] == 'w' ? 7.0 : 1.0;
    buf_release(&kind);
    return ok;
}

/* Takes the name of a phase off TEXT. */
static bool take_phase(struct span *text, struct buf *value)
{
    static const char *const names[][2] = {{"normal", "normal"},
                                           {"deload", "deload"},
                                           {"low-volume", "low-volume"},
                                           {"low volume", "low-volume"},
                                           {"isolation", "isolation"},
                                           {"failure-block", "failure-block"},
                                           {"failure block", "failure-block"}};

    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        size_t length = strlen(names[i][0]);

        if (!span_starts(*text, names[i][0]) || (text->length > length && text->at[length] != ' '))
            continue;
        length += text->length > length;
        *text = (struct span){text->at + length, text->length - length};
        return buf_adds(value, names[i][1]) == 0;
    }
    return false;
}

/* R18: a block has a planned end, even where none is said. */
bool setting_read_phase(const struct setting_typed *typed, struct buf *value)
{
    struct span rest = typed->text, word;
    double days;

    if (!take_phase(&rest, value))
        return false;
    if (rest.length == 0)
        return strcmp(buf_text(value), "failure-block") != 0 ||
               end_after(typed->time, typed->time->policy->gate.block_days, value);
    if (strcmp(buf_text(value), "normal") == 0)
        return false;
    word = typed_word(&rest);
    if (span_is(word, "for"))
        return read_days(rest, &days) && end_after(typed->time, days, value);
    return span_is(word, "until") && is_date(rest) && buf_adds(value, " until ") == 0 && buf_add_span(value, rest) == 0;
}

/* Nobody counts more in months: "row 500m" is a distance. */
static const double MONTHS_MOST = 240.0, YEARS_MOST = 80.0;

/* "2019": since then. */
static bool take_year(const struct setting_typed *typed, double *years)
{
    struct span rest = typed->text;
    struct civil today;

    if (typed->time == NULL || !typed_number(&rest, years) || rest.length != 0 || *years != floor(*years))
        return false;
    civil_from_ms(typed->time->today * CIVIL_DAY_MS, 0, &today);
    *years = today.year - *years;
    return *years >= 1 && *years <= YEARS_MOST;
}

bool setting_read_experience(const struct setting_typed *typed, struct buf *value)
{
    static const char beginners[] = "beginner,newbie,anfanger,anfaenger,anfangerin,new to,neu im,neu in";
    static const char *const words[] = {"y", "y",  "yr", "y",   "yrs", "y",     "year", "y",      "years", "y", "m",
                                        "m", "mo", "m",  "mos", "m",   "month", "m",    "months", "m",     NULL};
    struct span rest = typed->text;
    struct buf kind = BUF_INIT(4);
    double number;
    bool since = take_year(typed, &number);
    bool ok = since || (typed_number(&rest, &number) && read_word(rest, words, &kind));
    bool years = since || buf_text(&kind)[0] == 'y';

    buf_release(&kind);
    if (typed_is(typed->text, beginners))
        return buf_adds(value, "0 months") == 0;
    if (!ok || number > (years ? YEARS_MOST : MONTHS_MOST))
        return false;
    number *= years ? 12.0 : 1.0;
    if (number > 0.0 && fmod(number, 12.0) == 0.0)
        return buf_addf(value, number == 12.0 ? "1 year" : "%.0f years", number / 12.0) == 0;
    return buf_addf(value, number == 1.0 ? "1 month" : "%.0f months", number) == 0;
}

bool setting_read_form(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"good", "good", "learning", "learning", NULL};

    return read_word(typed->text, words, value);
}

bool setting_read_switch(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"on", "on", "yes", "on", "off", "off", "no", "off", NULL};

    return read_word(typed->text, words, value);
}

/* Kept as it is shown, "1:30". */
bool setting_read_rests(const struct setting_typed *typed, struct buf *value)
{
    int64_t rest_s;

    if (typed_is(typed->text, "off,none,auto,normal"))
        return true;
    if (!timer_read(typed->text, &rest_s))
        return false;
    wording_rest((int)rest_s, value);
    return true;
}

bool setting_read_stress(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"low", "low", "normal", "normal", "high", "high", NULL};

    return read_word(typed->text, words, value);
}

bool setting_read_slept(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"", "h", "h", "h", "hr", "h", "hrs", "h", "hour", "h", "hours", "h", NULL};
    struct span rest = typed->text;
    struct buf kind = BUF_INIT(4);
    double hours;
    bool ok = typed_number(&rest, &hours) && read_word(rest, words, &kind) && hours <= 24.0;

    buf_release(&kind);
    if (!ok)
        return false;
    notation_number(hours, LANGUAGE_ENGLISH, value);
    return buf_adds(value, " h") == 0;
}

/* "shoulder right" as "right shoulder", in OUT. */
static struct span side_first(struct span place, struct buf *out)
{
    struct span rest = place;
    const struct span side = typed_last_word(&rest);

    if (rest.length == 0 || !(span_is(side, "left") || span_is(side, "right")))
        return place;
    buf_add_span(out, side);
    buf_addc(out, ' ');
    buf_add_span(out, rest);
    return buf_span(out);
}

/* LEVEL at PLACE, in VALUE: with it, where LEVELS are kept. */
static bool put_place(const struct setting_typed *typed, struct span place, int level, bool levels, struct buf *value)
{
    struct buf ordered = BUF_INIT(64);
    bool ok;

    place = side_first(place, &ordered);
    ok = place_known(place) && place_list_put(typed->old, place, level, levels, value);
    buf_release(&ordered);
    return ok;
}

bool setting_read_injury(const struct setting_typed *typed, struct buf *value)
{
    return span_is(typed->text, "none") || put_place(typed, typed->text, 1, false, value);
}

/* "2/3", "2 out of 3" are 2. */
static struct span without_scale(struct span typed)
{
    static const char *const scales[] = {"/3", " of 3", " out of 3", " von 3"};

    for (size_t i = ARRAY_LENGTH(scales); i-- > 0;) {
        size_t length = strlen(scales[i]);

        if (typed.length > length && memcmp(typed.at + typed.length - length, scales[i], length) == 0)
            return (struct span){typed.at, typed.length - length};
    }
    return typed;
}

/* "knee 4/10", as doctors ask for it: mild up to 3, moderate up to 6, severe above. Takes it off PLACE. */
static bool take_of_ten(struct span *place, char *level)
{
    static const char scale[] = "/10";
    size_t end = place->length;
    double of_ten;

    if (end < sizeof(scale) || memcmp(place->at + end - strlen(scale), scale, strlen(scale)) != 0)
        return false;
    end -= strlen(scale);
    while (end != 0 && place->at[end - 1] != ' ')
        end--;
    if (end == 0 || !typed_number(&(struct span){place->at + end, place->length - end - strlen(scale)}, &of_ten) ||
        of_ten > 10)
        return false;
    place->length = end - 1;
    *level = of_ten == 0 ? '0' : of_ten <= 3 ? '1' : of_ten <= 6 ? '2' : '3';
    return true;
}

/* Where no level is said, 1, as in a check-in. */
bool setting_read_pain(const struct setting_typed *typed, struct buf *value)
{
    struct span place = without_scale(typed->text);
    char level = '1';

    if (span_is(place, "none") || span_is(place, "0"))
        return true;
    if (!take_of_ten(&place, &level) && place.length > 2 && place.at[place.length - 2] == ' ') {
        level = place.at[place.length - 1];
        place.length -= 2;
    }
    return level >= '0' && level <= '3' && put_place(typed, place, level - '0', true, value);
}

/* "13 stone 4", "13st 4lb": in pounds. */
static bool read_stones(struct span text, double *kg, enum unit *written)
{
    double stones, pounds = 0;

    if (!typed_number(&text, &stones) || !typed_skip(&text, "st,stone,stones"))
        return false;
    if (text.length != 0 && typed_number(&text, &pounds))
        typed_skip(&text, "lb,lbs,pounds,pound");
    *written = UNIT_LB;
    *kg = unit_to_kg(14 * stones + pounds, UNIT_LB);
    return text.length == 0 && pounds < 14;
}

/* Of whoever trains: a pair of dumbbells may weigh less. */
bool setting_bodyweight(struct span typed, enum unit unit, double *kg, enum unit *written)
{
    return (read_stones(typed, kg, written) || typed_load(typed, unit, kg, written)) && *kg >= BODYWEIGHT_MIN_KG &&
           *kg <= BODYWEIGHT_MAX_KG;
}

bool setting_read_bodyweight(const struct setting_typed *typed, struct buf *value)
{
    enum unit written;
    double kg;

    if (!setting_bodyweight(typed->text, typed->unit, &kg, &written))
        return false;
    notation_number(unit_from_kg(kg, written), LANGUAGE_ENGLISH, value);
    return buf_addf(value, " %s", unit_name(written)) == 0;
}

bool setting_read_units(const struct setting_typed *typed, struct buf *value)
{
    enum unit unit;

    return typed_unit(typed->text, &unit) && buf_adds(value, unit_name(unit)) == 0;
}

bool setting_read_equipment(const struct setting_typed *typed, struct buf *value)
{
    return span_is(typed->text, "none") || equipment_list_put(typed->old, typed->text, typed->unit, value);
}

/* "Berlin", as zones are named: with its area. */
static bool read_city(const char *city, struct buf *value)
{
    static const char *const areas[] = {"Europe", "America", "Asia", "Australia", "Africa", "Pacific", "Atlantic"};
    char name[96];

    for (size_t i = 0; i < ARRAY_LENGTH(areas) && strchr(city, '/') == NULL && city[0] != '\0'; i++) {
        snprintf(name, sizeof(name), "%s/%s", areas[i], city);
        if (zone_exists(name))
            return buf_adds(value, name) == 0;
    }
    return false;
}

bool setting_read_language(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"en", "en",     "english", "en",      "englisch", "en", "de",
                                        "de", "german", "de",      "deutsch", "de",       NULL};

    return read_word(typed->text, words, value);
}

/* Zones are written with capitals ("America/New_York"), people write "europe/berlin". */
bool setting_read_timezone(const struct setting_typed *typed, struct buf *value)
{
    char name[65];

    if (typed->raw.length >= sizeof(name))
        return false;
    memcpy(name, typed->raw.at, typed->raw.length);
    name[typed->raw.length] = '\0';
    for (size_t i = 0; name[i] != '\0'; i++) {
        if (name[i] == ' ')
            name[i] = '_';
    }
    if (zone_exists(name))
        return buf_adds(value, name) == 0;
    if (span_is(typed->text, "utc") || span_is(typed->text, "gmt"))
        return buf_adds(value, "UTC") == 0;
    for (size_t i = 0; name[i] != '\0'; i++) {
        bool first = i == 0 || name[i - 1] == '/' || name[i - 1] == '_';

        name[i] = first ? ascii_upper(name[i]) : ascii_lower(name[i]);
    }
    return (zone_exists(name) && buf_adds(value, name) == 0) || read_city(name, value);
}
