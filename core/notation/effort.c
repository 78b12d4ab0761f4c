/*
 * Effort: "@1", "rpe 8", "2 rir", lists of them, and what of it is a load after all. Bare numbers up to 5 are RIR, from
 * 6 to 10 RPE.
 */
#include "core/notation/comma.h"
#include "core/notation/scan.h"
#include "core/notation/shape.h"
#include "core/notation/spare.h"

static bool effort_word(const struct token *token)
{
    return token_is_word(token, WORD_RIR) || token_is_word(token, WORD_RPE);
}

/* "felt like @1": whether the effort that was taken last stands behind words of how a set was. */
static bool is_felt(const struct parser *parser)
{
    const struct token *first = parser->tokens.at, *word = &first[parser->at];

    while (word != first && (word[-1].kind == TOKEN_NUMBER || token_is_sign(&word[-1], '@') || effort_word(&word[-1])))
        word--;
    return word != first && token_has(&word[-1], TRAIT_FELT | TRAIT_LIKE | TRAIT_ABOUT);
}

static struct effort_entry *add_effort(struct parser *parser, double value, enum effort_kind kind)
{
    struct item *item = &parser->item;
    struct marks *marks = item->all ? &item->lead : notation_marks(parser);

    if (item->effort_count == EFFORTS_MAX ||
        (marks->effort_count != 0 && (size_t)marks->effort_first + marks->effort_count != item->effort_count))
        return NULL;
    /* What is said of one product, or of one end, stands together. */
    if (marks->effort_count == 0)
        marks->effort_first = (uint8_t)item->effort_count;
    item->efforts[item->effort_count] =
        (struct effort_entry){value, (uint8_t)kind, marks->effort_count != 0 && is_felt(parser)};
    marks->effort_count++;
    return &item->efforts[item->effort_count++];
}

bool notation_spare(struct parser *parser, size_t first)
{
    double rir;

    return parser->item.effort_count == 0 && parser->item.product_count != 0 &&
           !notation_of_last_alone(parser, first) &&
           spare_read(notation_words(parser, first, parser->at - 1), NULL, &rir) && !isnan(rir) &&
           add_effort(parser, rir, EFFORT_SPOKEN) != NULL;
}

bool notation_none_left(struct parser *parser, size_t words)
{
    parser->at += words;
    return add_effort(parser, 0, EFFORT_SPOKEN) != NULL;
}

/* What "one", "zero" and "ein" mean. */
static double word_value(const struct token *word)
{
    return word->argument == COUNT_ZERO ? 0 : word->argument;
}

/* What people write behind the comma of an effort. */
static bool usual_fraction(const struct token *fraction)
{
    return (fraction->digits == 1 && fraction->value == 5) ||
           (fraction->digits == 2 && (fraction->value == 25 || fraction->value == 75 || fraction->value == 50));
}

/* "8,5" behind an effort is one number when its fraction is one that people use; in "@1,75x8" that is a load. */
static double take_value(struct parser *parser)
{
    const struct token *number = token_now(parser);
    const struct token *comma = number + 1;

    parser->at++;
    if (number->kind != TOKEN_NUMBER)
        return word_value(number);
    if (!notation_comma_pair(comma) || !usual_fraction(&comma[1]) || (comma[2].kind == TOKEN_CROSS && !comma[2].space))
        return number->value;
    parser->at += 2;
    return notation_comma_value(comma);
}

/* The load of "80: 8, 8, 7" and "3x8 80". */
static bool bare_load(const struct item *item, size_t index)
{
    const struct product *product = &item->products[index];
    const struct product *sets = &product[-1];

    if (item->terms[product->first].role != ROLE_NUMBER || product->count != 1 || item->product_count == 1)
        return false;
    if (index == 0)
        return product[1].op == ':' || product[1].op == ' ';
    return product->op == ' ' && sets->count == 2 && item->terms[sets->first].role == ROLE_NUMBER &&
           item->terms[sets->first].value < 15;
}

/* How many sets the products make that were read so far, as far as one can tell. */
static size_t sets_so_far(const struct item *item)
{
    size_t sets = 0;

    for (size_t i = 0; i < item->product_count; i++) {
        const struct product *product = &item->products[i];
        const struct term *first = &item->terms[product->first];

        if (bare_load(item, i))
            continue;
        if (product->count == 1 && first->role == ROLE_SETS)
            return (size_t)first->value; /* "3 sets of 10" */
        if (product->count == CROSS_MAX)
            sets += (size_t)(first->value < 15 ? first->value : first[2].value);
        else if (product->count == 2 && first->role == ROLE_NUMBER && first->value < 15)
            sets += (size_t)first->value;
        else if (product->count != 1 || first->role != ROLE_LOAD)
            sets++;
    }
    return sets;
}

