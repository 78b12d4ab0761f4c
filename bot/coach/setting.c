/*
 * What a lifter says about themselves. A value is kept as "SINCE_MS VALUE", so that some can end by themselves.
 */
#include "bot/coach/setting.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/book.h"
#include "bot/coach/checkin_plan.h"
#include "bot/coach/commands.h"
#include "bot/coach/contact.h"
#include "bot/coach/context.h"
#include "bot/coach/custom.h"
#include "bot/coach/day.h"
#include "bot/coach/equipment.h"
#include "bot/coach/place.h"
#include "bot/coach/next.h"
#include "bot/coach/room.h"
#include "bot/coach/said.h"
#include "bot/coach/score.h"
#include "bot/coach/seen.h"
#include "bot/coach/setting_read.h"
#include "bot/coach/setting_words.h"
#include "bot/coach/turn.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/text/fold.h"

#define MONTH_MS (30.436875 * CIVIL_DAY_MS) /* a twelfth of the Gregorian mean year */

enum { SAID_MAX = 1024 }; /* of the name of what a room has heard */

/* ---------------------------------------------------------------- what holds, and what it means */

static bool slept_holds(const char *value, int64_t since_ms, const struct setting_time *time)
{
    (void)value;
    return (double)(time->now_ms - since_ms) <= time->policy->gate.sleep_holds_h * CIVIL_HOUR_MS;
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
    setting_bodyweight(span_of(value), UNIT_KG, &profile->bodyweight_kg, &written);
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

/* ---------------------------------------------------------------- what else follows from a value */

static int speak_language(struct turn *turn, const char *value, struct err *err)
{
    (void)err;
    turn->texts = texts_for(value);
    return 0;
}

static int move_checkins(struct turn *turn, const char *value, struct err *err)
{
    (void)value;
    return checkin_plan_again(turn, err);
}

static int note_bodyweight(struct turn *turn, const char *value, struct err *err)
{
    enum unit written;
    double kg;

    return setting_bodyweight(span_of(value), UNIT_KG, &kg, &written) ? score_note_bodyweight(turn, kg, err) : 0;
}

/* ---------------------------------------------------------------- the table */

#define SETTING(word, also, in_german, args, count, sample, key)                                                       \
    .command = {.name = (word),                                                                                        \
                .aliases = (also),                                                                                     \
                .german = (in_german),                                                                                 \
                .arguments = (args),                                                                                   \
                .words = (count),                                                                                      \
                .never_before = "x*+\xC3", /* "bw x 12" is a set */                                                    \
                .example = (sample),                                                                                   \
                .group = COMMAND_ABOUT_YOU,                                                                            \
                .help = TEXT_HELP_##key,                                                                               \
                .run = setting_run},                                                                                   \
    .title = TEXT_TITLE_##key, .expected = TEXT_EXPECTED_##key

const struct setting setting_table[SETTING_COUNT] = {
    [SETTING_GOAL] = {SETTING("goal", "", "ziel", "strength|hypertrophy|fitness", 1, "goal strength", GOAL),
                      setting_read_goal, NULL, apply_goal, .command.asked = "help goal"},
    [SETTING_PHASE] = {SETTING("phase", "", "", "normal|deload|low-volume|isolation|failure-block [until DATE]", 5,
                               "phase deload until 2026-02-01", PHASE),
                       setting_read_phase, phase_holds, apply_phase,
                       .command.asked = "help phase" /* "was ist ein deload" begins none */},
    [SETTING_EXPERIENCE] = {SETTING("experience", "exp", "erfahrung", "TIME", 2, "experience 3y", EXPERIENCE),
                            setting_read_experience, NULL, apply_experience},
    [SETTING_FORM] = {SETTING("form", "", "technik", "good|learning", 1, "form good", FORM), setting_read_form, NULL,
                      apply_form},
    [SETTING_SAFETIES] = {SETTING("safeties", "", "ablagen,sicherheitsablagen", "on|off", 1, "safeties on", SAFETIES),
                          setting_read_switch, NULL, apply_safeties},
    [SETTING_STRESS] = {SETTING("stress", "", "", "low|normal|high", 1, "stress high", STRESS), setting_read_stress,
                        NULL, apply_stress, .command.asked = "help stress"},
    [SETTING_SLEPT] = {SETTING("slept", "sleep", "geschlafen,schlaf", "HOURS", 2, "slept 6.5h", SLEPT),
                       setting_read_slept, slept_holds, apply_slept},
    [SETTING_DEFICIT] = {SETTING("deficit", "", "defizit", "on|off", 1, "deficit on", DEFICIT), setting_read_switch,
                         NULL, apply_deficit, .command.asked = "help deficit" /* "should i bulk" */},
    [SETTING_INJURY] = {SETTING("injury", "", "verletzung,verletzt", "PLACE|none", 2, "injury shoulder", INJURY),
                        setting_read_injury, NULL, apply_places, .command.asked = "injury"},
    [SETTING_PAIN] = {SETTING("pain", "", "schmerz,schmerzen", "PLACE 0-3", 3, "pain knee 2", PAIN), setting_read_pain,
                      NULL, apply_places, .answered = next_say_here /* the session goes on otherwise */,
                      .command.asked = "pain" /* "knee better?" ends nothing */},
    [SETTING_BW] = {SETTING("bw", "bodyweight,body weight,weight", "gewicht,körpergewicht,koerpergewicht", "WEIGHT", 3,
                            "bw 82.4", BW),
                    setting_read_bodyweight, NULL, apply_bodyweight, .kept = note_bodyweight},
    [SETTING_UNITS] = {SETTING("units", "unit", "einheiten,einheit", "kg|lb", 1, "units lb", UNITS), setting_read_units,
                       NULL, apply_units},
    [SETTING_EQUIPMENT] = {SETTING("equipment", "", "ausrüstung,ausruestung", "KIND STEP, ...", 24,
                                   "equipment bar 15, plates 20 10 5 2.5", EQUIPMENT),
                           setting_read_equipment, NULL, apply_equipment},
    [SETTING_TIMEZONE] = {SETTING("timezone", "tz,time zone", "zeitzone", "AREA/CITY", 2, "timezone Europe/Berlin",
                                  TIMEZONE),
                          setting_read_timezone, NULL, apply_nothing, .kept = move_checkins},
    [SETTING_LANGUAGE] = {SETTING("language", "lang", "sprache", "en|de", 1, "language de", LANGUAGE),
                          setting_read_language, NULL, apply_nothing, .kept = speak_language},
    [SETTING_TIMER] = {SETTING("timer", "", "pausentimer", "on|off", 1, "timer on", TIMER), setting_read_switch, NULL,
                       apply_nothing},
    [SETTING_RESTS] = {SETTING("rests", "", "pausen", "TIME|off", 2, "rests 1:30", RESTS), setting_read_rests, NULL,
                       apply_nothing, .answered = next_say_here},
};

const char *setting_kept(const char *row)
{
    const char *value = strchr(row, ' ');

    return value != NULL ? value + 1 : row;
}

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
    *profile = (struct profile){.experience_months = NAN,
                                .slept_h = NAN,
                                .bodyweight_kg = NAN,
                                .equipment = {.unit = setting_shown_unit(lifter, unit)}};
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        int64_t since_ms;
        const char *value = holding(lifter, (enum setting_id)i, time, &since_ms);

        if (value != NULL)
            setting_table[i].apply(value, since_ms, time, profile);
    }
    profile->fresh_ms = fresh_since(lifter);
}

