/*
 * Reads messages: line by line, and again for each way that an ambiguous one can be read.
 */
#include "core/notation/reading.h"

#include <stdio.h>

#include "core/base/ascii.h"
#include "core/notation/more.h"
#include "core/text/fold.h"

enum { FOLDED_MAX = 4 * READING_INPUT_MAX, HEADING_MAX = 90, DAY_MAX = 16, RUNS_MAX = 24, WORD_MIN = 3, WORD_MAX = 32 };

void reading_init(struct reading *reading)
{
    memset(reading, 0, sizeof(*reading));
    reading->weekday = -1;
    buf_init(&reading->folded, FOLDED_MAX);
}

void reading_release(struct reading *reading)
{
    vec_release(&reading->sets);
    vec_release(&reading->option_sets);
    buf_release(&reading->folded);
}

/* Whether a word of TEXT, which is ASCII, may be a number. */
static bool has_number_word(struct span text)
{
    char word[WORD_MAX];
    size_t length = 0;

    for (size_t i = 0; i <= text.length; i++) {
        char byte = i < text.length ? ascii_lower(text.at[i]) : ' ';

        if (byte >= 'a' && byte <= 'z') {
            if (length < sizeof(word))
                word[length++] = byte;
            continue;
        }
        if (length >= WORD_MIN) {
            struct span found = {word, length};

            if (notation_is_number_word(found, notation_meaning(found)))
                return true;
        }
        length = 0;
    }
    return false;
}

/* No notation goes without a number, but for ticks. Bytes over 0x7F may fold to one. */
static bool may_hold_sets(struct span text)
{
    size_t ticks = 0;

    for (size_t i = 0; i < text.length; i++)
        if (ascii_is_digit(text.at[i]) || (unsigned char)text.at[i] >= 0x80)
            return true;
    for (size_t i = 0; i < text.length && ticks < 3; i++)
        ticks = ascii_lower(text.at[i]) == 'v' ? ticks + 1 : 0;
    return ticks == 3 || has_number_word(text);
}

/* What a line that turns out to be talk must leave as it was. */
struct mark {
    size_t sets;
    char exercise[EXERCISE_ID_SIZE];
    struct said said;
    bool day_behind;
    bool asked;
};

static void keep(const struct parser *parser, struct mark *mark)
{
    mark->sets = parser->reading->sets.count;
    memcpy(mark->exercise, parser->exercise, sizeof(mark->exercise));
    mark->said = parser->said;
    mark->day_behind = parser->day_behind;
    mark->asked = parser->forks->asked;
}

static void go_back(struct parser *parser, const struct mark *mark)
{
    parser->reading->sets.count = mark->sets;
    memcpy(parser->exercise, mark->exercise, sizeof(mark->exercise));
    parser->said = mark->said;
    parser->day_behind = mark->day_behind;
    parser->forks->asked = mark->asked;
    parser->verdict = VERDICT_GO;
}

/* "- 80x8", "1) 80x8", "2. 80x8", "#2 80x8" */
static void skip_bullet(struct parser *parser)
{
    const struct token *token = token_now(parser);
    const struct token *next = token_ahead(parser, 1);
    const struct token *third = token_ahead(parser, 2);

    if (token->kind == TOKEN_NUMBER && token->decimals == 0 && !next->space && third->space &&
        !token_is_word(third, WORD_SETS) && (token_is_sign(next, ')') || token_is_sign(next, '.')))
        parser->at += 2;
    else if (token_is_sign(token, '#') && next->kind == TOKEN_NUMBER && third->space)
        parser->at += 2;
    else if ((token_is_sign(token, '-') || token->kind == TOKEN_CROSS) && next->space && next->kind != TOKEN_END)
        parser->at++;
}

/* "wed session. push press 40x5": behind the day, what its session is called. */
static void skip_label(struct parser *parser)
{
    const size_t label = parser->tokens.label_words ? notation_label(parser, parser->at) : 0;

    if (label != 0 && token_ahead(parser, label - 1)->kind == TOKEN_SIGN)
        parser->at += label;
}

/* The line's items, up to its end. */
static int read_all(struct parser *parser)
{
    struct rounds *rounds = &parser->rounds;

    rounds->times = 0;
    rounds->several = false;
    while (token_now(parser)->kind != TOKEN_END) {
        const size_t first = parser->reading->sets.count;

        if (notation_item(parser) != 0)
            return -1;
        if (rounds->times != 0 && rounds->end == SIZE_MAX) {
            rounds->first = first;
            rounds->end = parser->reading->sets.count;
        }
    }
    return rounds->times == 0 ? 0 : notation_rounds(parser);
}

static int read_items(struct parser *parser, size_t from)
{
    parser->at = from;
    skip_bullet(parser);
    if (notation_day(parser) != 0)
        return -1;
    if (parser->at != from)
        skip_label(parser);
    return read_all(parser);
}

/* Words may stand before a set and behind it. What reads as a whole has a name before it: "squats today. 100x5 easy".
 */
