/*
 * Numbers in words: "one forty for five", "forty two point five", "zweiundvierzig Komma fünf". Before a line is read
 * they become tokens of numbers, where they stand as numbers of a set do, and are no part of an exercise's name.
 */
#include "core/notation/parser.h"

enum { UNITS_END = 10, TEENS_END = 20, SMALL_END = 100, HUNDRED = 100, SPLIT_FROM = 40, COMPOUND_MIN = 7 };

static unsigned meant(struct word_meaning meaning)
{
    bool number = meaning.word == WORD_OTHER || meaning.word == WORD_NOTE || meaning.word == WORD_A;

    return number && meaning.argument <= NUMBER_WORDS_MAX ? meaning.argument : 0;
}

/* Of one word: 1 to 99, 100 for "hundred"; 0: it is none. */
static unsigned simple(struct span word)
{
    return meant(notation_meaning(word));
}

/* Where PART begins in WORD, behind at least one byte; 0: it isn't there. */
static size_t find_part(struct span word, const char *part)
{
    struct span rest = word;

    while (rest.length > 1) {
        const char *at = memchr(rest.at + 1, part[0], rest.length - 1);

        if (at == NULL)
            return 0;
        rest = (struct span){at, (size_t)(word.at + word.length - at)};
        if (span_starts(rest, part))
            return (size_t)(at - word.at);
    }
    return 0;
}

static struct span behind(struct span word, size_t bytes)
{
    return (struct span){word.at + bytes, word.length - bytes};
}

/* "forty-five", "fünfundvierzig": under a hundred; 0. */
static unsigned small(struct span word)
{
    size_t at = find_part(word, "-");
    unsigned unit, tens;

    if (at != 0) {
        tens = simple((struct span){word.at, at});
        unit = simple(behind(word, at + 1));
    } else {
        at = find_part(word, "und");
        if (at == 0 || at + 3 > word.length)
            return simple(word) < SMALL_END ? simple(word) : 0;
        unit = simple((struct span){word.at, at});
        tens = simple(behind(word, at + 3));
    }
    return unit != 0 && unit < UNITS_END && tens >= TEENS_END && tens < SMALL_END && tens % 10 == 0 ? tens + unit : 0;
}

/* "hundert", "zweihundertzwanzig", "einhundertundfünf" */
static unsigned german_hundreds(struct span word)
{
    static const char hundred[] = "hundert";
    size_t at = span_starts(word, hundred) ? 0 : find_part(word, hundred);
    unsigned hundreds = at != 0 ? simple((struct span){word.at, at}) : 1;
    struct span rest;

    if ((at == 0 && !span_starts(word, hundred)) || hundreds == 0 || hundreds >= UNITS_END)
        return 0;
    rest = behind(word, at + sizeof(hundred) - 1);
    if (span_starts(rest, "und"))
        rest = behind(rest, 3);
    return rest.length == 0 || small(rest) != 0 ? hundreds * HUNDRED + small(rest) : 0;
}

/* Whether WORD has what all compounds have: "forty-five", "fünfundvierzig", "zweihundert", "achteinhalb". */
static bool like_compound(struct span word)
{
    return word.length >= COMPOUND_MIN &&
           (word.at[word.length - 1] == 'b' || find_part(word, "und") != 0 || find_part(word, "-") != 0);
}

double notation_number_of(struct span word, struct word_meaning meaning)
{
    static const char half[] = "einhalb";
    double more = 0;
    unsigned value;

    if (!like_compound(word))
        return meant(meaning);
    if (word.length > sizeof(half) - 1 && span_is(behind(word, word.length - sizeof(half) + 1), half)) {
        word.length -= sizeof(half) - 1;
        more = 0.5;
    }
    value = small(word);
    if (value == 0)
        value = german_hundreds(word);
    if (value == 0 && span_is(word, "anderthalb"))
        return 1.5;
    return value != 0 ? value + more : simple(word);
}

