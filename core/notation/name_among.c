/*
 * An exercise's name among words that say how, where or when it was done: "paused bench", "then bench", "face pull on
 * the other one". They become marks or a note, or say nothing.
 */
#include <stdio.h>

#include "core/notation/more.h"
#include "core/notation/shape.h"

enum { DEADLIFT_LEAST = 60 }; /* nobody pulls less */

/* "paused bench", "assisted pull-ups": words before a name that say how it was done. They become marks. */
static const char *find_without_manner(struct parser *parser, enum strength strength)
{
    struct item *item = &parser->item;
    const struct marks lead = item->lead;
    const uint8_t mode = item->mode;
    size_t first = item->name.first;
    const char *id = NULL;

    for (; first < item->name.last && id == NULL; first++) {
        const struct token *word = &parser->tokens.at[first];

        if (token_is_word(word, WORD_ASSISTED))
            item->mode = LOAD_ASSISTED;
        else if (token_is_word(word, WORD_WEIGHTED))
            item->mode = LOAD_ADDED;
        else if (token_is_word(word, WORD_BODYWEIGHT))
            item->mode = LOAD_BODYWEIGHT;
        else if (token_is_word(word, WORD_CHEAT))
            item->lead.cheat = true;
        else if (token_is_word(word, WORD_PAUSE) || token_is_word(word, WORD_TEMPO) ||
                 (token_is_word(word, WORD_NOTE) && strength == STRENGTH_FULL))
            notation_note(item->lead.note, notation_raw(parser, word->at, word->length));
        else
            break;
        id = exercise_find_folded(parser->options->own, notation_words(parser, first + 1, item->name.last));
    }
    if (id == NULL) { /* "hip thrust auf der couch": a part of the name */
        item->lead = lead;
        item->mode = mode;
    }
    return id;
}

static bool idle(const struct parser *parser, const struct token *word)
{
    return notation_says_ok(parser, word) || notation_says_next(parser, word) || token_has(word, TRAIT_CHATTER) ||
           token_has(word, TRAIT_LEAD);
}

/* "ok bench", "then bench", "last set bench", "and finally bench", "started with bench": words before a name that say
 * nothing. */
static const char *find_without_chatter(struct parser *parser)
{
    static const bool chatter[WORD_COMMAND + 1] = {
        [WORD_AND] = true, [WORD_FILLER] = true, [WORD_LAST] = true, [WORD_SETS] = true, [WORD_THE] = true,
        [WORD_ON] = true,  [WORD_FOR] = true,    [WORD_A] = true,    [WORD_AT] = true,
    };
    static const bool behind[WORD_COMMAND + 1] = {[WORD_UP] = true, [WORD_WITH] = true, [WORD_TO] = true};
    const struct item_name *name = &parser->item.name;

    for (size_t first = name->first; first < name->last; first++) {
        const struct token *word = &parser->tokens.at[first];
        const char *id;

        if (word->kind != TOKEN_WORD ||
            !(chatter[word->word] || idle(parser, word) || (first != name->first && behind[word->word])))
            return NULL;
        id = exercise_find_folded(parser->options->own, notation_words(parser, first + 1, name->last));
        if (id != NULL)
            return id;
    }
    return NULL;
}

/* "bench felt good: 80x8", "bench today was 80x8": words behind a name that tell how it was. */
static const char *find_without_report(struct parser *parser)
{
    static const bool report[WORD_COMMAND + 1] = {
        [WORD_NOTE] = true, [WORD_GOOD] = true, [WORD_WENT] = true, [WORD_FILLER] = true,
        [WORD_LAST] = true, [WORD_FEEL] = true, [WORD_SETS] = true, [WORD_PAUSE] = true,
    };
    struct item *item = &parser->item;

    for (size_t last = item->name.last; last > item->name.first; last--) {
        const struct token *word = &parser->tokens.at[last];
        const char *id;

        if (word->kind != TOKEN_WORD || !(report[word->word] || token_has(word, TRAIT_ONLY)))
            return NULL;
        id = exercise_find_folded(parser->options->own, notation_words(parser, item->name.first, last - 1));
        if (id == NULL)
            continue;
        if (last != item->name.last || !token_has(word, TRAIT_AROUND | TRAIT_ONLY)) /* "was", "exactly" alone */
            notation_note(item->lead.note,
                          notation_raw(parser, word->at,
                                       (size_t)(parser->tokens.at[item->name.last].at +
                                                parser->tokens.at[item->name.last].length - word->at)));
        return id;
    }
    return NULL;
}

