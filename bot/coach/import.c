/*
 * import: a log as a file. A set is here already where the exercise has one of the same second: the same, or one that
 * was corrected since. Where the file names no zone, it may be the second by a clock that the lifter lived by when they
 * sent an earlier one.
 */
#include "bot/coach/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/import_names.h"
#include "bot/coach/said.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"

enum { ZONES_MAX = 512 /* bytes */, ZONES_KEPT = 4, ZONES_APART_MS = 28 * CIVIL_HOUR_MS };

/* What the step is known by: its value is the zones that the lifter has lived in when they sent a file. */
static const char mark[] = "import", default_zone[] = "-";

/* A set of the file, or one that is here. */
struct entry {
    struct set set;
    int64_t at_ms;
    int64_t wall_ms;
    bool zoned; /* the file says where that clock was */
    size_t line;
    bool matched;
};
typedef VEC(struct entry) entry_list;

struct import {
    struct turn *turn;
    struct wall_clock clock;
    entry_list sets, here;
    struct import_names names;
    struct coach_file_rest rest;
    bool too_many;         /* sets in the file: the rest of them was not looked at */
    size_t bad, first_bad; /* lines, beside those of the rest */
    size_t matched;
};

/* ---------------------------------------------------------------- what the file says */

static bool is_possible(const struct import *import, const struct entry *entry)
{
    return entry->at_ms >= 0 && entry->at_ms <= import->turn->message->read_ms &&
           reading_load_is_possible(entry->set.exercise, entry->set.load_kg);
}

static void take_set(void *arg, const struct coach_file_set *read)
{
    struct import *import = arg;
    struct entry entry = {
        .set = *read->set, .line = read->line, .wall_ms = read->wall_ms, .zoned = read->offset_s != NULL};
    const char *id;

    import->too_many |= import->sets.count == IMPORT_LOG_MAX;
    if (import->too_many)
        return;
    id = read->name != NULL ? import_names_find(&import->names, read->name) : read->set->exercise;
    if (id != NULL && id != read->set->exercise)
        snprintf(entry.set.exercise, sizeof(entry.set.exercise), "%s", id);
    entry.at_ms = read->offset_s != NULL ? read->wall_ms - (int64_t)*read->offset_s * 1000
                                         : day_moment(&import->clock, read->wall_ms);
    if (id != NULL && is_possible(import, &entry))
        vec_push(&import->sets, entry);
    else if (import->bad++ == 0 || entry.line < import->first_bad)
        import->first_bad = entry.line;
}

/* ---------------------------------------------------------------- what is here */

static int take_row(void *arg, const struct coach_set_row *row)
{
    struct import *import = arg;

    vec_push(&import->here, ((struct entry){.set = row->set, .at_ms = row->at_ms}));
    return 0;
}

static int by_number(double a, double b)
{
    a = isnan(a) ? -1 : a;
    b = isnan(b) ? -1 : b;
    return (a > b) - (a < b);
}

static int by_moment(const struct entry *a, const struct entry *b)
{
    int64_t left = a->at_ms / 1000, right = b->at_ms / 1000;
    int exercise = strcmp(a->set.exercise, b->set.exercise);

    return exercise != 0 ? exercise : (left > right) - (left < right);
}

static int by_work(const struct entry *a, const struct entry *b)
{
    int order = by_moment(a, b);

    if (order == 0)
        order = by_number(a->set.load_kg, b->set.load_kg);
    if (order == 0)
        order = (a->set.reps > b->set.reps) - (a->set.reps < b->set.reps);
    return order != 0 ? order : by_number(a->set.seconds, b->set.seconds);
}

static int compare_work(const void *a, const void *b)
{
    return by_work(a, b);
}

static int compare_time(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;

    if (left->at_ms != right->at_ms)
        return left->at_ms < right->at_ms ? -1 : 1;
    return (left->line > right->line) - (left->line < right->line);
}

static void sort(entry_list *list, int (*compare)(const void *a, const void *b))
{
    if (list->count != 0)
        qsort(list->at, list->count, sizeof(list->at[0]), compare);
}

/* Each set of the file meets at most one that is here, in both lists' common order. */
static void match(struct import *import, int (*order)(const struct entry *a, const struct entry *b))
{
    size_t i = 0, k = 0;

    while (i < import->sets.count && k < import->here.count) {
        struct entry *set = &import->sets.at[i], *here = &import->here.at[k];
        int sign = set->matched ? -1 : here->matched ? 1 : order(set, here);

        if (sign == 0) {
            set->matched = here->matched = true;
            import->matched++;
        }
        i += sign <= 0;
        k += sign >= 0;
    }
}

