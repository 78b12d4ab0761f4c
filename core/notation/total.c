/*
 * Reps of several sets in one number: "30 Liegestütz verteilt auf 2 Sätze", "push-ups 50 in total over 4 sets".
 */
#include "core/notation/more.h"
#include "core/notation/shape.h"

/* "spread over", "in total across", "verteilt auf", "in" at WORD, before a number of sets: the tokens; 0. *TOTAL: a
 * word says that the number is of all of them. */
static size_t before_sets(const struct parser *parser, const struct token *word, bool *total)
{
    static const char *const totals[] = {"total",      "insgesamt", "gesamt", "altogether",  "verteilt",
                                         "aufgeteilt", "spread",    "split",  "distributed", NULL};
    static const char *const joints[] = {"auf", "over", "across", "in", "into", "uber", "ueber", NULL};
    const struct token *at = word;
    bool joined = false;

    for (*total = false;; at++) {
        const bool says = token_reads_one(parser, at, totals), joins = token_reads_one(parser, at, joints);

        if (!says && !joins)
            break;
        *total |= says;
        joined = joins;
    }
    return joined && at->kind == TOKEN_NUMBER && at->decimals == 0 && at->value >= 2 && at->value <= SETS_LIKE &&
                   token_is_word(&at[1], WORD_SETS) && notation_clause_ends(&at[2])
               ? (size_t)(at - word)
               : 0;
}

bool notation_total_ahead(const struct parser *parser, const struct token *word)
{
    bool total;

    return before_sets(parser, word, &total) != 0;
}

/* "80kg 8" of "80kg 8 Wdh in 3 Sätzen": of so many nobody tells the total. */
static bool behind_load(const struct item *item)
{
    enum { EACH_MOST = 15 };

    return item->product_count == 2 && item->products[0].count == 1 && item->products[1].count == 1 &&
           item->terms[0].role == ROLE_LOAD && item->terms[item->products[1].first].value <= EACH_MOST;
}

/* "30" of "30 Liegestütz", and nothing else. */
static bool counts_alone(const struct item *item)
{
    return item->product_count == 1 && item->products[0].count == 1 && item->products[0].chain == '\0' &&
           (item->terms[0].role == ROLE_NUMBER || item->terms[0].role == ROLE_REPS) && item->name.present;
}

/* The sets that the number now counts, of so many reps as the term before says. */
static int take_sets(struct parser *parser)
{
    return notation_product(parser, ' ') == 0 ? 1 : -1;
}

int notation_total(struct parser *parser)
{
    struct term *reps = &parser->item.terms[0];
    const bool alone = counts_alone(&parser->item);
    double sets, each;
    size_t tokens;
    bool total;

    if (!(alone || behind_load(&parser->item)) || (tokens = before_sets(parser, token_now(parser), &total)) == 0 ||
        (alone ? !notation_name_exact(parser) : total))
        return 0;
    sets = token_ahead(parser, tokens)->value;
    parser->at += tokens;
    if (!alone)
        return take_sets(parser);
    each = reps->value / sets;
    if (each != floor(each))
        return notation_ask(parser, ABOUT_REPS, "How many reps in each of the %g sets?", sets);
    if (notation_fork(parser, ABOUT_REPS, FORK_TOTAL, total ? 1 : 2, "%g reps in all, so %g in each of %g sets?",
                      reps->value, each, sets) == 0)
        reps->value = each;
    reps->role = ROLE_REPS;
    return take_sets(parser);
}