#define LETTER(letter) (UINT32_C(1) << ((letter) - 'a'))

/* Whether WORD begins as numbers do, and is as long as the shortest; whoever reads talk asks about all its words. */
static bool may_be_number(struct span word)
{
    static const uint32_t letters = LETTER('a') | LETTER('d') | LETTER('e') | LETTER('f') | LETTER('h') | LETTER('n') |
                                    LETTER('o') | LETTER('s') | LETTER('t') | LETTER('v') | LETTER('z');

    return word.length >= 3 && word.at[0] >= 'a' && word.at[0] <= 'z' && (letters & LETTER(word.at[0])) != 0;
}

double notation_word_number(struct span word)
{
    if (!may_be_number(word))
        return 0;
    return notation_number_of(word, notation_meaning(word));
}

bool notation_is_number_word(struct span word, struct word_meaning meaning)
{
    if (meaning.word == WORD_A)
        return false; /* "a", and "ein", which is one */
    if (meaning.word == WORD_MINUTES)
        return true; /* "a minute" */
    if (meant(meaning) != 0)
        return true;
    return meaning.word == WORD_OTHER && meaning.argument == 0 && like_compound(word) &&
           notation_number_of(word, meaning) != 0;
}

/* ------------------------------------------------------------- several words */

struct spoken {
    double value;
    uint8_t decimals;
    size_t tokens;
};

static double number_at(const struct parser *parser, const struct token *token)
{
    return token->kind == TOKEN_WORD ? notation_word_number(token_text(parser, token)) : 0;
}

static bool is_small(double value)
{
    return value >= 1 && value < SMALL_END && value == floor(value);
}

/* "five", "forty", "forty five" from AT on, of which the tokens are counted. In "eighty five reps" the five is none of
 * the load. */
static double take_small(const struct parser *parser, const struct token *at, size_t *tokens)
{
    double value = number_at(parser, at);
    double unit = value != 0 ? number_at(parser, &at[1]) : 0;
    bool tens = value >= TEENS_END && value < SMALL_END && value == 10 * floor(value / 10);
    bool joined = tens && unit >= 1 && unit < UNITS_END &&
                  !(value >= SPLIT_FROM && (token_is_word(&at[2], WORD_REPS) || token_is_word(&at[2], WORD_BY)));

    *tokens = joined ? 2 : 1;
    return joined ? value + unit : value;
}

/* "hundred", "hundred and twenty", "hundred five" behind HUNDREDS of them, at the word. */
static void take_hundreds(const struct parser *parser, const struct token *at, double hundreds, struct spoken *spoken)
{
    const struct token *rest = &at[1];
    bool joined = token_is_word(rest, WORD_AND);
    size_t tokens;
    double value;

    spoken->value = hundreds * HUNDRED;
    spoken->tokens++;
    rest += joined;
    value = take_small(parser, rest, &tokens);
    if (!is_small(value) || (!joined && token_is_word(&rest[tokens], WORD_REPS)))
        return; /* "one hundred five reps" */
    spoken->value += value;
    spoken->tokens += tokens + joined;
}

/* What is said right before counts reps, so that "for five sixty" is no load. */
static bool behind_count(const struct parser *parser, size_t at)
{
    const struct token *before;

    if (at == 0)
        return false;
    before = &parser->tokens.at[at - 1];
    return token_is_word(before, WORD_OF) || token_is_word(before, WORD_FOR) || before->kind == TOKEN_CROSS ||
           token_is_word(before, WORD_BY);
}

