/*
 * From what was typed to what it wants of us.
 */
#include "bot/chat/read.h"

#include <stdio.h>
#include <string.h>

#include "bot/chat/address.h"
#include "bot/chat/clause.h"
#include "bot/chat/correction.h"
#include "bot/chat/fact.h"
#include "bot/chat/filler.h"
#include "bot/chat/planned.h"
#include "bot/chat/sets.h"
#include "bot/chat/subject.h"
#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/scan.h"
#include "core/text/fold.h"

enum { TWO_MAX = 80, CLAUSES_MAX = 120 };

static struct span first_word(struct span text)
{
    struct span word = {text.at, 0};

    while (word.length < text.length && !ascii_is_space(text.at[word.length]))
        word.length++;
    return word;
}

/* "squat pr", "bench history": the command that the last word is, about the exercise that stands before. */
static const struct command *behind_name(const struct command_index *commands, struct span text,
                                         const struct reading_options *options, struct span *arguments)
{
    const struct command *command;
    struct span word, rest;

    if (text.length == 0 || ascii_is_digit(text.at[text.length - 1]))
        return NULL; /* as sets do */
    text = command_wanted(text);
    word = (struct span){text.at + text.length, 0};
    while (word.length < text.length && !ascii_is_space(word.at[-1]))
        word = (struct span){word.at - 1, word.length + 1};
    command = word.length < text.length ? command_find(commands, word, &rest) : NULL;
    *arguments = (struct span){text.at, text.length - word.length};
    return command != NULL && command->after_name && exercise_find_exact(options->own, *arguments) != NULL ? command
                                                                                                           : NULL;
}

/* The command that TEXT is, with its ARGUMENTS, when sets are told from commands; NULL. MEANT: it is for us. READING is
 * overwritten. */
static const struct command *find_command(const struct command_index *commands, struct span text, bool meant,
                                          const struct reading_options *options, struct reading *reading,
                                          struct span *arguments)
{
    const struct command *command = command_find(commands, text, arguments);

    if (command == NULL && meant)
        return behind_name(commands, text, options, arguments);
    if (command == NULL ||
        (!command->takes_sets && (!meant || sets_not_command(command, text, *arguments, options, reading))))
        return NULL;
    if ((command->takes_sets || command->takes_pieces) && !sets_go_on(command, *arguments, meant, options, reading))
        return NULL;
    if (command->asked != NULL && memchr(text.at, '?', text.length) != NULL)
        return command_find(commands, span_of(command->asked), arguments); /* "one more?" books nothing */
    return command;
}

/* "one more?"; "is my knee better" asks of oneself without a mark, too. */
static bool is_asked(const struct command *command, struct span text)
{
    return command->group == COMMAND_ABOUT_YOU ? subject_asks(text) : memchr(text.at, '?', text.length) != NULL;
}

/* The command that TEXT, which has WORDS, is in other words than its own; NULL. SAID holds PHRASE_SIZE bytes, ARGUMENTS
 * are in it. */
static const struct command *by_words(const struct command_index *commands, struct span text,
                                      const struct phrase_words *words, const struct reading_options *options,
                                      struct reading *reading, char *said, struct span *arguments)
{
    const struct command *command = NULL;

    if (phrase_read(words, options->own, said))
        command = command_find(commands, span_of(said), arguments);
    if (command != NULL && command->asked != NULL && is_asked(command, text))
        command = command_find(commands, span_of(command->asked), arguments);
    if (command != NULL && command->takes_pieces && !sets_go_on(command, *arguments, true, options, reading))
        return NULL;
    return command;
}

/* The same, or what it tells of who writes. */
static const struct command *in_other_words(const struct command_index *commands, struct span text,
                                            const struct phrase_words *words, const struct reading_options *options,
                                            struct reading *reading, char *said, struct span *arguments)
{
    const struct command *command = by_words(commands, text, words, options, reading, said, arguments);