static void match_all(struct import *import)
{
    sort(&import->sets, compare_work);
    match(import, by_work);
    match(import, by_moment);
}

/* What isn't here yet is of CLOCK's time. */
static void place_by(struct import *import, const struct wall_clock *clock)
{
    for (size_t i = 0; i < import->sets.count; i++) {
        struct entry *entry = &import->sets.at[i];

        if (!entry->matched && !entry->zoned)
            entry->at_ms = day_moment(clock, entry->wall_ms);
    }
}

/* The zones that earlier files were read by, to what OUT has. */
static int load_zones(const struct turn *turn, struct buf *out, struct err *err)
{
    return turn->store->value_get(turn->store->self, turn->lifter->id, mark, out, err);
}

/* Whatever isn't here by the lifter's own clock may be by one of those. */
static int match_elsewhere(struct import *import, struct err *err)
{
    struct buf zones = BUF_INIT(ZONES_MAX);
    int found = load_zones(import->turn, &zones, err);
    struct span rest = buf_span(&zones);

    while (rest.length != 0 && import->matched < import->sets.count) {
        struct span name = span_take(&rest, ' ');
        char *zone = span_is(name, default_zone) ? NULL : mem_strndup(name.at, name.length);
        const struct wall_clock clock = {import->clock.offset, import->clock.arg, zone};

        place_by(import, &clock);
        match_all(import);
        free(zone);
    }
    place_by(import, &import->clock);
    buf_release(&zones);
    return found < 0 ? -1 : 0;
}

static void note_used(struct import *import)
{
    for (size_t i = 0; i < import->sets.count; i++)
        if (!import->sets.at[i].matched)
            import_names_use(&import->names, import->sets.at[i].set.exercise);
}

static int find_here(struct import *import, struct err *err)
{
    const struct coach_store *store = import->turn->store;
    int64_t from_ms = INT64_MAX, to_ms = 0;

    for (size_t i = 0; i < import->sets.count; i++) {
        int64_t at_ms = import->sets.at[i].at_ms;

        from_ms = at_ms < from_ms ? at_ms : from_ms;
        to_ms = at_ms > to_ms ? at_ms : to_ms;
    }
    if (import->sets.count != 0 && store->sets_live(store->self, import->turn->lifter->id, from_ms - ZONES_APART_MS,
                                                    to_ms + ZONES_APART_MS, take_row, import, err) < 0)
        return -1;
    sort(&import->here, compare_work);
    match_all(import);
    if (match_elsewhere(import, err) < 0)
        return -1;
    sort(&import->sets, compare_time);
    note_used(import);
    return 0;
}

/* ---------------------------------------------------------------- booking */

static bool names_zone(struct span zones, const char *zone)
{
    while (zones.length != 0)
        if (span_is(span_take(&zones, ' '), zone))
            return true;
    return false;
}

/* The last ones, of each of which all sets of a file are tried. */
static struct span last_zones(struct span zones)
{
    size_t count = 1;

    for (size_t i = zones.length; i-- > 0;)
        if (zones.at[i] == ' ' && count++ == ZONES_KEPT)
            return (struct span){zones.at + i + 1, zones.length - i - 1};
    return zones;
}

static int put_mark(struct import *import, struct err *err)
{
    const char *zone = import->clock.zone != NULL ? import->clock.zone : default_zone;
    struct buf zones = BUF_INIT(ZONES_MAX), kept = BUF_INIT(ZONES_MAX);
    int result = load_zones(import->turn, &zones, err);

    if (!names_zone(buf_span(&zones), zone)) {
        buf_adds(&zones, zones.length != 0 ? " " : "");
        buf_adds(&zones, zone);
    }
    buf_add_span(&kept, last_zones(buf_span(&zones)));
    if (result >= 0)
        result = said_put(import->turn, mark, buf_text(&kept), err);
    buf_release(&zones);
    buf_release(&kept);
    return result < 0 ? -1 : 0;
}

