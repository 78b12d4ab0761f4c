/*
 * Notes: the bytes as they were typed, and kept so that they can be printed between parentheses.
 */
#include "core/notation/parser.h"
#include "core/text/fold.h"

enum { PHASE_MOST = 10 }; /* seconds that a part of a rep takes */

static bool ascii(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

/* The COUNTth OPEN in TEXT, or NULL. */
static const char *find_open(struct span text, char open, size_t count)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == open && count-- == 0)
            return text.at + i;
    return NULL;
}

/* What stands in the parenthesis as it was typed. Folding changes lengths, but parentheses stay what they were. */
struct span notation_inside(const struct parser *parser, const struct token *note)
{
    struct span folded = {parser->line.at + note->at, note->length};
    char close = note->sign == '(' ? ')' : ']';
    const char *open = NULL;
    size_t before = 0;
    size_t depth = 0;
    size_t left;

    for (size_t i = 0; i + 1 < note->at; i++)
        before += parser->line.at[i] == note->sign;
    open = find_open(parser->raw, note->sign, before);
    if (open == NULL)
        return folded;
    left = parser->raw.length - (size_t)(open - parser->raw.at);
    for (size_t i = 0; i < left; i++) {
        if (open[i] == note->sign)
            depth++;
        else if (open[i] == close && --depth == 0)
            return (struct span){open + 1, i - 1};
    }
    return folded;
}

struct span notation_raw(const struct parser *parser, size_t at, size_t length)
{
    size_t first, end;

    if (parser->raw.length == parser->line.length && ascii(parser->raw))
        return (struct span){parser->raw.at + at, length};
    first = text_unfolded(parser->raw, at);
    end = text_unfolded(parser->raw, at + length);
    return (struct span){parser->raw.at + first, end - first};
}

static bool blank(char byte)
{
    return (byte >= 0 && byte <= ' ') || byte == 0x7F;
}

static bool bracket(char byte)
{
    return byte == '(' || byte == ')' || byte == '[' || byte == ']';
}

/* Without blanks in front, and with one where there are many: what is cut off for length must not leave a word that
 * reads as something else. Notes hold no parentheses, so that they can be printed between such. */
static struct span plain_note(struct span note, char *plain, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < note.length && used < size; i++) {
        if (!blank(note.at[i]))
            plain[used++] = bracket(note.at[i]) ? '|' : note.at[i];
        else if (used != 0 && plain[used - 1] != ' ')
            plain[used++] = ' ';
    }
    return (struct span){plain, used};
}

void notation_note(char *to, struct span note)
{
    char plain[2 * SET_NOTE_SIZE];
    size_t used = strlen(to);
    size_t joined = used != 0 ? 2 : 0;
    size_t cut;

    if (used + joined + 1 >= SET_NOTE_SIZE)
        return;
    note = plain_note(note, plain, sizeof(plain));
    cut = text_cut(note, SET_NOTE_SIZE - 1 - used - joined);
    while (cut != 0 && note.at[cut - 1] == ' ')
        cut--;
    if (cut == 0)
        return;
    memcpy(to + used, "; ", joined);
    used += joined;
    memcpy(to + used, note.at, cut);
    to[used + cut] = '\0';
}

bool notation_partials_ahead(const struct parser *parser, size_t ahead)
{
    static const char *const kinds[] = {"partial", "negative", "teilw", "forced"};
    const struct token *number = token_ahead(parser, ahead), *kind = token_ahead(parser, ahead + 1);

    if (number->kind != TOKEN_NUMBER || kind->kind != TOKEN_WORD || parser->item.product_count == 0)
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (span_starts(token_text(parser, kind), kinds[i]))
            return true;
    return false;
}

int notation_partials(struct parser *parser)
{
    size_t first = parser->at;

    parser->at += 2;
    if (token_is_word(token_now(parser), WORD_REPS))
        parser->at++;
    parser->op = ' ';
    return notation_note_since(parser, first);
}

/* "with 2 forced reps" */
static bool with_partials(struct parser *parser)
{
    if (!token_is_word(token_now(parser), WORD_WITH) || !notation_partials_ahead(parser, 1))
        return false;
    parser->at++;
    return notation_partials(parser) == 0;
}

size_t notation_rest_time(const struct token *number)
{
    const bool clock = number->kind == TOKEN_NUMBER && token_is_sign(&number[1], ':') && !number[1].space &&
                       number[2].kind == TOKEN_NUMBER && number[2].digits == 2 && !number[2].space;
    const size_t digits = clock ? 3 : 1;
    const bool unit = token_is_word(&number[digits], WORD_SECONDS) || token_is_word(&number[digits], WORD_MINUTES);

    return number->kind == TOKEN_NUMBER && (clock || unit) ? digits + unit : 0;
}

