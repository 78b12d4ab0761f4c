/*
 * Which words of an item are the exercise's name, and which exercise that is. Names are looked up only once the shape
 * around them is a set's, so that talk costs nothing.
 */
#include <stdio.h>

#include "core/notation/more.h"
#include "core/notation/shape.h"

enum { NAME_WORDS_MAX = 5, NAME_SIZE = 96 }; /* of a name that is not known; whoever writes more is talking */

struct span notation_words(const struct parser *parser, size_t first, size_t last)
{
    const struct token *from = &parser->tokens.at[first];
    const struct token *to = &parser->tokens.at[last];

    return (struct span){parser->line.at + from->at, (size_t)(to->at + to->length - from->at)};
}

/* Words that stand behind a name and are no part of it. */
static bool ends_name(const struct token *token)
{
    static const bool ends[WORD_COMMAND + 1] = {
        [WORD_BODYWEIGHT] = true, [WORD_AMRAP] = true, [WORD_FAIL] = true,    [WORD_FAILURE] = true,
        [WORD_TO] = true,         [WORD_UP] = true,    [WORD_TYPE] = true,    [WORD_SIDE] = true,
        [WORD_EACH] = true,       [WORD_PER] = true,   [WORD_AT] = true,      [WORD_FOR] = true,
        [WORD_WITH] = true,       [WORD_OF] = true,    [WORD_RIR] = true,     [WORD_RPE] = true,
        [WORD_SETS] = true,       [WORD_BAR] = true,   [WORD_WITHOUT] = true, [WORD_TEMPO] = true,
        [WORD_TICKS] = true,      [WORD_REPS] = true,  [WORD_FILLER] = true,  [WORD_ALL] = true,
        [WORD_SINGLE] = true,     [WORD_THE] = true,   [WORD_ON] = true,      [WORD_IN] = true,
    };

    return token->kind == TOKEN_WORD && (ends[token->word] || token_has(token, TRAIT_PLUS | TRAIT_MINUS));
}

/* "same bell", "gleiches Gewicht" at WORD: what was lifted before. */
static bool same_load(const struct parser *parser, const struct token *word)
{
    static const char *const loads[] = {"bell",    "bells",      "load",     "hantel",
                                        "hanteln", "kettlebell", "dumbbell", "dumbbells"};

    if (!token_has(word, TRAIT_AGAIN))
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(loads); i++)
        if (token_reads(parser, &word[1], loads[i]))
            return true;
    return token_is_word(&word[1], WORD_WEIGHT);
}

/* The same of two words, of which LAST is the second. */
static bool pair_ends_name(const struct parser *parser, const struct token *last)
{
    const struct token *first = &last[-1];

    return (token_is_word(first, WORD_TYPE) && first->argument == SET_WARMUP && token_reads(parser, last, "ups")) ||
           (token_is_word(last, WORD_LIMB) && (token_is_word(first, WORD_EACH) || token_is_word(first, WORD_PER))) ||
           (token_is_word(last, WORD_PAUSE) && token_is_word(first, WORD_REST)) ||
           (token_is_word(first, WORD_BAR) && token_reads(parser, last, "only")) || same_load(parser, first);
}

bool notation_says_most(const struct parser *parser, const struct token *word)
{
    return token_is_word(word, WORD_STOP) && (token_reads(parser, word, "max") || token_reads(parser, word, "maximal"));
}

/* "dips max 14": as many as could be done, where the name is of an exercise that a single isn't tried in. */
static bool most_of(const struct parser *parser, size_t first, size_t end)
{
    const char *id = end - first > 1 && notation_says_most(parser, &parser->tokens.at[end - 1])
                         ? exercise_find_folded(parser->options->own, notation_words(parser, first, end - 2))
                         : NULL;
    const struct exercise *known = id != NULL ? catalogue_by_id(id) : NULL;

    return known != NULL && known->bodyweight;
}

/* "bench backoffs 110x5", "Kniebeuge Arbeitssätze 100x5": which sets these are, behind a name that is known without. */
static bool of_group(const struct parser *parser, size_t first, size_t end)
{
    const struct token *last = &parser->tokens.at[end - 1];

    return end - first > 1 && token_has(last, TRAIT_LEAD) && token_is_word(last, WORD_OTHER) &&
           notation_says_group(parser, last) &&
           exercise_find_folded(parser->options->own, notation_words(parser, first, end - 2)) != NULL;
}

