/*
 * Subjects: each word of a question counts for those that it stands with, and what counts most is meant.
 */
#include "bot/chat/subject.h"

#include <stdint.h>
#include <string.h>

#include "bot/chat/clause.h"
#include "bot/chat/filler.h"
#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"
#include "core/text/fold.h"

enum { TEXT_MAX = 240, WORDS_MAX = 40, NAME_WORDS_MAX = 5, REPS_MOST = 15 };
enum { SCORE_LEAST = 3, SCORE_LEAST_UNASKED = 4 };

enum role { ASKS = 1, IDLE = 2, TELLING = 4, ASKS_BEHIND = 8 }; /* the last behind other words, too */

struct link {
    uint8_t subject;
    uint8_t weight;
};

/* A word, or several with spaces between. */
struct term {
    const char *text;
    uint8_t length;
    uint8_t roles; /* bits of enum role */
    uint16_t from; /* in `links` */
    uint8_t count;
};

#include "subjects_data.h"

/* What stands for itself in a command. */
enum slot {
    SLOT_EXERCISE,
    SLOT_AMOUNT,
    SLOT_REPS,
    SLOT_SET,
    SLOT_EFFORT,
    SLOT_TIME,
    SLOT_WEEKS,
    SLOT_PLACE,
    SLOT_DAY,
    SLOT_COUNT
};
static const char *const slot_names[SLOT_COUNT] = {"{exercise}", "{amount}", "{reps}",  "{set}", "{effort}",
                                                   "{time}",     "{weeks}",  "{place}", "{day}"};

struct sentence {
    char folded[TEXT_MAX + 1]; /* the words, with single spaces between */
    struct span words[WORDS_MAX];
    bool filled[WORDS_MAX + 1]; /* it stands for itself */
    bool known[WORDS_MAX + 1];  /* the last is the sign of an effort */
    size_t count;
    struct span slots[SLOT_COUNT]; /* of length 0: it isn't said */
    uint8_t scores[SUBJECT_COUNT];
    uint8_t together[SUBJECT_COUNT]; /* the most words of one term */
    uint64_t counted[SUBJECT_COUNT]; /* bits of the words that did */
    const struct term *first;        /* the words in front, where they are a term */
    bool asks;                       /* in words: */
    bool marked;                     /* a question mark alone may stand behind anything */
    bool telling, digit;
    size_t unknown; /* words */
};

static const struct term *term_of(struct span words)
{
    const size_t mask = ARRAY_LENGTH(term_slots) - 1;

    for (size_t at = span_hash(words) & mask; term_slots[at] != 0; at = (at + 1) & mask) {
        const struct term *term = &terms[term_slots[at] - 1];

        if (span_equal((struct span){term->text, term->length}, words))
            return term;
    }
    return NULL;
}

/* ---------------------------------------------------------------- its words */

static struct span without_signs(struct span word)
{
    const uint64_t around = ASCII_BIT('"') | ASCII_BIT('\'') | ASCII_BIT('-'), open = around | ASCII_BIT('(');
    const uint64_t close = around | ASCII_BIT(',') | ASCII_BIT('.') | ASCII_BIT(';') | ASCII_BIT(':') | ASCII_BIT('!') |
                           ASCII_BIT('?') | ASCII_BIT(')');

    return span_without(word, open, close);
}

static struct span words_from(const struct sentence *said, size_t at, size_t count)
{
    const struct span *first = &said->words[at], *last = &said->words[at + count - 1];

    return (struct span){first->at, (size_t)(last->at + last->length - first->at)};
}

/* "today's" is "today"; "ben's" is of somebody else. */
static bool is_of_other(struct span *word)
{
    const struct span whose = {word->at, word->length > 2 ? word->length - 2 : 0};

    if (whose.length == 0 || memcmp(whose.at + whose.length, "'s", 2) != 0 || term_of(*word) != NULL)
        return false;
    *word = whose;
    return term_of(whose) == NULL;
}

