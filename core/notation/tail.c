/*
 * What people add to a set in words of their own: "bench 80x8 brutal, last one nearly killed me". It becomes a note
 * where what stands before is surely a set, and nothing in it says that the set is a plan, a question or somebody
 * else's. Looked at only when a line that has a set in it was no notation, so that what is written strictly costs
 * nothing.
 */
#include "core/notation/shape.h"

enum { COMPOSED_WORDS = 3, LEAD_WORDS = 8, YEAR_FIRST = 1950, YEAR_LAST = 2100 };

static bool ends_clause(const struct token *token)
{
    return token->kind == TOKEN_END || token->kind == TOKEN_CLOSE ||
           (token->kind == TOKEN_SIGN && strchr(",;.!", token->sign) != NULL &&
            (token[1].space || token[1].kind == TOKEN_END || token_is_sign(&token[1], token->sign)));
}

static bool behind_separator(const struct parser *parser)
{
    const struct token *before;

    if (parser->at == 0)
        return false;
    before = token_now(parser) - 1;
    return before->kind == TOKEN_CLOSE || token_is_word(before, WORD_AND) ||
           (before->kind == TOKEN_SIGN && strchr(",;.!-:/|&", before->sign) != NULL);
}

/* "80x8 for the first time": the "for" was taken for what joins numbers. */
static bool behind_preposition(const struct parser *parser)
{
    const struct token *before = token_now(parser) - 1;

    return parser->at != 0 && (token_is_word(before, WORD_FOR) || token_is_word(before, WORD_OF));
}

/* "25 for 7", of which only what is said behind it tells that it is a set. */
static bool bare_load_for(const struct item *item)
{
    const struct term *load = &item->terms[item->products[0].first];

    return item->product_count > 1 && item->products[0].count == 1 && item->products[1].op == 'f' &&
           (load->role == ROLE_NUMBER || load->suffix_s) && load->value >= LOAD_LIKE;
}

bool notation_whole_set(const struct item *item)
{
    bool load = false, reps = false;

    for (size_t i = 0; i < item->product_count; i++) {
        const struct term *first = &item->terms[item->products[i].first];

        if (item->products[i].count > 1 || ((load || reps || item->products[i].op == '@') && i != 0) ||
            (first->role == ROLE_TIME && item->name.present))
            return true;
        reps |= first->role == ROLE_REPS; /* "5 reps at 105" */
        load |= first->role == ROLE_LOAD || first->suffix_s || item->name.present || bare_load_for(item);
    }
    return false;
}

/* Words by which somebody tells how it was. */
static bool self_report(const struct token *token)
{
    static const bool reports[WORD_COMMAND + 1] = {
        [WORD_NOTE] = true, [WORD_GOOD] = true,  [WORD_LAST] = true,  [WORD_WENT] = true, [WORD_FAIL] = true,
        [WORD_FORM] = true, [WORD_PAUSE] = true, [WORD_CHEAT] = true, [WORD_SIDE] = true, /* of the body: "left knee a
                                                                                             bit off" */
    };

    if (token_is_word(token, WORD_A))
        token++; /* "a bit of a twinge" */
    return token->kind == TOKEN_WORD && (reports[token->word] || token_has(token, TRAIT_PLACE));
}

static bool doubt(const struct token *token)
{
    return (token_is_word(token, WORD_STOP) || token_is_word(token, WORD_COMMAND)) && token->argument == STOP_DOUBT;
}

/* "could have done more", "should have gone heavier": what wasn't, and tells of what was; "should have been" corrects.
 */
static bool could_have(const struct parser *parser, const struct token *token)
{
    const bool should = token_reads(parser, token, "should") && !token_reads(parser, &token[2], "been");

    return (token_has(token, TRAIT_WOULD) || should) && token_reads(parser, &token[1], "have");
}

