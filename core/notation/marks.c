/*
 * Words and parentheses that tell more about a set: failure, side, type, notes. One handler for each class of words.
 */
#include "core/notation/more.h"
#include "core/notation/shape.h"
#include "core/notation/side.h"

struct marks *notation_marks(struct parser *parser)
{
    struct item *item = &parser->item;

    if (item->end != ITEM_ALL)
        return &item->ends[item->end].marks;
    return item->product_count != 0 && !item->all ? &item->products[item->product_count - 1].marks : &item->lead;
}

void notation_marks_init(struct marks *marks)
{
    marks->effort_first = marks->effort_count = 0;
    marks->failure = FAILURE_NONE;
    marks->missed = 0;
    marks->missed_one = false;
    marks->side = SIDE_NONE;
    marks->type = NO_TYPE;
    marks->amrap = marks->cheat = false;
    marks->note[0] = '\0';
}

bool notation_marks_say(const struct marks *marks)
{
    return marks->effort_count != 0 || marks->failure != FAILURE_NONE || marks->side != SIDE_NONE ||
           marks->type != NO_TYPE || marks->amrap || marks->cheat || marks->note[0] != '\0';
}

bool notation_goes_on(const struct parser *parser)
{
    return parser->item.noted && parser->item.note_end == parser->at && !parser->item.all;
}

int notation_note_since(struct parser *parser, size_t first)
{
    struct item *item = &parser->item;
    char *note = notation_marks(parser)->note;
    const struct token *from = &parser->tokens.at[first];
    const struct token *last = &parser->tokens.at[parser->at - 1];

    if (item->noted && item->note_end == first && !item->all) {
        from = &parser->tokens.at[item->note_first];
        note[item->note_kept] = '\0';
    } else {
        item->note_first = first;
        item->note_kept = strlen(note);
    }
    if (notation_spare(parser, item->note_first)) /* "nix mehr gegangen" */
        return 0;
    notation_note(note, notation_raw(parser, from->at, (size_t)(last->at + last->length - from->at)));
    item->note_end = parser->at;
    item->noted = true;
    return 0;
}

static bool word_in(const struct token *token, const uint8_t *classes, size_t count)
{
    if (token->kind != TOKEN_WORD)
        return false;
    for (size_t i = 0; i < count; i++)
        if (token->word == classes[i])
            return true;
    return false;
}

size_t notation_word_count(const struct token *first, const uint8_t *classes, size_t count)
{
    const struct token *token = first;

    while (word_in(token, classes, count))
        token++;
    return (size_t)(token - first);
}

size_t notation_skip_words(struct parser *parser, const uint8_t *classes, size_t count)
{
    size_t words = notation_word_count(token_now(parser), classes, count);

    parser->at += words;
    return words;
}

void notation_skip_colon(struct parser *parser)
{
    if (token_is_sign(token_now(parser), ':') && token_ahead(parser, 1)->kind != TOKEN_END)
        parser->at++;
}

static int take_failure(struct parser *parser)
{
    parser->at++;
    notation_marks(parser)->failure = FAILURE_MOMENTARY;
    notation_skip_colon(parser);
    return notation_on_that(parser);
}

static int take_muscle(struct parser *parser)
{
    parser->at++;
    return token_is_word(token_now(parser), WORD_FAILURE) ? take_failure(parser) : notation_talk(parser);
}

static int take_form(struct parser *parser)
{
    static const uint8_t between[] = {WORD_NOTE};
    static const uint8_t behind[] = {WORD_WENT, WORD_FAIL, WORD_FAILURE, WORD_UP,
                                     WORD_ON,   WORD_THE,  WORD_LAST,    WORD_REPS};
    size_t first = parser->at;
    size_t at;

    parser->at++;
    at = parser->at;
    if (token_is_word(token_now(parser), WORD_NOTE))
        notation_skip_words(parser, between, ARRAY_LENGTH(between));
    if (token_is_word(token_now(parser), WORD_GOOD)) {
        parser->at++;
        return notation_note_since(parser, first);
    }
    if (!token_is_word(token_now(parser), WORD_WENT))
        parser->at = at;
    notation_marks(parser)->failure = FAILURE_TECHNICAL;
    notation_skip_words(parser, behind, ARRAY_LENGTH(behind));
    return 0;
}