/* "squats then. 135x5", "bench next: 80x8": words behind a name that say no more than that it comes now. */
static const char *find_before_now(const struct parser *parser)
{
    const struct item_name *name = &parser->item.name;

    for (size_t last = name->last; last > name->first; last--) {
        const struct token *word = &parser->tokens.at[last];
        const char *id;

        if (word->kind != TOKEN_WORD || !(token_has(word, TRAIT_THEN) || token_reads(parser, word, "next") ||
                                          token_reads(parser, word, "first") || token_reads(parser, word, "zuerst")))
            return NULL;
        id = exercise_find_folded(parser->options->own, notation_words(parser, name->first, last - 1));
        if (id != NULL)
            return id;
    }
    return NULL;
}

/* "Klimmzüge assistiert" */
static const char *find_before_manner(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct token *last = &parser->tokens.at[item->name.last];
    bool assisted = token_is_word(last, WORD_ASSISTED);
    const char *id;

    if (item->name.last == item->name.first || !(assisted || token_is_word(last, WORD_WEIGHTED)))
        return NULL;
    id = exercise_find_folded(parser->options->own, notation_words(parser, item->name.first, item->name.last - 1));
    if (id != NULL)
        item->mode = assisted ? LOAD_ASSISTED : LOAD_ADDED;
    return id;
}

/* "with", "ohne" */
static bool leads_gear(const struct token *word)
{
    return token_is_word(word, WORD_WITH) || token_is_word(word, WORD_WITHOUT) || token_is_word(word, WORD_NOT);
}

size_t notation_gear(const struct parser *parser)
{
    static const char *const gear[] = {"belt",     "guertel", "gurtel",     "gurt",        "straps",       "zughilfen",
                                       "zughilfe", "wraps",   "sleeves",    "bandagen",    "chalk",        "magnesium",
                                       "magnesia", "gloves",  "handschuhe", "handschuhen", "kniebandagen", "lifters"};
    const struct item_name *name = &parser->item.name;
    size_t with = name->first + 1;

    while (with < name->last && !leads_gear(&parser->tokens.at[with]))
        with++;
    if (with >= name->last)
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(gear); i++)
        if (token_reads(parser, &parser->tokens.at[name->last], gear[i]))
            return name->last + 1 - with;
    return 0;
}

const char *notation_name_with_gear(struct parser *parser, const char *id)
{
    struct item *item = &parser->item;
    const size_t gear = notation_gear(parser), first = item->name.last + 1 - gear;

    if (id != NULL && gear != 0)
        notation_note(item->lead.note, notation_raw(parser, parser->tokens.at[first].at,
                                                    notation_words(parser, first, item->name.last).length));
    return id;
}

size_t notation_again_words(const struct parser *parser, const struct token *word)
{
    const bool still = token_reads(parser, word, "noch");
    size_t words = 2;

    if (token_has(word, TRAIT_MEANT))
        return (token_reads(parser, word, "instead") && !token_is_word(&word[1], WORD_OF)) ||
               token_reads(parser, word, "stattdessen");
    if (!token_has(word, TRAIT_AGAIN | TRAIT_ABOUT | TRAIT_LEAD))
        return 0;
    if (token_has(word, TRAIT_AGAIN))
        return 1;
    if (still && (token_is_word(&word[1], WORD_BY) || token_reads(parser, &word[1], "einmal")))
        return words;
    if (token_reads(parser, word, "another"))
        words = 1 + (size_t)token_reads(parser, &word[1], "one");
    else if (!(still && token_is_word(&word[1], WORD_A)) &&
             !(token_reads(parser, word, "one") && token_has(&word[1], TRAIT_MORE)))
        return 0;
    return words + token_is_word(&word[words], WORD_SETS);
}

size_t notation_end_before_manner(const struct parser *parser, size_t first, size_t end)
{
    for (size_t at = first + 1; at < end; at++) {
        const struct token *word = &parser->tokens.at[at];

        if (notation_again_words(parser, word) != 0 ||
            (token_is_word(word, WORD_TO) && notation_to_the_end(parser, word) != 0) ||
            (word->length == strlen("as") && notation_as_many(parser, word) != 0))
            return at;
    }
    return end;
}

/* WORD, of exercises' names, is what KNOWN is done with: the machine, a band that helps. */
static bool is_used(const struct parser *parser, const struct token *word, const struct exercise *known)
{
    if (known == NULL)
        return false;
    if (known->bodyweight)
        return token_reads(parser, word, "band");
    return (known->equipment == EQUIPMENT_MACHINE || known->equipment == EQUIPMENT_CABLE) && word->argument == HELD;
}

/* Whether COUNT words from AT on tell where a set was done, or WITH whom or what, and nothing that a name does. */
static bool tells_place(const struct parser *parser, size_t at, size_t count, const struct exercise *known)
{
    const struct token *words = &parser->tokens.at[at];
    const bool with = leads_gear(&words[-1]);

    if (!with && !token_is_word(&words[0], WORD_THE) && !token_has(&words[0], TRAIT_MINE))
        return false;
    for (size_t i = with ? 0 : 1; i < count; i++)
        if (words[i].kind != TOKEN_WORD || token_is_word(&words[i], WORD_STOP) ||
            (words[i].word == WORD_OTHER && exercise_word(token_text(parser, &words[i])) &&
             !is_used(parser, &words[i], known)))
            return false;
    return with || count > 1;
}

