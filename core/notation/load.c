/*
 * Terms: a number with what is written at it ("82.5kg", "bw+20", "80%", "8 reps", "20s"), and words in a number's
 * place. Also what a term weighs.
 */
#include "core/notation/comma.h"
#include "core/notation/more.h"
#include "core/notation/scan.h"
#include "core/notation/shape.h"
#include "core/notation/side.h"
#include "core/notation/term.h"

enum {
    BAR_KG = 20,
    BAR_LB = 45,
    BAR_MOST = 60, /* of either unit */
    PERCENT_MAX = 150
};

/* "Seitheben 12er 15 12 11", "14er x 12", "14er kh 12": what stands in front of reps, or of what is lifted. */
static bool reps_follow(const struct parser *parser, const struct token *behind)
{
    if (notation_is_held(behind) || (behind->kind == TOKEN_CROSS && behind[1].kind == TOKEN_NUMBER))
        return true;
    return parser->item.product_count == 1 && parser->item.name.present && behind->kind == TOKEN_NUMBER &&
           behind->value <= REPS_LIKE && !token_is_word(&behind[1], WORD_UNIT);
}

/* "12er Satz", "zwei 12er Sätze": of so many reps. */
static void take_set_of(struct parser *parser, struct term *term)
{
    struct item *item = &parser->item;
    struct term *before = item->term_count != 0 ? &item->terms[item->term_count - 1] : NULL;

    term->role = ROLE_REPS;
    if (before != NULL && before->role == ROLE_NUMBER && before->value <= SETS_LIKE &&
        item->products[item->product_count - 1].op == ' ' && parser->at >= 3 &&
        token_now(parser)[-3].kind == TOKEN_NUMBER)
        before->role = ROLE_SETS;
    parser->at++;
}

/* "30er", "mit den 30ern": German for what weighs so much; a small number counts reps, "ein 5er mit 100". False: no
 * such ending is here. */
static bool take_german_ending(struct parser *parser, struct term *term)
{
    static const char *const endings[] = {"er", "ern", "iger", "igern"};
    const struct token *word = token_now(parser);

    for (size_t i = 0; i < ARRAY_LENGTH(endings); i++) {
        if (!token_reads(parser, word, endings[i]))
            continue;
        term->role = term->value >= LOAD_LIKE || reps_follow(parser, &word[1]) ? ROLE_LOAD : term->role;
        term->each = span_is(token_text(parser, word), "ern") && term->role == ROLE_LOAD;
        parser->at++;
        if (token_is_word(token_now(parser), WORD_SETS))
            take_set_of(parser, term);
        if (term->role == ROLE_LOAD)
            notation_held(parser); /* "24er kb" */
        return true;
    }
    return false;
}

/* "20kg bar only": what weighs so much. */
static void skip_bar(struct parser *parser)
{
    const struct token *behind = token_now(parser);

    if (!token_is_word(behind, WORD_THE) && !token_is_word(behind, WORD_BAR))
        return;
    while (token_is_word(behind, WORD_THE) || token_is_word(behind, WORD_BAR))
        behind++;
    if (token_reads(parser, behind, "only"))
        behind++;
    if (token_is_word(&behind[-1], WORD_BAR) || token_reads(parser, &behind[-1], "only"))
        parser->at += behind->kind != TOKEN_WORD ? (size_t)(behind - token_now(parser)) : 0;
}

/* "on my back", "auf dem Rücken" behind what is lifted. */
static void skip_lies(struct parser *parser)
{
    static const char *const places[] = {"back", "chest", "lap", "rucken", "ruecken", "schoss", NULL};
    size_t at = 1;

    if (!token_is_word(token_now(parser), WORD_ON))
        return;
    while (token_is_word(token_ahead(parser, at), WORD_THE) || token_has(token_ahead(parser, at), TRAIT_MINE))
        at++;
    parser->at += token_reads_one(parser, token_ahead(parser, at), places) ? at + 1 : 0;
}