/* "last set of curls was 14kg for 9"; "the bench was 85" puts a set right. */
static bool says_was(const struct token *last)
{
    const struct token *behind = &last[2];

    if (!token_is_word(last, WORD_NOTE) || !token_has(last, TRAIT_ONLY) || last[1].kind == TOKEN_END)
        return false;
    behind += token_is_word(behind, WORD_UNIT);
    return last[1].kind == TOKEN_NUMBER && behind->kind != TOKEN_END;
}

/* The word before END, of a name that starts at FIRST. */
static bool is_no_name(const struct parser *parser, size_t first, size_t end)
{
    const struct token *last = &parser->tokens.at[end - 1];

    return ends_name(last) || last->kind == TOKEN_SIGN || says_was(last) || most_of(parser, first, end) ||
           of_group(parser, first, end);
}

/* How many words before END are no part of the name that starts at FIRST: "bench rest pause", "lunges each leg". */
static size_t words_cut(const struct parser *parser, size_t first, size_t end)
{
    const struct token *last;

    if (end == first)
        return 0;
    last = &parser->tokens.at[end - 1];
    if ((token_is_word(last, WORD_UP) || token_is_word(last, WORD_BAR) || token_is_word(last, WORD_IN)) &&
        exercise_find_folded(parser->options->own, notation_words(parser, first, end - 1)) != NULL)
        return 0; /* "toes to bar" */
    if (is_no_name(parser, first, end))
        return 1;
    if (token_is_word(last, WORD_WEIGHT) || token_is_word(last, WORD_WEIGHTED))
        for (size_t words = 2; words <= 3 && words <= end - first; words++)
            if (notation_no_weight(last + 1 - words) == words)
                return words;
    return end - first > 1 && pair_ends_name(parser, last) ? 2 : 0;
}

/* "dips between 2 chairs": the number at AT is of the name. */
static bool between_two(const struct parser *parser, size_t at)
{
    const struct token *number = &parser->tokens.at[at];

    return number->kind == TOKEN_NUMBER && number->value == 2 && number[1].kind == TOKEN_WORD && at != 0 &&
           (token_reads(parser, &number[-1], "between") || token_reads(parser, &number[-1], "zwischen"));
}

/* The end of the words from AT: names may hold "&", and a parenthesis at their end. */
static size_t words_end(const struct parser *parser, size_t at)
{
    const struct token *tokens = parser->tokens.at;

    for (;;) {
        if (tokens[at].kind == TOKEN_WORD || (token_is_sign(&tokens[at], '.') && !tokens[at].space))
            at++;
        else if (token_is_sign(&tokens[at], '&') && tokens[at + 1].kind == TOKEN_WORD)
            at++;
        else if (between_two(parser, at))
            at++;
        else
            return at;
    }
}

/* "1 arm row 30x10" */
static bool starts_with_one(const struct parser *parser)
{
    return token_now(parser)->kind == TOKEN_NUMBER && token_now(parser)->value == 1 &&
           (token_is_word(token_ahead(parser, 1), WORD_LIMB) ||
            (token_is_sign(token_ahead(parser, 1), '-') && token_is_word(token_ahead(parser, 2), WORD_LIMB)));
}

/* A name with its equipment: "Bench Press (Barbell)". */
static bool with_parenthesis(const struct parser *parser, size_t first, size_t end)
{
    const struct token *note = &parser->tokens.at[end];
    struct span text = notation_words(parser, first, end - 1);

    if (note->kind != TOKEN_NOTE)
        return false;
    text.length = (size_t)(note->at + note->length + 1) - parser->tokens.at[first].at;
    return exercise_find_folded(parser->options->own, text) != NULL;
}

bool notation_says_ok(const struct parser *parser, const struct token *word)
{
    if (token_is_word(word, WORD_GOOD))
        return parser->line.at[word->at] == 'o'; /* "nice 100x5!" is said to others */
    return word->length <= strlen("kk") && (token_reads(parser, word, "k") || token_reads(parser, word, "kk"));
}