bool notation_evening(const struct parser *parser, const struct token *token)
{
    static const char *const evening[] = {"abend", "evening", "nacht", "night", NULL};

    return ((token_is_word(token, WORD_FILLER) && token->argument == 1) || token_reads(parser, token, "this")) &&
           token_reads_one(parser, &token[1], evening);
}

/* "heute abend", "am freitag", "every monday": it is to come, or done each time. */
static bool is_to_come(const struct parser *parser, const struct token *token)
{
    static const char *const each[] = {"am", "each", "every", "jeden", "on", NULL};

    return notation_evening(parser, token) ||
           (token_is_word(&token[1], WORD_DAY) && token_reads_one(parser, token, each));
}

/* "whats my max", "was ist mein 1rm": asks what the set is worth, which may be none that was done. */
static bool asks_for_max(const struct parser *parser, const struct token *word)
{
    static const char *const asks[] = {"what", "what's", "whats", "wats", NULL};
    static const char *const tops[] = {"max", "rm", "1rm", "e1rm", "maximum", "maximal", NULL};

    if (!token_reads_one(parser, word, asks) &&
        !(token_reads(parser, word, "was") && token_reads(parser, &word[1], "ist")))
        return false;
    while (!ends_clause(word) && !token_reads_one(parser, word, tops))
        word++;
    return !ends_clause(word);
}

bool notation_undone(const struct parser *parser, size_t first)
{
    static const char *const still[] = {"noch", "still", NULL};
    const struct token *word = &parser->tokens.at[first];

    if (parser->at == first || asks_for_max(parser, word))
        return true;
    if (parser->at == first + 1 && token_reads_one(parser, word, still) && parser->item.note_end != first)
        return notation_clause_ends(token_now(parser)); /* "4 liegestütze noch" */
    return token_reads(parser, word, "waren") && notation_raw(parser, word->at, word->length).length > word->length;
}

/* Whether such words may begin so. Behind a comma nearly all may: "bench 80x8 for him", but "80x8, for the first time".
 */
static bool may_begin(const struct parser *parser, bool separated)
{
    static const bool begins[WORD_COMMAND + 1] = {
        [WORD_OTHER] = true, [WORD_NOT] = true,     [WORD_WITH] = true, [WORD_WITHOUT] = true, [WORD_UP] = true,
        [WORD_FEEL] = true,  [WORD_FILLER] = true,  [WORD_THE] = true,  [WORD_MUSCLE] = true,  [WORD_TEMPO] = true,
        [WORD_FAIL] = true,  [WORD_FAILURE] = true, [WORD_A] = true,    [WORD_ALL] = true,     [WORD_BAR] = true,
    };
    const struct token *token = token_now(parser);

    if (token->kind == TOKEN_SIGN)
        return strchr("\"'#^.!", token->sign) != NULL;
    if (token->kind != TOKEN_WORD) /* "12, 12 und dann keine Lust mehr" tells of one more set first */
        return separated && token->kind == TOKEN_NUMBER && !token_is_word(&token[1], WORD_AND);
    if (doubt(token) && !could_have(parser, token) && !(separated && notation_others_left(parser)))
        return false;
    return separated || begins[token->word] || self_report(token) ||
           (token->word == WORD_STOP && token->argument == STOP_FINE) ||
           (token->word == WORD_COMMAND && token[1].kind == TOKEN_WORD);
}

/* "to failure", "@1", "rpe 9", "2 in the tank", "(…)": what is no part of the words. */
static bool means_something(const struct parser *parser)
{
    const struct token *token = token_now(parser);

    if (token->kind == TOKEN_NOTE || notation_rating_ahead(parser) ||
        (parser->at != 0 && token[-1].kind == TOKEN_WORD && notation_still_left(parser, true)))
        return true; /* "locker noch 4" */
    if (token_is_sign(token, '@'))
        return token[1].kind == TOKEN_NUMBER;
    if (token_is_word(token, WORD_RIR) || token_is_word(token, WORD_RPE))
        return token[1].kind == TOKEN_NUMBER || token_is_sign(&token[1], ':');
    if (token_is_word(token, WORD_TO))
        return token_is_word(&token[1], WORD_FAILURE) || token_is_word(&token[1], WORD_TO);
    return token->kind == TOKEN_NUMBER && notation_effort_ahead(parser);
}