static void take_unit(struct parser *parser, struct term *term)
{
    term->unit = token_now(parser)->argument;
    term->unit_said = true;
    term->role = ROLE_LOAD;
    parser->item.unit = term->unit;
    parser->at++;
    notation_stone_and_pounds(parser, term);
    parser->item.unit = term->unit;
    notation_held(parser);
    notation_in_all(parser);
    skip_bar(parser);
    parser->at += token_is_word(token_now(parser), WORD_PLATES); /* "with 10kg plate" */
    skip_lies(parser);
}

/* "15 mal, dann …", "15 mal ohne Gewicht" */
static bool ends_reps(const struct token *behind)
{
    return token_is_sign(behind, ',') || notation_no_weight(behind) != 0;
}

/* Whether the words from FIRST to the end of their clause are an exercise. */
static bool is_exercise_clause(const struct parser *parser, const struct token *first)
{
    const struct token *last = first;

    while (last->kind == TOKEN_WORD)
        last++;
    return notation_clause_ends(last) &&
           notation_is_name(parser, (size_t)(first - parser->tokens.at), (size_t)(last - first));
}

/* Whether "times" says that its number is reps: at the line's end, and behind a load or a name at the clause's. */
static bool ends_times(const struct parser *parser)
{
    const struct token *behind = token_ahead(parser, 1);
    const struct item *item = &parser->item;

    if (behind->kind == TOKEN_END || (item->name.present && ends_reps(behind)))
        return true;
    if (item->product_count >= 2 && !item->name.present &&
        is_exercise_clause(parser, behind)) /* "80 kilo 8 mal bank" */
        return true;
    if (item->product_count < 2 || item->terms[item->products[item->product_count - 2].first].role != ROLE_LOAD)
        return false;
    if (token_has(behind, TRAIT_AGAIN) && notation_clause_ends(&behind[1]))
        return true; /* "40 kilos 10 times again" */
    return behind->kind == TOKEN_CLOSE || behind->kind == TOKEN_SIGN || token_is_word(behind, WORD_RIR) ||
           token_is_word(behind, WORD_RPE);
}

/* Whether a number stands at TOKEN that is reps: "x8", "8 wdh". */
static bool reps_at(const struct token *token)
{
    return (token->kind == TOKEN_CROSS && token[1].kind == TOKEN_NUMBER) ||
           (token->kind == TOKEN_NUMBER && token_is_word(&token[1], WORD_REPS));
}

/* "5 mal 100 kg"; of "2 mal 8 kg 12 wdh" there are two. */
static bool times_load(const struct parser *parser, const struct term *term)
{
    const struct token *load = token_ahead(parser, 1), *behind = &load[2];

    if (term->role != ROLE_NUMBER || term->value > 30 || load->kind != TOKEN_NUMBER ||
        !token_is_word(&load[1], WORD_UNIT))
        return false;
    behind += notation_is_held(behind);
    return term->value != 2 || !(reps_at(behind) || (behind->kind == TOKEN_NUMBER && notation_clause_ends(&behind[1])));
}

/* "of them" and nothing behind it: takes the "of". */
static bool take_of(struct parser *parser)
{
    if (!token_reads(parser, token_ahead(parser, 1), "them") || !notation_clause_ends(token_ahead(parser, 2)))
        return false;
    parser->at++;
    return true;
}

/* "80x8 set 2 80x7": WORD is of the set behind it. */
static bool numbers_set_behind(const struct token *word)
{
    return word[1].kind == TOKEN_NUMBER && word[2].kind == TOKEN_NUMBER &&
           (word[3].kind == TOKEN_CROSS || token_is_word(&word[3], WORD_UNIT));
}

/* At the word: "pl8" is one, too. */
static void take_plates(struct parser *parser, struct term *term)
{
    const struct token *eight = token_ahead(parser, 1);

    term->role = ROLE_LOAD;
    term->plates = true;
    parser->at += token_now(parser)->length == 2 && eight->kind == TOKEN_NUMBER && eight->value == 8 && !eight->space;
}