/* "one forty", "two twenty five", "three fifteen", "one oh five": the hundreds are left out. False: it isn't that. */
static bool take_short_hundreds(const struct parser *parser, size_t at, struct spoken *spoken)
{
    enum { HUNDREDS_MAX = 7, TEENS_MAX = 4 };
    const struct token *first = &parser->tokens.at[at];
    double hundreds = spoken->value;
    bool zero = token_reads(parser, &first[1], "oh") || token_reads(parser, &first[1], "o");
    size_t tokens;
    double rest = take_small(parser, &first[1 + zero], &tokens);

    if (hundreds > HUNDREDS_MAX || behind_count(parser, at) || !is_small(rest) ||
        (zero ? rest >= UNITS_END : rest < (hundreds <= TEENS_MAX ? UNITS_END : TEENS_END)) ||
        token_is_word(&first[1 + zero + tokens], WORD_REPS))
        return false;
    spoken->value = hundreds * HUNDRED + rest;
    spoken->tokens = 1 + zero + tokens;
    return true;
}

/* "point five", "komma zwei fünf", "and a half" */
static void take_fraction(const struct parser *parser, const struct token *at, struct spoken *spoken)
{
    double first, second;

    if (token_is_word(at, WORD_AND) && token_is_word(&at[1], WORD_A) && token_reads(parser, &at[2], "half")) {
        spoken->value += 0.5;
        spoken->tokens += 3;
        spoken->decimals = 1;
        return;
    }
    if (!token_reads(parser, at, "point") && !token_reads(parser, at, "komma"))
        return;
    first = number_at(parser, &at[1]);
    if (!is_small(first))
        return;
    second = first < UNITS_END ? number_at(parser, &at[2]) : 0;
    if (second >= UNITS_END || token_is_word(&at[3], WORD_REPS))
        second = 0;
    spoken->decimals = first >= UNITS_END || second != 0 ? 2 : 1;
    spoken->value += second != 0 ? (10 * first + second) / 100 : first < UNITS_END ? first / 10 : first / 100;
    spoken->tokens += second != 0 ? 3 : 2;
}

/* "a minute", "half a minute", "eine halbe Minute", "a full minute" at TOKEN, behind ARTICLE where there is one. False:
 * none of that. */
static bool take_minute(const struct parser *parser, const struct token *token, bool article, struct spoken *spoken)
{
    static const char *const whole[] = {"full", "whole", "ganze", "volle", NULL};
    const struct token *half = &token[article];

    *spoken = (struct spoken){.value = 1, .tokens = 1};
    if (article && token_is_word(half, WORD_MINUTES))
        return true;
    if (article && token_reads_one(parser, half, whole) && token_is_word(&half[1], WORD_MINUTES)) {
        spoken->tokens = 2;
        return true;
    }
    if (!token_reads(parser, half, "half") && !token_reads(parser, half, "halbe"))
        return false;
    spoken->tokens = article + 1 + (size_t)token_is_word(&half[1], WORD_A);
    spoken->value = 0.5;
    spoken->decimals = 1;
    return token_is_word(&token[spoken->tokens], WORD_MINUTES);
}

/* The number that stands at AT; false: there is none. */
static bool read_number(const struct parser *parser, size_t at, struct spoken *spoken)
{
    const struct token *token = &parser->tokens.at[at];
    bool article = token_is_word(token, WORD_A);

    if (token_has(token, TRAIT_ARTICLE))
        return take_minute(parser, token, true, spoken); /* "ne Minute" */
    if (take_minute(parser, token, article, spoken))
        return true;
    *spoken = (struct spoken){.tokens = 1};
    if (article && number_at(parser, &token[1]) != HUNDRED)
        return false; /* "a hundred" */
    spoken->value = number_at(parser, &token[article]);
    if (spoken->value == 0)
        return false;
    if (spoken->value == HUNDRED && !article) {
        spoken->tokens = 0;
        take_hundreds(parser, token, 1, spoken);
    } else if (article) {
        take_hundreds(parser, &token[1], 1, spoken);
    } else if (spoken->value < UNITS_END && number_at(parser, &token[1]) == HUNDRED) {
        take_hundreds(parser, &token[1], spoken->value, spoken);
    } else if (!(spoken->value < UNITS_END && take_short_hundreds(parser, at, spoken))) {
        spoken->value = take_small(parser, token, &spoken->tokens);
    }
    spoken->decimals = spoken->value != floor(spoken->value);
    if (spoken->decimals == 0)
        take_fraction(parser, &token[spoken->tokens], spoken);
    return true;
}