bool notation_warm(struct parser *parser)
{
    size_t words = notation_to_warm(parser, token_now(parser));

    parser->at += words;
    if (words != 0)
        notation_marks(parser)->type = SET_WARMUP;
    return words != 0;
}

/* "to failure", "bis zum Versagen", "zum Aufwärmen" */
static int take_to(struct parser *parser)
{
    const struct token *next;
    size_t end = notation_to_the_end(parser, token_now(parser));

    if (end != 0) {
        parser->at += end - 1;
        return take_failure(parser);
    }
    if (notation_warm(parser))
        return 0;
    while (token_is_word(token_ahead(parser, 1), WORD_TO))
        parser->at++;
    next = token_ahead(parser, 1);
    if (token_is_word(next, WORD_TYPE) && next->argument == SET_WARMUP) {
        parser->at++;
        return notation_mark(parser);
    }
    if (token_is_word(next, WORD_FAILURE) || token_is_word(next, WORD_FAIL) || token_is_word(next, WORD_MUSCLE) ||
        token_is_word(next, WORD_FORM)) {
        parser->at++;
        if (next->word == WORD_FAIL)
            return take_failure(parser);
        return notation_mark(parser);
    }
    return notation_talk(parser);
}

/* "no failure", "almost failed", "close to failure", "without belt" */
static int take_not(struct parser *parser)
{
    static const uint8_t behind[] = {WORD_NOT,  WORD_TO,    WORD_FAIL,  WORD_FAILURE, WORD_MUSCLE,
                                     WORD_FORM, WORD_NOTE,  WORD_GOOD,  WORD_WENT,    WORD_THE,
                                     WORD_A,    WORD_CHEAT, WORD_PAUSE, WORD_TEMPO,   WORD_OF};
    size_t first = parser->at;

    parser->at++;
    if (token_is_word(token_now(parser), WORD_FILLER) && token_reads(parser, token_now(parser), "geschafft"))
        return notation_fail(parser);
    if (notation_skip_words(parser, behind, ARRAY_LENGTH(behind)) == 0)
        return notation_talk(parser);
    return notation_note_since(parser, first);
}

/* "fast gescheitert" is "almost failed"; by itself the word is English. */
static bool almost(const struct parser *parser)
{
    const struct token *next = token_ahead(parser, 1);

    return token_reads(parser, token_now(parser), "fast") &&
           (token_is_word(next, WORD_FAIL) || token_is_word(next, WORD_FAILURE) || token_is_word(next, WORD_TO));
}

/* "felt easy", "last set grindy", "good form" */
static int take_note(struct parser *parser)
{
    static const uint8_t run[] = {WORD_NOTE, WORD_LAST, WORD_SETS,  WORD_REPS, WORD_GOOD,
                                  WORD_THE,  WORD_A,    WORD_PAUSE, WORD_AND};
    size_t first = parser->at;
    bool good = token_is_word(token_now(parser), WORD_GOOD);

    if (almost(parser))
        return take_not(parser);
    if (notation_skip_words(parser, run, ARRAY_LENGTH(run)) == 0)
        return notation_talk(parser);
    notation_leave_effort(parser, first);
    if (token_is_word(token_now(parser), WORD_OF) && token_is_word(token_ahead(parser, 1), WORD_A) &&
        token_is_word(token_ahead(parser, 2), WORD_NOTE)) {
        parser->at++; /* "bit of a grind" */
        notation_skip_words(parser, run, ARRAY_LENGTH(run));
    }
    parser->at += notation_goes_with_note(parser, good); /* "good form", "8 good ones" */
    if (parser->at != first && token_reads(parser, token_now(parser), "only") &&
        notation_clause_ends(token_ahead(parser, 1)))
        parser->at++; /* "negatives only" */
    while (parser->at != first && (token_is_word(&parser->tokens.at[parser->at - 1], WORD_AND) ||
                                   notation_last_time(parser, token_now(parser))))
        parser->at--;
    return notation_undone(parser, first) ? notation_talk(parser) : notation_note_since(parser, first);
}

