/*
 * What a lifter says about themselves. A value is kept as "SINCE_MS VALUE", so that some can end by themselves.
 */
#include "bot/coach/setting.h"

#include <inttypes.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/equipment.h"
#include "bot/coach/place.h"
#include "bot/coach/score.h"
#include "bot/coach/turn.h"
#include "bot/coach/typed.h"
#include "bot/schedule/zone.h"
#include "core/base/ascii.h"
#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/text/fold.h"

#define HOUR_MS (60 * 60 * 1000.0)
#define MONTH_MS (30.436875 * CIVIL_DAY_MS) /* a twelfth of the Gregorian mean year */

/* ---------------------------------------------------------------- reading */

/* One of WORDS, pairs of what is typed and what is meant, ended by NULL. */
static bool read_word(struct span typed, const char *const *words, struct buf *value)
{
    for (; *words != NULL; words += 2) {
        if (span_is(typed, words[0]))
            return buf_adds(value, words[1]) == 0;
    }
    return false;
}

static bool read_goal(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"strength",    "strength", "hypertrophy", "hypertrophy", "muscle",
                                        "hypertrophy", "size",     "hypertrophy", "growth",      "hypertrophy",
                                        "fitness",     "fitness",  NULL};

    return read_word(typed->text, words, value);
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
static bool read_phase(const struct setting_typed *typed, struct buf *value)
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

static bool read_experience(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"y", "y",  "yr", "y",   "yrs", "y",     "year", "y",      "years", "y", "m",
                                        "m", "mo", "m",  "mos", "m",   "month", "m",    "months", "m",     NULL};
    struct span rest = typed->text;
    struct buf kind = BUF_INIT(4);
    double number;
    bool ok = typed_number(&rest, &number) && read_word(rest, words, &kind);

    if (ok)
        number *= buf_text(&kind)[0] == 'y' ? 12.0 : 1.0;
    buf_release(&kind);
    if (!ok || number > 960.0)
        return false;
    if (number > 0.0 && fmod(number, 12.0) == 0.0)
        return buf_addf(value, number == 12.0 ? "1 year" : "%.0f years", number / 12.0) == 0;
    return buf_addf(value, "%.0f months", number) == 0;
}

static bool read_form(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"good", "good", "learning", "learning", NULL};

    return read_word(typed->text, words, value);
}

static bool read_switch(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"on", "on", "yes", "on", "off", "off", "no", "off", NULL};

    return read_word(typed->text, words, value);
}

static bool read_stress(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"low", "low", "normal", "normal", "high", "high", NULL};

    return read_word(typed->text, words, value);
}

static bool read_slept(const struct setting_typed *typed, struct buf *value)
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

static bool read_injury(const struct setting_typed *typed, struct buf *value)
{
    if (span_is(typed->text, "none"))
        return true;
    return place_known(typed->text) && place_list_put(typed->old, typed->text, 1, false, value);
}

static bool read_pain(const struct setting_typed *typed, struct buf *value)
{
    struct span place = typed->text;
    char level;

    if (span_is(place, "none") || span_is(place, "0"))
        return true;
    if (place.length < 3 || place.at[place.length - 2] != ' ')
        return false;
    level = place.at[place.length - 1];
    place.length -= 2;
    return level >= '0' && level <= '3' && place_known(place) &&
           place_list_put(typed->old, place, level - '0', true, value);
}

/* A body weight: 20 to 400 kg. */
static bool take_bodyweight(struct span typed, enum unit unit, double *kg, enum unit *written)
{
    return typed_load(typed, unit, kg, written) && *kg >= 20.0 && *kg <= 400.0;
}

static bool read_bodyweight(const struct setting_typed *typed, struct buf *value)
{
    enum unit written;
    double kg;

    if (!take_bodyweight(typed->text, typed->unit, &kg, &written))
        return false;
    notation_number(unit_from_kg(kg, written), LANGUAGE_ENGLISH, value);
    return buf_addf(value, " %s", unit_name(written)) == 0;
}

static bool read_units(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"kg", "kg",  "kgs", "kg",     "kilos", "kg", "lb",
                                        "lb", "lbs", "lb",  "pounds", "lb",    NULL};

    return read_word(typed->text, words, value);
}

static bool read_equipment(const struct setting_typed *typed, struct buf *value)
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

static bool read_language(const struct setting_typed *typed, struct buf *value)
{
    static const char *const words[] = {"en", "en",     "english", "en",      "englisch", "en", "de",
                                        "de", "german", "de",      "deutsch", "de",       NULL};

    return read_word(typed->text, words, value);
}