static int book_all(struct import *import, struct pending *original, struct err *err)
{
    struct turn *turn = import->turn;
    const struct coach_store *store = turn->store;
    int result = put_mark(import, err) == 0 ? import_names_book(&import->names, err) : -1, ordinal = 0;
    int64_t id;

    for (size_t i = 0; i < import->sets.count && result == 0; i++) {
        struct entry *entry = &import->sets.at[i];

        entry->set.at_ms = entry->at_ms;
        if (!entry->matched)
            result = store->set_add(store->self, turn->lifter->id, original->action, original->input, ordinal++,
                                    &entry->set, entry->at_ms, &id, err);
    }
    lifter_drop_log(turn->lifter);
    if (result == 0)
        result = timer_follow(turn, err);
    return result == 0 ? session_follow(turn, err) : -1;
}

/* ---------------------------------------------------------------- saying */

static void print_day(const struct turn *turn, int64_t at_ms, struct buf *out)
{
    int64_t day = day_of(turn, at_ms).number;
    struct civil civil;

    civil_from_ms(day * CIVIL_DAY_MS, 0, &civil);
    wording_day(turn->texts, day, out);
    buf_addf(out, " %d", civil.year);
}

static void say_days(const struct import *import)
{
    struct turn *turn = import->turn;
    struct buf count = BUF_INIT(64), from = BUF_INIT(64), to = BUF_INIT(64), days = BUF_INIT(192);
    int64_t first_ms = INT64_MAX, last_ms = 0;

    for (size_t i = 0; i < import->sets.count; i++) {
        const struct entry *entry = &import->sets.at[i];

        first_ms = !entry->matched && entry->at_ms < first_ms ? entry->at_ms : first_ms;
        last_ms = !entry->matched && entry->at_ms > last_ms ? entry->at_ms : last_ms;
    }
    print_day(turn, first_ms, &from);
    print_day(turn, last_ms, &to);
    if (strcmp(buf_text(&from), buf_text(&to)) == 0)
        buf_adds(&days, buf_text(&from));
    else
        reply_phrase(turn->texts, TEXT_IMPORT_DAYS, REPLY_ARGS(ARG("from", buf_text(&from)), ARG("to", buf_text(&to))),
                     &days);
    wording_sets_count(turn->texts, import->sets.count - import->matched, &count);
    reply_say(&turn->reply, turn->texts, TEXT_IMPORT, ARG("sets", buf_text(&count)), ARG("days", buf_text(&days)));
    buf_release(&count);
    buf_release(&from);
    buf_release(&to);
    buf_release(&days);
}

static void say_names(const struct import *import)
{
    struct buf names = BUF_INIT(256);

    import_names_list(&import->names, &names);
    if (names.length != 0)
        reply_say(&import->turn->reply, import->turn->texts, TEXT_IMPORT_NEW, ARG("names", buf_text(&names)));
    buf_release(&names);
}

static void say_number(const struct import *import, enum text_key key, size_t count, size_t line)
{
    char counted[24], at[24];

    if (count == 0)
        return;
    snprintf(counted, sizeof(counted), "%zu", count);
    snprintf(at, sizeof(at), "%zu", line);
    reply_say(&import->turn->reply, import->turn->texts, key, ARG("count", counted), ARG("line", at));
}

static void say(const struct import *import)
{
    struct turn *turn = import->turn;
    const struct coach_file_rest *rest = &import->rest;
    bool some = import->sets.count > import->matched, mine = import->bad != 0, theirs = rest->bad != 0;
    struct buf count = BUF_INIT(64);

    if (some)
        say_days(import);
    else
        reply_tell(&turn->reply, turn->texts, TEXT_IMPORT_NOTHING);
    wording_sets_count(turn->texts, import->matched, &count);
    if (import->matched != 0)
        reply_say(&turn->reply, turn->texts, TEXT_IMPORT_THERE, ARG("sets", buf_text(&count)));
    say_names(import);
    say_number(import, TEXT_IMPORT_NO_REPS, rest->without_reps, 0);
    say_number(import, TEXT_IMPORT_BAD, import->bad + rest->bad,
               mine && (!theirs || import->first_bad < rest->first_bad) ? import->first_bad : rest->first_bad);
    if (some)
        reply_tell(&turn->reply, turn->texts, TEXT_IMPORT_UNDO);
    buf_release(&count);
}

/* ---------------------------------------------------------------- the whole of it */

static bool knows_unit(const struct turn *turn)
{
    return turn->coach->options.unit_given || setting_value(turn->lifter, SETTING_UNITS, NULL) != NULL;
}