bool notation_rest_ahead(const struct parser *parser)
{
    const size_t time = parser->item.product_count != 0 ? notation_rest_time(token_now(parser)) : 0;
    const struct token *rest = token_ahead(parser, time);

    return time != 0 && (token_is_word(rest, WORD_REST) || token_is_word(rest, WORD_PAUSE));
}

int notation_rest(struct parser *parser)
{
    const size_t first = parser->at;

    parser->at += notation_rest_time(token_now(parser)) + 1;
    return notation_note_since(parser, first);
}

/* What a band is like, and its colours: they tell how much it does. */
static bool of_band(const struct parser *parser, const struct token *word)
{
    static const char *const words[] = {"green",  "red",    "blue",      "black",     "purple",   "orange", "yellow",
                                        "grey",   "gray",   "pink",      "light",     "heavy",    "thin",   "thick",
                                        "strong", "medium", "same",      "grunen",    "grunem",   "roten",  "rotem",
                                        "blauen", "blauem", "schwarzen", "schwarzem", "gelben",   "gelbem", "lila",
                                        "dunnen", "dunnem", "dicken",    "dickem",    "gleichen", NULL};

    return token_reads_one(parser, word, words);
}

void notation_band(struct parser *parser)
{
    const size_t first = parser->at;
    size_t at = token_is_word(token_now(parser), WORD_WITH);

    if (at == 0 &&
        (token_ahead(parser, 1)->length != strlen("band") || !token_reads(parser, token_ahead(parser, 1), "band")))
        return; /* nearly all */
    at += token_is_word(token_ahead(parser, at), WORD_THE) || token_is_word(token_ahead(parser, at), WORD_A);
    if (token_reads(parser, token_ahead(parser, at + 1), "band"))
        at += of_band(parser, token_ahead(parser, at));
    if (at == 0 || !token_reads(parser, token_ahead(parser, at), "band") ||
        token_ahead(parser, at + 1)->kind != TOKEN_NUMBER)
        return;
    parser->at += at + 1;
    notation_note_since(parser, first);
}

/* "klimmzug 5", before words that tell how: behind a whole set they are read as those of one's own are. */
static bool number_alone(const struct item *item)
{
    return item->product_count == 1 && item->products[0].count == 1 &&
           item->terms[item->products[0].first].role != ROLE_LOAD;
}

/* What stands from FIRST on makes the exercise that is named another one, or it is a note. */
static void name_or_note(struct parser *parser, size_t first)
{
    struct item_name *name = &parser->item.name;

    parser->item.placed = true;
    if (name->present && name->rest_count == 0) {
        name->rest_first = first;
        name->rest_count = parser->at - first;
        if (notation_name_exact(parser))
            return;
        name->rest_count = 0;
    }
    notation_note_since(parser, first);
}

bool notation_band_behind(struct parser *parser)
{
    const size_t first = parser->at;
    size_t at = 1;

    if (!number_alone(&parser->item))
        return false;
    at += token_is_word(token_ahead(parser, at), WORD_THE) || token_is_word(token_ahead(parser, at), WORD_A);
    at += of_band(parser, token_ahead(parser, at));
    if (!token_reads(parser, token_ahead(parser, at), "band") || !notation_clause_ends(token_ahead(parser, at + 1)))
        return false;
    parser->at += at + 1;
    name_or_note(parser, first);
    return true;
}

bool notation_posture(struct parser *parser)
{
    static const char *const postures[] = {"stehen", "sitzen", "liegen", "knien", NULL};

    if (!token_reads(parser, token_now(parser), "im") || !number_alone(&parser->item) ||
        !token_reads_one(parser, token_ahead(parser, 1), postures) || !notation_clause_ends(token_ahead(parser, 2)))
        return false;
    parser->at += 2;
    name_or_note(parser, parser->at - 2);
    return true;
}

bool notation_belt(struct parser *parser)
{
    static const char *const joints[] = {"am",      "an",   "around", "dip", "dipping", "from",
                                         "hanging", "mein", "meinem", "my",  "um",      NULL};
    static const char *const belts[] = {"belt",   "chain", "dipgurtel", "guertel", "gurt",
                                        "gurtel", "kette", "waist",     NULL};
    const struct item *item = &parser->item;
    const size_t first = parser->at;
    size_t at = 0;

    if (item->product_count == 0 ||
        (item->products[item->product_count - 1].op != '@' && item->terms[item->products[0].first].role != ROLE_LOAD &&
         item->terms[item->products[item->product_count - 1].first].role != ROLE_LOAD))
        return false;
    while (token_is_word(token_ahead(parser, at), WORD_ON) || token_is_word(token_ahead(parser, at), WORD_AT) ||
           token_is_word(token_ahead(parser, at), WORD_THE) || token_is_word(token_ahead(parser, at), WORD_A) ||
           token_reads_one(parser, token_ahead(parser, at), joints))
        at++;
    if (at == 0 || !token_reads_one(parser, token_ahead(parser, at), belts))
        return false;
    parser->at += at + 1;
    notation_note_since(parser, first);
    return true;
}