    return command != NULL ? command : fact_find(commands, text, options->own, FACT_AMONG, said, arguments);
}

/* The same in others or, if it isn't, in its own words: ARGUMENTS may be in SAID. */
static const struct command *in_any_words(const struct command_index *commands, struct span text,
                                          const struct reading_options *options, struct reading *reading, char *said,
                                          struct span *arguments)
{
    const struct command *command, *fact;
    struct phrase_words words;

    phrase_take(&words, text);
    command = by_words(commands, text, &words, options, reading, said, arguments);
    if (command != NULL)
        return command;
    command = command_find(commands, text, arguments);
    if (command != NULL && command->group != COMMAND_ABOUT_YOU)
        return command;
    fact = fact_find(commands, text, options->own, FACT_AMONG, said, arguments); /* "slept like 6h" */
    return fact != NULL ? fact : command;
}

static bool names_weight(struct span text)
{
    return text.length != 0 && strchr("wWgG", text.at[0]) != NULL;
}

/* The value of who writes that TEXT says: what it is of; NULL. */
static const struct command *find_value(const struct command_index *commands, struct span text,
                                        const struct reading_options *options, struct reading *reading, char *said,
                                        struct span *arguments)
{
    const struct command *command = in_any_words(commands, text, options, reading, said, arguments);

    return command != NULL && command->group == COMMAND_ABOUT_YOU && arguments->length != 0 ? command : NULL;
}

/* "kg, slept 7 h": the unit is of the number before. */
static bool begins_with_unit(struct span text, struct buf *scratch)
{
    struct word_meaning meaning;

    buf_clear(scratch);
    if (text_fold(first_word(text), scratch) != 0)
        return true;
    notation_word(buf_span(scratch), &meaning);
    return meaning.word == WORD_UNIT || meaning.word == WORD_SECONDS || meaning.word == WORD_MINUTES;
}

/* "slept 7h, bw 82", "bw 82 stress high": what somebody says of themselves, twice, each a value of its own; or, behind
 * a sign, what they did: "slept 7h, bench 80x8". What stands behind the first is read by itself. */
static bool find_two(const struct command_index *commands, const struct reading_options *options,
                     struct reading *reading, struct intention *intention)
{
    struct span text = intention->text, arguments;
    char said[PHRASE_SIZE];

    if (text.length > TWO_MAX)
        return false;
    for (size_t i = 1; i + 1 < text.length; i++) {
        const struct span first = clause_without_and((struct span){text.at, i}), second = chat_skip(text, i);
        const struct command *other;
        bool sets;

        if (!ascii_is_space(text.at[i]) || begins_with_unit(second, &reading->folded))
            continue;
        other = find_value(commands, second, options, reading, said, &arguments);
        sets = other == NULL && first.length != i && sets_are_whole(second, options, reading);
        if (other == NULL && !sets)
            continue;
        intention->command = find_value(commands, first, options, reading, intention->said, &intention->arguments);
        if (intention->command != NULL && intention->command != other) {
            intention->more = second;
            return true;
        }
    }
    return false;
}

/* Whether CLAUSE says a value of who writes: "slept 7 hours", "goal is strength"; "weight 80" may be the bar's. */
static bool says_value(const struct command_index *commands, const struct reading_options *options, struct span clause,
                       struct reading *reading, struct intention *intention)
{
    struct span rest = clause;
    bool denies = false, begun = false;

    do {
        intention->said[0] = '\0';
        intention->command = in_any_words(commands, rest, options, reading, intention->said, &intention->arguments);
        if (intention->command != NULL && intention->command->group == COMMAND_ABOUT_YOU &&
            intention->arguments.length != 0 &&
            (intention->said[0] != '\0' || (span_has_digit(intention->arguments) && !names_weight(rest))))
            return true;
        begun = filler_take_front(&rest, &denies);
    } while (begun && !denies);
    return false;
}