/* "80x8, 3 times", "80kg 8 reps, 3 times": behind a load and reps a few times are sets. */
static bool times_sets(const struct parser *parser, const struct term *term)
{
    const struct item *item = &parser->item;
    const struct product *product = &item->products[item->product_count - 1];
    const struct token *before = token_now(parser) - 2;
    const bool reps_before = item->product_count == 3 && token_is_word(before - token_is_sign(before, ','), WORD_REPS);

    if (item->product_count == 2 && product[-1].count == 1 && item->terms[product[-1].first].role == ROLE_TIME)
        return term->value <= SETS_LIKE; /* "plank 45 seconds 3 times" */
    return token_ahead(parser, 1)->kind == TOKEN_END &&
           (reps_before ? term->value >= 2 && term->value <= TIMES_MOST
                        : notation_times_whole(parser, product, term->value));
}

static void take_count(struct parser *parser, struct term *term, const struct token *word)
{
    const bool by = token_is_word(word, WORD_BY);

    if (!(by ? ends_times(parser) || times_load(parser, term) : take_of(parser)))
        return;
    term->role = by && times_sets(parser, term) ? ROLE_SETS : ROLE_REPS;
    parser->at++;
}

static void take_word_behind(struct parser *parser, struct term *term, const struct token *word)
{
    bool letter = word->length == 1 && !word->space;

    if (word->length == 1 && word->space && word->word != WORD_SECONDS)
        return;
    if (notation_short_minutes(parser, word)) {
        notation_minutes(parser, term);
        return;
    }
    switch (word->word) {
    case WORD_UNIT:
        take_unit(parser, term);
        return;
    case WORD_REPS:
        term->role = ROLE_REPS;
        if (letter)
            notation_right_behind_left(parser);
        break;
    case WORD_BY: /* "80 kg 8 times", "80 Kilo 8 mal", "16 kg, 10 of them" */
    case WORD_OF:
        if (!letter)
            take_count(parser, term, word);
        return;
    case WORD_SETS:
        if (numbers_set_behind(word))
            return;
        term->role = ROLE_SETS;
        term->rounds = word->argument == SETS_ROUNDS;
        break;
    case WORD_TYPE:
        if (!notation_warmups_counted(parser, term))
            return;
        break;
    case WORD_SECONDS:
        term->role = ROLE_TIME;
        term->suffix_s = letter;
        break;
    case WORD_MINUTES:
        notation_minutes(parser, term);
        return;
    case WORD_PLATES:
        take_plates(parser, term);
        break;
    case WORD_EACH:
    case WORD_A:
        if (!letter)
            return;
        term->role = ROLE_LOAD;
        term->each = word->word == WORD_EACH;
        break;
    default: /* of lunges, a word of some names */
        if (!token_reads(parser, word, "steps") && !token_reads(parser, word, "schritte"))
            return;
        term->role = ROLE_REPS;
    }
    parser->at++;
}

static void take_letters(struct parser *parser, struct term *term, const struct token *word)
{
    if (notation_takes_distance(parser, term))
        return;
    if (word->space || !take_german_ending(parser, term))
        take_word_behind(parser, term, word);
}

/* ":15" of "1:15" */
static bool seconds_follow(const struct token *colon, const struct term *minutes)
{
    return token_is_sign(colon, ':') && !colon->space && colon[1].digits == 2 && !colon[1].space &&
           minutes->value < 15 && colon[1].value < 60;
}

/* What is written right behind a number. */
static void take_suffix(struct parser *parser, struct term *term)
{
    const struct token *token = token_now(parser);

    if (token->kind == TOKEN_WORD) {
        take_letters(parser, term, token);
    } else if (token_is_sign(token, '%')) {
        term->role = ROLE_PERCENT;
        parser->at++;
        notation_of_what(parser, term);
    } else if (token_is_sign(token, '#') && !token->space) {
        term->role = ROLE_LOAD;
        term->unit = UNIT_LB;
        term->unit_said = true;
        parser->item.unit = UNIT_LB;
        parser->at++;
    } else if (token_is_sign(token, '+') && !token->space &&
               (token_ahead(parser, 1)->kind != TOKEN_NUMBER || token_ahead(parser, 1)->space)) {
        term->plus = true;
        parser->at++;
    } else if (seconds_follow(token, term)) {
        term->role = ROLE_TIME;
        term->value = term->value * 60 + token_ahead(parser, 1)->value;
        parser->at += token_is_word(token_ahead(parser, 2), WORD_MINUTES) ? 3 : 2; /* "1:15 min" */
    }
}

