/*
 * How sets, loads, times and exercises are written in replies.
 */
#include "bot/coach/wording.h"

#include <stdio.h>
#include <string.h>

#include "bot/chat/phrase.h"
#include "bot/chat/reply.h"
#include "bot/coach/setting_words.h"
#include "bot/coach/typed.h"
#include "core/base/civil.h"
#include "core/text/fold.h"

void wording_wrap(const char *text, const char *between, struct buf *out)
{
    const size_t gap = strlen(between), sign = gap - 1; /* a line ends without the space */
    size_t line = out->length;

    while (*text != '\0') {
        const char *end = strstr(text, between);
        const struct span piece = {text, end != NULL ? (size_t)(end - text) : strlen(text)};
        const size_t width = text_width((struct span){buf_text(out) + line, out->length - line});
        const size_t more = text_width(piece) + (end != NULL ? sign : 0);

        if (width != 0 && width + gap + more > PHONE_COLUMNS) {
            buf_add(out, between, sign);
            buf_addc(out, '\n');
            line = out->length;
        } else if (width != 0) {
            buf_adds(out, between);
        }
        buf_add_span(out, piece);
        text += piece.length + (end != NULL ? gap : 0);
    }
}

enum unit wording_unit(const struct turn *turn)
{
    return setting_shown_unit(turn->lifter, turn->coach->options.unit);
}

struct notation_style wording_style(const struct turn *turn)
{
    return (struct notation_style){setting_unit(turn->lifter, turn->coach->options.unit), texts_language(turn->texts)};
}

void wording_exercise(const struct turn *turn, const char *id, struct buf *out)
{
    const struct exercise *exercise = lifter_exercise(turn->lifter, id);
    const char *name = exercise != NULL ? exercise_name(exercise, texts_language(turn->texts)) : id;

    if (exercise != NULL && name == exercise->german)
        buf_adds(out, name);
    else
        typed_fold(span_of(name), out);
}

void wording_part(const struct turn *turn, struct span typed, struct buf *out)
{
    struct buf folded = BUF_INIT(256), english = BUF_INIT(512);
    const char *id = NULL;

    if (typed_fold(typed, &folded) != 0) {
        buf_add_span(out, typed);
    } else if (!phrase_is_place(buf_span(&folded)) && (id = exercise_find_exact(&turn->lifter->names, typed)) != NULL) {
        wording_exercise(turn, id, out);
    } else {
        setting_words_read(buf_span(&folded), &english);
        setting_words_show(buf_text(&english), texts_language(turn->texts), out);
    }
    buf_release(&folded);
    buf_release(&english);
}

void wording_sets_count(const struct texts *texts, size_t count, struct buf *out)
{
    char number[24];

    snprintf(number, sizeof(number), "%zu", count);
    reply_phrase(texts, count == 1 ? TEXT_ONE_SET : TEXT_SETS, REPLY_ARGS(ARG("count", number)), out);
}

/* When it was done is said elsewhere. */
static void print_set(const struct set *set, struct notation_style style, bool with_name, struct buf *out)
{
    struct set undated = *set;

    undated.at_ms = -1;
    notation_print(&undated, style, with_name, out);
}

/* Whether A and B are written alike: the same set, done again. */
static bool alike(const struct set *a, const struct set *b)
{
    static const struct notation_style any = {UNIT_KG, LANGUAGE_ENGLISH};
    struct buf first = BUF_INIT(1024), second = BUF_INIT(1024);
    bool same;

    print_set(a, any, true, &first);
    print_set(b, any, true, &second);
    same = span_equal(buf_span(&first), buf_span(&second));
    buf_release(&first);
    buf_release(&second);
    return same;
}

/* Nothing but a load, reps or time, and maybe RIR: what "3x5 100kg @2" can say. */
static bool is_plain(const struct set *set)
{
    return set->type == SET_WORKING && set->failure == FAILURE_NONE && set->side == SIDE_NONE &&
           (set->reps != REPS_UNKNOWN || !isnan(set->seconds)) && (isnan(set->percent) || !isnan(set->load_kg)) &&
           set->segment_count == 0 && set->note[0] == '\0' && !set->cheat;
}