/* Zones are written with capitals ("America/New_York"), people write "europe/berlin". */
static bool read_timezone(const struct setting_typed *typed, struct buf *value)
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

/* ---------------------------------------------------------------- what holds, and what it means */

static bool slept_holds(const char *value, int64_t since_ms, const struct setting_time *time)
{
    (void)value;
    return (double)(time->now_ms - since_ms) <= time->policy->gate.sleep_holds_h * HOUR_MS;
}

static bool phase_holds(const char *value, int64_t since_ms, const struct setting_time *time)
{
    const char *date = strstr(value, " until ");

    (void)since_ms;
    if (date == NULL)
        return true;
    date += strlen(" until ");
    return time->today <=
           civil_days((int)strtol(date, NULL, 10), (int)strtol(date + 5, NULL, 10), (int)strtol(date + 8, NULL, 10));
}

static void apply_goal(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)since_ms, (void)time;
    profile->goal = value[0] == 's' ? GOAL_STRENGTH : value[0] == 'f' ? GOAL_FITNESS : GOAL_HYPERTROPHY;
}

static void apply_phase(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)since_ms, (void)time;
    switch (value[0]) {
    case 'd':
        profile->phase = PHASE_DELOAD;
        break;
    case 'l':
        profile->phase = PHASE_LOW_VOLUME;
        break;
    case 'i':
        profile->phase = PHASE_ISOLATION;
        break;
    case 'f':
        profile->phase = PHASE_FAILURE_BLOCK;
        break;
    default:
        profile->phase = PHASE_NORMAL;
    }
}

/* Experience grows by itself after it was said. */
static void apply_experience(const char *value, int64_t since_ms, const struct setting_time *time,
                             struct profile *profile)
{
    double months = strtod(value, NULL) * (strstr(value, "year") != NULL ? 12.0 : 1.0);

    profile->experience_months = months + (double)(time->now_ms - since_ms) / MONTH_MS;
}

static void apply_form(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)since_ms, (void)time;
    profile->form = value[0] == 'g' ? FORM_GOOD : FORM_LEARNING;
}

static void apply_safeties(const char *value, int64_t since_ms, const struct setting_time *time,
                           struct profile *profile)
{
    (void)since_ms, (void)time;
    profile->safeties = strcmp(value, "on") == 0;
}

static void apply_deficit(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)since_ms, (void)time;
    profile->deficit = strcmp(value, "on") == 0;
}

static void apply_stress(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)since_ms, (void)time;
    profile->stress = value[0] == 'l' ? STRESS_LOW : value[0] == 'h' ? STRESS_HIGH : STRESS_NORMAL;
}

static void apply_slept(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)since_ms, (void)time;
    profile->slept_h = strtod(value, NULL);
}

static void apply_places(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)since_ms, (void)time;
    profile->pain_muscles |= place_list_muscles(value);
}

static void apply_bodyweight(const char *value, int64_t since_ms, const struct setting_time *time,
                             struct profile *profile)
{
    enum unit written;

    (void)since_ms, (void)time;
    take_bodyweight(span_of(value), UNIT_KG, &profile->bodyweight_kg, &written);
}

static void apply_units(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)since_ms, (void)time;
    profile->equipment.unit = value[0] == 'l' ? UNIT_LB : UNIT_KG;
}

static void apply_equipment(const char *value, int64_t since_ms, const struct setting_time *time,
                            struct profile *profile)
{
    (void)since_ms, (void)time;
    equipment_list_apply(value, &profile->equipment);
}

static void apply_nothing(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile)
{
    (void)value, (void)since_ms, (void)time, (void)profile;
}

/* ---------------------------------------------------------------- the table */

#define SETTING(word, also, args, count, sample, key)                                                                  \
    .command = {.name = (word),                                                                                        \
                .aliases = (also),                                                                                     \
                .arguments = (args),                                                                                   \
                .words = (count),                                                                                      \
                .never_before = "x*+\xC3", /* "bw x 12" is a set */                                                    \
                .example = (sample),                                                                                   \
                .group = COMMAND_ABOUT_YOU,                                                                            \
                .help = TEXT_HELP_##key,                                                                               \
                .run = setting_run},                                                                                   \
    .expected = TEXT_EXPECTED_##key