/* TEXT is folded. Words beyond the last that there is room for don't count. */
static void take_words(struct sentence *said, struct span text)
{
    size_t used = 0;

    while (text.length != 0 && said->count < WORDS_MAX) {
        struct span word = without_signs(span_take(&text, ' '));

        if (word.length == 0 || used + word.length + 1 > TEXT_MAX)
            continue;
        if (is_of_other(&word))
            said->telling = true;
        if (used != 0)
            said->folded[used++] = ' ';
        memcpy(said->folded + used, word.at, word.length);
        said->words[said->count++] = (struct span){said->folded + used, word.length};
        used += word.length;
        said->digit |= span_has_digit(word);
    }
}

/* The hash of the word in front of TEXT, which is taken off. */
static uint32_t take_hash(struct span *text)
{
    struct span word;

    do
        word = without_signs(span_take(text, ' '));
    while (word.length == 0 && text->length != 0);
    return span_hash(word);
}

/* Whether the words in front of CLAUSE ask or bid, as terms of ROLE do. */
static bool begins_asking(struct span clause, enum role role)
{
    struct span words = {clause.at, 0}, rest = clause;

    if (!span_among(asking_words, take_hash(&rest)))
        return false;
    for (int i = 0; i < TERM_WORDS_MAX && words.length < clause.length; i++) {
        const struct term *term;

        words.length += words.length != 0;
        while (words.length < clause.length && clause.at[words.length] != ' ')
            words.length++;
        term = term_of(without_signs(words));
        if (term != NULL && (term->roles & role) != 0)
            return true;
    }
    return false;
}

/* "10 min left what should i do": from the word on by which CLAUSE asks behind what it tells. */
static bool asks_behind(struct span *clause)
{
    struct span rest = *clause;

    while (rest.length != 0) {
        if (begins_asking(rest, ASKS_BEHIND)) {
            *clause = rest;
            return true;
        }
        span_take(&rest, ' ');
    }
    return false;
}

/* Whether a word of TEXT may be one by which it asks; BEHIND: what it tells. */
static bool may_ask(struct span text, bool *behind)
{
    bool may = false;

    *behind = false;
    while (text.length != 0) {
        const uint32_t hash = take_hash(&text);

        may |= span_among(asking_words, hash);
        *behind |= span_among(behind_words, hash);
    }
    return may;
}

/* From the clause on by which TEXT, folded, asks; all of it where none does. */
static bool find_question(struct span *text)
{
    const char *end = text->at + text->length;
    struct span rest = *text, clause;
    bool behind;

    if (!may_ask(*text, &behind))
        return false;
    while (clause_next(&rest, &clause)) {
        bool unsure = false;

        do {
            if (begins_asking(clause, ASKS) || (behind && asks_behind(&clause))) {
                *text = (struct span){clause.at, (size_t)(end - clause.at)};
                return true;
            }
        } while (filler_take_front(&clause, &unsure));
    }
    return false;
}

bool subject_asks(struct span text)
{
    struct buf folded = BUF_INIT(2 * TEXT_MAX);
    struct span rest;
    bool asks = memchr(text.at, '?', text.length) != NULL;

    if (!asks && text.length <= TEXT_MAX && text_fold(text, &folded) == 0) {
        rest = buf_span(&folded);
        asks = find_question(&rest);
    }
    buf_release(&folded);
    return asks;
}

/* ---------------------------------------------------------------- what stands for itself */

static void fill(struct sentence *said, enum slot slot, size_t at, size_t count)
{
    if (said->slots[slot].length == 0)
        said->slots[slot] = words_from(said, at, count);
    for (size_t i = at; i < at + count; i++)
        said->filled[i] = said->known[i] = true;
}

static bool is_idle(struct span word)
{
    const struct term *term = term_of(word);

    return term != NULL && (term->roles & IDLE) != 0;
}

/* A name that is an exercise with an "on" before it or a "for" behind it, too, is as long as it must be. */
static bool is_exercise(const struct sentence *said, const struct exercise_names *own, size_t at, size_t count)
{
    return !is_idle(said->words[at]) && !is_idle(said->words[at + count - 1]) &&
           exercise_find_folded(own, words_from(said, at, count)) != NULL;
}