/* COUNT equal sets: "3x5 100kg @2", "3x6 bw+10", "3x60s". NAMED: that it is body weight goes without saying. */
static void print_run(const struct set *set, size_t count, struct notation_style style, bool named, struct buf *out)
{
    static const char *const modes[] = {
        [LOAD_EXTERNAL] = " ", [LOAD_BODYWEIGHT] = " bw", [LOAD_ADDED] = " bw+", [LOAD_ASSISTED] = " bw-"};
    bool body = set->load_mode == LOAD_BODYWEIGHT;

    buf_addf(out, "%zux", count);
    notation_number(isnan(set->seconds) ? set->reps : set->seconds, style.language, out);
    buf_adds(out, isnan(set->seconds) ? "" : "s");
    if (!isnan(set->load_kg) && !(body && named)) {
        buf_adds(out, modes[set->load_mode]);
        if (!body)
            notation_number(unit_from_kg(set->load_kg, set->unit), style.language, out);
        /* A decimal comma at the end of what is added would begin a list. */
        if (set->load_mode == LOAD_EXTERNAL ||
            (!body && (style.language == LANGUAGE_GERMAN || set->unit != style.unit)))
            buf_adds(out, unit_name(set->unit));
    }
    if (!isnan(set->rir))
        notation_effort(set->rir, style.language, out);
}

static void print_name(const char *exercise, struct notation_style style, struct buf *out)
{
    struct set only_name;

    set_init(&only_name);
    memcpy(only_name.exercise, exercise, sizeof(only_name.exercise));
    notation_print(&only_name, style, true, out);
    buf_adds(out, out->data[out->length - 1] != ' ' ? " " : "");
}

/* "x8 @1" of a plain set: the load goes without saying. */
static void print_bare(const struct set *set, struct notation_style style, struct buf *out)
{
    struct set bare = *set;

    bare.load_kg = NAN;
    bare.load_mode = LOAD_EXTERNAL;
    print_set(&bare, style, false, out);
}

static const char *const sets_words[LANGUAGE_COUNT] = {[LANGUAGE_ENGLISH] = "sets", [LANGUAGE_GERMAN] = "Sätze"};

/* SET, done COUNT times. What is said about how a set was done is said once, behind how many. */
static void print_alike(const struct set *set, size_t count, struct notation_style style, bool named, struct buf *out)
{
    if (count == 1) {
        print_set(set, style, named, out);
        return;
    }
    if (named)
        print_name(set->exercise, style, out);
    if (is_plain(set)) {
        print_run(set, count, style, named, out);
        return;
    }
    buf_addf(out, "%zu %s ", count, sets_words[style.language]);
    print_set(set, style, false, out);
}

/* How many of SETS, from the first on, are written together. In a list with others the reader takes only the plainest
 * "2x8 80kg" for what it is. */
static size_t run_length(const struct set *sets, size_t count, bool first)
{
    size_t length = 1;

    while (length < count && sets[0].failure == FAILURE_NONE && alike(&sets[0], &sets[length]))
        length++;
    if (first && length == count)
        return length;
    return is_plain(&sets[0]) && sets[0].load_mode == LOAD_EXTERNAL && !isnan(sets[0].load_kg) && isnan(sets[0].seconds)
               ? length
               : 1;
}

/* Whether SET goes on from the one before on an exercise that moves the body alone: "pull-up x8, x7", "plank 50s, 42s".
 */
static bool goes_without_saying(const struct set *set)
{
    const struct exercise *known = catalogue_by_id(set->exercise);

    return known != NULL && exercise_needs_no_load(known) && set->load_mode == LOAD_BODYWEIGHT && is_plain(set) &&
           (known->timed || isnan(set->seconds));
}