/* "face pull on the other one", "Latzug an der neuen Maschine" */
static const char *find_before_place(struct parser *parser)
{
    static const char *const prepositions[] = {"on",  "at", "with", "an",   "am",      "auf", "bei",
                                               "mit", "in", "im",   "ohne", "without", "no",  "holding"};
    struct item *item = &parser->item;

    for (size_t at = item->name.last; at-- > item->name.first + 1;) {
        const struct token *word = &parser->tokens.at[at];
        const char *id = NULL;

        for (size_t i = 0; i < ARRAY_LENGTH(prepositions) && id == NULL; i++)
            if (token_reads(parser, word, prepositions[i]))
                id = exercise_find_folded(parser->options->own, notation_words(parser, item->name.first, at - 1));
        if (id == NULL || !tells_place(parser, at + 1, item->name.last - at, catalogue_by_id(id)))
            continue;
        notation_note(item->lead.note,
                      notation_raw(parser, word->at, notation_words(parser, at, item->name.last).length));
        return id;
    }
    return NULL;
}

/* "push ups on my knees", whose place begins at AT: the exercise that is called "push ups on knees"; NULL. */
static const char *find_at_place(const struct parser *parser, size_t at)
{
    const struct span name = notation_words(parser, parser->item.name.first, at);
    const struct span place = token_text(parser, &parser->tokens.at[parser->item.name.last]);
    char joined[64];
    int length = snprintf(joined, sizeof(joined), "%.*s %.*s", (int)name.length, name.at, (int)place.length, place.at);

    return length > 0 && (size_t)length < sizeof(joined) ? exercise_find_folded(parser->options->own, span_of(joined))
                                                         : NULL;
}

/* "ab wheel von den Knien 12", "push ups on my knees 12": whose place is known. */
static const char *find_before_known_place(struct parser *parser)
{
    struct item *item = &parser->item;

    for (size_t at = item->name.first + 1; at < item->name.last; at++) {
        const struct token *word = &parser->tokens.at[at];
        const char *id;

        if (at + notation_place(parser, word) != item->name.last + 1)
            continue;
        id = find_at_place(parser, at);
        if (id != NULL)
            return id;
        id = exercise_find_folded(parser->options->own, notation_words(parser, item->name.first, at - 1));
        if (id != NULL)
            notation_note(item->lead.note,
                          notation_raw(parser, word->at, notation_words(parser, at, item->name.last).length));
        return id;
    }
    return NULL;
}

/* "floor press both dbs" */
static const char *find_with_both(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct token *held = &parser->tokens.at[item->name.last];
    char name[64];
    struct span exercise;
    const char *id;

    if (item->name.last < item->name.first + 2 || held->argument != HELD_PAIR || !notation_is_held(held) ||
        (notation_meaning(token_text(parser, &held[-1])).says & SAYS_BOTH) == 0)
        return NULL;
    exercise = notation_words(parser, item->name.first, item->name.last - 2);
    if (exercise.length + held->length + 2 > sizeof(name))
        return NULL;
    snprintf(name, sizeof(name), "%.*s %.*s", (int)exercise.length, exercise.at, held->length,
             token_text(parser, held).at);
    id = exercise_find_folded(parser->options->own, span_of(name));
    item->each |= id != NULL;
    return id;
}

/* Whether WORD says nothing of others, of another time or of what isn't so. */
static bool is_of_now(const struct parser *parser, const struct token *word)
{
    const struct span text = token_text(parser, word);
    const struct word_meaning meaning = notation_meaning(text);

    return notation_tells(text, meaning) == 0 && (meaning.says & SAYS_OTHERS) == 0;
}

/* "Hast recht. Bank", "wed session. push press": a few words of a sentence that is over, and a name. "inc. bench" is
 * one name: what is shorter may be cut short. */
static const char *find_behind_stop(struct parser *parser)
{
    enum { WORDS_MOST = 3, LETTERS_LEAST = 4 };
    struct item_name *name = &parser->item.name;
    size_t stop = name->first;
    const char *id;

    while (stop < name->last && parser->tokens.at[stop].kind == TOKEN_WORD &&
           is_of_now(parser, &parser->tokens.at[stop]))
        stop++;
    if (stop >= name->last || stop == name->first || stop - name->first > WORDS_MOST ||
        !(token_is_sign(&parser->tokens.at[stop], '.') || token_is_sign(&parser->tokens.at[stop], '!')) ||
        !parser->tokens.at[stop + 1].space ||
        (stop == name->first + 1u && (parser->tokens.at[name->first].length < LETTERS_LEAST ||
                                      exercise_word(token_text(parser, &parser->tokens.at[name->first])))))
        return NULL;
    id = exercise_find_folded(parser->options->own, notation_words(parser, stop + 1, name->last));
    if (id != NULL)
        name->first = (uint16_t)(stop + 1);
    return id;
}