/* "next one", "next set"; what comes next otherwise is a plan. */
bool notation_says_next(const struct parser *parser, const struct token *word)
{
    return token_reads(parser, word, "next") &&
           (token_is_word(&word[1], WORD_SETS) || token_reads(parser, &word[1], "one"));
}

/* Words in front of a set that say nothing about it: "then", "ok", "last set", "second one", "PR!". */
static bool says_nothing(const struct parser *parser, const struct token *word)
{
    static const bool nothing[WORD_COMMAND + 1] = {
        [WORD_AND] = true, [WORD_FILLER] = true, [WORD_LAST] = true, [WORD_SETS] = true};

    return word->kind == TOKEN_WORD &&
           (nothing[word->word] || token_has(word, TRAIT_LEAD) || token_has(word, TRAIT_ONLY) ||
            notation_says_ok(parser, word) || notation_says_next(parser, word));
}

size_t notation_ordinal_set(const struct token *number)
{
    if (number->kind == TOKEN_NUMBER && token_is_word(&number[2], WORD_SETS) &&
        (token_is_ordinal(&number[1]) || (token_is_sign(&number[1], '.') && !number[1].space)))
        return 3;
    return 0;
}

/* "my 80x8": which one that was is told behind it. */
static bool is_mine(const struct token *word)
{
    return word[1].kind == TOKEN_NUMBER && token_has(word, TRAIT_MINE);
}

bool notation_is_name(const struct parser *parser, size_t first, size_t count)
{
    return count != 0 &&
           exercise_find_folded(parser->options->own, notation_words(parser, first, first + count - 1)) != NULL;
}

bool notation_in_name(const struct parser *parser, size_t at)
{
    const struct token *tokens = parser->tokens.at;

    for (size_t first = at; first + NAME_WORDS_MAX > at && tokens[first].kind == TOKEN_WORD; first--) {
        for (size_t count = at - first + 1; count <= NAME_WORDS_MAX && tokens[first + count - 1].kind == TOKEN_WORD;
             count++)
            if (notation_is_name(parser, first, count))
                return true;
        if (first == 0)
            break;
    }
    return false;
}

/* How many tokens of such words, with what parts them, stand before a number from here on; 0: none, or no number. */
static size_t before_number(const struct parser *parser)
{
    size_t count = 0;

    if (token_is_word(token_now(parser), WORD_SETS))
        return 0;
    for (;; count++) {
        const struct token *token;

        count += notation_ordinal_set(token_ahead(parser, count));
        token = token_ahead(parser, count);

        if (count != 0 && token->kind == TOKEN_SIGN && strchr(",:!", token->sign) != NULL)
            continue;
        if (notation_single_ahead(token))
            continue;
        if (count != 0 && token_is_word(token, WORD_WITH) && token[1].kind == TOKEN_NUMBER)
            return count; /* "another with 57.5, 11" */
        if (!says_nothing(parser, token))
            return token->kind == TOKEN_NUMBER && !notation_is_name(parser, parser->at, count) ? count : 0;
    }
}

/* "that was 90x5", "das waren 80x8" */
static bool points_back(const struct parser *parser)
{
    static const char *const pairs[][2] = {
        {"that", "was"}, {"those", "were"}, {"these", "were"}, {"das", "war"}, {"das", "waren"}};

    if (token_ahead(parser, 2)->kind != TOKEN_NUMBER)
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(pairs); i++)
        if (token_reads(parser, token_now(parser), pairs[i][0]) &&
            token_reads(parser, token_ahead(parser, 1), pairs[i][1]))
            return true;
    return false;
}

size_t notation_moves_load(const struct parser *parser)
{
    const struct token *first = token_now(parser), *next = &first[1];

    if (!token_has(first, TRAIT_MOVED))
        return 0;
    if (token_is_word(next, WORD_UP) || token_reads(parser, next, "down") || token_reads(parser, next, "back") ||
        token_reads(parser, next, "off"))
        next++;
    if (!token_is_word(next, WORD_TO) && !token_is_word(next, WORD_ON))
        return 0;
    return next[1].kind == TOKEN_NUMBER ? (size_t)(&next[1] - first) : 0;
}