/* How many more efforts a list holds from the token now: "8 @2,1,0"; STEP tokens are one of them with its SEPARATOR,
 * which is none where that is 1. 0 when what follows are other things. */
static size_t list_length(const struct parser *parser, char separator, size_t step)
{
    size_t count = 0;

    for (;; count++) {
        const struct token *number = token_ahead(parser, step * count + step - 1);
        const struct token *behind = number + 1;

        if ((step == 2 && !token_is_sign(token_ahead(parser, step * count), separator)) || number->kind != TOKEN_NUMBER)
            return count;
        if (number->value > 10 || behind->kind == TOKEN_CROSS || behind->kind == TOKEN_WORD ||
            token_is_sign(behind, '@') || token_is_sign(behind, ':') || token_is_sign(behind, '%'))
            return 0;
    }
}

/* "rpe 8/9" of one set: it was one of them. */
static int take_either(struct parser *parser)
{
    struct effort_entry *entry = &parser->item.efforts[parser->item.effort_count - 1];
    double second = token_ahead(parser, 1)->value;

    parser->at += 2;
    if (notation_fork(parser, ABOUT_EFFORT, FORK_EFFORT, 2, "@%g-%g: which of them?", entry->value, second) == 1)
        entry->value = second;
    return 0;
}

static int take_list(struct parser *parser, enum effort_kind kind)
{
    char separator = token_is_sign(token_now(parser), '/') ? '/' : ',';
    size_t step = token_now(parser)->kind == TOKEN_NUMBER ? 1 : 2; /* "rir 2 1 0" */
    size_t more = list_length(parser, separator, step);

    if (more == 0)
        return 0;
    if (more == 1 && separator == '/' && sets_so_far(&parser->item) == 1)
        return take_either(parser);
    if ((step == 1 || (separator == ',' && kind == EFFORT_BARE)) && more + 1 != sets_so_far(&parser->item))
        return 0;
    for (; more > 0; more--) {
        if (add_effort(parser, token_ahead(parser, step - 1)->value, kind) == NULL)
            return notation_talk(parser);
        parser->at += step;
    }
    return 0;
}

/* "8-ish", "8ish", "rpe 8?": it was about so. */
static void skip_vague(struct parser *parser, enum effort_kind kind)
{
    const struct token *sign = token_now(parser), *ish = &sign[token_is_sign(sign, '-') ? 1 : 0];

    if (!sign->space && !ish->space && token_reads(parser, ish, "ish"))
        parser->at += (size_t)(ish - sign) + 1;
    else if (kind != EFFORT_BARE && token_is_sign(sign, '?') && notation_clause_ends(&sign[1]))
        parser->at++;
}

/* "@8+", "@9-7%", "@7-8": plans, no facts. The value is taken. */
static int take_range(struct parser *parser, double value, enum effort_kind kind)
{
    const struct token *sign;
    double second;

    skip_vague(parser, kind);
    sign = token_now(parser);
    if (token_is_sign(sign, '+') && !sign->space &&
        (token_ahead(parser, 1)->kind != TOKEN_NUMBER || token_ahead(parser, 1)->space)) {
        parser->at++;
        parser->item.planned = true;
        notation_fork(parser, ABOUT_EFFORT, FORK_EFFORT, 1, "@%g+ is a plan. Was it @%g?", value, value);
    } else if (notation_range(parser, sign)) {
        second = sign[1].kind == TOKEN_NUMBER ? sign[1].value : word_value(&sign[1]);
        parser->at += 2;
        if (token_is_sign(token_now(parser), '%')) {
            parser->at++;
            notation_fork(parser, ABOUT_EFFORT, FORK_EFFORT, 1, "@%g-%g%% is a plan. Was the set @%g?", value, second,
                          value);
        } else if (notation_fork(parser, ABOUT_EFFORT, FORK_EFFORT, 2, "@%g-%g: which of them?", value, second) == 1) {
            value = second;
        }
    }
    return add_effort(parser, value, kind) != NULL ? 0 : notation_talk(parser);
}