/* "3s pauses", "2 s pause at the bottom", "3 sec eccentric", "5 Sek runter": how many tokens from AHEAD on say how long
 * a part of a rep takes; 0. */
static size_t phase_ahead(const struct parser *parser, size_t ahead)
{
    static const char *const phases[] = {"pauses",    "pausen",    "hold",    "holds",     "halten",  "down",
                                         "eccentric", "lowering",  "stop",    "stops",     "runter",  "ablassen",
                                         "negative",  "negatives", "negativ", "exzentrik", "squeeze", NULL};
    static const char *const places[] = {"bottom", "top", "chest", "brust", "unten", "oben", NULL};
    const struct token *number = token_ahead(parser, ahead), *phase = &number[2];
    size_t count = 3;

    if (number->kind != TOKEN_NUMBER || number->decimals != 0 || number->value > PHASE_MOST ||
        !token_is_word(&number[1], WORD_SECONDS) ||
        !(token_is_word(phase, WORD_PAUSE) || token_reads_one(parser, phase, phases)))
        return 0;
    while (token_is_word(&number[count], WORD_AT) || token_is_word(&number[count], WORD_ON) ||
           token_is_word(&number[count], WORD_IN) || token_is_word(&number[count], WORD_THE) ||
           token_reads_one(parser, &number[count], places))
        count++;
    return count;
}

bool notation_height(struct parser *parser)
{
    static const char *const units[] = {"cm", "inch", "inches", "zoll", NULL};
    const struct token *number = token_now(parser), *behind = &number[2];

    if (!parser->item.name.present || parser->item.product_count != 0 || !token_reads_one(parser, &number[1], units) ||
        !(behind->kind == TOKEN_NUMBER || behind->kind == TOKEN_CROSS))
        return false;
    parser->at += 2;
    return notation_note_since(parser, parser->at - 2) == 0;
}

static bool is_timed(const struct parser *parser)
{
    const struct exercise *known = notation_known(parser);

    return known != NULL && known->timed;
}

/* "squat 3s pause 100x3": behind a name, a load and its reps follow AHEAD tokens on. */
static bool before_set(const struct parser *parser, size_t ahead)
{
    const struct token *load = token_ahead(parser, ahead);

    return parser->item.name.present && load->kind == TOKEN_NUMBER &&
           (load[1].kind == TOKEN_CROSS || token_is_word(&load[1], WORD_UNIT));
}

bool notation_phase(struct parser *parser)
{
    const size_t first = parser->at, with = token_is_word(token_now(parser), WORD_WITH);
    const size_t count = phase_ahead(parser, with);

    if (with != 0 && with_partials(parser))
        return true;
    if (count == 0 || (parser->item.product_count == 0 && !before_set(parser, with + count)) ||
        is_timed(parser)) /* "l-sit 10s, 8s hold" */
        return false;
    parser->at += with + count;
    notation_note_since(parser, first);
    return true;
}

/* "31X1" behind "tempo": up as fast as can be. A set stands beside it. */
static bool explosive(const struct parser *parser)
{
    enum { UP_MOST = 2 }; /* seconds at the top; "tempo 80x8" is a set */
    const struct token *number = token_now(parser), *cross = &number[1], *last = &number[2];

    return number->kind == TOKEN_NUMBER && number->digits <= 2 && number->decimals == 0 && cross->kind == TOKEN_CROSS &&
           !cross->space && last->kind == TOKEN_NUMBER && !last->space && last->value <= UP_MOST &&
           (parser->item.product_count != 0 || last[1].kind == TOKEN_NUMBER);
}

int notation_tempo_word(struct parser *parser)
{
    size_t first = parser->at;
    bool letter = token_now(parser)->length == 1;

    parser->at++;
    if (letter && !token_is_sign(token_now(parser), '/'))
        return notation_talk(parser);
    if (letter)
        parser->at++;
    if (explosive(parser))
        parser->at += 3;
    while (token_now(parser)->kind == TOKEN_NUMBER && token_ahead(parser, 1)->kind != TOKEN_CROSS) {
        parser->at++;
        if ((token_is_sign(token_now(parser), '-') || token_is_sign(token_now(parser), '/')) &&
            token_ahead(parser, 1)->kind == TOKEN_NUMBER)
            parser->at++;
        else
            break;
    }
    return notation_note_since(parser, first);
}

/* "303" of "tempo squat 303 80x6", "3s" of "paused bench 3s 70x5": how long each part takes, before a load; "225 5x5"
 * has its load in front. */