/* "did", "I just", "forgot:", "same weight," */
static size_t filler_here(const struct parser *parser)
{
    const struct token *word = token_now(parser);
    const struct token *next = token_ahead(parser, 1);
    size_t count = before_number(parser);

    if (is_mine(word) || notation_spoken_step(parser))
        return 0;
    if (count == 0)
        count = notation_leads_on(parser);
    if (count != 0)
        return count;
    if ((token_is_word(next, WORD_WEIGHT) && token_reads(parser, word, "same")) || points_back(parser))
        count = 2;
    else if (token_is_word(word, WORD_FILLER) ||
             (token_is_word(next, WORD_FILLER) && (says_nothing(parser, word) || token_reads(parser, word, "have"))))
        count = 1;
    if (count != 0 &&
        (token_is_sign(token_ahead(parser, count), ',') || token_is_sign(token_ahead(parser, count), ':')))
        count++;
    return count;
}

/* Where a name of the lifter's own ends that has a number in it: "rdl2 60x8"; FIRST: none stands there. */
static size_t own_name_end(const struct parser *parser, size_t first)
{
    const struct token *tokens = parser->tokens.at;
    bool number = false;

    if (parser->options->own == NULL || tokens[first].kind != TOKEN_WORD)
        return first;
    for (size_t end = first + 1; end < first + NAME_WORDS_MAX; end++) {
        if (tokens[end].kind != TOKEN_WORD && tokens[end].kind != TOKEN_NUMBER && !token_is_sign(&tokens[end], '-'))
            break;
        number |= tokens[end].kind == TOKEN_NUMBER;
        if (number && tokens[end].kind != TOKEN_SIGN && notation_is_name(parser, first, end + 1 - first) &&
            exercise_find_folded(NULL, notation_words(parser, first, end)) == NULL)
            return end + 1;
    }
    return first;
}

/* "45 degree leg press", "45 Grad Beinpresse": the bench's or the sled's angle tells no exercise from another. */
static bool angle_ahead(const struct parser *parser)
{
    const struct token *number = token_now(parser);

    return number->kind == TOKEN_NUMBER && number[2].kind == TOKEN_WORD &&
           (token_reads(parser, &number[1], "degree") || token_reads(parser, &number[1], "grad"));
}

void notation_name_leading(struct parser *parser)
{
    struct item_name *name = &parser->item.name;
    size_t first, end, own;

    for (size_t filler = filler_here(parser); filler != 0; filler = filler_here(parser)) {
        name->filler |= !notation_says_superset(parser, token_now(parser));
        for (; filler != 0; filler--)
            parser->item.fell_short |= token_has(&parser->tokens.at[parser->at++], TRAIT_ONLY);
    }
    parser->at += name->filler && token_is_word(token_now(parser), WORD_A) &&
                  token_ahead(parser, 1)->kind == TOKEN_NUMBER; /* "hit a 180 deadlift single" */
    parser->at += angle_ahead(parser) ? 2 : 0;
    first = parser->at;
    end =
        words_end(parser, first + (starts_with_one(parser) ? (token_ahead(parser, 1)->kind == TOKEN_SIGN ? 2 : 1) : 0));
    own = own_name_end(parser, first);
    if (end == first)
        return;
    if (own != first) {
        end = own;
    } else if (with_parenthesis(parser, first, end)) {
        end += parser->tokens.at[end].inside + 2;
    } else {
        end = notation_end_before_manner(parser, first, end);
        for (size_t cut = words_cut(parser, first, end); cut != 0; cut = words_cut(parser, first, end)) {
            end -= cut;
            name->told |= token_is_word(&parser->tokens.at[end], WORD_FILLER) && parser->tokens.at[end].argument == 0;
        }
    }
    if (end == first)
        return;
    name->present = true;
    name->first = first;
    name->last = end - 1;
    parser->at = end + says_was(&parser->tokens.at[end]);
    while ((end = notation_again_words(parser, token_now(parser))) != 0) {
        const bool same = same_load(parser, token_now(parser));

        parser->item.same_load |= same;
        parser->at += end + same;
    }
}

/* "bench with 75", "bench for 3": names are found with such words behind them, too. */
static bool joins_on(const struct token *last)
{
    return token_is_word(last, WORD_WITH) || token_is_word(last, WORD_FOR) || token_is_word(last, WORD_AT) ||
           token_is_word(last, WORD_OF) || token_is_word(last, WORD_THE);
}