/* What could be one more set, or the year in which it all was. */
static bool number_forbids(const struct token *number, bool claimed)
{
    if (number[1].kind == TOKEN_CROSS)
        return true;
    if (number->digits == 4 && number->value >= YEAR_FIRST && number->value <= YEAR_LAST)
        return true;
    return !claimed && ends_clause(&number[1]);
}

bool notation_last_time(const struct parser *parser, const struct token *time)
{
    return token_has(time, TRAIT_SESSION) && time != parser->tokens.at && token_is_word(&time[-1], WORD_LAST) &&
           time[-1].argument != LAST_FIRST;
}

/* "80x8 was way too easy last time": what is told from AT on isn't of today; behind a comma it is another thing. */
static bool tells_of_last_time(const struct parser *parser, size_t at, bool separated)
{
    for (const struct token *token = &parser->tokens.at[at]; !separated && !ends_clause(token); token++) {
        if (token_has(token, TRAIT_THAN))
            return false; /* "easier than last time", "5kg up from last week" */
        if (notation_last_time(parser, token))
            return true;
    }
    return false;
}

/* "brennt wie sau", "gebrannt wie die hölle": how it was is likened to something, which asks nothing. */
static bool likens(const struct parser *parser, const struct token *token)
{
    const struct token *what = &token[1];
    const bool article = token_is_word(what, WORD_THE) || token_is_word(what, WORD_A) || token_has(what, TRAIT_ARTICLE);

    what += article ? 1 : 0;
    return token_reads(parser, token, "wie") && token[-1].kind == TOKEN_WORD && token[-1].word == WORD_OTHER &&
           token_is_word(what, WORD_OTHER) && ends_clause(&what[1]);
}

/* The words up to the end of the clause, or to what means something. -1: they forbid the set. */
static int take_words(struct parser *parser, bool claimed)
{
    for (; !ends_clause(token_now(parser)) && !means_something(parser); parser->at++) {
        const struct token *token = token_now(parser);

        if (token_is_sign(token, '?') || token->kind == TOKEN_CROSS ||
            (doubt(token) && !claimed && !likens(parser, token)) ||
            (token->kind == TOKEN_NUMBER && number_forbids(token, claimed)))
            return notation_talk(parser);
    }
    return 0;
}

/* How many words from here to the clause's end could be a part of a name; 0 when they can't, or are too many. */
static size_t words_of_name(const struct parser *parser)
{
    size_t count = 0;

    for (; !ends_clause(token_ahead(parser, count)); count++) {
        const struct token *word = token_ahead(parser, count);

        if (count == COMPOSED_WORDS || word->kind != TOKEN_WORD || !exercise_word(token_text(parser, word)))
            return 0;
    }
    return count;
}

/* "bench 30x10 dumbbells", "press 20x8 seated": the rest of the name. 1: taken; 0: they are other words. */
static int take_rest_of_name(struct parser *parser)
{
    struct item_name *name = &parser->item.name;
    size_t count = words_of_name(parser);

    if (count == 0)
        return 0;
    if ((token_is_word(token_now(parser), WORD_WITH) || token_has(token_now(parser), TRAIT_PLACE)) &&
        !notation_variant(parser, count))
        return 0; /* "hip thrust 100x8 with band", "glutes on fire" */
    if (name->rest_count != 0 && name->rest_first + name->rest_count == parser->at)
        return 1;
    if (!name->present || name->rest_count != 0)
        return notation_talk(parser);
    name->rest_first = parser->at;
    name->rest_count = count;
    parser->at += count;
    return 1;
}