const struct setting setting_table[SETTING_COUNT] = {
    [SETTING_GOAL] = {SETTING("goal", "", "strength|hypertrophy|fitness", 1, "goal strength", GOAL), read_goal, NULL,
                      apply_goal},
    [SETTING_PHASE] = {SETTING("phase", "", "normal|deload|low-volume|isolation|failure-block [until DATE]", 5,
                               "phase deload until 2026-02-01", PHASE),
                       read_phase, phase_holds, apply_phase},
    [SETTING_EXPERIENCE] = {SETTING("experience", "exp", "TIME", 2, "experience 3y", EXPERIENCE), read_experience, NULL,
                            apply_experience},
    [SETTING_FORM] = {SETTING("form", "", "good|learning", 1, "form good", FORM), read_form, NULL, apply_form},
    [SETTING_SAFETIES] = {SETTING("safeties", "", "on|off", 1, "safeties on", SAFETIES), read_switch, NULL,
                          apply_safeties},
    [SETTING_STRESS] = {SETTING("stress", "", "low|normal|high", 1, "stress high", STRESS), read_stress, NULL,
                        apply_stress},
    [SETTING_SLEPT] = {SETTING("slept", "sleep", "HOURS", 2, "slept 6.5h", SLEPT), read_slept, slept_holds,
                       apply_slept},
    [SETTING_DEFICIT] = {SETTING("deficit", "", "on|off", 1, "deficit on", DEFICIT), read_switch, NULL, apply_deficit},
    [SETTING_INJURY] = {SETTING("injury", "", "PLACE|none", 2, "injury shoulder", INJURY), read_injury, NULL,
                        apply_places},
    [SETTING_PAIN] = {SETTING("pain", "", "PLACE 0-3", 3, "pain knee 2", PAIN), read_pain, NULL, apply_places},
    [SETTING_BW] = {SETTING("bw", "bodyweight,body weight,weight", "WEIGHT", 2, "bw 82.4", BW), read_bodyweight, NULL,
                    apply_bodyweight},
    [SETTING_UNITS] = {SETTING("units", "unit", "kg|lb", 1, "units lb", UNITS), read_units, NULL, apply_units},
    [SETTING_EQUIPMENT] = {SETTING("equipment", "", "KIND STEP, ...", 12, "equipment dumbbells 2.5, machines 5",
                                   EQUIPMENT),
                           read_equipment, NULL, apply_equipment},
    [SETTING_TIMEZONE] = {SETTING("timezone", "tz,time zone", "AREA/CITY", 2, "timezone Europe/Berlin", TIMEZONE),
                          read_timezone, NULL, apply_nothing},
    [SETTING_LANGUAGE] = {SETTING("language", "lang,sprache", "en|de", 1, "language de", LANGUAGE), read_language, NULL,
                          apply_nothing},
    [SETTING_TIMER] = {SETTING("timer", "", "on|off", 1, "timer on", TIMER), read_switch, NULL,
                       apply_nothing},
};
/* The value behind "SINCE_MS ", or NULL when it holds no more. */
static const char *holding(const struct lifter *lifter, enum setting_id id, const struct setting_time *time,
                           int64_t *since_ms)
{
    char *value;

    if (lifter->settings[id] == NULL)
        return NULL;
    *since_ms = strtoll(lifter->settings[id], &value, 10);
    value += *value == ' ';
    if (*value == '\0' || (setting_table[id].holds != NULL && !setting_table[id].holds(value, *since_ms, time)))
        return NULL;
    return value;
}

const char *setting_value(const struct lifter *lifter, enum setting_id id, const struct setting_time *time)
{
    int64_t since_ms;

    return holding(lifter, id, time, &since_ms);
}

/* A deload deals with what was before it, even when it is over; so does going back to normal. */
static int64_t fresh_since(const struct lifter *lifter)
{
    const char *value = lifter->settings[SETTING_PHASE];
    char *phase;
    int64_t since_ms;

    if (value == NULL)
        return 0;
    since_ms = strtoll(value, &phase, 10);
    return strncmp(phase, " deload", 7) == 0 || strncmp(phase, " normal", 7) == 0 ? since_ms : 0;
}

void setting_profile(const struct lifter *lifter, enum unit unit, const struct setting_time *time,
                     struct profile *profile)
{
    *profile =
        (struct profile){.experience_months = NAN, .slept_h = NAN, .bodyweight_kg = NAN, .equipment = {.unit = unit}};
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        int64_t since_ms;
        const char *value = holding(lifter, (enum setting_id)i, time, &since_ms);

        if (value != NULL)
            setting_table[i].apply(value, since_ms, time, profile);
    }
    profile->fresh_ms = fresh_since(lifter);
}

