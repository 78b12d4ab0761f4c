/*
 * One item: a name, products and what is said about them, token by token.
 */
#include "core/notation/comma.h"
#include "core/notation/more.h"

enum { LOAD_ALONE = 50, REPS_MOST = 30, IDLE_MOST = 8 };

static void item_init(struct parser *parser)
{
    struct item *item = &parser->item;

    item->begin = parser->at;
    item->name = (struct item_name){0};
    notation_marks_init(&item->lead);
    item->product_count = item->term_count = item->effort_count = 0;
    item->join = item->each = item->sided = item->ramp = item->label = item->noted = item->all = item->planned =
        item->walked = false;
    item->fell_short = item->same_load = item->placed = item->warm_letters = item->next_warm = false;
    item->note_first = item->note_end = item->note_kept = 0;
    item->tail = item->tail_bare = item->tail_reported = item->tail_with = false;
    item->mode = LOAD_EXTERNAL;
    item->next_side = SIDE_NONE;
    item->end = ITEM_ALL;
    for (int which = ITEM_FIRST; which <= ITEM_LAST; which++) {
        item->ends[which].sets = item->ends[which].marks.effort_count = 0;
        item->ends[which].reps = REPS_UNKNOWN;
    }
    item->unit = -1;
    item->exercise[0] = '\0';
    item->known = NULL;
    parser->op = ' ';
}

/* Words that may stand before a name without being a part of it: "warm up bench 60x5". */
static int take_lead(struct parser *parser)
{
    for (;;) {
        const struct token *word = token_now(parser);
        bool rest_pause = token_is_word(word, WORD_REST) && token_is_word(token_ahead(parser, 1), WORD_PAUSE);

        if (token_is_word(word, WORD_TO) && token_is_word(&word[1], WORD_TYPE))
            parser->at++; /* "zum Aufwärmen Kniebeuge 60x8" */
        else if (notation_to_warm(parser, word) == 0 && !token_is_word(word, WORD_TYPE) &&
                 !token_is_word(word, WORD_AMRAP) && !token_is_word(word, WORD_SIDE) &&
                 !token_is_word(word, WORD_FAIL) && !rest_pause)
            return 0;
        if (token_is_word(word, WORD_SIDE) && notation_in_name(parser, parser->at))
            return 0; /* "l sit" */
        if (notation_mark(parser) != 0)
            return -1;
    }
}

/* Whether a product is there that is more than a count. */
static bool whole_product(const struct item *item)
{
    for (size_t i = 0; i < item->product_count; i++) {
        const struct term *first = &item->terms[item->products[i].first];

        if (item->products[i].count > 1 || (first->role != ROLE_SETS && first->role != ROLE_TIME))
            return true;
    }
    return false;
}

/* "100kg bench x5", "95kg bench, 4 reps" */
static bool only_a_load(const struct item *item)
{
    return item->product_count == 1 && item->products[0].count == 1 &&
           item->terms[item->products[0].first].role == ROLE_LOAD;
}

/* "3x8 bench 80": what ends the clause behind sets of reps, and is too much for those. */
static bool load_of_sets(const struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct token *load = token_now(parser);

    if (load->kind == TOKEN_NUMBER && load->value > REPS_MOST &&
        (item->terms[0].role == ROLE_SETS || item->terms[0].role == ROLE_REPS) && notation_clause_ends(&load[1]))
        return true; /* "3 sets of 12 leg press 200", "4 reps squat 100" */
    return item->product_count == 1 && item->products[0].count == 2 &&
           item->terms[item->products[0].first].value < 20 && load->kind == TOKEN_NUMBER && load->value >= 20 &&
           (notation_clause_ends(token_ahead(parser, 1)) || token_is_sign(token_ahead(parser, 1), '@'));
}

/* "10 dips +10"; "10 dips +2 more" are more of them. */
static bool adds_load(const struct parser *parser)
{
    const struct token *behind = token_ahead(parser, 2);

    return token_is_sign(token_now(parser), '+') && token_ahead(parser, 1)->kind == TOKEN_NUMBER &&
           (token_is_word(behind, WORD_UNIT) || token_is_sign(behind, '@') || notation_clause_ends(behind));
}