/* Where the words begin, dots in front and a "for" before them seen to, or -1: no words of theirs begin so. */
static int find_first(struct parser *parser, bool separated, size_t *first)
{
    if (!may_begin(parser, separated) || is_to_come(parser, token_now(parser)))
        return notation_talk(parser);
    while (token_now(parser)->kind == TOKEN_SIGN && strchr(".!", token_now(parser)->sign) != NULL)
        parser->at++;
    *first = parser->at;
    if (!behind_preposition(parser))
        return 0;
    --*first;
    if (token_is_word(token_now(parser), WORD_LAST) ||
        (token_is_word(token_now(parser), WORD_THE) && token_is_word(token_ahead(parser, 1), WORD_LAST)))
        return 0;
    return notation_talk(parser);
}

bool notation_variant(struct parser *parser, size_t words)
{
    struct item_name *name = &parser->item.name;

    if (!name->present || name->rest_count != 0 || !notation_whole_set(&parser->item))
        return false;
    name->rest_first = parser->at;
    name->rest_count = words;
    if (notation_name_exact(parser)) {
        parser->at += words;
        return true;
    }
    name->rest_count = 0;
    return false;
}

/* "x15 with feet up": how reps were done of which no load is said. */
static bool says_with(const struct token *first, const struct item *item)
{
    return (token_is_word(first, WORD_WITH) || token_is_word(first, WORD_WITHOUT)) &&
           item->terms[item->products[0].first].role == ROLE_EMPTY;
}

/* "80x8, 3 guys waiting": words right behind a number that is under half of the reps before are what it counts. Takes
 * it out of the products, into the note that begins at *FIRST. */
static void count_things(struct parser *parser, size_t *first)
{
    struct item *item = &parser->item;
    const struct product *last = &item->products[item->product_count - 1];
    const struct token *number = &parser->tokens.at[*first - 1];
    const struct term *count = &item->terms[last->first], *reps;

    if (item->product_count < 2 || number->kind != TOKEN_NUMBER || last->count != 1 || last->chain != '\0' ||
        last->op != ',' || count->role != ROLE_NUMBER || last[-1].count != 2 || last[-1].chain != '\0' ||
        notation_marks_say(&last->marks))
        return;
    reps = &item->terms[last[-1].first + 1];
    if (reps->role != ROLE_NUMBER || 2 * count->value >= reps->value)
        return;
    item->product_count--;
    item->term_count--;
    --*first;
}

/* The words from FIRST to the token now are a note. */
static int note_words(struct parser *parser, size_t first, bool separated, bool reported)
{
    struct item *item = &parser->item;
    const bool with = says_with(&parser->tokens.at[first], item);

    if (notation_undone(parser, first) || notation_elsewhen_goes_on(parser, first))
        return notation_talk(parser);
    if (parser->at == first + 1 && token_is_word(&parser->tokens.at[first], WORD_UNIT)) {
        parser->op = ' '; /* "x8. kilos." says no more than "(kilos)" does */
        return 0;
    }
    if (!separated && !reported && first != 0 && item->product_count != 0)
        count_things(parser, &first);
    item->tail = true;
    item->tail_with |= with;
    item->tail_bare |= !separated && !reported && !with;
    item->tail_reported |= reported;
    parser->op = ' ';
    return notation_note_since(parser, first);
}

/* "x8..myos", "x8..to failure": what stands from FIRST on, behind stops, is read as "x8.. myos" is. */
static bool says_itself(const struct parser *parser, size_t first)
{
    return parser->at == first || notation_speaks(parser, &parser->tokens.at[first], parser->at - first);
}

/* Whether the words from the token now on tell how the set was; a clause behind one that does so goes on with it. */
static bool reports(const struct parser *parser, bool separated)
{
    return self_report(token_now(parser)) || could_have(parser, token_now(parser)) ||
           (separated && parser->item.note_end != 0);
}