size_t notation_name_here(const struct parser *parser)
{
    size_t end = words_end(parser, parser->at);
    bool other = false, sets = token_is_word(&parser->tokens.at[end + 1], WORD_SETS);

    for (size_t i = parser->at; i < end; i++) {
        if (token_is_word(&parser->tokens.at[i], WORD_STOP) ||
            (sets && notation_total_ahead(parser, &parser->tokens.at[i])) ||
            token_is_word(&parser->tokens.at[i], WORD_AND) || notation_no_weight(&parser->tokens.at[i]) != 0)
            end = i;
        else
            other |= token_is_word(&parser->tokens.at[i], WORD_OTHER);
    }
    if (!other)
        return 0;
    for (; end > parser->at; end--) {
        if (end - parser->at <= NAME_WORDS_MAX && !joins_on(&parser->tokens.at[end - 1]) &&
            exercise_find_folded(parser->options->own, notation_words(parser, parser->at, end - 1)) != NULL)
            return end - parser->at;
        if (!parser->free && !ends_name(&parser->tokens.at[end - 1]) &&
            !token_is_word(&parser->tokens.at[end - 1], WORD_NOTE))
            return 0;
    }
    return 0;
}

/* The exercise whose name is the item's with COUNT words from FIRST on, and with MORE. */
static const char *find_joined(const struct parser *parser, size_t first, size_t count, const char *more)
{
    const struct item_name *name = &parser->item.name;
    struct span text = notation_words(parser, name->first, name->last);
    struct span rest = notation_words(parser, first, first + count - 1);
    char joined[NAME_SIZE];
    int length =
        snprintf(joined, sizeof(joined), "%.*s %.*s%s", (int)text.length, text.at, (int)rest.length, rest.at, more);

    if (length < 0 || (size_t)length >= sizeof(joined))
        return NULL;
    return exercise_find_folded(parser->options->own, span_of(joined));
}

/* The lift that "kh" or "kb" may mean, Kreuzheben, Kniebeuge, where it is no dumbbell or kettlebell; NULL. */
static const char *short_lift(struct span name)
{
    return span_is(name, "kh") ? "deadlift" : span_is(name, "kb") ? "squat" : NULL;
}

/* The exercise that has exactly the item's words as a name, those behind the products included. */
static const char *find_known(const struct parser *parser)
{
    const struct item_name *name = &parser->item.name;
    const char *id = NULL;
    struct span text;

    if (name->held_count != 0)
        id = find_joined(parser, name->held_first, name->held_count, name->at_chest ? " goblet" : "");
    if (id != NULL)
        return id;
    if (name->rest_count != 0)
        return find_joined(parser, name->rest_first, name->rest_count, "");
    text = notation_words(parser, name->first, name->last - notation_gear(parser));
    if (text.length == 2 && notation_too_heavy(&parser->item) && short_lift(text) != NULL)
        return short_lift(text);
    return exercise_find_folded(parser->options->own, text);
}

const char *notation_named(const struct parser *parser)
{
    return parser->item.name.present ? find_known(parser) : NULL;
}

/* "stau auf der a3": the last of the words, and what is read as a number, are one. */
static bool ends_in_number(const struct parser *parser)
{
    const struct token *last = &parser->tokens.at[parser->item.name.last];

    return last->length == 1 && last->kind == TOKEN_WORD && last[1].kind == TOKEN_NUMBER && !last[1].space;
}

/* Whether the words could be a name that nobody told us yet. */
static bool like_a_name(const struct parser *parser)
{
    const struct item_name *name = &parser->item.name;
    bool other = false;

    if ((name->filler && !notation_announced(parser)) || name->told || name->behind ||
        name->last - name->first >= NAME_WORDS_MAX || name->rest_count != 0 || ends_in_number(parser) ||
        notation_somebody_did(parser) || token_is_word(&parser->tokens.at[name->first], WORD_NOT))
        return false;
    for (size_t i = name->first; i <= name->last; i++) {
        if (token_is_word(&parser->tokens.at[i], WORD_STOP) || token_is_word(&parser->tokens.at[i], WORD_COMMAND) ||
            token_is_word(&parser->tokens.at[i], WORD_FILLER))
            return false;
        other |= token_is_word(&parser->tokens.at[i], WORD_OTHER);
    }
    return other || short_lift(notation_words(parser, name->first, name->last)) != NULL;
}