int64_t setting_said_ms(const struct lifter *lifter, enum setting_id id)
{
    return lifter->settings[id] != NULL ? strtoll(lifter->settings[id], NULL, 10) : 0;
}

int64_t setting_changed_ms(const struct lifter *lifter)
{
    int64_t newest_ms = 0;

    for (size_t i = 0; i < SETTING_COUNT; i++) {
        int64_t since_ms = setting_said_ms(lifter, (enum setting_id)i);

        newest_ms = since_ms > newest_ms ? since_ms : newest_ms;
    }
    return newest_ms;
}

enum unit setting_unit(const struct lifter *lifter, enum unit otherwise)
{
    const char *value = setting_value(lifter, SETTING_UNITS, NULL);

    return value == NULL ? otherwise : value[0] == 'l' ? UNIT_LB : UNIT_KG;
}

enum unit setting_shown_unit(const struct lifter *lifter, enum unit otherwise)
{
    return setting_value(lifter, SETTING_UNITS, NULL) == NULL && lifter->lifts_pounds ? UNIT_LB
                                                                                      : setting_unit(lifter, otherwise);
}

struct equipment setting_equipment(const struct lifter *lifter, enum unit otherwise)
{
    struct equipment equipment = {.unit = setting_shown_unit(lifter, otherwise)};
    const char *list = setting_value(lifter, SETTING_EQUIPMENT, NULL);