/* "l sit on the rings 12 seconds": so long is nothing done but what is held. */
static const char *find_held_at_place(struct parser *parser)
{
    struct item *item = &parser->item;
    char note[SET_NOTE_SIZE];
    const struct exercise *known;
    const char *id;

    if (item->product_count != 1 || item->products[0].count != 1 || item->noted ||
        item->terms[item->products[0].first].role != ROLE_TIME || item->terms[item->products[0].first].suffix_s)
        return NULL;
    memcpy(note, item->lead.note, sizeof(note));
    id = find_before_place(parser);
    known = id != NULL ? catalogue_by_id(id) : NULL;
    if (known != NULL && known->timed && known->bodyweight)
        return id;
    memcpy(item->lead.note, note, sizeof(note));
    return NULL;
}

/* Where a set stands for sure: words around the name that say when it is done, and how it was. */
static const char *find_of_set(struct parser *parser)
{
    const char *id = find_without_report(parser);

    return id != NULL ? id : find_before_now(parser);
}

/* The same of where it is done. */
static const char *find_at_some_place(struct parser *parser, enum strength strength)
{
    const bool told = strength == STRENGTH_FULL || parser->item.effort_count != 0 || parser->item.sided;
    const char *id = told ? find_before_place(parser) : NULL;

    return id == NULL && strength != STRENGTH_FULL ? find_held_at_place(parser) : id;
}

/* The exercise whose name stands among words that are none. */
const char *notation_name_among(struct parser *parser, enum strength strength)
{
    const char *id = strength != STRENGTH_NONE || parser->item.name.filler ? find_without_chatter(parser) : NULL;

    if (id == NULL && strength == STRENGTH_FULL)
        id = find_behind_stop(parser);
    if (id == NULL)
        id = find_without_manner(parser, strength);
    if (id == NULL)
        id = find_before_known_place(parser);
    if (id == NULL)
        id = find_with_both(parser);
    if (id == NULL)
        id = find_before_manner(parser);
    if (id == NULL && strength == STRENGTH_FULL)
        id = find_of_set(parser);
    return id != NULL ? id : find_at_some_place(parser, strength);
}

bool notation_says_deadlift(struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct product *last = &item->products[0];

    if (item->product_count != 1 || item->name.present || parser->exercise[0] != '\0' || last->count != 2 ||
        item->terms[last->first].value < DEADLIFT_LEAST || token_ahead(parser, 1)->kind != TOKEN_END ||
        !token_reads(parser, token_now(parser), "dead"))
        return false;
    return notation_fork(parser, ABOUT_OTHER, FORK_DEAD, 2, "Deadlift, or was it hard?") == 0;
}

void notation_in_pairs(struct parser *parser)
{
    const struct item_name *name = &parser->item.name;
    char paired[64];
    struct span words;
    const char *id;

    if (!name->present || parser->item.known == NULL || parser->item.known->equipment != EQUIPMENT_BARBELL)
        return;
    words = notation_words(parser, name->first, name->last);
    if (words.length + sizeof("dumbbell ") > sizeof(paired))
        return;
    snprintf(paired, sizeof(paired), "dumbbell %.*s", (int)words.length, words.at);
    id = exercise_find_folded(parser->options->own, span_of(paired));
    if (id != NULL)
        notation_set_exercise(parser, id);
}

bool notation_name_and_reps(const struct parser *parser)
{
    const struct item *item = &parser->item;

    for (size_t i = 0; i < item->product_count; i++)
        if (item->products[i].count != 1 || item->terms[item->products[i].first].role > ROLE_LOAD ||
            item->terms[item->products[i].first].value >
                (i == 0 && item->product_count > 2 ? READING_LOAD_KG_MAX : REPS_LIKE))
            return false;
    return item->name.first == 0 && !item->noted && !item->tail && token_now(parser)->kind == TOKEN_END;
}

bool notation_somebody_did(const struct parser *parser)
{
    static const char *const deeds[] = {"squatted", "benched", "deadlifted", "pressed", "rowed", "curled", NULL};
    const struct item_name *name = &parser->item.name;
    const struct token *first = &parser->tokens.at[name->first];

    return name->first != name->last && token_reads_one(parser, &parser->tokens.at[name->last], deeds) &&
           !exercise_word(token_text(parser, first));
}