static enum effort_kind kind_of(const struct token *word)
{
    return word->word == WORD_RPE ? EFFORT_RPE : EFFORT_RIR;
}

/* A number in digits, or in a word: "one in the tank", "no more in the tank". */
static bool is_count(const struct token *token)
{
    return token->kind == TOKEN_NUMBER ||
           ((token_is_word(token, WORD_NOTE) || token_is_word(token, WORD_A) || token_is_word(token, WORD_NOT)) &&
            token->argument != 0);
}

bool notation_clause_ends(const struct token *token)
{
    return token->kind == TOKEN_END || token->kind == TOKEN_CLOSE ||
           (token->kind == TOKEN_SIGN && strchr(",;.!&)", token->sign) != NULL);
}

/* "8, 1 left": a number of reps stands alone before the comma. */
static bool reps_before(const struct item *item, const struct token *count, double left)
{
    const struct term *reps;

    if (item->product_count != 1 || item->products[0].count != 1 || item->products[0].open)
        return false;
    reps = &item->terms[item->products[0].first];
    return (reps->role == ROLE_NUMBER || reps->role == ROLE_REPS) && reps->value > left &&
           token_is_sign(&count[-1], ',');
}

/* "3 left, 3 right": whether from TOKEN on a number is of the other side. */
static bool right_follows(const struct token *token)
{
    for (; token->kind != TOKEN_END; token++)
        if (token_is_word(token, WORD_SIDE) && token->argument == SIDE_RIGHT &&
            (token[-1].kind == TOKEN_NUMBER || token[1].kind == TOKEN_NUMBER))
            return true;
    return false;
}

/* "2 left" behind a set that is whole, where no side is being told from the other: the few that were left. */
static bool few_left(const struct parser *parser, const struct token *count, const struct token *left)
{
    const struct item *item = &parser->item;
    const double value = count->kind == TOKEN_NUMBER ? count->value : word_value(count);

    if (!(notation_whole_set(item) || reps_before(item, count, value)) || value > 4 || token_is_sign(&count[-1], '@') ||
        !(notation_clause_ends(&left[1]) || notation_ends_in_cross(&left[1])) || item->lead.side != SIDE_NONE ||
        right_follows(&left[1]))
        return false;
    for (size_t i = 0; i < item->product_count; i++)
        if (item->products[i].marks.side != SIDE_NONE)
            return false;
    return true;
}

/* "in the tank", "drin", and behind "more" also "in me": the token behind it, or NULL. */
static const struct token *behind_tank(const struct parser *parser, const struct token *at)
{
    bool was_more = token_has(&at[-1], TRAIT_MORE);

    if (token_is_word(at, WORD_TANK) && at->argument == TANK_ALONE)
        return &at[1];
    if (!token_is_word(at, WORD_IN) && !token_reads(parser, at, "im"))
        return NULL;
    at++;
    if (token_is_word(at, WORD_THE))
        at++;
    return token_is_word(at, WORD_TANK) || (was_more && token_reads(parser, at, "me")) ? &at[1] : NULL;
}

/*
 * "2 rir", "2 in the tank", "2 more in me", "2 reps left", "2 reps in reserve", "1 left in the tank", "2 drin": how
 * many tokens stand behind the number; 0: no effort.
 */
static size_t words_behind_count(const struct parser *parser, const struct token *count)
{
    const struct token *at = count + 1;
    const struct token *end;
    bool reps = token_is_word(at, WORD_REPS) && at->length > 1;

    if (at->kind != TOKEN_WORD || !is_count(count))
        return 0;
    if (effort_word(at))
        return count->kind == TOKEN_NUMBER ? 1 : 0;
    at += reps ? 1 : 0;
    while (token_has(at, TRAIT_ONLY) || token_has(at, TRAIT_ABOUT))
        at++; /* "eine war noch drin" */
    at += token_has(at, TRAIT_MORE) ? 1 : 0;
    if (token_reads(parser, at, "left")) {
        end = behind_tank(parser, &at[1]);
        if (end == NULL && (reps ? notation_whole_set(&parser->item) : few_left(parser, count, at)))
            end = &at[1];
    } else {
        end = behind_tank(parser, at);
    }
    return end != NULL ? (size_t)(end - count) - 1 : 0;
}

/* The same of what stands NUMBER tokens on, unless somebody else had so many left. */
static size_t words_behind_number(const struct parser *parser, size_t number)
{
    const struct token *count = token_ahead(parser, number);
    size_t words = words_behind_count(parser, count);

    return words != 0 && !notation_of_others(parser, count) ? words : 0;
}