static void take_exercises(struct sentence *said, const struct exercise_names *own)
{
    for (size_t at = 0; at < said->count; at++) {
        size_t count = said->count - at < NAME_WORDS_MAX ? said->count - at : NAME_WORDS_MAX;

        while (count != 0 && !is_exercise(said, own, at, count))
            count--;
        if (count == 0)
            continue;
        fill(said, SLOT_EXERCISE, at, count);
        if (count == 1 && phrase_is_place(said->words[at])) /* "biceps" */
            fill(said, SLOT_PLACE, at, count);
        at += count - 1;
    }
}

/* What the log is looked back by. */
static bool is_period(struct span word)
{
    static const char *const words[] = {"w", "week", "weeks", "woche", "wochen", "months", "monate", "monaten"};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (span_is(word, words[i]))
            return true;
    return false;
}

/* What a number with UNIT behind it, which may be "", is. SLOT_COUNT: nothing that is asked for. */
static enum slot kind_of(struct span unit, double value)
{
    const enum word word = notation_meaning(unit).word;

    if (unit.length == 0)
        return value <= REPS_MOST ? SLOT_REPS : SLOT_AMOUNT;
    if (is_period(unit))
        return SLOT_WEEKS;
    switch (word) {
    case WORD_UNIT:
        return SLOT_AMOUNT;
    case WORD_REPS:
        return SLOT_REPS;
    case WORD_SECONDS:
    case WORD_MINUTES:
        return SLOT_TIME;
    default:
        return span_is(unit, "rm") || span_is(unit, "er") ? SLOT_REPS : SLOT_COUNT;
    }
}

/* "90x6", "90 x 6", "102.5", "100 kg", "5 reps", "8 weeks", "3 min" at AT. */
static void take_number(struct sentence *said, size_t at)
{
    const struct span word = said->words[at];
    const struct span next = at + 1 < said->count ? said->words[at + 1] : (struct span){word.at, 0};
    struct scan_number number;
    struct span unit;
    size_t count = 1;

    if (scan_number(word, ".,", &number) < 0)
        return;
    unit = (struct span){word.at + number.length, word.length - number.length};
    if (memchr(unit.at, 'x', unit.length) != NULL) {
        fill(said, SLOT_SET, at, 1);
    } else if (unit.length == 0 && span_is(next, "x") && at + 2 < said->count) {
        fill(said, SLOT_SET, at, 3);
    } else {
        enum slot slot = kind_of(unit, number.value);

        if (unit.length == 0 && next.length != 0 && kind_of(next, number.value) != SLOT_COUNT) {
            slot = kind_of(next, number.value);
            count = 2;
        }
        if (slot == SLOT_COUNT)
            return;
        fill(said, slot, at, count);
        if (slot == SLOT_REPS)
            said->slots[slot].length = number.length;
    }
}

static void take_numbers(struct sentence *said)
{
    for (size_t at = 0; at < said->count; at++) {
        if (said->known[at])
            continue;
        if (said->words[at].at[0] == '@' && !span_has_digit(said->words[at]) && said->words[at].length > 1)
            said->telling = true; /* somebody */
        else if (said->words[at].at[0] == '@')
            fill(said, SLOT_EFFORT, at, 1);
        else if (ascii_is_digit(said->words[at].at[0]) && term_of(said->words[at]) == NULL)
            take_number(said, at);
    }
}

static void take_places(struct sentence *said)
{
    for (size_t at = 0; at < said->count; at++) {
        const enum word word = said->known[at] ? WORD_OTHER : notation_meaning(said->words[at]).word;

        if (!said->known[at] && phrase_is_place(said->words[at]))
            fill(said, SLOT_PLACE, at, 1);
        else if (word == WORD_DAY || word == WORD_BACK)
            fill(said, SLOT_DAY, at, 1);
    }
}

/* ---------------------------------------------------------------- what it is about */

/* Whether several words in front may be of a subject. */
static bool may_begin(const struct sentence *said)
{
    for (size_t count = 2; count <= TERM_WORDS_MAX && count <= said->count; count++) {
        const struct term *term = term_of(words_from(said, 0, count));

        if (term != NULL && term->count != 0)
            return true;
    }
    return false;
}