double notation_spoken_number(struct span folded, size_t *length)
{
    struct parser parser = {.line = folded};
    struct spoken spoken;
    const struct token *last;

    if (notation_lex(folded, &parser.tokens) < 0 || parser.tokens.count == 0 || !read_number(&parser, 0, &spoken))
        return 0;
    last = &parser.tokens.at[spoken.tokens - 1];
    *length = (size_t)last->at + last->length;
    return spoken.value;
}

/* ------------------------------------------------------------- where they count */

/* What says that the number before it is one of a set. */
static bool counted(const struct token *token)
{
    static const bool counts[WORD_COMMAND + 1] = {
        [WORD_UNIT] = true,    [WORD_REPS] = true, [WORD_SETS] = true, [WORD_SECONDS] = true,
        [WORD_MINUTES] = true, [WORD_BY] = true,   [WORD_RIR] = true,  [WORD_PLATES] = true,
    };

    return token->kind == TOKEN_CROSS || token_is_sign(token, '%') ||
           (token->kind == TOKEN_WORD && counts[token->word]);
}

/* What comes before a number of reps, of a load or of an effort. */
static bool leads_to_number(const struct token *token)
{
    static const bool leads[WORD_COMMAND + 1] = {
        [WORD_FOR] = true, [WORD_OF] = true,  [WORD_AT] = true,  [WORD_BY] = true,   [WORD_WITH] = true,
        [WORD_PER] = true, [WORD_RIR] = true, [WORD_RPE] = true, [WORD_UNIT] = true, [WORD_FILLER] = true,
    };

    return token->kind == TOKEN_NUMBER || token->kind == TOKEN_CROSS || token_is_sign(token, '@') ||
           (token->kind == TOKEN_WORD && leads[token->word]) || token_has(token, TRAIT_ONLY);
}

/* Where a number of reps ends, behind what leads to it. */
static bool ends_number(const struct parser *parser, const struct token *token)
{
    static const bool ends[WORD_COMMAND + 1] = {[WORD_AT] = true, [WORD_WITH] = true, [WORD_RPE] = true};

    return notation_clause_ends(token) || token->kind == TOKEN_NUMBER || token_has(token, TRAIT_THEN) ||
           token_is_sign(token, '@') || (token->kind == TOKEN_WORD && ends[token->word]) ||
           number_at(parser, token) != 0;
}

/* Whether an exercise stands at NAME, and nothing behind it that may say that it is still to be done: "fünf Klimmzüge",
 * "… ohne Zusatzgewicht", "… mit 10 kg". */
static bool is_counted(const struct parser *parser, const struct token *name)
{
    const size_t first = (size_t)(name - parser->tokens.at);
    size_t words = 0;

    while (name[words].kind == TOKEN_WORD && !token_is_word(&name[words], WORD_WITH) &&
           notation_no_weight(&name[words]) == 0)
        words++;
    return notation_is_name(parser, first, words) &&
           (name[words].kind == TOKEN_WORD || notation_clause_ends(&name[words]));
}

/* "zwei 12er", "drei Sätze à fünf", "fünf Klimmzüge" at the front: the number AT, before NEXT. */
static bool is_of_sets(const struct parser *parser, size_t at, const struct token *next)
{
    enum { FEW = 3 }; /* "one bench 80x8" counts sets */
    const struct token *first = &parser->tokens.at[at];

    if (at == 0 && first->argument >= FEW && is_counted(parser, next))
        return true;
    return (next->kind == TOKEN_NUMBER && token_reads(parser, &next[1], "er")) ||
           (at >= 2 && token_is_word(&first[-1], WORD_A) && token_is_word(&first[-2], WORD_SETS));
}

/* "each leg", "per side" behind "pistol squats five". */
static bool of_each_limb(const struct token *next)
{
    return (token_is_word(next, WORD_EACH) || token_is_word(next, WORD_PER)) && token_is_word(&next[1], WORD_LIMB) &&
           notation_clause_ends(&next[2]);
}