/* "with 15 extra": WORD is behind the number. */
static bool with_extra(const struct parser *parser, const struct token *word)
{
    return parser->at >= 2 && token_is_word(&word[-2], WORD_WITH) && token_has(word, TRAIT_HEAVIER) &&
           !token_is_word(word, WORD_UP);
}

/* Whether WORD, behind TERM, makes a step of it; without a unit only where reps follow. "2 more x8" counts sets. */
static bool steps(const struct parser *parser, const struct term *term, const struct token *word)
{
    const struct token *behind = &word[1];
    bool counts = term->role == ROLE_NUMBER && token_has(word, TRAIT_MORE);

    if (!token_has(word, STEP_WORDS))
        return false;
    behind += token_is_sign(behind, ',');
    if (term->role == ROLE_NUMBER && with_extra(parser, word))
        return true;
    if (!term->unit_said)
        return (term->role == ROLE_NUMBER || term->role == ROLE_LOAD) && !counts && reps_at(behind);
    return behind->kind != TOKEN_WORD || token_is_word(behind, WORD_FOR) || token_is_word(behind, WORD_WITH);
}

/* "5 kg more", "2,5 kg schwerer", "5 weniger x8": a step from the last load, as "+5kg" is. */
static void take_step_word(struct parser *parser, struct term *term)
{
    const struct token *word = token_now(parser);

    if (!steps(parser, term, word))
        return;
    term->role = ROLE_LOAD;
    parser->at++;
    term->mode = token_has(word, TRAIT_LIGHTER) ? LOAD_ASSISTED : LOAD_ADDED;
    term->relative = true;
}

/* "10 each with 2x14": a pair of fourteens. */
static bool with_pair(const struct parser *parser)
{
    const struct token *two = token_now(parser);

    return two->value == 2 && parser->at != 0 && token_is_word(&two[-1], WORD_WITH) && two[1].kind == TOKEN_CROSS &&
           two[2].kind == TOKEN_NUMBER && two[3].kind != TOKEN_CROSS && notation_in_hands(parser);
}

/* "two 12er kettlebells", "2 16s": a pair of them, at its count. */
static bool pair_ahead(const struct parser *parser)
{
    const struct token *two = token_now(parser), *number = &two[1], *behind = &number[1];

    if (with_pair(parser))
        return true;
    if (two->value != 2 || number->kind != TOKEN_NUMBER || !number->space || behind->kind != TOKEN_WORD ||
        token_is_word(&behind[1], WORD_SETS)) /* "2 12er Sätze" */
        return false;
    if (behind->space || token_is_word(behind, WORD_UNIT))
        return notation_is_held(behind + token_is_word(behind, WORD_UNIT)) &&
               behind[token_is_word(behind, WORD_UNIT)].argument == HELD_PAIR;
    return token_reads(parser, behind, "er") || token_reads(parser, behind, "ern") ||
           (token_reads(parser, behind, "s") && notation_in_hands(parser));
}

static void take_number(struct parser *parser, struct term *term);

static void take_pair(struct parser *parser, struct term *term)
{
    parser->at += 1 + (token_ahead(parser, 1)->kind == TOKEN_CROSS);
    take_number(parser, term);
    if (term->role != ROLE_LOAD) {
        term->role = ROLE_LOAD;
        term->suffix_s = false;
        notation_held(parser);
    }
    term->each = true;
}

/* "1 and a half minutes", "2 and a half kilos", "1 1/2 min": the tokens of the half; 0. */
static size_t half_ahead(const struct parser *parser, const struct token *joint)
{
    bool half;

    if (joint->kind == TOKEN_NUMBER)
        half =
            joint->value == 1 && token_is_sign(&joint[1], '/') && joint[2].kind == TOKEN_NUMBER && joint[2].value == 2;
    else
        half = token_is_word(joint, WORD_AND) && token_is_word(&joint[1], WORD_A) &&
               token_reads(parser, &joint[2], "half");
    return half && (token_is_word(&joint[3], WORD_MINUTES) || token_is_word(&joint[3], WORD_UNIT)) ? 3 : 0;
}