    if (list != NULL)
        equipment_list_apply(list, &equipment);
    return equipment;
}

const char *setting_timezone(const struct lifter *lifter)
{
    const char *typed = setting_value(lifter, SETTING_TIMEZONE, NULL);

    return typed != NULL ? typed : lifter->profile_zone;
}

/* ---------------------------------------------------------------- commands */

static struct setting_time time_of(const struct turn *turn)
{
    return (struct setting_time){turn->message->sent_ms, day_of(turn, turn->message->sent_ms).number,
                                 turn->coach->options.policy};
}

/* "said:goal:matrix:!gym:x": what a room has heard of a setting. It ends with the room, and moves with it. */
static void said_name(const struct setting *setting, const char *transport, const char *room, struct buf *out)
{
    buf_addf(out, "said:%s:%s:%s", setting->command.name, transport, room);
}

int setting_said_in(const struct lifter *lifter, enum setting_id id, const struct coach_store *store,
                    const struct coach_group *group, struct err *err)
{
    struct buf name = BUF_INIT(SAID_MAX), said = BUF_INIT(SETTING_VALUE_MAX);
    int found;

    said_name(&setting_table[id], group->transport, group->room, &name);
    found = store->value_get(store->self, lifter->id, buf_text(&name), &said, err);
    if (found == 1) /* something else may have been said elsewhere since */
        found = strcmp(buf_text(&said), lifter->settings[id]) == 0;
    buf_release(&name);
    buf_release(&said);
    return found;
}

/* The message's room has heard ROW. */
static int note_room(const struct turn *turn, const struct setting *setting, const char *row, struct err *err)
{
    const struct message *message = turn->message;
    struct buf name = BUF_INIT(SAID_MAX);
    int result;

    said_name(setting, message->transport, message->room, &name);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, buf_text(&name), row, err);
    buf_release(&name);
    return result;
}

static void print_row(const struct turn *turn, const char *value, struct buf *row)
{
    buf_addf(row, "%" PRId64 " %s", turn->message->sent_ms, value);
}

int setting_assume(struct turn *turn, enum setting_id id, const char *value, struct err *err)
{
    struct buf row = BUF_INIT(SETTING_VALUE_MAX);
    int result;

    print_row(turn, value, &row);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, setting_table[id].command.name, buf_text(&row),
                                    err);
    buf_release(&row);
    lifter_drop_settings(turn->lifter);
    return result == 0 ? turn_settle(turn, err) : -1;
}

/* Keeps VALUE, as SETTING reads it, from the turn's message on, and does what follows from it. WHOLE: the message says
 * all of it. */
static int put(struct turn *turn, const struct setting *setting, const char *value, bool whole, struct err *err)
{
    struct buf row = BUF_INIT(SETTING_VALUE_MAX);
    int result;

    print_row(turn, value, &row);
    result = said_put(turn, setting->command.name, buf_text(&row), err);
    if (result == 0 && whole && !turn->message->direct)
        result = note_room(turn, setting, buf_text(&row), err);
    buf_release(&row);
    lifter_drop_settings(turn->lifter);
    if (result == 0 && setting->kept != NULL)
        result = setting->kept(turn, value, err);
    return result;
}

void setting_say(struct turn *turn, enum text_key title, const char *shown)
{
    const char *name = texts_get(turn->texts, title);
    const char *value = shown[0] != '\0' ? shown : texts_get(turn->texts, TEXT_SETTING_NONE);
    struct buf line = BUF_INIT(2 * SETTING_VALUE_MAX), wrapped = BUF_INIT(2 * SETTING_VALUE_MAX);
    const char *more;

    buf_addf(&line, "%s: %s", name, value);
    wording_wrap(buf_text(&line), ", ", &wrapped);
    more = strchr(buf_text(&wrapped), '\n');
    buf_clear(&line);
    buf_add(&line, buf_text(&wrapped), more != NULL ? (size_t)(more - buf_text(&wrapped)) : wrapped.length);
    reply_say(&turn->reply, turn->texts, TEXT_SETTING, ARG("name", name),
              ARG("value", buf_text(&line) + strlen(name) + strlen(": ")));
    if (more != NULL)
        reply_lines(&turn->reply, more + 1);
    buf_release(&line);
    buf_release(&wrapped);
}