/* TERM, of COUNT words from AT on, counts for each subject of it that none of those words counted for yet. */
static void count_term(struct sentence *said, const struct term *term, size_t at, size_t count)
{
    const uint64_t words = ((UINT64_C(1) << count) - 1) << at;

    for (size_t i = term->from; i < (size_t)term->from + term->count; i++) {
        const uint8_t subject = links[i].subject;

        if ((said->counted[subject] & words) == 0)
            said->scores[subject] = (uint8_t)(said->scores[subject] + links[i].weight);
        if (said->together[subject] < count)
            said->together[subject] = (uint8_t)count;
        said->counted[subject] |= words;
    }
    said->telling |= (term->roles & TELLING) != 0;
    if (at == 0 && said->first == NULL)
        said->first = term;
    for (size_t i = at; i < at + count; i++)
        said->known[i] = true;
}

/* Whether one of COUNT words from AT on stands for itself. */
static bool is_filled(const struct sentence *said, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++)
        if (said->filled[i])
            return true;
    return false;
}

/* Counts the terms of COUNT words. Whom several together tell of, one of them doesn't. */
static void take_terms(struct sentence *said, size_t count)
{
    for (size_t at = 0; at + count <= said->count; at++) {
        const struct term *term = is_filled(said, at, count) ? NULL : term_of(words_from(said, at, count));

        if (term != NULL && !(said->known[at] && (term->roles & TELLING) != 0))
            count_term(said, term, at, count);
    }
}

static void read_sentence(struct sentence *said, const struct exercise_names *own)
{
    static const struct span at_sign = {"@", 1};

    take_exercises(said, own);
    take_numbers(said);
    for (size_t count = TERM_WORDS_MAX; count > 1; count--)
        take_terms(said, count);
    take_places(said);
    take_terms(said, 1);
    if (said->slots[SLOT_EFFORT].length != 0)
        count_term(said, term_of(at_sign), WORDS_MAX, 1);
    for (size_t i = 0; i < said->count; i++)
        said->unknown += !said->known[i];
}

/* The slot whose name COMMAND begins with; SLOT_COUNT none. */
static enum slot slot_at(struct span command)
{
    int slot = 0;

    while (slot < SLOT_COUNT && !span_starts(command, slot_names[slot]))
        slot++;
    return (enum slot)slot;
}

/* How many slots COMMAND has, if the sentence has them all; -1. */
static int slots_of(const struct sentence *said, struct span command)
{
    int count = 0;

    for (; command.length != 0; command = (struct span){command.at + 1, command.length - 1}) {
        const enum slot slot = slot_at(command);

        if (slot == SLOT_COUNT)
            continue;
        if (said->slots[slot].length == 0)
            return -1;
        count++;
    }
    return count;
}

static struct span take_command(struct span *commands)
{
    const char *bar = memchr(commands->at, '|', commands->length);
    struct span command = {commands->at, bar != NULL ? (size_t)(bar - commands->at) - 1 : commands->length};

    *commands = bar != NULL ? (struct span){bar + 2, (size_t)(commands->at + commands->length - bar) - 2}
                            : (struct span){commands->at, 0};
    return command;
}

/* A set that is told without a question mark was done, unless COMMAND is about it. */
static bool passes_over_set(const struct sentence *said, struct span command)
{
    return said->slots[SLOT_SET].length != 0 && !said->marked &&
           memmem(command.at, command.length, slot_names[SLOT_SET], strlen(slot_names[SLOT_SET])) == NULL;
}

/* The first of the subject's commands whose slots are all said, and how much speaks for it; 0: none. */
static int score_of(const struct sentence *said, int subject, struct span *command)
{
    struct span commands = span_of(meant[subject]);

    while (said->scores[subject] != 0 && commands.length != 0) {
        int slots;

        *command = take_command(&commands);
        slots = slots_of(said, *command);
        if (slots >= 0)
            return passes_over_set(said, *command) ? 0 : said->scores[subject] + slots;
    }
    return 0;
}

static void write_command(const struct sentence *said, struct span command, char *out)
{
    size_t used = 0;

    while (command.length != 0) {
        const enum slot slot = slot_at(command);
        const size_t length = slot != SLOT_COUNT ? strlen(slot_names[slot]) : 1;
        const struct span piece = slot != SLOT_COUNT ? said->slots[slot] : (struct span){command.at, 1};

        if (used + piece.length >= PHRASE_SIZE)
            break;
        memcpy(out + used, piece.at, piece.length);
        used += piece.length;
        command = (struct span){command.at + length, command.length - length};
    }
    out[used] = '\0';
}