/* "3x8 bench 80kg" */
static bool reps_or_load(const struct parser *parser)
{
    return load_of_sets(parser) || token_now(parser)->kind == TOKEN_CROSS || adds_load(parser) ||
           notation_no_weight(token_now(parser)) != 0 || /* "5 Klimmzüge ohne Zusatzgewicht" */
           token_is_word(token_ahead(parser, 1), WORD_UNIT) || token_is_sign(token_ahead(parser, 1), '%');
}

/* "405lb deadlift 2,1,1": one more of the reps of a load before the name. */
static bool lists_reps(const struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct token *number = token_now(parser), *behind = token_ahead(parser, 1);

    return item->terms[item->products[0].first].role == ROLE_LOAD && number->kind == TOKEN_NUMBER &&
           number->decimals == 0 && number->value <= READING_REPS_MAX &&
           (behind->kind == TOKEN_END || token_is_sign(behind, ',') || token_is_sign(behind, '@'));
}

/* 1: the item ends before the product that stands here. */
static int take_product(struct parser *parser)
{
    struct item *item = &parser->item;
    char op = parser->op;

    if (item->name.behind && whole_product(item) && !only_a_load(item)) {
        if (op == ',' && !lists_reps(parser))
            return 1;
        if (op == ' ' && !reps_or_load(parser))
            return notation_talk(parser);
    }
    parser->op = ' ';
    return notation_product(parser, op);
}

/* A cross that joins nothing is a missed rep: one more of a list ("405 2,1,x"), or of the set before ("100x4 x"). */
static int take_cross(struct parser *parser)
{
    const struct token *next = token_ahead(parser, 1);

    if (next->kind == TOKEN_NUMBER || token_is_word(next, WORD_AMRAP) || token_is_word(next, WORD_TICKS) ||
        (token_is_sign(next, '~') && token_ahead(parser, 2)->kind == TOKEN_NUMBER))
        return take_product(parser);
    if (parser->item.product_count == 0)
        return notation_talk(parser);
    if (notation_signs_off(parser))
        return 0;
    if (parser->op == ',' || parser->op == '/')
        return notation_missed(parser);
    parser->at++;
    notation_marks(parser)->failure = FAILURE_MISSED;
    return 0;
}

/* A word that no mark is: the name behind the products, or of the next item (1). */
static int take_name(struct parser *parser, size_t words)
{
    struct item *item = &parser->item;

    if (item->name.present)
        return 1;
    item->name.present = true;
    item->name.behind = whole_product(item);
    item->name.first = parser->at;
    item->name.last = parser->at + words - 1;
    parser->at += words;
    parser->op = ' ';
    notation_load_in_front(parser);
    return 0;
}

/* "…, flurb 60x10": a name that isn't known begins the next item. */
static bool unknown_item(const struct parser *parser)
{
    size_t ahead = 0;

    while (token_is_word(token_ahead(parser, ahead), WORD_OTHER))
        ahead++;
    return parser->op == ',' && ahead != 0 && parser->item.product_count != 0 &&
           !token_has(token_now(parser), TRAIT_AGAIN) && /* "dann nochmal 10" */
           !notation_still_left(parser, parser->item.note_end != 0) &&
           (token_ahead(parser, ahead)->kind == TOKEN_NUMBER || token_is_sign(token_ahead(parser, ahead), ':'));
}

/* "80", which is too much for reps. */
static bool lone_load(const struct item *item)
{
    return item->product_count == 1 && item->products[0].count == 1 && item->terms[0].role == ROLE_NUMBER &&
           item->terms[0].value > REPS_MOST;
}

/* "bench 80x8 today", "80x8, just did row 60x10"; in words of people's own it is one of them. */
static int take_filler(struct parser *parser)
{
    const struct token *next = token_ahead(parser, 1);
    bool goes_on;

    if (parser->item.product_count == 0 && !parser->item.name.present)
        return notation_talk(parser);
    goes_on = notation_goes_on(parser);
    if (token_now(parser)->argument == 1 && parser->item.product_count == 0) {
        parser->at++; /* "bank heute 80" */
        return 0;
    }
    parser->at++;
    if (goes_on)
        return notation_note_since(parser, parser->at - 1); /* "ging grad noch" */
    if (next->kind == TOKEN_NUMBER && lone_load(&parser->item))
        parser->op = ' '; /* "bench 80, got 8" */
    if (parser->free && next->kind == TOKEN_WORD && next->word != WORD_FILLER && notation_name_here(parser) == 0)
        return notation_talk(parser);
    parser->item.noted = true;
    return 0;
}