static int read_freely(struct parser *parser, const struct mark *mark)
{
    size_t lead = notation_lead_words(parser);

    if (parser->verdict != VERDICT_TALK || (!parser->stuck && lead == 0))
        return -1;
    parser->free = true;
    if (parser->stuck) {
        go_back(parser, mark);
        if (read_items(parser, 0) == 0)
            return 0;
        if (parser->verdict != VERDICT_TALK || lead == 0)
            return -1;
    }
    go_back(parser, mark);
    return read_items(parser, lead);
}

/* The tokens strictly, and if they have a set that other words are in the way of, with those as notes. */
static int read_lexed(struct parser *parser, const struct mark *mark)
{
    size_t label = 0;

    if (parser->tokens.label_words) {
        notation_day_of_exercise(parser);
        label = notation_label(parser, 0);
    }
    parser->free = parser->stuck = false;
    parser->item.exercise[0] = '\0';
    if (label != 0 && read_items(parser, label) == 0)
        return 0;
    if (label != 0)
        go_back(parser, mark);
    return read_items(parser, 0) == 0 ? 0 : read_freely(parser, mark);
}

static void lex_again(struct parser *parser, const struct mark *mark)
{
    go_back(parser, mark);
    notation_lex(parser->line, &parser->tokens);
}

/* A line that has number words: with those as numbers, unless that is talk, or clear only without. */
static int read_spoken(struct parser *parser, const struct mark *mark)
{
    bool read, meant, asks;
    int result;

    if (!notation_numbers(parser))
        return read_lexed(parser, mark);
    read = read_lexed(parser, mark) == 0;
    meant = (read || parser->verdict != VERDICT_TALK) && notation_numbers_meant(parser);
    asks = parser->forks->asked != mark->asked;
    if (read && meant && !asks)
        return 0;
    lex_again(parser, mark);
    result = read_lexed(parser, mark);
    if (!meant || (result == 0 && parser->forks->asked == mark->asked))
        return result;
    lex_again(parser, mark);
    notation_numbers(parser);
    return read_lexed(parser, mark);
}

static int read_tokens(struct parser *parser, const struct mark *mark)
{
    bool day_above = parser->day_behind;

    if (notation_lex(parser->line, &parser->tokens) != 0)
        return notation_talk(parser);
    if ((parser->tokens.number_words ? read_spoken(parser, mark) : read_lexed(parser, mark)) != 0)
        return -1;
    if (day_above && parser->reading->sets.count != mark->sets)
        return notation_error(parser, "Send each day's sets in a message of its own.", "Two days in one message.");
    return 0;
}

/* A line of talk may be the heading of the sets below. */
static void take_heading(struct parser *parser)
{
    parser->heading = parser->raw.length <= HEADING_MAX ? parser->raw : (struct span){parser->raw.at, 0};
}

static int read_line(struct parser *parser)
{
    struct buf *folded = &parser->reading->folded;
    struct mark mark;

    buf_clear(folded);
    if (parser->raw.length > DAY_MAX && parser->raw.length != parser->text.length && !may_hold_sets(parser->raw)) {
        take_heading(parser);
        return 0;
    }
    if (text_fold(parser->raw, folded) != 0)
        return 0;
    parser->line = buf_span(folded);
    keep(parser, &mark);
    parser->line_sets = mark.sets;
    if (read_tokens(parser, &mark) == 0)
        return 0;
    if (parser->verdict != VERDICT_TALK)
        return -1;
    go_back(parser, &mark);
    take_heading(parser);
    return 0;
}

static struct span trimmed(struct span text)
{
    while (text.length != 0 && (unsigned char)text.at[0] <= ' ')
        text = (struct span){text.at + 1, text.length - 1};
    while (text.length != 0 && (unsigned char)text.at[text.length - 1] <= ' ')
        text.length--;
    return text;
}

static void tell_day(struct reading *reading, const struct said *said)
{
    reading->days_back = said->days_back;
    reading->weekday = said->weekday;
    reading->month = said->month;
    reading->day = said->day;
    reading->before_today = said->before_today;
}

static void forget(struct reading *reading)
{
    vec_clear(&reading->sets);
    reading->bare = false;
    tell_day(reading, &notation_no_day);
}

static enum verdict read_lines(struct parser *parser, struct span text)
{
    bool more;

    do {
        const size_t left = text.length;
        const struct span line = span_take(&text, '\n');

        more = line.length < left;
        parser->raw = trimmed(line);
        if (read_line(parser) != 0)
            return parser->verdict;
    } while (more);
    return parser->reading->sets.count != 0 ? VERDICT_GO : VERDICT_TALK;
}

/* Reads the message once, the ways of FORKS taken. */
static enum verdict read_once(struct reading *reading, struct span text, const struct reading_options *options,
                              struct forks *forks)
{
    struct parser parser;
    enum verdict verdict;

    parser.reading = reading;
    parser.options = options;
    parser.forks = forks;
    parser.text = text;
    parser.verdict = VERDICT_GO;
    parser.heading = (struct span){text.at, 0};
    parser.exercise[0] = '\0';
    parser.said = notation_no_day;
    parser.day_behind = false;
    forks->asked = false;
    vec_clear(&reading->sets);
    verdict = read_lines(&parser, text);
    tell_day(reading, &parser.said);
    return verdict;
}