static int take_each_behind(struct parser *parser);

/* "3 Sätze mit 10": that many reps, unless it could only be a load. */
static bool counts_reps(const struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct token *number = token_now(parser), *behind = &number[1];

    return item->product_count != 0 && number->kind == TOKEN_NUMBER && number->decimals == 0 &&
           number->value <= REPS_LIKE && !token_is_word(behind, WORD_UNIT) && !token_is_sign(behind, ',') &&
           item->terms[item->products[item->product_count - 1].first].role == ROLE_SETS;
}

/* "8 with 2 left": behind reps of which no load is said nobody lifts so little. */
static bool left_with(const struct parser *parser)
{
    enum { LEFT_MOST = 5 };
    const struct item *item = &parser->item;
    const struct token *number = token_now(parser);

    return item->product_count == 1 && item->products[0].count == 1 && number->kind == TOKEN_NUMBER &&
           number->value <= LEFT_MOST && token_is_word(&number[1], WORD_SIDE) && number[1].argument == SIDE_LEFT &&
           notation_clause_ends(&number[2]);
}

/* "with 10kg", "with 2 in the tank", "with 5 partials": what a number behind the word is; 1: none stands there. */
static int take_number_with(struct parser *parser)
{
    const struct token *word;

    while (notation_about_effort(parser))
        parser->at++; /* "with around 3 left" */
    word = token_now(parser);
    if (left_with(parser))
        return notation_found_effort(parser, 0, 1, EFFORT_RIR) < 0 ? -1 : 0;
    if (notation_effort_ahead(parser))
        return notation_effort_number(parser);
    if (notation_rest_ahead(parser))
        return notation_rest(parser); /* "mit 2 min Pause" */
    if (token_is_word(word, WORD_PER))
        return take_each_behind(parser);
    if (notation_partials_ahead(parser, 0))
        return notation_partials(parser);
    if ((token_is_word(word, WORD_THE) || token_is_word(word, WORD_A)) && word[1].kind == TOKEN_NUMBER)
        parser->at++; /* "mit den 30ern", "with a 16 kg kettlebell" */
    return notation_term_starts(parser) ? notation_product(parser, counts_reps(parser) ? 'o' : '@') : 1;
}

/* "w/belt", "with straps", "wo/belt" */
static int take_with(struct parser *parser)
{
    static const uint8_t notes[] = {WORD_NOTE, WORD_NOT, WORD_PAUSE, WORD_GOOD, WORD_A, WORD_FORM, WORD_AND};
    bool with = token_is_word(token_now(parser), WORD_WITH);
    size_t first = parser->at;
    int taken;

    if (token_now(parser)->length == 1 &&
        (token_ahead(parser, 1)->kind == TOKEN_END ||
         (token_is_sign(token_ahead(parser, 1), ',') && token_ahead(parser, 2)->kind == TOKEN_NUMBER))) {
        parser->at++;
        notation_marks(parser)->type = SET_WARMUP; /* "60x5 w", "60x5 w, 80x5" */
        return 0;
    }
    if (with && notation_band_behind(parser))
        return 0;
    parser->at++;
    if (token_is_sign(token_now(parser), '/'))
        parser->at++;
    if (with && (taken = take_number_with(parser)) <= 0)
        return taken;
    if (notation_skip_words(parser, notes, ARRAY_LENGTH(notes)) == 0)
        return notation_talk(parser);
    return notation_note_since(parser, first);
}

static int take_each(struct parser *parser)
{
    bool limb;

    if (token_now(parser)->length == 1)
        return notation_talk(parser); /* an "e" that stands at no number */
    parser->at++;
    limb = token_is_word(token_now(parser), WORD_LIMB);
    parser->item.sided |= limb && token_now(parser)->argument == LIMB_SIDE;
    parser->at += limb;
    limb |= token_is_word(&token_now(parser)[-1], WORD_LIMB); /* "a side" */
    parser->item.each |= notation_each_of_sides(parser, limb);
    return 0;
}