static int refuse(struct import *import, enum text_key key, size_t most, size_t left)
{
    struct turn *turn = import->turn;
    struct buf most_said = BUF_INIT(64), left_said = BUF_INIT(64);

    wording_sets_count(turn->texts, most, &most_said);
    wording_sets_count(turn->texts, left, &left_said);
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, key, ARG("most", buf_text(&most_said)), ARG("left", buf_text(&left_said)));
    buf_release(&most_said);
    buf_release(&left_said);
    return 0;
}

/* 1 what is new may be booked, 0 it is too much, which is said, -1. */
static int fits(struct import *import, struct err *err)
{
    const struct coach_store *store = import->turn->store;
    size_t fresh = import->sets.count - import->matched, booked;

    if (import->too_many || fresh > IMPORT_FILE_MAX)
        return refuse(import, TEXT_IMPORT_TOO_MANY, IMPORT_FILE_MAX, 0);
    if (store->sets_count(store->self, import->turn->lifter->id, &booked, err) < 0)
        return -1;
    if (fresh != 0 && booked + fresh > IMPORT_LOG_MAX)
        return refuse(import, TEXT_IMPORT_FULL, IMPORT_LOG_MAX, booked < IMPORT_LOG_MAX ? IMPORT_LOG_MAX - booked : 0);
    return 1;
}

/* 1 it is read, 0 it can't be, which is said. */
static int read_rows(struct import *import)
{
    struct turn *turn = import->turn;
    const struct coach_options *options = &turn->coach->options;
    const struct message_file *file = turn->message->file;
    struct err err = {0};

    if (options->read_log == NULL ||
        options->read_log((struct span){file->bytes, file->size}, setting_unit(turn->lifter, options->unit), take_set,
                          import, &import->rest, &err) < 0)
        return err.class == ERR_LIMIT ? refuse(import, TEXT_IMPORT_TOO_MANY, IMPORT_FILE_MAX, 0)
                                      : turn_refuse(turn, TEXT_IMPORT_UNKNOWN);
    if (import->rest.unit_guessed && !knows_unit(turn))
        return turn_refuse(turn, TEXT_IMPORT_UNIT);
    return 1;
}

static int read_file(struct import *import, struct pending *original, struct err *err)
{
    int result = read_rows(import);

    if (result == 1 && !import->too_many)
        result = find_here(import, err) < 0 ? -1 : 1;
    if (result == 1)
        result = fits(import, err);
    if (result != 1)
        return result;
    if (import->sets.count > import->matched && book_all(import, original, err) < 0)
        return -1;
    say(import);
    return 0;
}

static int take_file(struct turn *turn, struct pending *original, struct err *err)
{
    struct import import = {.turn = turn, .clock = day_clock(turn)};
    int result = lifter_load_names(turn->lifter, turn->store, err);

    import_names_init(&import.names, turn);
    if (result == 0)
        result = read_file(&import, original, err);
    import_names_release(&import.names);
    vec_release(&import.sets);
    vec_release(&import.here);
    return result;
}

int import_hear(struct turn *turn, struct pending *original, struct err *err)
{
    static const enum text_key refusals[] = {
        [FILE_OTHER] = TEXT_FILE_OTHER,       [FILE_TOO_LARGE] = TEXT_FILE_TOO_LARGE,
        [FILE_TOO_MANY] = TEXT_FILE_TOO_MANY, [FILE_UNREACHABLE] = TEXT_FILE_UNREACHABLE,
        [FILE_ALTERED] = TEXT_FILE_ALTERED,   [FILE_DEADLY] = TEXT_FILE_DEADLY};
    enum file_state state = turn->message->file->state;
    int claimed = turn_claim(turn, original, err);

    if (claimed != 1)
        return claimed;
    turn->heard = original;
    return state == FILE_HERE ? take_file(turn, original, err) : turn_refuse(turn, refusals[state]);
}

static int is_mark(void *arg, const struct coach_said *said)
{
    bool *found = arg;

    *found = *found || strcmp(said->name, mark) == 0;
    return 0;
}

int import_made(struct turn *turn, int64_t action, struct err *err)
{
    bool found = false;

    return turn->store->said_of_action(turn->store->self, action, false, is_mark, &found, err) < 0 ? -1 : found;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_IMPORT_HOW);
    return 0;
}

const struct command import_command = {.name = "import",
                                       .aliases = "upload,import my log,import my data",
                                       .german = "importieren,importiere,hochladen",
                                       .arguments = "",
                                       .example = "import",
                                       .group = COMMAND_ABOUT_YOU,
                                       .help = TEXT_HELP_IMPORT,
                                       .run = run};