static bool counted_before(const struct parser *parser)
{
    static const char *const counts[] = {"ct", "count", NULL};
    enum { LOAD_LEAST = 15 };
    const struct token *number = token_now(parser), *word = &number[1];
    const bool pause = number->digits == 1 && word->kind == TOKEN_WORD &&
                       (token_is_word(word, WORD_SECONDS) || token_reads_one(parser, word, counts));
    const struct token *load = &word[pause];

    return parser->item.product_count == 0 && number->decimals == 0 &&
           (pause || number->digits == 3 || number->digits == 4) && load->kind == TOKEN_NUMBER &&
           load->value >= LOAD_LEAST && (load[1].kind == TOKEN_CROSS || token_is_word(&load[1], WORD_UNIT));
}

/* "3-1-0"; before a set, where it isn't BEHIND one, "5-5-5" may be reps. */
static bool dashed(const struct token *token, bool behind)
{
    return token->digits == 1 && token_is_sign(&token[1], '-') && token[2].kind == TOKEN_NUMBER &&
           token[2].digits == 1 && token_is_sign(&token[3], '-') && token[4].kind == TOKEN_NUMBER &&
           token[4].digits == 1 && (behind || token[2].value < 1 || token[4].value < 1);
}

/* "3/1/1", "4-0-1-0" behind a set of so many reps that they are none of the sets after it: no reps fall so far. */
static bool tempo_behind(const struct parser *parser)
{
    enum { PARTS_LEAST = 3, PARTS_MOST = 4 };
    const struct item *item = &parser->item;
    const struct product *last;
    const struct token *part = token_now(parser);
    const char sign = part[1].sign;
    size_t parts = 0;
    bool quick = false;

    if ((sign != '/' && sign != '-') || item->product_count == 0 || !notation_whole_set(item))
        return false;
    last = &item->products[item->product_count - 1];
    if (last->count != 2)
        return false;
    for (;; part += 2) {
        if (part->digits != 1 || 2 * part->value > item->terms[last->first + 1].value)
            return false;
        quick |= part->value <= 1;
        parts++;
        if (!token_is_sign(&part[1], sign) || part[1].space || part[2].space)
            break;
    }
    return quick && parts >= PARTS_LEAST && parts <= PARTS_MOST && notation_clause_ends(&part[1]);
}

/* "311" of "311 tempo 60x5": in "100 tempo 5x5", "100 tempo 3-1-1 x5" it is the load. */
static bool is_load_before(const struct parser *parser, const struct token *token)
{
    const struct token *load = &token[2];

    return parser->item.product_count == 0 && token->digits == 3 &&
           !(load->kind == TOKEN_NUMBER && load->digits <= 3 && load->digits >= 2 &&
             (load[1].kind == TOKEN_CROSS || token_is_word(&load[1], WORD_UNIT)));
}

/* The tokens of "3-1-0", "3110" at TOKEN, before "tempo"; 0. */
static size_t tempo_length(const struct parser *parser, const struct token *token)
{
    size_t length = 1;

    if (token->digits == 3 || token->digits == 4)
        return is_load_before(parser, token) ? 0 : 1;
    if (!dashed(token, true))
        return 0;
    while (token_is_sign(&token[length], '-') && token[length + 1].kind == TOKEN_NUMBER)
        length += 2;
    return length;
}

bool notation_tempo_ahead(const struct parser *parser)
{
    const struct item_name *name = &parser->item.name;
    const struct token *token = token_now(parser);

    if (token_is_word(&token[tempo_length(parser, token)], WORD_TEMPO) || tempo_behind(parser))
        return true;
    if (!name->present || !(dashed(token, parser->item.product_count != 0) || counted_before(parser)))
        return false;
    for (size_t i = name->first; i <= name->last; i++)
        if (token_is_word(&parser->tokens.at[i], WORD_TEMPO) || token_is_word(&parser->tokens.at[i], WORD_PAUSE))
            return true;
    return false;
}

int notation_tempo(struct parser *parser)
{
    size_t first = parser->at++;

    if (token_now(parser)->kind == TOKEN_WORD)
        parser->at++; /* "3s" */
    while ((token_is_sign(token_now(parser), '-') || token_is_sign(token_now(parser), '/')) &&
           token_ahead(parser, 1)->kind == TOKEN_NUMBER)
        parser->at += 2;
    parser->at += token_is_word(token_now(parser), WORD_TEMPO);
    return notation_note_since(parser, first);
}

void notation_leave_effort(struct parser *parser, size_t first)
{
    if (parser->at <= first + 1)
        return;
    parser->at--;
    if (!notation_effort_ahead(parser) && !notation_still_left(parser, true) && !notation_left_or_set_ahead(parser))
        parser->at++;
}
