/*
 * Reps that were missed: "failed", "failed on the 6th", "beim 6. gescheitert".
 */
#include "core/notation/shape.h"

/* "9th", "9.", "9" at the end: which rep it is; 0: none is here. "failed at 90" is of a load. */
static uint8_t take_rep(struct parser *parser)
{
    const struct token *number = token_now(parser);
    bool point = token_is_sign(&number[1], '.') && !number[1].space;

    if (number->kind != TOKEN_NUMBER || number->decimals != 0 || number->value > REPS_LIKE ||
        !(token_is_ordinal(&number[1]) || point || number[1].kind == TOKEN_END))
        return 0;
    parser->at += number[1].kind == TOKEN_END ? 1 : 2;
    return (uint8_t)number->value;
}

int notation_ordinal_word(struct span word)
{
    static const char *const words[][3] = {
        {"second", "zweite", "zweiten"}, {"third", "dritte", "dritten"},     {"fourth", "vierte", "vierten"},
        {"fifth", "funfte", "funften"},  {"sixth", "sechste", "sechsten"},   {"seventh", "siebte", "siebten"},
        {"eighth", "achte", "achten"},   {"ninth", "neunte", "neunten"},     {"tenth", "zehnte", "zehnten"},
        {"eleventh", "elfte", "elften"}, {"twelfth", "zwolfte", "zwolften"},
    };

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        for (size_t j = 0; j < ARRAY_LENGTH(words[i]); j++)
            if (span_is(word, words[i][j]))
                return (int)i + 2;
    return 0;
}

/* "third", "vierte": which rep it is; 0. */
static uint8_t rep_in_word(const struct parser *parser, const struct token *word)
{
    return word->kind == TOKEN_WORD ? (uint8_t)notation_ordinal_word(token_text(parser, word)) : 0;
}

/* "on the 9th", "rep 9", "the 9th rep", "the last rep": which one it is; 0: it isn't said. Of sets it is none. */
static uint8_t take_missed_rep(struct parser *parser)
{
    static const uint8_t behind[] = {WORD_ON, WORD_AT, WORD_THE, WORD_LAST, WORD_REPS, WORD_SETS};
    const size_t first = parser->at;
    uint8_t rep;

    notation_skip_words(parser, behind, ARRAY_LENGTH(behind));
    rep = take_rep(parser);
    if (rep == 0 && parser->at != first && (rep = rep_in_word(parser, token_now(parser))) != 0)
        parser->at++; /* "the third" */
    notation_skip_words(parser, behind, ARRAY_LENGTH(behind));
    if (rep != 0 &&
        (token_reads(parser, token_now(parser), "attempt") || token_reads(parser, token_now(parser), "try")))
        parser->at++;
    for (size_t i = first; i < parser->at; i++)
        if (token_is_word(&parser->tokens.at[i], WORD_SETS) || token_is_word(&parser->tokens.at[i], WORD_LAST))
            return 0;
    return rep;
}

int notation_fail(struct parser *parser)
{
    uint8_t rep;

    parser->item.fell_short |= parser->at != 0 && token_is_sign(token_now(parser) - 1, ',');
    parser->at++;
    rep = take_missed_rep(parser);
    notation_marks(parser)->failure = FAILURE_MISSED;
    notation_marks(parser)->missed = rep != 0 ? rep : notation_marks(parser)->missed;
    if ((token_is_word(token_now(parser), WORD_NOTE) && token_now(parser)->argument == 1) ||
        token_reads(parser, token_now(parser), "it") || token_reads(parser, token_now(parser), "ihn"))
        parser->at++; /* "missed the last one", "missed it" */
    return 0;
}

/* What stands before and behind the rep that wasn't done. */
struct undone {
    size_t before, behind; /* tokens: up to the word that says so, and of it where no class is for it */
    uint8_t rep;           /* which one, 0 where no number tells */
    bool of_reps;          /* "third rep" */
};

/* "at the forehead", "an der Brust", "halfway up": where a rep came to its end, up to the clause's; the tokens, or 0.
 */
static size_t where_it_ended(const struct parser *parser, const struct token *word)
{
    static const char *const leads[] = {"above", "below", "off", "an", "am", "auf", "uber", "halfway", "mid", NULL};
    enum { WORDS_MOST = 5 };
    size_t count = 0;

    if (!token_is_word(word, WORD_AT) && !token_is_word(word, WORD_ON) && !token_reads_one(parser, word, leads))
        return 0;
    while (word[count].kind == TOKEN_WORD)
        count++;
    return count <= WORDS_MOST && notation_clause_ends(&word[count]) ? count : 0;
}

/* "nicht", "nicht mehr", "ging nicht mehr" behind a rep, up to the clause's end: the tokens; 0. */
static size_t wasnt_done(const struct parser *parser, const struct token *word)
{
    size_t words = token_reads(parser, word, "nicht") ? 1 + (size_t)token_has(&word[1], TRAIT_MORE) : 0;

    if (words == 0 || !notation_clause_ends(&word[words]))
        words = notation_wont_go(parser, word);
    return words != 0 && (notation_clause_ends(&word[words]) || where_it_ended(parser, &word[words]) != 0) ? words : 0;
}