static void take_number(struct parser *parser, struct term *term)
{
    const struct token *token = token_now(parser);
    const size_t thousand = token->value < 2 ? notation_thousand(parser, parser->at) : 0;
    size_t half;

    term->value = token->value;
    term->decimals = token->decimals;
    if (thousand != 0) {
        term->value = thousand == 1 ? 1000 * token->value : 1000 + token[2].value;
        term->decimals = 0;
        parser->at += thousand - 1;
    } else if (notation_decimal_comma(parser, parser->at + 1)) {
        term->value = notation_comma_value(&token[1]);
        term->decimals = token[2].digits;
        parser->at += 2;
    }
    parser->at++;
    half = half_ahead(parser, token_now(parser));
    if (half != 0) {
        term->value += 0.5;
        term->decimals = 1;
        parser->at += half;
    }
    take_suffix(parser, term);
    if (term->role == ROLE_NUMBER && term->decimals != 0)
        term->role = ROLE_LOAD;
    take_step_word(parser, term);
}

/* "+20", "-20", "plus 20kg": the sign's token is now. */
static void take_signed(struct parser *parser, struct term *term)
{
    bool minus = token_is_sign(token_now(parser), '-') || token_has(token_now(parser), TRAIT_MINUS);

    parser->at++;
    take_number(parser, term);
    term->mode = minus ? LOAD_ASSISTED : LOAD_ADDED;
    if (term->role != ROLE_PERCENT)
        term->role = ROLE_LOAD;
    else if (minus)
        term->value = -term->value;
}

/* "bw", "body weight", "bw+20", "bw - 15kg", "no weight": of WORDS words. */
static void take_bodyweight(struct parser *parser, struct term *term, size_t words)
{
    term->bare = token_is_word(token_now(parser), WORD_NOT);
    parser->at += words;
    term->role = ROLE_LOAD;
    term->mode = LOAD_BODYWEIGHT;
    if ((token_is_sign(token_now(parser), '+') || token_is_sign(token_now(parser), '-')) &&
        token_ahead(parser, 1)->kind == TOKEN_NUMBER)
        take_signed(parser, term);
}

/* "20kg", "(45 lbs)" behind the bar: what it weighs. */
static void take_bar_weight(struct parser *parser, struct term *term)
{
    const struct token *note = token_now(parser), *number = &note[1];

    if (note->kind == TOKEN_NUMBER && token_is_word(number, WORD_UNIT) && note->value <= BAR_MOST) {
        take_number(parser, term);
        return;
    }
    if (note->kind != TOKEN_NOTE || note->inside != 2 || number->kind != TOKEN_NUMBER ||
        !token_is_word(&note[2], WORD_UNIT))
        return;
    term->value = number->value;
    term->decimals = number->decimals;
    term->unit = note[2].argument;
    parser->item.unit = term->unit;
    parser->at += 4;
}

static void take_bar(struct parser *parser, struct term *term)
{
    term->role = ROLE_LOAD;
    term->of_bar = true;
    term->bar = parser->at != 0 && token_has(&token_now(parser)[-1], TRAIT_MERELY);
    term->value = parser->options->unit == UNIT_KG ? BAR_KG : BAR_LB;
    term->unit = parser->options->unit == UNIT_KG ? UNIT_KG : UNIT_LB;
    term->unit_said = true;
    while (token_is_word(token_now(parser), WORD_THE) || token_is_word(token_now(parser), WORD_BAR))
        parser->at++;
    if (token_reads(parser, token_now(parser), "only")) {
        term->bar = true;
        parser->at++;
    }
    take_bar_weight(parser, term);
}

/* "bar", "the bar", "empty bar"; behind a set that is whole "bar speed was good" tells how it was. */
static bool bar_here(const struct parser *parser)
{
    static const bool tells[WORD_COMMAND + 1] = {[WORD_OTHER] = true, [WORD_NOTE] = true, [WORD_WENT] = true};
    const struct token *bar = token_ahead(parser, token_is_word(token_now(parser), WORD_THE));

    return token_is_word(bar, WORD_BAR) &&
           !(bar[1].kind == TOKEN_WORD && tells[bar[1].word] && notation_whole_set(&parser->item));
}