/* "warmup 40x5, 60x3, then 80x8": what comes then is none. */
static bool ends_warmup(const struct parser *parser)
{
    return parser->item.product_count != 0 && token_has(token_now(parser), TRAIT_THEN);
}

/* "14 kg nochmal 9": a load alone is before it. */
static bool behind_load(const struct item *item)
{
    const struct term *load = &item->terms[item->products[item->product_count - 1].first];

    return item->products[item->product_count - 1].count == 1 &&
           (load->role == ROLE_LOAD || (load->role == ROLE_NUMBER && load->value >= LOAD_ALONE));
}

/* "20 reps, then again 10" */
static bool skip_again(struct parser *parser)
{
    if (!token_has(token_now(parser), TRAIT_AGAIN) || token_ahead(parser, 1)->kind != TOKEN_NUMBER ||
        parser->item.product_count == 0 || (parser->op != ',' && !behind_load(&parser->item)))
        return false;
    parser->at++;
    return true;
}

/* "close grip", "high bar" */
static bool takes_kind(const struct parser *parser)
{
    const struct token *kind = token_ahead(parser, 1);

    return token_reads(parser, kind, "grip") || token_reads(parser, kind, "bar");
}

/* "as warm-ups", "als Aufwärmsatz", "as a drop set": skips what stands before the word. */
static bool skip_as(struct parser *parser)
{
    size_t words = 1;

    if (!token_has(token_now(parser), TRAIT_THAN))
        return false;
    words += token_is_word(token_ahead(parser, 1), WORD_A);
    if (!token_is_word(token_ahead(parser, words), WORD_TYPE))
        return false;
    parser->at += words;
    return true;
}

/* What says nothing of its own. */
static bool skip_phrase(struct parser *parser)
{
    return notation_warm_letter(parser) || notation_slip(parser) || notation_set_number(parser) ||
           (token_now(parser)->length == strlen("this") && notation_this_time(parser)) || notation_belt(parser) ||
           notation_posture(parser) || skip_as(parser) || skip_again(parser) || notation_finisher(parser) ||
           (token_is_word(token_now(parser), WORD_WITH) && notation_phase(parser)) ||
           (parser->item.product_count != 0 && notation_warm(parser));
}

/* "swings, the 24, 25 reps": 1 when it was taken as a load. */
static int take_the(struct parser *parser)
{
    if (!token_is_word(token_now(parser), WORD_THE) || token_ahead(parser, 1)->kind != TOKEN_NUMBER ||
        !parser->item.name.present || parser->item.product_count != 0)
        return 0;
    parser->at++;
    return notation_product(parser, '@') == 0 ? 1 : -1;
}

/* "2 more", "felt like a 9", "twice": 0 as take_token(), 1 for none of it. */
static int take_told(struct parser *parser)
{
    int told = notation_more(parser);

    if (told == 0 && parser->item.product_count <= 2)
        told = notation_total(parser);
    if (told == 0)
        told = notation_rating(parser);
    if (told == 0)
        told = notation_times(parser);
    if (told == 0)
        told = notation_set_of(parser);
    if (told == 0)
        told = take_the(parser);
    return told > 0 ? 0 : told < 0 ? -1 : 1;
}

/* "for a single", "on the second set" */
static bool take_reps_in_words(struct parser *parser)
{
    const struct token *word = token_now(parser);

    if (token_is_word(word, WORD_FOR) || token_is_word(word, WORD_SINGLE) || token_is_word(word, WORD_A))
        return notation_reps_by_name(parser);
    return (token_is_word(word, WORD_ON) || word->length == strlen("in")) && notation_reps_of_set(parser);
}

/* What several words together mean: 0 as take_token(), 1 for none of it. */
static int take_phrase(struct parser *parser)
{
    size_t many;

    if (notation_reached(parser) || take_reps_in_words(parser) || notation_bar_behind(parser) ||
        (takes_kind(parser) && notation_variant(parser, 2)) || notation_ordinal(parser) != 0 || skip_phrase(parser))
        return 0;
    many = token_now(parser)->length == strlen("as") ? notation_as_many(parser, token_now(parser)) : 0;
    if (many != 0) {
        parser->at += many;
        notation_marks(parser)->amrap = true;
        return 0;
    }
    if (token_now(parser)->argument != 0 && notation_effort_ahead(parser))
        return notation_effort_number(parser);
    if (notation_about_effort(parser)) {
        parser->at++;
        return 0;
    }
    return take_told(parser);
}