/* Whether SETS are of one load, and of no more words than reps and effort, but for how the last one ended. */
static bool share_load(const struct set *sets, size_t count, enum language language)
{
    struct set last = sets[count - 1];

    last.failure = FAILURE_NONE;
    if (count < 2 || !is_plain(&last) || last.reps < 1)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(sets[i].exercise, last.exercise) != 0 || sets[i].load_mode != LOAD_EXTERNAL ||
            sets[i].load_kg != last.load_kg || sets[i].unit != last.unit || sets[i].reps < 1 ||
            (i + 1 < count && !is_plain(&sets[i])) ||
            (language == LANGUAGE_GERMAN && sets[i].rir != floor(sets[i].rir) && !isnan(sets[i].rir)))
            return false; /* "8 @1,5, 8" would be hard to read */
    }
    return true;
}

/* "lateral raise 10 kg x15, 12, 10 @1". */
static void print_shared(const struct set *sets, size_t count, struct notation_style style, bool named, struct buf *out)
{
    struct buf bare = BUF_INIT(256);

    print_set(&sets[0], style, named, out);
    for (size_t i = 1; i < count; i++) {
        buf_clear(&bare);
        print_bare(&sets[i], style, &bare);
        buf_addf(out, ", %s", buf_text(&bare) + strlen("x"));
    }
    buf_release(&bare);
}

static void print_sets(struct notation_style style, const struct set *sets, size_t count, bool with_name,
                       struct buf *out)
{
    /* Beside decimal commas others would be hard to read. */
    static const char *const separators[LANGUAGE_COUNT] = {[LANGUAGE_ENGLISH] = ", ", [LANGUAGE_GERMAN] = "; "};
    bool body = false; /* so far the body alone was moved */
    size_t length;

    for (size_t i = 0; i < count; i += length) {
        bool named =
            with_name && sets[i].exercise[0] != '\0' && (i == 0 || strcmp(sets[i - 1].exercise, sets[i].exercise) != 0);

        length = run_length(&sets[i], count - i, i == 0);
        buf_adds(out, i != 0 ? separators[style.language] : "");
        body = goes_without_saying(&sets[i]) && (named || body);
        if (body && !named && length == 1)
            print_bare(&sets[i], style, out);
        else
            print_alike(&sets[i], length, style, named, out);
    }
}

void wording_sets(const struct turn *turn, const struct set *sets, size_t count, bool with_name, struct buf *out)
{
    struct notation_style style = wording_style(turn);
    size_t before = out->length;

    print_sets(style, sets, count, with_name, out);
    if (count == 0 || text_width((struct span){out->data + before, out->length - before}) <= PHONE_COLUMNS ||
        !share_load(sets, count, style.language))
        return;
    buf_truncate(out, before);
    print_shared(sets, count, style, with_name && sets->exercise[0] != '\0', out);
}

/* ---------------------------------------------------------------- in the lifter's unit */

/* What people write: the plates that there are make no others. */
static bool is_round(double value)
{
    return fabs(4 * value - round(4 * value)) < 0.001;
}

/* The unit to show LOAD_KG in. What was written in the other one is none of theirs: it stays in that, unless they said
 * which one they want, and is rounded then. */
static enum unit shown_in(const struct turn *turn, double load_kg, double *value)
{
    enum unit unit = wording_unit(turn), other = unit == UNIT_LB ? UNIT_KG : UNIT_LB;

    *value = unit_from_kg(load_kg, unit);
    if (is_round(*value) || !is_round(unit_from_kg(load_kg, other)))
        return unit;
    if (setting_value(turn->lifter, SETTING_UNITS, NULL) != NULL) {
        *value = round(2 * *value) / 2;
        return unit;
    }
    *value = unit_from_kg(load_kg, other);
    return other;
}

static void show(const struct turn *turn, double *load_kg, enum unit *unit)
{
    double value;

    if (isnan(*load_kg))
        return;
    *unit = shown_in(turn, *load_kg, &value);
    *load_kg = unit_to_kg(value, *unit);
}