void notation_set_exercise(struct parser *parser, const char *id)
{
    struct item *item = &parser->item;
    size_t length = strnlen(id, sizeof(item->exercise) - 1);

    memcpy(item->exercise, id, length);
    item->exercise[length] = '\0';
    memcpy(parser->exercise, item->exercise, sizeof(parser->exercise));
    item->known = *id != '\0' ? catalogue_by_id(id) : NULL;
}

/* Offers ID, if it isn't NULL, first. */
static void offer_first(const char *id, struct name_result *found)
{
    if (id == NULL || (found->count != 0 && strcmp(found->id[0], id) == 0))
        return;
    found->match = NAME_NEAR;
    found->count += found->count < NAME_CANDIDATES;
    memmove(found->id[1], found->id[0], (found->count - 1) * sizeof(found->id[0]));
    snprintf(found->id[0], sizeof(found->id[0]), "%s", id);
}

/* What is near to NAME. */
static const struct name_result *guess(const struct parser *parser, struct span name)
{
    struct guessed *guessed = parser->forks->guessed;

    if (guessed->name[0] != '\0' && span_is(name, guessed->name))
        return &guessed->found;
    exercise_find(parser->options->own, name, &guessed->found);
    offer_first(short_lift(name), &guessed->found);
    guessed->name[0] = '\0';
    if (name.length < sizeof(guessed->name)) {
        memcpy(guessed->name, name.at, name.length);
        guessed->name[name.length] = '\0';
    }
    return &guessed->found;
}

/* Whether FOUND is near enough for a few reps to be sets of it: where it is alone, or in several words what all is done
 * without a load. */
static bool near_enough(const struct parser *parser, const struct name_result *found)
{
    const struct item *item = &parser->item;
    bool loadless = true;

    if (found->match == NAME_EXACT || item->terms[0].value > REPS_LIKE)
        return found->match == NAME_EXACT;
    for (size_t i = 0; i < found->count; i++) {
        const struct exercise *known = catalogue_by_id(found->id[i]);

        loadless = loadless && known != NULL && known->bodyweight;
    }
    return found->match == NAME_NEAR && ((found->count == 1 && (loadless || item->product_count > 1)) ||
                                         (loadless && item->name.last != item->name.first));
}

/* Asks which exercise NAME is; the last way leaves it open. */
static int unknown(struct parser *parser, struct span name, uint16_t place, enum strength strength)
{
    const struct name_result *found;
    unsigned way;
    char text[sizeof(parser->reading->unknown_name)];

    if (strength == STRENGTH_NONE && !notation_name_and_reps(parser))
        return notation_talk(parser);
    found = guess(parser, name);
    if (strength == STRENGTH_NONE && !near_enough(parser, found))
        return notation_talk(parser);
    if (found->match == NAME_EXACT) { /* but for a space */
        notation_set_exercise(parser, found->id[0]);
        return 0;
    }
    if (strength == STRENGTH_WEAK && found->match != NAME_NEAR)
        return notation_talk(parser);
    snprintf(text, sizeof(text), "%.*s", (int)(name.length < sizeof(text) ? name.length : sizeof(text) - 1), name.at);
    if (!parser->forks->asked)
        memcpy(parser->reading->unknown_name, text, sizeof(text));
    if (found->count != 0)
        way = notation_fork(parser, ABOUT_EXERCISE, place, (unsigned)found->count + 1,
                            "I don't know \"%s\". Which exercise is it?", text);
    else
        way = notation_fork(parser, ABOUT_EXERCISE, place, 1, "I don't know \"%s\". Which exercise is it?", text);
    notation_set_exercise(parser, way < found->count ? found->id[way] : "");
    return 0;
}

/* What stands above in the message: a heading, or the exercise of the sets before. */
static int from_above(struct parser *parser, enum strength strength)
{
    struct item *item = &parser->item;
    const char *id;

    if (parser->heading.length == 0) {
        notation_set_exercise(parser, parser->exercise);
        return 0;
    }
    id = exercise_find_exact(parser->options->own, parser->heading);
    if (id != NULL) {
        notation_set_exercise(parser, id);
    } else if (item->label) {
        return unknown(parser, parser->heading, (uint16_t)(FORK_NAME + (parser->heading.at - parser->text.at)),
                       strength);
    } else {
        notation_set_exercise(parser, parser->exercise);
    }
    parser->heading.length = 0;
    return 0;
}