int notation_tail(struct parser *parser)
{
    struct item *item = &parser->item;
    bool separated = behind_separator(parser);
    bool goes_on = notation_goes_on(parser);
    bool reported = goes_on || reports(parser, separated);
    size_t start = parser->at, first = start;
    int rest;

    if (!separated && !goes_on && (rest = take_rest_of_name(parser)) != 0)
        return rest < 0 ? -1 : 0;
    if (!goes_on && find_first(parser, separated, &first) != 0)
        return -1;
    if (tells_of_last_time(parser, first, separated))
        return notation_talk(parser);
    if (take_words(parser, separated || reported || item->name.filler || item->effort_count != 0) != 0)
        return -1;
    if (first > start && says_itself(parser, first)) {
        parser->at = first;
        return 0;
    }
    return note_words(parser, first, separated, reported);
}

/* A clause that no words of ours are needed for: "…, row felt heavy", "…, 10kg more than last week". */
bool notation_prose(const struct parser *parser)
{
    const struct token *first = token_now(parser);
    bool stop = false;
    bool more = false;
    bool number = false;

    if (!behind_separator(parser) || first->kind == TOKEN_SIGN || notation_effort_ahead(parser) ||
        notation_about_effort(parser) || notation_more_ahead(parser) || notation_rating_ahead(parser))
        return false;
    for (const struct token *token = first; !ends_clause(token); token++) {
        if (token->kind == TOKEN_CROSS || token_is_sign(token, '@') || token_is_word(token, WORD_RIR) ||
            token_is_word(token, WORD_RPE))
            return false;
        stop |= token_is_word(token, WORD_STOP);
        more |= token_has(token, TRAIT_MORE);
        number |= token->kind == TOKEN_NUMBER;
    }
    if (number)
        return stop || more;
    return first->kind == TOKEN_WORD && notation_name_here(parser) != 0;
}

/* Whether the sets so far are numbers of reps: "15", "10, 8, 5". */
static bool counts_alone(const struct item *item)
{
    for (size_t i = 0; i < item->product_count; i++)
        if (item->products[i].count != 1 || item->terms[item->products[i].first].role == ROLE_LOAD)
            return false;
    return true;
}

size_t notation_place(const struct parser *parser, const struct token *word)
{
    static const char *const leads[] = {"against", "gegen", "an",  "am",   "holding", "haltend",
                                        "on",      "auf",   "off", "from", "von",     NULL};
    static const char *const places[] = {"wall",  "chair", "table", "counter", "desk",   "door",  "doorframe", "couch",
                                         "sofa",  "floor", "rail",  "railing", "stairs", "step",  "wand",      "stuhl",
                                         "tisch", "tur",   "tuer",  "boden",   "treppe", "stufe", "gelander",  "sessel",
                                         "kante", "knees", "toes",  "knien",   "knieen", NULL};
    const struct token *place = &word[1];

    if (!token_reads_one(parser, word, leads))
        return 0;
    while (token_has(place, TRAIT_MINE) || token_is_word(place, WORD_ON) || token_is_word(place, WORD_TO) ||
           token_is_word(place, WORD_THE) || token_is_word(place, WORD_A) || token_reads(parser, place, "onto"))
        place++;
    return token_reads_one(parser, place, places) ? (size_t)(&place[1] - word) : 0;
}

/* Such a place from WORD on, behind reps of the body alone: the tokens. */
static size_t place_words(const struct parser *parser, const struct token *word)
{
    const struct item *item = &parser->item;
    const size_t words = item->name.present ? notation_place(parser, word) : 0;

    if (words == 0 || !notation_clause_ends(&word[words]) || (item->product_count != 1 && !counts_alone(item)) ||
        (item->products[0].count != 1 && token_is_word(word, WORD_ON)))
        return 0; /* "press 80x8 on the floor" is another exercise */
    return words;
}

/* "ones" of "8 good ones", "work" of "hard work" at WORD. */
static bool says_reps(const struct parser *parser, const struct token *word)
{
    static const char *const reps[] = {"ones", "work", "arbeit", NULL};

    return token_reads_one(parser, word, reps) && notation_clause_ends(&word[1]);
}