size_t notation_no_weight(const struct token *word)
{
    size_t added = token_is_word(word, WORD_NOT) && token_is_word(&word[1], WORD_WEIGHTED);

    if (!token_is_word(word, WORD_NOT))
        return 0;
    if (token_is_word(&word[1 + added], WORD_WEIGHT))
        return 2 + added;
    return added != 0 && word->argument != COUNT_ZERO ? 2 : 0; /* "ohne Zusatz" */
}

/* How many words from the token now on say that the body is the load: "bw", "body weight", "no weight"; 0. */
static size_t body_words(const struct parser *parser)
{
    const struct token *word = token_now(parser);

    if (token_is_word(word, WORD_BODYWEIGHT))
        return 1;
    if (token_is_word(word, WORD_BODY))
        return token_is_word(&word[1], WORD_WEIGHT) ? 2 : 0;
    return notation_no_weight(word);
}

bool notation_spoken_step(const struct parser *parser)
{
    const struct token *number = token_ahead(parser, 1), *behind = &number[1];
    bool fraction;

    if (!token_has(token_now(parser), TRAIT_PLUS | TRAIT_MINUS) || number->kind != TOKEN_NUMBER ||
        parser->item.term_count != 0)
        return false;
    fraction = number->decimals != 0 || notation_comma_pair(behind);
    behind += notation_comma_pair(behind) ? 2 : 0;
    return token_is_word(behind, WORD_UNIT) || token_is_sign(behind, '%') ||
           ((fraction || number->value < LOAD_LIKE) && reps_at(behind) && behind->space && !behind[1].space);
}

/* "+20" with nothing between; the sign stands apart from what is before. */
static bool signed_number(const struct parser *parser)
{
    const struct token *sign = token_now(parser);
    const struct token *number = token_ahead(parser, 1);

    bool apart = sign->space || (parser->at != 0 && sign[-1].kind != TOKEN_NUMBER && sign[-1].kind != TOKEN_CROSS);

    if (sign->kind == TOKEN_WORD)
        return notation_spoken_step(parser);
    return (token_is_sign(sign, '+') || token_is_sign(sign, '-')) && number->kind == TOKEN_NUMBER && apart &&
           (!number->space || parser->at == 0);
}

int notation_count_word(const struct token *word)
{
    return token_is_word(word, WORD_NOTE) && word->argument != COUNT_ZERO ? word->argument : 0;
}

bool notation_term_starts(const struct parser *parser)
{
    const struct token *token = token_now(parser);

    if (token->kind == TOKEN_NUMBER)
        return true;
    if (token_is_sign(token, '~'))
        return token_ahead(parser, 1)->kind == TOKEN_NUMBER;
    return bar_here(parser) || token_is_word(token, WORD_TICKS) || body_words(parser) != 0 || signed_number(parser);
}

/* Words that stand for reps behind a cross: "60 x feel", "100x fail", "40kg x vvvv", "100 x x", "?". */
static int take_reps_word(struct parser *parser, struct term *term)
{
    const struct token *token = token_now(parser);

    if (token_is_word(token, WORD_FAIL) || token->kind == TOKEN_CROSS)
        term->role = ROLE_MISSED;
    else if (token_is_word(token, WORD_FEEL) || token_is_word(token, WORD_AMRAP) || token_is_sign(token, '?'))
        term->role = ROLE_UNKNOWN;
    else
        return notation_talk(parser);
    if (token_is_sign(token, '?'))
        while (token_is_sign(token_now(parser), '?'))
            parser->at++;
    else
        parser->at++;
    return 0;
}