static bool behind_load(const struct item *item)
{
    const struct product *last = &item->products[item->product_count - 1];

    return last->count == 1 && item->terms[last->first].role == ROLE_LOAD;
}

/* "per hand", "a side", "in each hand": the word now must be followed by what makes it so. */
static int take_each_behind(struct parser *parser)
{
    const struct token *next = token_ahead(parser, 1);
    bool limb = token_is_word(next, WORD_LIMB) && !token_is_word(token_now(parser), WORD_IN);

    if (next->kind == TOKEN_NUMBER && parser->item.product_count != 0 && !token_is_word(token_now(parser), WORD_IN)) {
        parser->at++;
        parser->op = behind_load(&parser->item) ? 'f' : 'o'; /* "80 kg je 8 Wdh", "3 Sätze à 8" */
        return 0;
    }
    if (token_is_word(token_now(parser), WORD_PER) && next->kind == TOKEN_NUMBER && parser->item.name.present &&
        token_is_word(&next[1], WORD_UNIT)) {
        parser->at++;
        parser->item.each = true; /* "Seitheben je 9kg x 15" */
        return 0;
    }
    if (!limb && !(token_is_word(next, WORD_EACH) && token_is_word(token_now(parser), WORD_IN)))
        return notation_talk(parser);
    parser->at++;
    parser->item.sided |= limb && next->argument == LIMB_SIDE;
    return take_each(parser);
}

/* "myo(3,3,2+1)": each number is a segment; what is behind a plus was helped. */
static int take_list_inside(struct parser *parser)
{
    size_t end = parser->at + 1 + token_now(parser)->inside;

    parser->at++;
    while (parser->at < end) {
        if (token_is_sign(token_now(parser), '+') && token_ahead(parser, 1)->kind == TOKEN_NUMBER) {
            parser->at += 2;
            notation_note_since(parser, parser->at - 2);
        } else if (token_now(parser)->kind == TOKEN_SIGN && strchr(",/", token_now(parser)->sign) != NULL) {
            parser->at++;
        } else if (token_now(parser)->kind != TOKEN_NUMBER || notation_reps_alone(parser, '>') != 0) {
            return notation_talk(parser);
        }
    }
    parser->at++;
    return 0;
}

static int skip_drop_to(struct parser *parser)
{
    if (!token_is_word(token_now(parser), WORD_TO))
        return 0;
    if (notation_drop_to_reps(parser))
        return notation_talk(parser);
    parser->at++;
    return 0;
}

static int take_segmented(struct parser *parser, enum set_type type)
{
    static const uint8_t behind[] = {WORD_SETS, WORD_REPS};
    struct item *item = &parser->item;

    notation_skip_words(parser, behind, ARRAY_LENGTH(behind));
    notation_skip_colon(parser);
    if (type == SET_DROP && skip_drop_to(parser) != 0)
        return -1;
    if (type == SET_DROP && item->product_count != 0 && !notation_term_starts(parser) &&
        token_now(parser)->kind != TOKEN_CROSS) {
        notation_marks(parser)->type = SET_DROP;
        return 0;
    }
    if (type != SET_DROP && item->product_count != 0 && token_is_sign(token_now(parser), '+') &&
        token_ahead(parser, 1)->kind == TOKEN_NUMBER) {
        item->lead.type = (uint8_t)type;
        item->join = true;
        return notation_chain_behind(parser);
    }
    if (item->product_count != 0)
        parser->op = '>';
    item->join = item->product_count == 0 || type != SET_DROP;
    item->lead.type = (uint8_t)type;
    if (token_now(parser)->kind == TOKEN_NOTE && !token_now(parser)->space)
        return take_list_inside(parser);
    return 0;
}

static int take_type(struct parser *parser)
{
    enum set_type type = token_now(parser)->argument;

    parser->at++;
    if (type != SET_WARMUP)
        return take_segmented(parser, type);
    if (token_is_word(token_now(parser), WORD_UP) || token_reads(parser, token_now(parser), "ups"))
        parser->at++;
    if (token_is_word(token_now(parser), WORD_SETS))
        parser->at++;
    notation_skip_colon(parser);
    notation_marks(parser)->type = SET_WARMUP;
    return 0;
}