/* Whether the words in front of SAID are of SUBJECT. */
static bool begins_with(const struct sentence *said, int subject)
{
    const size_t count = said->first != NULL ? said->first->count : 0;

    for (size_t i = 0; i < count; i++)
        if (links[said->first->from + i].subject == subject)
            return true;
    return false;
}

/* Whether BEST, what SUBJECT has, is enough beside what nobody knows. */
static bool is_enough(const struct sentence *said, int subject, int best)
{
    if (said->asks)
        return best >= SCORE_LEAST && 2 * (size_t)best > 3 * said->unknown;
    return best >= SCORE_LEAST_UNASKED && !said->digit &&
           (said->marked ? said->unknown <= 1
                         : said->unknown == 0 && said->together[subject] > 1 && begins_with(said, subject));
}

/* What speaks for SUBJECT, most of all its score, comparably; 0: nothing. */
static int rank_of(const struct sentence *said, int subject, int score)
{
    return score == 0 ? 0 : score * (TERM_WORDS_MAX + 1) + said->together[subject];
}

static void choose(const struct sentence *said, struct subjects *found)
{
    struct span commands[SUBJECT_COUNT];
    int ranks[SUBJECT_COUNT], best = 0, first = 0;

    for (int subject = 0; subject < SUBJECT_COUNT; subject++) {
        ranks[subject] = rank_of(said, subject, score_of(said, subject, &commands[subject]));
        if (ranks[subject] > best)
            best = ranks[first = subject];
    }
    if (!is_enough(said, first, best / (TERM_WORDS_MAX + 1)))
        return;
    for (int subject = first; subject < SUBJECT_COUNT && found->count < SUBJECTS_NEAR; subject++)
        if (ranks[subject] == best)
            write_command(said, commands[subject], found->commands[found->count++]);
}

/* What QUESTION, folded, asks for, in words, MARKED as a question or both; or wants, where it doesn't ask. */
static void find_subject(struct span question, bool in_words, bool marked, const struct exercise_names *own,
                         struct subjects *found)
{
    struct sentence said = {.asks = in_words, .marked = marked};

    take_words(&said, question);
    if (!said.telling && (found->asks || may_begin(&said))) {
        read_sentence(&said, own);
        if (!said.telling)
            choose(&said, found);
    }
    found->whole = said.unknown == 0;
}

void subject_find(struct span text, const struct exercise_names *own, struct subjects *found)
{
    const bool marked = memchr(text.at, '?', text.length) != NULL;
    struct buf folded = BUF_INIT(2 * TEXT_MAX);

    found->count = 0;
    found->asks = marked;
    found->whole = true;
    if (text.length <= TEXT_MAX && text_fold(text, &folded) == 0) {
        struct span question = buf_span(&folded);
        const bool in_words = find_question(&question);
        struct span rest = question;

        found->asks |= in_words;
        if (found->asks || span_among(first_words, take_hash(&rest))) /* as little of what is said */
            find_subject(question, in_words, marked, own, found);
        if (found->count == 0 && question.length != folded.length)
            find_subject(buf_span(&folded), in_words, marked, own, found); /* "im sick, should i train" */
    }
    buf_release(&folded);
}

enum intention_kind subject_take(const struct command_index *commands, const struct subjects *found,
                                 struct intention *intention)
{
    if (found->count == 0)
        return INTENTION_TALK;
    memcpy(intention->said, found->commands[0], sizeof(intention->said));
    intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    if (intention->command == NULL)
        return INTENTION_TALK;
    return found->count == 1 ? INTENTION_COMMAND : INTENTION_CHOICE;
}

bool subject_read_whole(const struct command_index *commands, const struct exercise_names *own,
                        struct intention *intention)
{
    struct subjects found;

    if (!subject_asks(intention->text))
        return false;
    subject_find(intention->text, own, &found);
    return found.whole && subject_take(commands, &found, intention) == INTENTION_COMMAND;
}