/* The same, unless it says no more than what was TOLD: "shoulder's fine now, no pain anymore". */
static bool says_more(const struct command_index *commands, const struct reading_options *options, struct span clause,
                      const struct command *told, struct reading *reading, struct intention *intention)
{
    return says_value(commands, options, clause, reading, intention) &&
           !(intention->command == told && span_is(intention->arguments, "none"));
}

/* "slept 6h bw 82, bench 80x8": CLAUSE says two values, and SETS stand behind it. What is behind the first is read by
 * itself. */
static bool find_two_and_sets(const struct command_index *commands, const struct reading_options *options,
                              struct span clause, struct span sets, struct reading *reading,
                              struct intention *intention)
{
    const struct span text = intention->text;
    const char *const end = sets.at + sets.length;
    bool found;

    if (!sets_are_whole(sets, options, reading))
        return false;
    intention->text = clause_without_and(clause);
    found = find_two(commands, options, reading, intention);
    intention->text = text;
    if (found)
        intention->more.length = (size_t)(end - intention->more.at);
    return found;
}

/* Whether CLAUSE, which says no value, leaves those beside it what they are: those to come where it is LEADING. */
static bool may_stand_beside(struct span clause, bool leading, struct buf *scratch)
{
    return leading ? clause_is_own(clause, scratch) : !span_has_digit(clause) || clause_is_age(clause);
}

/* "slept 7 hours, no pain", "I'm 67 and been lifting for 15 years", "been lifting 4 years, goal is strength": the
 * clauses that say a value, two at most, among such as say none; sets may follow the first. */
static bool find_clauses(const struct command_index *commands, const struct reading_options *options,
                         struct reading *reading, struct intention *intention)
{
    struct span text = intention->text, clause, first = {text.at, 0}, second = first;
    const char *const end = text.at + text.length;
    const struct command *told = NULL; /* what the first value is of */

    if (text.length > CLAUSES_MAX || memchr(text.at, '?', text.length) != NULL)
        return false;
    while (clause_next(&text, &clause)) {
        const struct span rest = {clause.at, (size_t)(end - clause.at)};
        bool value;

        if (first.length != 0 && second.length == 0 && sets_are_whole(rest, options, reading)) {
            second = rest;
            break;
        }
        if (first.length == 0 && find_two_and_sets(commands, options, clause, text, reading, intention))
            return true;
        value = says_more(commands, options, clause, told, reading, intention);
        if (value && second.length != 0)
            return false;
        if (value) {
            told = intention->command;
            *(first.length == 0 ? &first : &second) = clause;
        } else if (!may_stand_beside(clause, first.length == 0, &reading->folded)) {
            return false;
        }
    }
    intention->more = second;
    return first.length != 0 && says_value(commands, options, first, reading, intention);
}

/* What a text of several clauses holds besides talk. */
struct clauses {
    struct span front, end; /* what is polite in front, and at the end */
    struct span wanted;     /* what is a command */
    int commands;
};

/* The command that CLAUSE is; NULL. Nothing is booked by what stands among talk. */
static const struct command *in_clause(const struct command_index *commands, const struct reading_options *options,
                                       struct span clause, struct reading *reading, struct intention *intention)
{
    const struct command *command;

    intention->said[0] = '\0';
    command = in_any_words(commands, clause, options, reading, intention->said, &intention->arguments);
    if (command == NULL || command->takes_pieces || command->takes_sets || command->group == COMMAND_LOGGING ||
        command->group == COMMAND_ROOM)
        return NULL;
    return command->free_text && intention->arguments.length != 0 ? NULL : command;
}

/* CLAUSE, which is COMMAND or talk, is the next one. */
static void add_clause(struct clauses *found, struct span clause, const struct command *command)
{
    const bool polite = command != NULL && command->polite;

    if (polite && clause.at == found->front.at)
        found->front = clause;
    found->end = (struct span){clause.at, polite ? clause.length : 0};
    if (command != NULL && !polite && found->commands++ == 0)
        found->wanted = clause;
}