/* "5th rep failed", "beim 5. nicht geschafft", "vierte verfehlt", "die 11. ging nicht mehr". False: no such thing. */
static bool find_undone(const struct parser *parser, struct undone *undone)
{
    static const uint8_t before[] = {WORD_ON, WORD_AT, WORD_THE};
    const struct token *number = token_now(parser), *behind;
    bool point;

    if (parser->item.product_count == 0)
        return false;
    number += notation_word_count(number, before, ARRAY_LENGTH(before));
    behind = &number[1];
    point = token_is_sign(behind, '.') && !behind->space;
    *undone = (struct undone){0};
    if (number->kind == TOKEN_NUMBER && (point || token_is_ordinal(behind)) && number->value <= READING_REPS_MAX) {
        undone->rep = (uint8_t)number->value;
        behind++;
    } else if (!token_has(number, TRAIT_LEAD) && !token_is_word(number, WORD_LAST)) {
        return false;
    } else {
        undone->rep = rep_in_word(parser, number);
    }
    undone->of_reps = token_is_word(behind, WORD_REPS);
    if (undone->of_reps || token_reads(parser, behind, "one"))
        behind++;
    undone->before = (size_t)(behind - token_now(parser));
    if (token_is_word(behind, WORD_FAIL))
        return true;
    undone->behind = wasnt_done(parser, behind);
    return undone->behind != 0;
}

/* "couldn't get the 8th", "couldn't do another" */
static bool take_couldnt(struct parser *parser)
{
    const size_t at = parser->at;
    size_t words;
    uint8_t rep;

    if (parser->item.product_count == 0 ||
        !(token_is_word(token_now(parser), WORD_STOP) || token_is_word(token_now(parser), WORD_NOT)))
        return false;
    words = notation_no_more(parser, token_now(parser));
    if (words != 0 && notation_clause_ends(token_ahead(parser, words)))
        return notation_none_left(parser, words);
    words = notation_couldnt(parser, token_now(parser));
    parser->at += words;
    rep = words != 0 ? take_missed_rep(parser) : 0;
    if (rep == 0) {
        parser->at = at;
        return false;
    }
    notation_marks(parser)->failure = FAILURE_MISSED;
    notation_marks(parser)->missed = rep;
    return true;
}

/* "bench 120 hat nicht geklappt", "bank 100 stuck": a load alone. */
static bool take_load_missed(struct parser *parser)
{
    static const bool says[WORD_COMMAND + 1] = {
        [WORD_OTHER] = true, [WORD_NOT] = true, [WORD_STOP] = true, [WORD_NOTE] = true, [WORD_FILLER] = true};
    const struct item *item = &parser->item;
    size_t words;

    if (item->product_count != 1 || item->products[0].count != 1 || token_now(parser)->kind != TOKEN_WORD ||
        !says[token_now(parser)->word])
        return false;
    words = notation_wont_go(parser, token_now(parser));
    if (words == 0 || !notation_clause_ends(token_ahead(parser, words)))
        return false;
    parser->at += words;
    notation_marks(parser)->failure = FAILURE_MISSED;
    return true;
}

int notation_ordinal(struct parser *parser)
{
    struct undone undone;
    size_t where, first;

    if (take_load_missed(parser))
        return 1;
    if (take_couldnt(parser))
        return 1;
    if (!find_undone(parser, &undone))
        return 0;
    notation_marks(parser)->missed = undone.rep;
    notation_marks(parser)->missed_one = !undone.of_reps;
    if (undone.behind != 0)
        notation_marks(parser)->failure = FAILURE_MISSED;
    parser->at += undone.before + undone.behind;
    first = parser->at;
    where = undone.behind != 0 ? where_it_ended(parser, token_now(parser)) : 0;
    parser->at += where;
    if (where != 0)
        notation_note_since(parser, first);
    return 1;
}

/* "2 left x" */
bool notation_ends_in_cross(const struct token *cross)
{
    return cross->kind == TOKEN_CROSS && cross[1].kind == TOKEN_END && cross[-1].kind == TOKEN_WORD;
}

bool notation_signs_off(struct parser *parser)
{
    if (notation_marks(parser)->effort_count == 0 || !notation_ends_in_cross(token_now(parser)))
        return false;
    parser->at++;
    return true;
}

int notation_on_that(struct parser *parser)
{
    const struct token *word = token_now(parser);
    size_t words = 1;

    if (!token_is_word(word, WORD_ON) && !token_is_word(word, WORD_WITH))
        return 0;
    if (!token_reads(parser, &word[1], "that") && !token_reads(parser, &word[1], "this") &&
        !token_reads(parser, &word[1], "it"))
        return 0;
    words += 1 + token_reads(parser, &word[2], "one");
    if (notation_clause_ends(&word[words]))
        parser->at += words;
    return 0;
}