static void say_value(struct turn *turn, const struct setting *setting, const char *value)
{
    const struct texts *texts = turn->texts;
    const char *zone = setting == &setting_table[SETTING_TIMEZONE] ? turn->lifter->profile_zone : NULL;
    struct buf shown = BUF_INIT(SETTING_VALUE_MAX);

    if (value == NULL && zone != NULL)
        reply_phrase(texts, TEXT_SETTING_PROFILE, REPLY_ARGS(ARG("value", zone)), &shown);
    else
        setting_words_show(value != NULL ? value : "", texts_language(texts), &shown);
    setting_say(turn, setting->title, buf_text(&shown));
    buf_release(&shown);
}

void setting_refuse(struct turn *turn, enum text_key title, enum text_key expected, struct span typed)
{
    struct buf value = BUF_INIT(256);

    turn->kind = OUT_ERROR;
    buf_add(&value, typed.at, text_cut(typed, 64));
    reply_say(&turn->reply, turn->texts, TEXT_SETTING_REFUSED, ARG("name", texts_get(turn->texts, title)),
              ARG("value", buf_text(&value)));
    reply_tell(&turn->reply, turn->texts, expected);
    buf_release(&value);
}

static int show_all(struct turn *turn, struct err *err)
{
    struct setting_time time = time_of(turn);
    struct buf otherwise = BUF_INIT(256);

    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *value = setting_value(turn->lifter, (enum setting_id)i, &time);

        buf_clear(&otherwise);
        if (value == NULL)
            contact_print_default(turn, (enum setting_id)i, &otherwise);
        if (otherwise.length != 0)
            setting_say(turn, setting_table[i].title, buf_text(&otherwise));
        else if (value != NULL || (i == SETTING_TIMEZONE && turn->lifter->profile_zone != NULL))
            say_value(turn, &setting_table[i], value);
    }
    buf_release(&otherwise);
    if (custom_say(turn, err) < 0)
        return -1;
    reply_tell(&turn->reply, turn->texts, TEXT_SETTINGS_MORE);
    return 0;
}

/* ---------------------------------------------------------------- in a room */

/* Whether the room may see what ID is: it is no secret, or was said there. 1, 0, -1. */
static int is_seen(struct turn *turn, enum setting_id id, struct err *err)
{
    struct coach_group group = {.id = 0};
    int whole =
        id == SETTING_UNITS || id == SETTING_LANGUAGE || turn->lifter->settings[id] == NULL ? 1 : seen_whole(turn, err);

    if (whole != 0)
        return whole;
    snprintf(group.transport, sizeof(group.transport), "%s", turn->message->transport);
    snprintf(group.room, sizeof(group.room), "%s", turn->message->room);
    return setting_said_in(turn->lifter, id, turn->store, &group, err);
}

/* WHAT, a setting; NULL: all of them. */
static int say_alone(struct turn *turn, const void *what, struct err *err)
{
    const struct setting *setting = what;
    struct setting_time time = time_of(turn);

    turn->kind = OUT_WELCOME;
    if (setting == NULL)
        return show_all(turn, err);
    say_value(turn, setting, setting_value(turn->lifter, (enum setting_id)(setting - setting_table), &time));
    return 0;
}