/* "hi there, leg day", "gonna grab a shake, later man", "that's it for today, thanks": the command that is said beside
 * what is polite, else that. */
static bool find_polite(const struct command_index *commands, const struct reading_options *options,
                        struct reading *reading, struct intention *intention)
{
    struct span text = intention->text, clause;
    struct clauses found = {{text.at, 0}, {text.at, 0}, {text.at, 0}, 0};

    if (text.length > CLAUSES_MAX || span_has_digit(text))
        return false;
    while (clause_next(&text, &clause)) {
        if (clause.length == intention->text.length)
            return false; /* it was looked at as a whole */
        add_clause(&found, clause, in_clause(commands, options, clause, reading, intention));
    }
    if (found.front.length + found.end.length == 0 || found.commands > 1)
        return false;
    clause = found.commands != 0 ? found.wanted : found.end.length != 0 ? found.end : found.front;
    intention->command = in_clause(commands, options, clause, reading, intention);
    return intention->command != NULL;
}

/* What is no command as it stands, and no sets, but meant for us. WORDS are those of its text. */
static bool find_otherwise(const struct command_index *commands, const struct reading_options *options,
                           const struct phrase_words *words, struct reading *reading, struct intention *intention)
{
    const struct span text = intention->text;
    const bool tells = words->text.length != 0 && memchr(text.at, '?', text.length) == NULL;
    bool few = false;

    if (tells && (correction_of_each(commands, options->own, words, intention) ||
                  correction_of_either(commands, words, intention) ||
                  correction_of_last(commands, options->own, words, intention, &few) ||
                  correction_how_much(commands, options->own, words, intention)))
        return true;
    intention->command = by_words(commands, text, words, options, reading, intention->said, &intention->arguments);
    return intention->command != NULL ||
           (scan_count_numbers(text) == 2 && find_two(commands, options, reading, intention)) ||
           (tells && correction_of_other(commands, options->own, words, few, intention));
}

/* Whether ARGUMENTS begin with an exercise: what stands before the first number or sign. */
static bool name_exercise(struct span arguments, const struct reading_options *options)
{
    struct span name = {arguments.at, 0};

    while (name.length < arguments.length &&
           (!ascii_is_space(arguments.at[name.length]) || name.length + 1 == arguments.length ||
            strchr("0123456789@+-x", arguments.at[name.length + 1]) == NULL))
        name.length++;
    return exercise_find_exact(options->own, name) != NULL;
}

/* "how much volume this week", "last one to failure", "gewicht heute 84": though INTENTION has a command, it is another
 * one, or the same in other words. */
static void say_otherwise(const struct command_index *commands, const struct reading_options *options,
                          struct reading *reading, struct intention *intention)
{
    const bool about_you = intention->command->group == COMMAND_ABOUT_YOU;
    struct intention as_it_stands;
    struct phrase_words words;

    if (span_is(span_of(intention->command->name), "fix") && intention->arguments.length != 0) {
        as_it_stands = *intention;
        phrase_take(&words, intention->arguments); /* "wait no the second one was @2" */
        if (!correction_of_nth(commands, options->own, &words, intention))
            *intention = as_it_stands;
        return;
    }
    if (!(intention->command->may_be_other || about_you) || intention->arguments.length == 0 ||
        name_exercise(intention->arguments, options))
        return;
    as_it_stands = *intention;
    if (about_you && find_two(commands, options, reading, intention))
        return;
    phrase_take(&words, intention->text);
    if (about_you)
        intention->command =
            in_other_words(commands, intention->text, &words, options, reading, intention->said, &intention->arguments);
    else if (!find_otherwise(commands, options, &words, reading, intention) &&
             !subject_read_whole(commands, options->own, intention))
        intention->command = NULL;
    if (intention->command == NULL)
        *intention = as_it_stands;
}