/* "assisted pull-ups" is a name of its own, and says what the load does. */
static void set_mode(struct parser *parser)
{
    struct item *item = &parser->item;

    if (item->known == NULL || !item->known->bodyweight || item->known->equipment == EQUIPMENT_BAND)
        return; /* nobody knows what a band takes off */
    for (size_t i = item->name.first; i <= item->name.last; i++) {
        if (token_is_word(&parser->tokens.at[i], WORD_ASSISTED))
            item->mode = LOAD_ASSISTED;
        else if (token_is_word(&parser->tokens.at[i], WORD_WEIGHTED))
            item->mode = LOAD_ADDED;
    }
}

/* "got 6 @1", "only 6, failed": said of reps in a way that nobody speaks of something else. */
static bool of_reps_alone(const struct item *item)
{
    return item->product_count == 1 &&
           (item->effort_count != 0 || (item->fell_short && item->products[0].marks.failure == FAILURE_MISSED));
}

/* "did 12 dips", "i did pull ups: 6, 5, 5", "held the plank for 45 seconds" */
static bool is_count_of(const struct item *item, const char *id)
{
    const struct exercise *known = catalogue_by_id(id);

    for (size_t i = 0; i < item->product_count && known != NULL; i++) {
        uint8_t role = item->terms[item->products[i].first].role;

        if (item->products[i].count != 1 ||
            !((known->bodyweight && role == ROLE_NUMBER) || (known->timed && role == ROLE_TIME)))
            return false;
    }
    return known != NULL && item->product_count != 0;
}

/* The exercise that the item names, words around it seen to; NULL. */
static const char *find_name(struct parser *parser, enum strength strength)
{
    const char *id = notation_name_with_gear(parser, find_known(parser));

    if (id == NULL && parser->item.name.rest_count == 0)
        id = notation_name_among(parser, strength);
    return id;
}

int notation_name_settle(struct parser *parser, enum strength strength)
{
    const struct item_name *name = &parser->item.name;
    struct span text;
    const char *id;

    if (!name->present)
        return name->filler && strength != STRENGTH_FULL && !of_reps_alone(&parser->item)
                   ? notation_talk(parser)
                   : from_above(parser, strength);
    text = notation_words(parser, name->first, name->last);
    id = find_name(parser, strength);
    parser->heading.length = 0;
    if (id != NULL && (strength == STRENGTH_FULL || !name->filler || is_count_of(&parser->item, id))) {
        notation_set_exercise(parser, id);
        set_mode(parser);
        return 0;
    }
    if (!like_a_name(parser))
        return notation_talk(parser);
    if ((token_is_sign(&parser->tokens.at[name->last + 1], ',') && !notation_announced(parser) &&
         !notation_begins_with_thing(parser)) ||
        notation_unsure_name(&parser->item))
        strength =
            strength == STRENGTH_FULL ? STRENGTH_WEAK : strength; /* "stark, 120x5!", "sold 16kg kettlebell for 20" */
    return unknown(parser, text, (uint16_t)(FORK_NAME + (size_t)(parser->raw.at - parser->text.at) + name->first),
                   strength);
}

bool notation_name_known(const struct parser *parser)
{
    const struct item_name *name = &parser->item.name;

    return !name->present || parser->item.exercise[0] != '\0' || find_known(parser) != NULL;
}

bool notation_name_exact(const struct parser *parser)
{
    return notation_named(parser) != NULL;
}

const struct exercise *notation_known(const struct parser *parser)
{
    const char *id = notation_named(parser);

    return id != NULL ? catalogue_by_id(id) : NULL;
}

bool notation_in_hands(const struct parser *parser)
{
    const char *id = parser->item.name.present ? find_known(parser) : parser->exercise;
    const struct exercise *known = id != NULL ? catalogue_by_id(id) : NULL;

    return known != NULL && (known->equipment == EQUIPMENT_DUMBBELL || known->equipment == EQUIPMENT_KETTLEBELL);
}