void wording_shown(const struct turn *turn, const struct set *sets, size_t count, bool with_name, struct buf *out)
{
    VEC(struct set) shown = {0};

    for (size_t i = 0; i < count; i++) {
        struct set set = sets[i];

        for (int j = 0; j < set.segment_count; j++)
            show(turn, &set.segments[j].load_kg, &set.unit);
        show(turn, &set.load_kg, &set.unit);
        vec_push(&shown, set);
    }
    wording_sets(turn, shown.at, count, with_name, out);
    vec_release(&shown);
}

void wording_list(struct turn *turn, const struct set *sets, size_t count)
{
    struct buf line = BUF_INIT(REPLY_MAX);
    size_t next;

    for (size_t i = 0; i < count; i = next) {
        for (next = i + 1; next < count && strcmp(sets[next].exercise, sets[i].exercise) == 0;)
            next++;
        buf_clear(&line);
        wording_shown(turn, &sets[i], next - i, true, &line);
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    }
    buf_release(&line);
}

void wording_number(const struct turn *turn, double value, struct buf *out)
{
    notation_number(value, texts_language(turn->texts), out);
}

void wording_rounded(const struct turn *turn, double value, int decimals, struct buf *out)
{
    double scale = decimals > 0 ? 10.0 : 1.0;

    wording_number(turn, round(value * scale) / scale, out);
}

void wording_load(const struct turn *turn, enum load_mode mode, double load_kg, struct buf *out)
{
    static const char *const prefixes[] = {
        [LOAD_EXTERNAL] = "", [LOAD_BODYWEIGHT] = "bw", [LOAD_ADDED] = "bw+", [LOAD_ASSISTED] = "bw-"};
    enum unit unit;
    double value;

    buf_adds(out, prefixes[mode]);
    if (mode == LOAD_BODYWEIGHT)
        return;
    unit = shown_in(turn, load_kg, &value);
    wording_number(turn, value, out);
    buf_addf(out, " %s", unit_name(unit));
}

void wording_work(const struct turn *turn, enum load_mode mode, double load_kg, int reps, struct buf *out)
{
    if (!isnan(load_kg)) {
        wording_load(turn, mode, load_kg, out);
        buf_addc(out, ' ');
    }
    buf_addf(out, "x %d", reps);
}

void wording_weight(const struct turn *turn, double kg, int decimals, struct buf *out)
{
    enum unit unit = wording_unit(turn);

    wording_rounded(turn, unit_from_kg(kg, unit), decimals, out);
    buf_addf(out, " %s", unit_name(unit));
}

void wording_measure(const struct turn *turn, double value, struct buf *out)
{
    double scale = fabs(value) < 10.0 ? 10.0 : 1.0;

    if (!isnan(value))
        wording_number(turn, floor(value * scale) / scale, out);
}

void wording_range(const struct turn *turn, double low, double high, struct buf *out)
{
    wording_number(turn, low, out);
    if (high > low) {
        buf_addc(out, '-');
        wording_number(turn, high, out);
    }
}

void wording_rest(int seconds, struct buf *out)
{
    buf_addf(out, "%d:%02d", seconds / 60, seconds % 60);
}

void wording_time(int minute, struct buf *out)
{
    buf_addf(out, "%02d:%02d", minute / 60, minute % 60);
}

static void print_date(const struct texts *texts, enum text_key key, int64_t day, struct buf *out)
{
    struct civil civil;
    char number[24];

    civil_from_ms(day * CIVIL_DAY_MS, 0, &civil);
    snprintf(number, sizeof(number), "%d", civil.day);
    reply_phrase(texts, key,
                 REPLY_ARGS(ARG("weekday", texts_get(texts, TEXT_MONDAY + (unsigned)civil_weekday(day))),
                            ARG("day", number),
                            ARG("month", texts_get(texts, TEXT_JANUARY + (unsigned)civil.month - 1))),
                 out);
}

void wording_day(const struct texts *texts, int64_t day, struct buf *out)
{
    print_date(texts, TEXT_DAY, day, out);
}

void wording_date(const struct texts *texts, int64_t day, struct buf *out)
{
    print_date(texts, TEXT_DATE, day, out);
}