/* All but the bytes of `said`, which are many. */
static void intention_init(struct intention *intention, struct span text)
{
    intention->kind = INTENTION_NONE;
    intention->command = NULL;
    intention->arguments = intention->more = (struct span){text.at, 0};
    intention->answer = -1;
    intention->text = text;
    intention->said[0] = '\0';
}

/* What TEXT wants as it stands, where it begins with no command. Other words for one, which are in WORDS then, count
 * where it is CALLED: meant for us, or named as a command is. */
static enum intention_kind read_words(const struct command_index *commands, const struct reading_options *options,
                                      bool called, struct span text, struct phrase_words *words,
                                      struct reading *reading, struct intention *intention)
{
    reading_read(reading, text, options);
    if (reading->kind != READING_TALK && correction_may_take_back(text)) {
        phrase_take(words, text);
        if (correction_takes_back(commands, options->own, words, intention))
            return called ? INTENTION_COMMAND : INTENTION_TALK;
    }
    if (called && reading->kind == READING_QUESTION && reading->about == ABOUT_EXERCISE) {
        phrase_take(words, text);
        if (correction_of_nth(commands, options->own, words, intention) ||
            correction_retold(commands, words, intention))
            return INTENTION_COMMAND;
    }
    if (reading->kind != READING_TALK)
        return INTENTION_READING;
    if (!called)
        return INTENTION_TALK;
    phrase_take(words, text);
    return find_otherwise(commands, options, words, reading, intention) ? INTENTION_COMMAND : INTENTION_TALK;
}

/* What TEXT, which has SEVERAL clauses or not, tells of who writes: their plan, two things, or one. */
static bool find_facts(const struct command_index *commands, const struct reading_options *options, struct span text,
                       bool several, struct reading *reading, struct intention *intention)
{
    char said[PHRASE_SIZE];
    struct span arguments;
    const struct command *one, *second;

    if (planned_in_words(commands, options, intention))
        return true;
    one = fact_find(commands, text, options->own, FACT_ALONE, said, &arguments);
    /* "knee stings, pain 1" is one all the same */
    if (several && find_clauses(commands, options, reading, intention) && intention->more.length != 0) {
        second = in_any_words(commands, intention->more, options, reading, said, &arguments);
        if (one == NULL || second != one || second != intention->command)
            return true;
    }
    intention_init(intention, text);
    if (one != NULL && !find_two(commands, options, reading, intention)) {
        intention_init(intention, text);
        intention->command =
            fact_find(commands, text, options->own, FACT_ALONE, intention->said, &intention->arguments);
    }
    return one != NULL;
}

/* What is no command as a whole: one beside what is polite, one with words between, or what is asked for. A greeting
 * comes last where something is asked. */
static enum intention_kind read_loosely(const struct command_index *commands, const struct reading_options *options,
                                        const struct phrase_words *words, struct reading *reading,
                                        struct intention *intention)
{
    const struct span text = intention->text;
    enum intention_kind kind;
    struct subjects asked;

    intention_init(intention, text);
    if (correction_retold(commands, words, intention))
        return INTENTION_COMMAND;
    subject_find(text, options->own, &asked);
    if (find_polite(commands, options, reading, intention) && !(intention->command->polite && asked.asks))
        return INTENTION_COMMAND;
    intention_init(intention, text);
    if (phrase_read_between(words, options->own, intention->said))
        intention->command = command_find(commands, span_of(intention->said), &intention->arguments);
    kind = intention->command != NULL ? INTENTION_COMMAND : subject_take(commands, &asked, intention);
    if (kind != INTENTION_TALK || !asked.asks)
        return kind;
    return find_polite(commands, options, reading, intention) ? INTENTION_COMMAND : INTENTION_TALK;
}

/* What TEXT wants that is meant for us, as it stands. */
static enum intention_kind read_meant(const struct command_index *commands, const struct reading_options *options,
                                      struct span text, struct reading *reading, struct intention *intention)
{
    struct phrase_words words;
    enum intention_kind kind;