bool notation_goes_with_note(const struct parser *parser, bool good)
{
    return (good && token_is_word(token_now(parser), WORD_FORM)) || says_reps(parser, token_now(parser));
}

size_t notation_remark(struct parser *parser)
{
    static const char *const when[] = {"after", "afterwards", "danach", "now", "jetzt", NULL};
    const struct token *word = token_now(parser);

    if (parser->item.product_count == 0 || notation_says_deadlift(parser))
        return 0;
    if (token_reads(parser, word, "dead") || token_reads(parser, word, "clean")) {
        if (says_reps(parser, &word[1]))
            return 2;
        if (notation_clause_ends(&word[1 + token_reads_one(parser, &word[1], when)]))
            return 1;
    }
    return place_words(parser, word);
}

/* "machine fly down in the basement, 50x12": whoever skips that books it for the exercise before. One word may be talk:
 * "that was clean, 80x8". */
static bool holds_name(const struct parser *parser, size_t count)
{
    for (size_t at = 0; at + 1 < count; at++)
        if (notation_is_name(parser, at, 2))
            return true;
    return false;
}

size_t notation_lead_words(const struct parser *parser)
{
    const struct token *tokens = parser->tokens.at;
    bool reported = false;
    size_t count = 0;

    for (; tokens[count].kind == TOKEN_WORD; count++) {
        if (count == LEAD_WORDS || doubt(&tokens[count]) || tokens[count].word == WORD_COMMAND)
            return 0;
        reported |= self_report(&tokens[count]) || tokens[count].word == WORD_FILLER ||
                    token_has(&tokens[count], TRAIT_DAYS); /* "push day" */
    }
    return reported && tokens[count].kind == TOKEN_SIGN &&
                   (ends_clause(&tokens[count]) || token_is_sign(&tokens[count], ':')) && !holds_name(parser, count) &&
                   !notation_lead_is_thing(parser, count)
               ? count + 1
               : 0;
}

/* Words behind a set that names no exercise: "x6, that was hard". */
static bool tail_fits_alone(const struct item *item)
{
    if (bare_load_for(item))
        return false; /* "50 for 2, great deal" */
    if (item->terms[item->products[0].first].role == ROLE_EMPTY)
        return (item->tail_reported || item->tail_with) && !item->tail_bare;
    return item->tail_reported || (item->unit >= 0 && !item->tail_bare);
}

/* "40 20 reps": as sure behind a name as with a cross. */
static bool load_and_reps(const struct item *item)
{
    const struct term *load = &item->terms[item->products[0].first];

    return item->product_count == 2 && load->role == ROLE_NUMBER && load->value >= LOAD_LIKE &&
           item->terms[item->products[1].first].role == ROLE_REPS;
}

/* "plank 30s": a name and a time are as sure as a load and reps. */
static bool fits_weak(const struct item *item, enum strength strength)
{
    return load_and_reps(item) ||
           (item->product_count == 1 && item->terms[item->products[0].first].role == ROLE_TIME) ||
           (strength == STRENGTH_WEAK && !item->tail_bare);
}

bool notation_tail_fits(const struct parser *parser, enum strength strength)
{
    const struct item *item = &parser->item;
    bool known;

    if (!item->tail)
        return true;
    known = notation_name_exact(parser);
    if (!item->name.present && (strength == STRENGTH_FULL || item->products[0].count > 1))
        return item->effort_count != 0 || tail_fits_alone(item);
    if (strength != STRENGTH_FULL)
        return known && !item->name.filler && fits_weak(item, strength);
    return item->effort_count != 0 || (item->name.filler && known) ||
           (known ? !(item->name.behind && item->tail_bare)
                  : item->products[0].count > 1 && item->name.first == item->begin); /* "beach press 80x6 lol oops" */
}

bool notation_unsure_name(const struct item *item)
{
    return item->name.held_count != 0 || (item->tail && item->effort_count == 0);
}