/* "2 plates and a 25 x 8": nobody says that of sets; what it weighs is too much to guess. */
static bool adds_plate(const struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct token *plate = token_ahead(parser, 1);

    return item->product_count != 0 && token_is_word(plate, WORD_A) && plate[1].kind == TOKEN_NUMBER &&
           item->terms[item->products[item->product_count - 1].first].plates;
}

/* "for", "of", "and": what joins numbers; "plus 5 kg" begins one. */
static int take_joint(struct parser *parser, enum word word)
{
    bool ends;

    if (notation_spoken_step(parser))
        return take_product(parser);
    if (word == WORD_AND && adds_plate(parser))
        return notation_talk(parser);
    ends = parser->item.lead.type == SET_WARMUP && ends_warmup(parser);
    parser->at++;
    parser->at += word == WORD_FOR && notation_another(parser);
    if (!ends)
        parser->op = word == WORD_FOR ? 'f' : word == WORD_OF ? 'o' : ',';
    return ends ? 1 : 0;
}

/* "dropped to 45x8", "same again" */
static bool goes_on(struct parser *parser)
{
    return notation_elsewhen(parser) || notation_dropped(parser) || (parser->op == ',' && notation_same_again(parser));
}

static int take_word(struct parser *parser)
{
    enum word word = notation_is_for(parser) ? WORD_FOR : token_now(parser)->word;
    size_t name = word != WORD_FOR ? notation_name_here(parser) : 0;
    const size_t remark = notation_remark(parser);
    int phrase;

    if (remark != 0) {
        parser->at += remark;
        parser->item.placed = remark > 1;
        return notation_note_since(parser, parser->at - remark);
    }
    if (name != 0 && parser->op == ' ' && notation_clause_ends(token_ahead(parser, name)) &&
        notation_variant(parser, name))
        return 0; /* "bench 30x10 incline db" */
    if (name != 0)
        return take_name(parser, name);
    if (goes_on(parser))
        return 0;
    if (unknown_item(parser) || notation_letter(parser) > 0)
        return 1;
    phrase = take_phrase(parser);
    if (phrase <= 0)
        return phrase;
    switch (word) {
    case WORD_FILLER:
        return take_filler(parser);
    case WORD_AT:
        return notation_at(parser);
    case WORD_RIR:
    case WORD_RPE:
        return notation_effort_word(parser);
    case WORD_FOR:
    case WORD_OF:
    case WORD_AND:
        return take_joint(parser, word);
    default:
        break;
    }
    return notation_term_starts(parser) ? take_product(parser) : notation_mark(parser);
}

/* A dash: the arrow of a drop set, or what parts a name from sets, sets from each other, and them from notes. */
static int take_dash(struct parser *parser)
{
    const struct token *next = token_now(parser);

    if (token_is_sign(next, '>') && !next->space) {
        parser->at++;
        parser->op = OP_ARROW;
        return 0;
    }
    if (!next->space)
        return notation_talk(parser);
    if (next->kind == TOKEN_NUMBER && parser->item.product_count != 0)
        parser->op = ',';
    return 0;
}

/* "bench | 80 kg | 8": the sign now parts the cells of a row. */
static bool parts_cells(const struct parser *parser)
{
    const struct token *sign = token_now(parser);

    return token_is_sign(sign, '|') && parser->at >= 3 &&
           (token_is_sign(&sign[-2], '|') || token_is_sign(&sign[-3], '|'));
}

/* A sign that only parts things. */
static int take_separator(struct parser *parser, char sign)
{
    const bool cells = parts_cells(parser);

    parser->at++;
    if (cells)
        return 0;
    if (sign == '-')
        return take_dash(parser);
    if (sign == '/' && token_is_word(token_now(parser), WORD_LIMB)) {
        parser->item.each = true;
        parser->at++;
    } else if (parser->item.product_count != 0) {
        parser->op = strchr("&+|", sign) != NULL ? ',' : sign;
    }
    return 0;
}