    intention_init(intention, text);
    intention->command = find_command(commands, text, true, options, reading, &intention->arguments);
    if (intention->command != NULL) {
        say_otherwise(commands, options, reading, intention);
        return INTENTION_COMMAND;
    }
    kind = read_words(commands, options, true, text, &words, reading, intention);
    if (kind == INTENTION_TALK && find_facts(commands, options, text, clause_are_several(text), reading, intention))
        return INTENTION_COMMAND;
    return kind;
}

/* "that was 82.5", "dips were 27.5" */
static bool corrects(const struct intention *intention)
{
    return intention->command != NULL &&
           (intention->command->takes_pieces || span_starts(span_of(intention->said), "fix "));
}

/* "same" of "lol same", "ok" of "ach so ok": no more than a word of a command that may agree with somebody, which it
 * does where what stood beside it wasn't plain. */
static bool may_agree(const struct intention *intention)
{
    return intention->command != NULL && intention->command->agrees &&
           memchr(intention->text.at, ' ', intention->text.length) == NULL;
}

/* "oh wait that was 82.5": without the words in front that say nothing, one by one. Behind a "no" or an "i guess"
 * stands a correction, or nothing that was done. */
static enum intention_kind read_behind_fillers(const struct command_index *commands,
                                               const struct reading_options *options, struct span text, bool plain,
                                               struct reading *reading, struct intention *intention)
{
    const char *begin = text.at;
    enum intention_kind kind = INTENTION_TALK;
    bool unsure = false;

    while (kind == INTENTION_TALK && filler_take_front(&text, &unsure)) {
        plain &= filler_is_plain((struct span){begin, (size_t)(text.at - begin)});
        begin = text.at;
        kind = read_meant(commands, options, text, reading, intention);
        if (!plain && kind == INTENTION_COMMAND && may_agree(intention))
            kind = INTENTION_TALK;
        if (unsure && (kind == INTENTION_READING || !corrects(intention)))
            kind = INTENTION_TALK;
        if (kind == INTENTION_TALK)
            reading->kind = READING_TALK;
    }
    return kind;
}

/* The same without those behind, too: "ok, weighed 82 this morning". */
static enum intention_kind read_without_fillers(const struct command_index *commands,
                                                const struct reading_options *options, struct span text,
                                                struct reading *reading, struct intention *intention)
{
    const char *end = text.at + text.length;
    enum intention_kind kind;
    bool plain = true;

    if (memchr(text.at, '?', text.length) != NULL)
        return INTENTION_TALK;
    kind = read_behind_fillers(commands, options, text, true, reading, intention);
    while (kind == INTENTION_TALK && filler_take_back(&text)) {
        const char *const behind = text.at + text.length;

        plain &= filler_is_plain((struct span){behind, (size_t)(end - behind)});
        end = behind;
        kind = read_meant(commands, options, text, reading, intention);
        if (!plain && kind == INTENTION_COMMAND && may_agree(intention))
            kind = INTENTION_TALK;
        if (kind == INTENTION_TALK)
            kind = read_behind_fillers(commands, options, text, plain, reading, intention);
    }
    return kind;
}

/* "that was 82.5, heavier today": a correction, and what is told beside it; "5 sets done, dead" is told of a day. */
static enum intention_kind read_commented(const struct command_index *commands, const struct reading_options *options,
                                          struct span text, struct reading *reading, struct intention *intention)
{
    struct buf scratch = BUF_INIT(4 * CLAUSES_MAX);
    enum intention_kind kind = INTENTION_TALK;

    if (text.length <= CLAUSES_MAX && memchr(text.at, '?', text.length) == NULL &&
        clause_take_comment(&text, options->own, &scratch) && !correction_counts_sets(text, &scratch)) {
        kind = read_meant(commands, options, text, reading, intention);
        if (kind == INTENTION_TALK)
            kind = read_behind_fillers(commands, options, text, true, reading, intention);
        if (kind == INTENTION_READING || !corrects(intention) || intention->command->stands_alone)
            kind = INTENTION_TALK;
    }
    buf_release(&scratch);
    if (kind == INTENTION_TALK)
        reading->kind = READING_TALK;
    return kind;
}