int notation_term(struct parser *parser, bool behind_cross, struct term *term)
{
    const struct token *token = token_now(parser);

    *term = (struct term){.role = ROLE_NUMBER, .unit = (uint8_t)parser->options->unit};
    if (token_is_sign(token, '~') && token_ahead(parser, 1)->kind == TOKEN_NUMBER) {
        term->partial = true;
        parser->at++;
        token = token_now(parser);
    }
    if (token->kind == TOKEN_NUMBER) {
        if ((parser->at == 0 || token[-1].kind != TOKEN_CROSS) && pair_ahead(parser))
            take_pair(parser, term);
        else
            take_number(parser, term);
    } else if (token_is_word(token, WORD_TICKS)) {
        term->role = ROLE_TICKS;
        term->value = token->argument;
        parser->at++;
    } else if (bar_here(parser)) {
        take_bar(parser, term);
    } else if (body_words(parser) != 0) {
        take_bodyweight(parser, term, body_words(parser));
    } else if (signed_number(parser)) {
        take_signed(parser, term);
        term->relative = true;
    } else if (behind_cross) {
        return take_reps_word(parser, term);
    } else {
        return notation_talk(parser);
    }
    return 0;
}

/* "2 plates" is twice two plates and a bar; whose plates, kg or lb, is only sure for who counts in pounds. */
static double plates_kg(struct parser *parser, const struct term *term, enum unit *unit)
{
    double pounds = BAR_LB + 2 * BAR_LB * term->value;
    double kilograms = BAR_KG + 2 * BAR_KG * term->value;
    bool lb = parser->options->unit != UNIT_KG;

    if (!lb)
        lb = notation_fork(parser, ABOUT_LOAD, HABIT_PLATES, 2, "Plates: %g lb or %g kg?", pounds, kilograms) == 0;
    *unit = lb ? UNIT_LB : UNIT_KG;
    return unit_to_kg(lb ? pounds : kilograms, *unit);
}

static enum load_mode mode_of(const struct item *item, const struct term *term, double load_kg)
{
    if (term->mode != LOAD_EXTERNAL)
        return term->mode;
    if (item->known != NULL && !item->known->bodyweight && item->mode == LOAD_ADDED)
        return LOAD_EXTERNAL; /* "bank 80 kg dran" */
    if (item->mode != LOAD_EXTERNAL)
        return item->mode;
    if (item->known == NULL || !item->known->bodyweight)
        return LOAD_EXTERNAL;
    return load_kg > 0 ? LOAD_ADDED : LOAD_BODYWEIGHT;
}

static int no_load(struct parser *parser, struct set *set)
{
    const struct item *item = &parser->item;

    if (item->mode != LOAD_EXTERNAL)
        return notation_ask(parser, ABOUT_LOAD,
                            item->mode == LOAD_ASSISTED ? "How much weight was taken off?"
                                                        : "How much weight was added?");
    if (item->known != NULL && exercise_needs_no_load(item->known)) {
        set->load_mode = LOAD_BODYWEIGHT;
        set->load_kg = 0;
    }
    return 0;
}

int notation_load(struct parser *parser, const struct term *term, struct set *set)
{
    const struct item *item = &parser->item;
    enum unit unit;
    double value;

    set->unit = item->unit >= 0 ? (enum unit)item->unit : parser->options->unit;
    if (term == NULL)
        return no_load(parser, set);
    if (term->role == ROLE_PERCENT) {
        set->percent = scan_hundredths(term->value);
        if (set->percent > PERCENT_MAX || (!term->relative && set->percent <= 0))
            return notation_error(parser, "Percent of the best single: bench 80% x5", "%g %% of the best?",
                                  set->percent);
        if (term->relative)
            notation_fork(parser, ABOUT_LOAD, FORK_STEP, 1, "%+g %% of which load?", term->value);
        return 0;
    }
    unit = term->unit_said ? (enum unit)term->unit : set->unit;
    value = scan_hundredths(term->value);
    set->load_kg = term->plates ? plates_kg(parser, term, &unit) : unit_to_kg(value, unit);
    set->unit = unit;
    set->load_mode = mode_of(item, term, set->load_kg);
    if (set->load_mode == LOAD_BODYWEIGHT)
        set->load_kg = 0;
    if (term->relative && (item->known == NULL || !item->known->bodyweight))
        notation_fork(parser, ABOUT_LOAD, FORK_STEP, 1, "%c%g %s from which load?",
                      term->mode == LOAD_ASSISTED ? '-' : '+', value, unit_name(unit));
    return 0;
}