/* "2,5" */
static bool is_half(const struct token *number)
{
    return number->kind == TOKEN_NUMBER && token_is_sign(&number[1], ',') && !number[1].space &&
           number[2].kind == TOKEN_NUMBER && !number[2].space && number[2].value == 5;
}

/* Where the words of "2,5 rir", "1-2 rir" and "two or three in the tank" stand. */
static size_t number_tokens(const struct parser *parser)
{
    const struct token *token = token_now(parser);

    return is_count(token) && (notation_range(parser, &token[1]) || is_half(token)) &&
                   words_behind_number(parser, 2) != 0
               ? 3
               : 1;
}

/* "about 2 rir", "maybe 1 in the tank", "vielleicht noch 2 drin": the words before say little. */
bool notation_about_effort(const struct parser *parser)
{
    size_t words = 0;

    while (token_has(token_ahead(parser, words), TRAIT_ABOUT))
        words++;
    if (words == 0)
        return false;
    if (effort_word(token_ahead(parser, words)))
        return token_ahead(parser, words + 1)->kind == TOKEN_NUMBER && !notation_goes_on(parser); /* "prob rpe 8" */
    return is_count(token_ahead(parser, words)) && words_behind_number(parser, words) != 0;
}

bool notation_effort_ahead(const struct parser *parser)
{
    size_t number = number_tokens(parser);
    const struct token *word = token_ahead(parser, number);

    if (words_behind_number(parser, number - 1) == 0)
        return false;
    /* "bench 80 rpe 9": the word belongs to the number behind it when that is free. */
    return !effort_word(word) || !word->space || !(word[1].kind == TOKEN_NUMBER || token_is_sign(&word[1], ':')) ||
           word[2].kind == TOKEN_CROSS;
}

/* Words of "felt like I could have done 2 more", which "couldn't" turns round. */
static bool leads_to_more(const struct parser *parser, const struct token *word)
{
    static const char *const deeds[] = {"do", "get", "make", "manage", NULL};

    if (notation_says_could(parser, word) || token_reads_one(parser, word, deeds))
        return true;
    if (token_is_word(word, WORD_STOP))
        return word->argument != STOP_TALK && !span_starts(token_text(parser, word), "can") &&
               !span_starts(token_text(parser, word), "couldn");
    return token_is_word(word, WORD_FILLER) || token_is_word(word, WORD_NOTE) ||
           token_reads(parser, word, "probably") || token_reads(parser, word, "definitely");
}

/* Behind "noch gegangen" and what leads to it, where that stands from AT on: MORE then. */
static const struct token *behind_would(const struct parser *parser, const struct token *at, bool would, bool *more)
{
    while (token_has(at, TRAIT_WOULD) || (would && (token_has(at, TRAIT_ABOUT) || token_reads(parser, at, "ich")))) {
        would = true; /* "eine wäre noch gegangen", "2 hätte ich noch geschafft", "einer ging noch" */
        *more |= span_starts(token_text(parser, at), "ging") && token_reads(parser, &at[1], "noch");
        at++;
    }
    for (; would && (token_has(at, TRAIT_COULD) || token_is_word(at, WORD_TANK)); at++)
        *more = true;
    return at;
}

/* "2 more", "2 more reps", "1 more in me", and behind "hätte" "noch 2 geschafft": the tokens from the number at AT on;
 * 0: it isn't that. */
static size_t more_words(const struct parser *parser, size_t at, bool would)
{
    const struct token *number = token_ahead(parser, at), *last = number + (notation_range(parser, &number[1]) ? 2 : 0);
    const struct token *behind = &last[1];
    bool more = token_has(behind, TRAIT_MORE);
    size_t in_tank;

    if (!is_count(number))
        return 0;
    behind += more;
    more |= notation_maybe_more(parser, at);
    if (token_is_word(behind, WORD_REPS)) {
        more &= would; /* "1 more rep" is one more than before, "could have done 1 more rep" is in reserve */
        behind++;
    }
    more |= would && number->value > SPARE_MOST && token_is_word(&number[-1], WORD_FILLER); /* "could've got 10" */
    behind = behind_would(parser, behind, would, &more);
    behind += more && token_has(behind, TRAIT_ABOUT); /* "one more maybe" */
    if (more && notation_clause_ends(behind))
        return (size_t)(behind - last);
    in_tank = at != 0 && token_has(&number[1], TRAIT_MORE) ? words_behind_number(parser, at) : 0;
    return in_tank != 0 ? in_tank + 1 : 0;
}