/* What isn't for the room goes to the direct chat, where there is one. */
static int tell_alone(struct turn *turn, const struct setting *setting, struct err *err)
{
    const struct message *message = turn->message;
    const struct coach_member member = {
        .lifter = turn->lifter->id, .identity = message->sender, .name = message->sender_name};
    struct coach_group group = {.id = 0};
    int told;

    snprintf(group.transport, sizeof(group.transport), "%s", message->transport);
    snprintf(group.room, sizeof(group.room), "%s", message->room);
    told = room_tell_alone(turn->coach, &group, &member, message->read_ms, say_alone, setting, err);
    if (told >= 0)
        reply_tell(&turn->reply, turn->texts, told == 1 ? TEXT_SETTINGS_TOLD : TEXT_SETTINGS_ALONE);
    return told < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- what is typed */

static int show_one(struct turn *turn, const struct setting *setting, const char *value, struct err *err)
{
    int seen = is_seen(turn, (enum setting_id)(setting - setting_table), err);

    if (seen == 0)
        return tell_alone(turn, setting, err);
    say_value(turn, setting, value);
    reply_tell(&turn->reply, turn->texts, setting->expected);
    return seen < 0 ? -1 : 0;
}

/* VALUE holds from now on. Of a list a room is shown no more than it has heard, or what was TYPED. */
static int keep(struct turn *turn, const struct setting *setting, struct setting_typed typed, const char *value,
                struct err *err)
{
    struct buf alone = BUF_INIT(SETTING_VALUE_MAX / 2);
    int seen = is_seen(turn, (enum setting_id)(setting - setting_table), err);
    bool whole;
    int result;

    typed.old = "";
    if (seen != 0 || !setting->read(&typed, &alone))
        buf_adds(&alone, value);
    whole = strcmp(buf_text(&alone), value) == 0;
    result = seen < 0 ? -1 : put(turn, setting, value, whole, err);
    say_value(turn, setting, buf_text(&alone));
    buf_release(&alone);
    if (result == 0 && setting->answered != NULL)
        result = setting->answered(turn, err);
    return result == 0 ? contact_told(turn, (enum setting_id)(setting - setting_table), err) : -1;
}

enum { BODY_REPS_MAX = 29 }; /* less than any weight that is kept */

/* "bw 9" behind pull-ups: nobody weighs so little, and so many reps are a set. 1: it was one; 0, -1. */
static int book_body(struct turn *turn, struct span arguments, struct err *err)
{
    const struct reading_options options = turn_reading_options(turn);
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);
    const struct exercise *last = moment != NULL ? lifter_exercise(turn->lifter, moment->set.exercise) : NULL;
    struct reading *reading = &turn->coach->reading;
    struct buf words = BUF_INIT(READING_INPUT_MAX);
    int result = 0;

    if (last != NULL && last->bodyweight && turn->message->direct) {
        buf_adds(&words, "bw x");
        buf_add_span(&words, arguments);
        reading_read(reading, buf_span(&words), &options);
        if (reading->kind == READING_SETS && reading->sets.count == 1 && reading->sets.at[0].reps <= BODY_REPS_MAX &&
            reading->sets.at[0].load_mode == LOAD_BODYWEIGHT)
            result = book_words(turn, buf_span(&words), err) < 0 ? -1 : 1;
    }
    buf_release(&words);
    return result;
}

static int refuse(struct turn *turn, const struct setting *setting, struct span arguments, struct err *err)
{
    const int booked = setting == &setting_table[SETTING_BW] ? book_body(turn, arguments, err) : 0;

    if (booked == 0)
        setting_refuse(turn, setting->title, setting->expected, arguments);
    return booked < 0 ? -1 : 0;
}

int setting_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct setting *setting = (const struct setting *)(const void *)turn->command;
    struct setting_time time = time_of(turn);
    const char *old = setting_value(turn->lifter, (enum setting_id)(setting - setting_table), &time);
    struct buf folded = BUF_INIT(SETTING_VALUE_MAX), text = BUF_INIT(2 * SETTING_VALUE_MAX),
               value = BUF_INIT(SETTING_VALUE_MAX / 2);
    bool folds = typed_fold(arguments, &folded) == 0;
    struct setting_typed typed = {.raw = arguments,
                                  .old = old != NULL ? old : "",
                                  .unit = setting_unit(turn->lifter, turn->coach->options.unit),
                                  .time = &time};
    int result = 0;

    setting_words_read(buf_span(&folded), &text);
    typed.text = buf_span(&text);

    if (arguments.length == 0)
        result = show_one(turn, setting, old, err);
    else if (!folds || !setting->read(&typed, &value))
        result = refuse(turn, setting, arguments, err);
    else
        result = keep(turn, setting, typed, buf_text(&value), err);
    buf_release(&folded);
    buf_release(&text);
    buf_release(&value);
    return result;
}

static int show(struct turn *turn, struct span arguments, struct err *err)
{
    int seen = seen_whole(turn, err);

    (void)arguments;
    return seen < 0 ? -1 : seen == 1 ? show_all(turn, err) : tell_alone(turn, NULL, err);
}

const struct command setting_show_command = {.name = "settings",
                                             .aliases = "",
                                             .german = "einstellungen",
                                             .arguments = "",
                                             .example = "settings",
                                             .group = COMMAND_ABOUT_YOU,
                                             .help = TEXT_HELP_SETTINGS,
                                             .run = show};