/* "~15kg", "~2 rir" */
static int take_about(struct parser *parser)
{
    if (token_ahead(parser, 1)->kind != TOKEN_NUMBER)
        return notation_talk(parser);
    parser->at++;
    if (notation_effort_ahead(parser))
        return notation_effort_number(parser);
    parser->at--;
    return take_product(parser);
}

static bool is_stop(const struct token *token)
{
    return token->sign == '!' || token->sign == '.';
}

/* "8 Wdh., RIR 2": the point belongs to the word. */
static bool short_form(const struct token *point)
{
    return point->sign == '.' && !point->space && point[-1].kind == TOKEN_WORD && point[1].kind == TOKEN_SIGN;
}

/* "…!", "x6$": what may stand behind sets and says little. */
static int take_end_sign(struct parser *parser)
{
    const struct token *token = token_now(parser);
    const struct token *next = token_ahead(parser, 1);

    if (token->sign == '$' && parser->item.product_count != 0)
        parser->item.ramp = true;
    else if (!is_stop(token) || !(next->space || token_is_sign(next, token->sign) || short_form(token)))
        return notation_talk(parser);
    parser->at++;
    return 0;
}

static int take_sign(struct parser *parser)
{
    char sign = token_now(parser)->sign;

    if (sign == '@')
        return notation_at(parser);
    if (sign == '~')
        return take_about(parser);
    if (sign == '+' && notation_partials_ahead(parser, 1))
        return take_separator(parser, sign);
    if (sign == '+' && notation_plus_left(parser))
        return notation_effort_number(parser);
    if (notation_term_starts(parser) || (sign == '?' && token_is_sign(token_ahead(parser, 1), '?')))
        return take_product(parser);
    if (sign == ';') {
        parser->at++;
        return 1;
    }
    if (sign == '=' && parser->item.product_count == 0 && parser->item.name.present)
        return take_separator(parser, ':');
    return strchr(",/:>-&+|", sign) != NULL ? take_separator(parser, sign) : take_end_sign(parser);
}

/* "3 more at 80x8", "3 singles at 140": 1: the number of sets was taken; 0: it isn't here. */
static int take_sets_first(struct parser *parser)
{
    size_t more = notation_more_sets_ahead(parser);

    if (more == 0)
        return notation_singles(parser);
    return notation_more_sets(parser, more) == 0 ? 1 : -1;
}

/* "80x8", "52.5:", "6, 5": nothing behind the number says that it is none of a product. */
static bool stands_alone(const struct token *number)
{
    const struct token *next = &number[1];

    return next->kind == TOKEN_CROSS || next->kind == TOKEN_END || next->sign == ':' ||
           (next->sign == ',' && !notation_comma_pair(next));
}

/* At such a number. */
static int take_alone(struct parser *parser)
{
    const int rpe = notation_half_rpe(parser);

    if (rpe == 0)
        return notation_rest_ahead(parser) ? notation_rest(parser) : take_product(parser); /* "2:30 rest" */
    return rpe < 0 ? -1 : 0;
}

/* "3s pauses", "5/3/1", "2. Satz leichter" */
static bool is_no_count(struct parser *parser)
{
    const struct token *behind = token_ahead(parser, 1);

    if (behind->kind == TOKEN_SIGN)
        return notation_programme(parser) || notation_of_nth_set(parser);
    if (token_is_word(behind, WORD_SECONDS))
        return notation_phase(parser);
    return (token_is_ordinal(behind) && notation_of_nth_set(parser)) || notation_height(parser);
}

/* At a number; as take_token(). */
static int take_number(struct parser *parser)
{
    int more;

    if (stands_alone(token_now(parser)))
        return take_alone(parser);
    if (notation_skip_ordinal_set(parser) || notation_ordinal(parser) != 0 || is_no_count(parser))
        return 0;
    if ((more = notation_more(parser)) != 0 || (more = notation_rating(parser)) != 0)
        return more < 0 ? -1 : 0;
    if (notation_tempo_ahead(parser))
        return notation_tempo(parser);
    if (notation_effort_ahead(parser))
        return notation_effort_number(parser);
    if ((more = take_sets_first(parser)) != 0)
        return more < 0 ? -1 : 0;
    if (notation_counts_more(parser))
        return notation_talk(parser);
    if (notation_partials_ahead(parser, 0))
        return notation_partials(parser);
    return notation_rest_ahead(parser) ? notation_rest(parser) : take_product(parser);
}