/* "oh and bw 96", "weighed in at 13 stone 4": READING is a set of an exercise that nobody knows, unless it is a fact of
 * who writes, or a value of theirs stands behind what says nothing; of sets that nobody can tell, a plan. */
static bool tells_value(const struct command_index *commands, const struct reading_options *options, struct span text,
                        struct reading *reading, struct intention *intention)
{
    struct span rest = text;
    bool denies = false;

    if (reading->kind == READING_QUESTION && planned_in_words(commands, options, intention))
        return true;
    if (reading->kind != READING_QUESTION || reading->about != ABOUT_EXERCISE)
        return false;
    intention->command = fact_find(commands, text, options->own, FACT_AMONG, intention->said, &intention->arguments);
    if (intention->command != NULL && intention->arguments.length != 0)
        return true;
    if (filler_take_front(&rest, &denies) && !denies && says_value(commands, options, rest, reading, intention))
        return true;
    intention_init(intention, text);
    reading_read(reading, text, options);
    return false;
}

/* What TEXT wants, where it is no command as it stands. A NAMED command that isn't known: in a room a "!roll" may be
 * meant for another bot. */
static enum intention_kind read_no_command(const struct command_index *commands, const struct reading_options *options,
                                           bool meant, bool named, struct span text, struct reading *reading,
                                           struct intention *intention)
{
    struct phrase_words words;
    enum intention_kind kind = read_words(commands, options, meant || named, text, &words, reading, intention);
    bool several;

    if (kind == INTENTION_READING && meant && tells_value(commands, options, text, reading, intention))
        return INTENTION_COMMAND;
    if (kind != INTENTION_TALK)
        return kind;
    if (!meant || named)
        return meant ? INTENTION_UNKNOWN : INTENTION_NONE;
    several = clause_are_several(text);
    if (find_facts(commands, options, text, several, reading, intention))
        return INTENTION_COMMAND;
    kind = read_without_fillers(commands, options, text, reading, intention);
    if (kind == INTENTION_TALK && several)
        kind = read_commented(commands, options, text, reading, intention);
    if (kind != INTENTION_TALK)
        return kind;
    intention_init(intention, text);
    if (several && find_clauses(commands, options, reading, intention))
        return INTENTION_COMMAND;
    return read_loosely(commands, options, &words, reading, intention);
}

/* "weiter mit bankdrücken 80x8": the sets behind. */
static void skip_next(const struct reading_options *options, struct reading *reading, struct span *text)
{
    struct span rest = *text;

    if (!filler_take_next(&rest))
        return;
    reading_read(reading, rest, options);
    if (reading->kind == READING_SETS || (reading->kind == READING_QUESTION && reading->about != ABOUT_EXERCISE))
        *text = rest;
}

void chat_read(const struct command_index *commands, const struct hearing *hearing, struct span text,
               const struct reading_options *options, struct reading *reading, struct intention *intention)
{
    bool bang;
    bool meant = chat_take_address(&text, hearing->name, &bang) || hearing->direct || hearing->addressed;

    skip_next(options, reading, &text);
    intention_init(intention, text);
    if (hearing->waiting && (intention->answer = chat_answer(text, hearing->choices)) >= 0) {
        intention->kind = INTENTION_ANSWER;
        return;
    }
    if (meant && !bang && text.length > 1 && text.at[0] == '/')
        text = chat_skip(text, 1);
    intention->command = find_command(commands, text, meant || bang, options, reading, &intention->arguments);
    if (intention->command != NULL) {
        intention->kind = INTENTION_COMMAND;
        say_otherwise(commands, options, reading, intention);
        return;
    }
    intention->kind = read_no_command(commands, options, meant, bang, text, reading, intention);
    if (intention->kind == INTENTION_UNKNOWN)
        intention->arguments = first_word(text);
}