/* "rest pause", or "rest: 90s" */
static int take_rest(struct parser *parser)
{
    size_t first = parser->at, time;

    parser->at++;
    if (token_is_word(token_now(parser), WORD_PAUSE)) {
        parser->at++;
        return take_segmented(parser, SET_REST_PAUSE);
    }
    notation_skip_colon(parser);
    time = notation_rest_time(token_now(parser));
    if (time == 0 && token_now(parser)->kind == TOKEN_NUMBER && token_ahead(parser, 1)->kind == TOKEN_WORD)
        time = 2;
    if (time == 0 || parser->item.product_count == 0)
        return notation_talk(parser);
    parser->at += time;
    return notation_note_since(parser, first);
}

/* "paused", or "Pause 90s" */
static int take_pause(struct parser *parser)
{
    const struct token *time = token_ahead(parser, token_is_sign(token_ahead(parser, 1), ':') ? 2 : 1);

    if (parser->item.product_count != 0 && notation_rest_time(time) != 0)
        return take_rest(parser);
    return take_note(parser);
}

static int take_cheat(struct parser *parser)
{
    static const uint8_t behind[] = {WORD_REPS, WORD_ON, WORD_THE, WORD_LAST};

    parser->at++;
    if (notation_skip_words(parser, behind, ARRAY_LENGTH(behind)) > 1 && token_now(parser)->kind == TOKEN_NUMBER)
        parser->at++; /* "cheat on the last 2" */
    notation_marks(parser)->cheat = true;
    return 0;
}

static int take_amrap(struct parser *parser)
{
    parser->at++;
    if (token_is_word(token_now(parser), WORD_SETS))
        parser->at++;
    notation_skip_colon(parser);
    notation_marks(parser)->amrap = true;
    return 0;
}

/* "dips max 14", "dips 14 max" */
static int take_most(struct parser *parser)
{
    const struct exercise *known = notation_known(parser);

    return known != NULL && known->bodyweight && notation_says_most(parser, token_now(parser)) ? take_amrap(parser)
                                                                                               : notation_talk(parser);
}

/* "with a band", "w band" behind "assisted", "band" before it: nobody knows what that takes off. */
static bool of_a_band(const struct parser *parser)
{
    const struct token *word = token_ahead(parser, 1);

    if (!token_is_word(word, WORD_WITH) && !token_is_word(word, WORD_BY) && !token_reads(parser, word, "w"))
        return false;
    word++;
    word += token_is_word(word, WORD_A) || token_is_word(word, WORD_THE);
    return token_reads(parser, word, "band") && notation_clause_ends(&word[1]);
}

static int take_mode(struct parser *parser)
{
    if (token_is_word(token_now(parser), WORD_ASSISTED) && parser->item.product_count != 0 && of_a_band(parser)) {
        const size_t first = parser->at;

        while (!notation_clause_ends(token_now(parser)))
            parser->at++;
        return notation_note_since(parser, first);
    }
    parser->item.mode = token_is_word(token_now(parser), WORD_ASSISTED) ? LOAD_ASSISTED : LOAD_ADDED;
    parser->at++;
    if (token_is_word(token_now(parser), WORD_REPS))
        parser->at++;
    return 0;
}

/* "up to 145lb" */
static int take_up(struct parser *parser)
{
    if (!token_is_word(token_ahead(parser, 1), WORD_TO))
        return notation_talk(parser);
    parser->at += 2;
    /* "worked up to 180x1" is a set and tells how it was come by. */
    parser->item.ramp = !parser->item.name.filler || token_ahead(parser, 1)->kind != TOKEN_CROSS;
    return 0;
}

/* "8 Wdh" of "jeweils 8 Wdh", "11" of "60 kg, jeweils 11" */
static bool counts_all(const struct token *number)
{
    return number->kind == TOKEN_NUMBER && number->decimals == 0 &&
           (token_is_word(&number[1], WORD_REPS) || (number->value <= REPS_LIKE && notation_clause_ends(&number[1])));
}