/* "could have done 2 more", "maybe 1 more in me", "2 more": where the number stands from the token now on, and the
 * TOKENS from it on; -1: nothing of that kind. */
static int find_more(const struct parser *parser, size_t *tokens)
{
    enum { WORDS = 7 };
    bool would = false;

    if (!notation_whole_set(&parser->item))
        return -1;
    for (int at = 0; at < WORDS; at++) {
        const struct token *word = token_ahead(parser, (size_t)at);

        *tokens = more_words(parser, (size_t)at, would);
        if (*tokens != 0)
            return notation_of_others(parser, word) ? -1 : at;
        if (!leads_to_more(parser, word))
            return -1;
        would |= notation_says_could(parser, word);
    }
    return -1;
}

bool notation_more_ahead(const struct parser *parser)
{
    size_t tokens;

    return find_more(parser, &tokens) >= 0;
}

int notation_found_effort(struct parser *parser, int number, size_t behind, enum effort_kind kind)
{
    double value;

    if (number < 0)
        return 0;
    parser->at += (size_t)number;
    value = take_value(parser);
    if (take_range(parser, value, kind) != 0)
        return -1;
    parser->at += behind;
    return 1;
}

int notation_more(struct parser *parser)
{
    size_t tokens = 1;
    int number = find_more(parser, &tokens);

    if (number < 0 && notation_still_left(parser, parser->item.note_end != 0))
        return notation_found_effort(parser, 1, 0, EFFORT_RIR);
    if (number < 0)
        return notation_went(parser) ? 1 : notation_left_or_set(parser);
    return notation_found_effort(parser, number, tokens - 1,
                                 notation_is_total(parser, (size_t)number + tokens) ? EFFORT_TOTAL : EFFORT_RIR);
}

int notation_effort_number(struct parser *parser)
{
    size_t number = number_tokens(parser);
    size_t words = words_behind_number(parser, number - 1);
    const struct token *word = token_ahead(parser, number);
    enum effort_kind kind = effort_word(word) ? kind_of(word) : EFFORT_RIR;

    if (take_range(parser, take_value(parser), kind) != 0)
        return -1;
    parser->at += words;
    return 0;
}

/* "rpe ~8", "@~8" */
static void skip_about(struct parser *parser)
{
    if (token_is_sign(token_now(parser), '~') && token_ahead(parser, 1)->kind == TOKEN_NUMBER &&
        token_ahead(parser, 1)->value <= 10)
        parser->at++;
}

int notation_effort_word(struct parser *parser)
{
    enum effort_kind kind = kind_of(token_now(parser));
    double value;

    parser->at++;
    if (token_is_sign(token_now(parser), ':') || token_is_sign(token_now(parser), '=') ||
        (token_has(token_now(parser), TRAIT_ONLY) && token_ahead(parser, 1)->kind == TOKEN_NUMBER))
        parser->at++; /* "rir: 2", "rir was 2" */
    skip_about(parser);
    if (token_is_sign(token_now(parser), '<') && token_ahead(parser, 1)->kind == TOKEN_NUMBER) {
        value = token_ahead(parser, 1)->value;
        parser->at += 2;
        value -=
            0.5 * (1 + notation_fork(parser, ABOUT_EFFORT, FORK_EFFORT, 3, "Under RPE %g: how much was it?", value));
        return add_effort(parser, value, kind) != NULL ? 0 : notation_talk(parser);
    }
    if (token_is_sign(token_now(parser), '-') && token_ahead(parser, 1)->kind == TOKEN_NUMBER)
        return notation_error(parser, notation_effort_hint, "%s -%g is under 0.", kind == EFFORT_RIR ? "RIR" : "RPE",
                              token_ahead(parser, 1)->value);
    if (token_now(parser)->kind != TOKEN_NUMBER)
        return notation_talk(parser);
    value = take_value(parser);
    if (take_range(parser, value, kind) != 0)
        return -1;
    return take_list(parser, kind);
}