/* 0: go on; 1: the item ends here; -1: a verdict. */
static int take_token(struct parser *parser)
{
    switch ((enum token_kind)token_now(parser)->kind) {
    case TOKEN_NUMBER:
        return parser->item.product_count != 0 && notation_is_bullet(parser, token_now(parser)) ? 1
                                                                                                : take_number(parser);
    case TOKEN_CROSS:
        return take_cross(parser);
    case TOKEN_WORD:
        return take_word(parser);
    case TOKEN_NOTE:
        return notation_parenthesis(parser);
    case TOKEN_SIGN:
        return take_sign(parser);
    case TOKEN_CLOSE:
    case TOKEN_END:
        break;
    }
    return 1;
}

/* The token now, or, where it is in the way of a line that has a set, the words that begin with it. */
static int take_freely(struct parser *parser)
{
    struct item *item = &parser->item;
    size_t at = parser->at;
    size_t products = item->product_count;
    size_t terms = item->term_count;
    size_t efforts = item->effort_count;
    uint8_t failure = notation_marks(parser)->failure;
    bool whole = notation_whole_set(item);
    bool word = token_now(parser)->kind == TOKEN_WORD;
    struct ends_said said;
    enum end_taken end;
    int result;

    notation_ends_note(item, &said);
    end = word ? notation_end_before(parser) : END_NOT;
    if (end == END_WHOLE || (word && notation_group_words(parser)))
        return 0;
    if (end == END_NOT && parser->free && whole && notation_prose(parser))
        return notation_tail(parser);
    result = notation_day_ahead(parser) ? notation_day_behind(parser) : take_token(parser);
    item->end = ITEM_ALL;
    if (result == 0)
        notation_end_behind(parser, efforts, failure);
    if (result >= 0 || parser->verdict != VERDICT_TALK || !whole)
        return result;
    parser->stuck = true;
    if (!parser->free)
        return result;
    parser->at = at;
    item->product_count = products;
    item->term_count = terms;
    item->effort_count = efforts;
    item->all = false;
    notation_ends_return(item, &said);
    parser->verdict = VERDICT_GO;
    return notation_tail(parser);
}

/* "same weight 4 reps @1": of what was lifted, not of what was advised. */
static bool repeats(const struct parser *parser)
{
    for (const struct token *token = parser->tokens.at; token->kind == TOKEN_WORD; token++)
        if (token_has(token, TRAIT_AGAIN))
            return true;
    return false;
}

/* "8 @2", "8 reps @2" */
static bool is_bare(const struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct reading *reading = parser->reading;
    const struct product *product = &item->products[0];

    return reading->sets.count == 1 && item->product_count == 1 && product->count == 1 && !product->open &&
           reading->sets.at[0].reps != REPS_UNKNOWN && isnan(reading->sets.at[0].load_kg) && !repeats(parser);
}

/* Up to the item's end, 1. What nothing is taken off, however often it is looked at, is talk. */
static int take_all_tokens(struct parser *parser)
{
    size_t idle = 0;
    int result = 0;

    while (result == 0) {
        const size_t at = parser->at;

        result = parser->item.lead.type == SET_WARMUP && notation_work_begins(parser) ? 1 : take_freely(parser);
        idle = parser->at > at ? 0 : idle + 1;
        if (result == 0 && idle > IDLE_MOST)
            result = notation_talk(parser);
    }
    return result;
}

int notation_item(struct parser *parser)
{
    int result;

    item_init(parser);
    notation_app_label(parser);
    notation_letter(parser);
    notation_set_number_before_name(parser);
    notation_well_then(parser);
    notation_band(parser);
    notation_held_first(parser);
    if (take_lead(parser) != 0 || (notation_bar_may_lead(token_now(parser)) && notation_bar_first(parser) != 0))
        return notation_talk(parser);
    if (!notation_group_words(parser))
        notation_name_leading(parser);
    result = take_all_tokens(parser);
    if (result > 0 && notation_shape(parser) == 0) {
        parser->reading->bare = is_bare(parser);
        return 0;
    }
    parser->stuck |= parser->reading->sets.count > parser->line_sets;
    if (parser->verdict != VERDICT_TALK && !notation_name_known(parser))
        parser->verdict = VERDICT_TALK;
    return -1;
}