static void add_option(struct reading *reading, const struct forks *forks)
{
    struct reading_option *option = &reading->options[reading->option_count++];

    *option = (struct reading_option){.first = reading->option_sets.count, .count = reading->sets.count};
    for (size_t i = 0; i < reading->sets.count; i++)
        vec_push(&reading->option_sets, reading->sets.at[i]);
    for (size_t i = 0; i < forks->count; i++)
        if (forks->taken[i].place < HABIT_COUNT)
            option->habits[option->habit_count++] =
                (struct habit_answer){(uint8_t)forks->taken[i].place, forks->taken[i].way};
}

/* Reads the message for each way of what FORKS asks; what comes out whole is an option. RUNS more are allowed. */
static void add_options(struct reading *reading, struct span text, const struct reading_options *options,
                        const struct forks *forks, unsigned *runs)
{
    struct forks next = *forks;
    unsigned ways = forks->ways;

    if (forks->count == FORKS_MAX)
        return;
    if (forks->question.about == ABOUT_EXERCISE)
        ways--; /* the last one leaves the name out, and is no answer */
    for (unsigned way = 0; way < ways && reading->option_count<READING_OPTIONS && * runs> 0; way++, --*runs) {
        next.count = forks->count + 1;
        next.taken[forks->count] = forks->question;
        next.taken[forks->count].way = (uint8_t)way;
        if (read_once(reading, text, options, &next) != VERDICT_GO)
            continue;
        if (next.asked)
            add_options(reading, text, options, &next, runs);
        else
            add_option(reading, &next);
    }
}

/* The sets with the name left out, for an answer that names another exercise. */
static void leave_out_name(struct reading *reading, struct span text, const struct reading_options *options,
                           struct forks *forks)
{
    do {
        struct fork *fork = &forks->taken[forks->count++];

        *fork = forks->question;
        fork->way = fork->about == ABOUT_EXERCISE ? (uint8_t)(forks->ways - 1) : 0;
        if (read_once(reading, text, options, forks) != VERDICT_GO)
            forget(reading);
    } while (forks->asked && forks->count < FORKS_MAX);
}

static enum reading_kind ask(struct reading *reading, struct span text, const struct reading_options *options,
                             struct forks *forks)
{
    static const enum reading_kind kinds[] = {
        [VERDICT_GO] = READING_QUESTION,
        [VERDICT_TALK] = READING_TALK,
        [VERDICT_ERROR] = READING_ERROR,
        [VERDICT_QUESTION] = READING_QUESTION,
    };
    struct fork question = forks->question;
    enum verdict verdict = VERDICT_GO;
    unsigned runs = RUNS_MAX;

    add_options(reading, text, options, forks, &runs);
    if (question.about == ABOUT_EXERCISE) {
        leave_out_name(reading, text, options, forks);
        if (reading->sets.count == 0 && reading->option_count == 0)
            return READING_TALK;
    } else if (reading->option_count == 0) {
        forks->taken[forks->count++] = question;
        verdict = read_once(reading, text, options, forks);
        forget(reading);
        if (verdict != VERDICT_GO)
            return kinds[verdict];
    }
    reading->about = question.about;
    snprintf(reading->question, sizeof(reading->question), "%s", forks->text);
    if (question.about != ABOUT_EXERCISE)
        vec_clear(&reading->sets);
    return READING_QUESTION;
}

/* Leaves nothing of the ways that were tried and not taken. */
static void tidy(struct reading *reading)
{
    bool question = reading->kind == READING_QUESTION;
    bool exercise = question && reading->about == ABOUT_EXERCISE;

    if (reading->kind == READING_TALK)
        forget(reading);
    if (reading->kind != READING_ERROR)
        reading->error[0] = reading->hint[0] = '\0';
    if (!question) {
        reading->question[0] = '\0';
        reading->option_count = 0;
    }
    if (!exercise)
        reading->unknown_name[0] = '\0';
    if (reading->kind != READING_SETS && !exercise)
        vec_clear(&reading->sets);
}

void reading_read(struct reading *reading, struct span text, const struct reading_options *options)
{
    struct guessed guessed;
    struct forks forks;

    reading->kind = READING_TALK;
    reading->option_count = 0;
    reading->question[0] = reading->unknown_name[0] = reading->error[0] = reading->hint[0] = '\0';
    vec_clear(&reading->option_sets);
    forget(reading);
    if (text.length > READING_INPUT_MAX || !may_hold_sets(text))
        return;
    guessed.name[0] = '\0';
    forks.count = 0;
    forks.guessed = &guessed;
    switch (read_once(reading, text, options, &forks)) {
    case VERDICT_GO:
        reading->kind = forks.asked ? ask(reading, text, options, &forks) : READING_SETS;
        break;
    case VERDICT_TALK:
        break;
    case VERDICT_ERROR:
        reading->kind = READING_ERROR;
        break;
    case VERDICT_QUESTION:
        reading->kind = READING_QUESTION;
        break;
    }
    tidy(reading);
}