/* "@dropset", "@failure", "@rest: 90s" */
static int take_tag(struct parser *parser)
{
    enum word word = token_now(parser)->word;

    if (word == WORD_TYPE || word == WORD_FAILURE || word == WORD_FAIL || word == WORD_REST || word == WORD_MUSCLE)
        return notation_mark(parser);
    if (word == WORD_BODYWEIGHT || word == WORD_BAR)
        return notation_product(parser, '@');
    if (word == WORD_RIR || word == WORD_RPE)
        return notation_effort_word(parser);
    return notation_talk(parser);
}

/* "80x8 @11": there is a load already, so this can only have been meant as effort. */
static bool has_load(const struct item *item)
{
    for (size_t i = item->product_count; i > 0; i--) {
        const struct product *product = &item->products[i - 1];
        const struct term *terms = &item->terms[product->first];

        for (size_t j = 0; j < product->count; j++)
            if (terms[j].role == ROLE_LOAD || terms[j].role == ROLE_PERCENT)
                return true;
        if (product->count > 1 && (terms[0].value >= 15 || product->count == CROSS_MAX))
            return true;
        if (product->op == ',')
            return false;
    }
    return false;
}

/* Whether the number now is a load: it says so, or is too large for an effort. */
static bool load_here(const struct parser *parser)
{
    const struct token *number = token_now(parser);
    const struct token *behind = token_ahead(parser, 1);

    if (number->kind != TOKEN_NUMBER)
        return token_is_sign(number, '~');
    if (number->value <= EFFORT_MAX && behind->kind == TOKEN_CROSS && behind->space && has_load(&parser->item))
        return false; /* "155x3 @2 x 3 sets" */
    return number->value > EFFORT_MAX || behind->kind == TOKEN_CROSS || token_is_sign(behind, '%') ||
           token_is_word(behind, WORD_UNIT);
}

/* "230x3 at 8": behind a load and reps, as "@8" is. */
static bool at_effort(const struct parser *parser)
{
    const struct token *number = token_now(parser);

    return number->kind == TOKEN_NUMBER && number->value >= 6 && number->value <= EFFORT_MAX &&
           notation_whole_set(&parser->item) && has_load(&parser->item) &&
           notation_clause_ends(token_ahead(parser, 1)) && parser->item.name.present && notation_name_exact(parser);
}

/* "at 100" is a load behind sets, "at 18:30" never is. */
static bool said_load(const struct parser *parser)
{
    const struct token *behind = token_ahead(parser, 1), *sets = &behind[token_is_sign(behind, ':')];

    if (parser->item.product_count == 0 && parser->item.name.present && token_now(parser)->value > REPS_LIKE &&
        sets->kind == TOKEN_NUMBER)
        return sets[1].kind == TOKEN_CROSS; /* "squat at 140: 5x5" */
    return !token_is_sign(behind, ':') && (parser->item.product_count != 0 || behind->kind == TOKEN_CROSS ||
                                           token_is_sign(behind, '%') || token_is_word(behind, WORD_UNIT));
}

static bool bare_number(const struct parser *parser)
{
    const struct token *behind = token_ahead(parser, 1);

    return token_now(parser)->kind == TOKEN_NUMBER && behind->kind != TOKEN_CROSS && !token_is_sign(behind, '%') &&
           !token_is_word(behind, WORD_UNIT);
}

/* The number behind '@' is a load. */
static int take_load(struct parser *parser, bool sign)
{
    if (sign && bare_number(parser) && has_load(&parser->item))
        return notation_error(parser, notation_effort_hint, "@%g is no effort, and the load is said already.",
                              token_now(parser)->value);
    return notation_product(parser, '@');
}

int notation_at(struct parser *parser)
{
    bool sign = token_now(parser)->kind == TOKEN_SIGN;
    const struct token *number;

    parser->at++;
    if (sign)
        skip_about(parser);
    number = token_now(parser);
    if (number->kind == TOKEN_WORD)
        return take_tag(parser);
    if (token_is_sign(number, '-') && token_ahead(parser, 1)->kind == TOKEN_NUMBER && sign)
        return notation_error(parser, notation_effort_hint, "@-%g is under 0.", token_ahead(parser, 1)->value);
    if (notation_effort_ahead(parser))
        return notation_effort_number(parser);
    sign = sign || at_effort(parser);
    if (!sign && !said_load(parser))
        return notation_talk(parser);
    if (load_here(parser))
        return take_load(parser, sign);
    if (number->kind != TOKEN_NUMBER || !sign)
        return notation_talk(parser);
    if (take_range(parser, take_value(parser), EFFORT_BARE) != 0)
        return -1;
    return take_list(parser, EFFORT_BARE);
}