enum unit setting_unit(const struct lifter *lifter, enum unit otherwise)
{
    const char *value = setting_value(lifter, SETTING_UNITS, NULL);

    return value == NULL ? otherwise : value[0] == 'l' ? UNIT_LB : UNIT_KG;
}

struct equipment setting_equipment(const struct lifter *lifter, enum unit otherwise)
{
    struct equipment equipment = {.unit = setting_unit(lifter, otherwise)};
    const char *list = setting_value(lifter, SETTING_EQUIPMENT, NULL);

    if (list != NULL)
        equipment_list_apply(list, &equipment);
    return equipment;
}

const char *setting_timezone(const struct lifter *lifter)
{
    return setting_value(lifter, SETTING_TIMEZONE, NULL);
}

/* ---------------------------------------------------------------- commands */

static struct setting_time time_of(const struct turn *turn)
{
    return (struct setting_time){turn->message->sent_ms, day_of(turn, turn->message->sent_ms).number,
                                 turn->coach->options.policy};
}

static int put(struct turn *turn, const struct setting *setting, const char *value, struct err *err)
{
    struct buf row = BUF_INIT(SETTING_VALUE_MAX);
    int result;

    buf_addf(&row, "%" PRId64 " %s", turn->message->sent_ms, value);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, setting->command.name, buf_text(&row), err);
    buf_release(&row);
    lifter_drop_settings(turn->lifter);
    if (setting == &setting_table[SETTING_LANGUAGE])
        turn->texts = texts_for(value);
    return result;
}

static void say_value(struct turn *turn, const struct setting *setting, const char *value)
{
    const struct texts *texts = turn->texts;

    reply_say(&turn->reply, texts, TEXT_SETTING, ARG("name", setting->command.name),
              ARG("value", value != NULL && *value != '\0' ? value : texts_get(texts, TEXT_SETTING_NONE)));
}

static void say_refused(struct turn *turn, const struct setting *setting, struct span typed)
{
    struct buf value = BUF_INIT(256);

    turn->kind = OUT_ERROR;
    buf_add(&value, typed.at, text_cut(typed, 64));
    reply_say(&turn->reply, turn->texts, TEXT_SETTING_REFUSED, ARG("name", setting->command.name),
              ARG("value", buf_text(&value)));
    reply_tell(&turn->reply, turn->texts, setting->expected);
    buf_release(&value);
}

static int note_bodyweight(struct turn *turn, const char *value, struct err *err)
{
    enum unit written;
    double kg;

    return take_bodyweight(span_of(value), UNIT_KG, &kg, &written) ? score_note_bodyweight(turn, kg, err) : 0;
}

int setting_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct setting *setting = (const struct setting *)(const void *)turn->command;
    struct setting_time time = time_of(turn);
    const char *old = setting_value(turn->lifter, (enum setting_id)(setting - setting_table), &time);
    struct buf folded = BUF_INIT(SETTING_VALUE_MAX), value = BUF_INIT(SETTING_VALUE_MAX / 2);
    bool folds = typed_fold(arguments, &folded) == 0;
    struct setting_typed typed = {buf_span(&folded), arguments, old != NULL ? old : "",
                                  setting_unit(turn->lifter, turn->coach->options.unit), &time};
    int result = 0;

    if (arguments.length == 0) {
        say_value(turn, setting, old);
        reply_tell(&turn->reply, turn->texts, setting->expected);
    } else if (!folds || !setting->read(&typed, &value)) {
        say_refused(turn, setting, arguments);
    } else {
        result = put(turn, setting, buf_text(&value), err);
        if (result == 0 && setting == &setting_table[SETTING_BW])
            result = note_bodyweight(turn, buf_text(&value), err);
        say_value(turn, setting, buf_text(&value));
    }
    buf_release(&folded);
    buf_release(&value);
    return result;
}

static int show(struct turn *turn, struct span arguments, struct err *err)
{
    struct setting_time time = time_of(turn);
    size_t said = 0;

    (void)arguments, (void)err;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *value = setting_value(turn->lifter, (enum setting_id)i, &time);

        if (value == NULL)
            continue;
        say_value(turn, &setting_table[i], value);
        said++;
    }
    if (said == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_SETTINGS_NONE);
    reply_tell(&turn->reply, turn->texts, TEXT_SETTINGS_MORE);
    return 0;
}

const struct command setting_show_command = {.name = "settings",
                                             .aliases = "",
                                             .arguments = "",
                                             .example = "settings",
                                             .group = COMMAND_ABOUT_YOU,
                                             .help = TEXT_HELP_SETTINGS,
                                             .run = show};