/* "one" to "five" count other things as well: "the last two", "one more", "set two". */
static bool is_of_set(const struct parser *parser, size_t at, const struct spoken *spoken)
{
    const struct token *first = &parser->tokens.at[at];
    const struct token *next = &first[spoken->tokens];

    if (spoken->tokens > 1 || !token_is_word(first, WORD_NOTE))
        return true;
    if (at != 0 && (token_is_word(&first[-1], WORD_LAST) || token_is_word(&first[-1], WORD_SETS)))
        return false;
    if (counted(next) || is_of_sets(parser, at, next) || of_each_limb(next))
        return true;
    if (token_is_word(next, WORD_FOR))
        return next[1].kind == TOKEN_NUMBER || number_at(parser, &next[1]) != 0;
    return at != 0 && leads_to_number(&first[-1]) && ends_number(parser, next);
}

/* "one fifty": no name has that, though "one leg press" is one. */
static bool is_load_in_words(const struct spoken *spoken)
{
    return spoken->tokens > 1 && spoken->value >= HUNDRED;
}

static void replace(struct tokens *tokens, size_t at, const struct spoken *spoken)
{
    struct token *token = &tokens->at[at];
    const struct token *last = &token[spoken->tokens - 1];
    size_t end = at + spoken->tokens;

    *token = (struct token){.kind = TOKEN_NUMBER,
                            .space = token->space,
                            .digits = (uint8_t)(spoken->value < UNITS_END   ? 1
                                                : spoken->value < SMALL_END ? 2
                                                                            : 3),
                            .decimals = spoken->decimals,
                            .at = token->at,
                            .length = (uint16_t)(last->at + last->length - token->at),
                            .value = spoken->value};
    memmove(&token[1], &tokens->at[end], (tokens->count + TOKENS_ENDS - end) * sizeof(*token));
    tokens->count -= spoken->tokens - 1;
}

bool notation_numbers(struct parser *parser)
{
    struct tokens *tokens = &parser->tokens;
    bool any = false;
    struct spoken spoken;

    for (size_t at = 0; at < tokens->count; at++) {
        const struct token *token = &tokens->at[at];

        if (token->kind == TOKEN_NOTE) {
            at += token->inside + 1;
        } else if (token->kind == TOKEN_WORD && read_number(parser, at, &spoken) && is_of_set(parser, at, &spoken) &&
                   (token_is_word(&token[spoken.tokens], WORD_MINUTES) || is_load_in_words(&spoken) ||
                    !notation_in_name(parser, at))) {
            replace(tokens, at, &spoken);
            any = true;
        }
    }
    return any;
}

/* "one forty for five" */
static bool load_for_reps(const struct tokens *tokens)
{
    enum { LOAD_MIN = 30 };
    const struct token *load = tokens->at;

    return load->kind == TOKEN_NUMBER && load->value > LOAD_MIN && token_is_word(&load[1], WORD_FOR) &&
           load[2].kind == TOKEN_NUMBER && notation_clause_ends(&load[3]);
}

bool notation_numbers_meant(const struct parser *parser)
{
    static const bool speaks[WORD_COMMAND + 1] = {
        [WORD_UNIT] = true, [WORD_REPS] = true, [WORD_SETS] = true,       [WORD_RIR] = true,
        [WORD_RPE] = true,  [WORD_BAR] = true,  [WORD_BODYWEIGHT] = true, [WORD_AMRAP] = true,
    };
    const struct tokens *tokens = &parser->tokens;

    if (parser->item.exercise[0] != '\0' || load_for_reps(tokens))
        return true;
    for (const struct token *token = tokens->at; token != &tokens->at[tokens->count]; token++)
        if (token->kind == TOKEN_CROSS || (token->kind == TOKEN_WORD && speaks[token->word]))
            return true;
    return false;
}