/* "all @1", "all to failure", "jeweils RIR 2"; "jeweils 8 Wdh" */
static int take_all(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct token *next;
    int result;

    parser->at++;
    if (token_is_word(token_now(parser), WORD_SETS))
        parser->at++;
    notation_skip_colon(parser);
    while (token_has(token_now(parser), TRAIT_ABOUT))
        parser->at++; /* "all about @2" */
    next = token_now(parser);
    if (item->product_count == 0)
        return notation_talk(parser);
    item->all = true;
    if (token_is_sign(next, '@') || token_is_word(next, WORD_AT))
        result = notation_at(parser);
    else if (token_is_word(next, WORD_RIR) || token_is_word(next, WORD_RPE))
        result = notation_effort_word(parser);
    else if (notation_effort_ahead(parser))
        result = notation_effort_number(parser);
    else if (next->kind == TOKEN_WORD)
        result = notation_mark(parser);
    else
        result = notation_talk(parser);
    item->all = false;
    if (result != 0 && counts_all(next)) {
        parser->verdict = VERDICT_GO;
        parser->op = behind_load(item) ? 'f' : 'o';
        return 0;
    }
    return result;
}

int notation_mark(struct parser *parser)
{
    static int (*const handlers[])(struct parser *) = {
        [WORD_FAIL] = notation_fail,
        [WORD_FAILURE] = take_failure,
        [WORD_MUSCLE] = take_muscle,
        [WORD_FORM] = take_form,
        [WORD_TO] = take_to,
        [WORD_NOT] = take_not,
        [WORD_GOOD] = take_note,
        [WORD_NOTE] = take_note,
        [WORD_LAST] = take_note,
        [WORD_PAUSE] = take_pause,
        [WORD_TEMPO] = notation_tempo_word,
        [WORD_WITH] = take_with,
        [WORD_WITHOUT] = take_with,
        [WORD_EACH] = take_each,
        [WORD_PER] = take_each_behind,
        [WORD_A] = take_each_behind,
        [WORD_IN] = take_each_behind,
        [WORD_SIDE] = notation_side,
        [WORD_REPS] = notation_right,
        [WORD_TYPE] = take_type,
        [WORD_REST] = take_rest,
        [WORD_CHEAT] = take_cheat,
        [WORD_AMRAP] = take_amrap,
        [WORD_ASSISTED] = take_mode,
        [WORD_WEIGHTED] = take_mode,
        [WORD_UP] = take_up,
        [WORD_ALL] = take_all,
        [WORD_SINGLE] = notation_single,
        [WORD_STOP] = take_most,
        [WORD_COMMAND] = NULL,
    };
    enum word word = token_now(parser)->word;

    return handlers[word] != NULL ? handlers[word](parser) : notation_talk(parser);
}

bool notation_speaks(const struct parser *parser, const struct token *first, size_t count)
{
    static const uint8_t words[] = {WORD_RIR,  WORD_RPE,  WORD_IN,    WORD_THE,   WORD_TANK,  WORD_REPS,   WORD_TYPE,
                                    WORD_UP,   WORD_SETS, WORD_FAIL,  WORD_TO,    WORD_EACH,  WORD_PER,    WORD_LIMB,
                                    WORD_SIDE, WORD_REST, WORD_PAUSE, WORD_AMRAP, WORD_CHEAT, WORD_FAILURE};
    size_t numbers = 0;
    bool effort = false;

    for (const struct token *token = first; token != first + count; token++) {
        numbers += token->kind == TOKEN_NUMBER;
        effort |= token_is_sign(token, '@') || token_is_word(token, WORD_RIR) || token_is_word(token, WORD_RPE) ||
                  token_is_word(token, WORD_TANK) || (numbers != 0 && token_reads(parser, token, "left"));
        if (token->kind != TOKEN_NUMBER && !token_has(token, TRAIT_ABOUT) &&
            !word_in(token, words, ARRAY_LENGTH(words)) &&
            !(token->kind == TOKEN_SIGN && strchr("@:=,-", token->sign) != NULL))
            return false;
    }
    return count != 0 && (numbers == 0 || effort);
}
