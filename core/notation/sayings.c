/*
 * Words that say together what none of them says alone: how far a set went, and which rep wasn't done.
 */
#include "core/notation/more.h"

/* How many words from WORD on are SAYING; 0: they are others. */
static size_t reads_as(const struct parser *parser, const struct token *word, const char *saying)
{
    struct span rest = span_of(saying);
    const struct token *at = word;

    while (rest.length != 0) {
        const struct span said = span_take(&rest, ' ');

        if (at->kind != TOKEN_WORD || !span_equal(token_text(parser, at), said))
            return 0;
        at++;
    }
    return (size_t)(at - word);
}

/* The most words from WORD on that are one of COUNT SAYINGS; 0. */
static size_t longest(const struct parser *parser, const struct token *word, const char *const *sayings, size_t count)
{
    const char first = word->kind == TOKEN_WORD ? token_text(parser, word).at[0] : '\0';
    size_t most = 0;

    for (size_t i = 0; i < count; i++) {
        size_t words = sayings[i][0] == first ? reads_as(parser, word, sayings[i]) : 0;

        most = words > most ? words : most;
    }
    return most;
}

size_t notation_to_the_end(const struct parser *parser, const struct token *word)
{
    static const char *const ends[] = {
        "nix mehr ging",
        "nichts mehr ging",
        "nix mehr geht",
        "nichts mehr geht",
        "es nicht mehr ging",
        "nichts mehr kam",
        "zum umfallen",
        "umfallen",
        "zum anschlag",
        "anschlag",
        "zur erschopfung",
        "erschopfung",
        "zum ende",
        "ende",
        "nothing left",
        "nothing was left",
        "there was nothing left",
        "i dropped",
        "i couldn't",
        "i couldnt",
        "i collapsed",
        "i died",
        "i was dead",
        "exhaustion",
        "exhausted",
        "i couldn't anymore",
        "i had nothing left",
        "ich nicht mehr konnte",
        "ich nicht mehr kann",
    };
    size_t to = 0, words;

    while (token_is_word(&word[to], WORD_TO))
        to++;
    if (to == 0)
        return 0;
    words = longest(parser, &word[to], ends, ARRAY_LENGTH(ends));
    if (words == 0 && to > 1)
        words = longest(parser, &word[--to], ends, ARRAY_LENGTH(ends)); /* "bis zum Umfallen" */
    return words != 0 ? to + words : 0;
}

size_t notation_to_warm(const struct parser *parser, const struct token *word)
{
    static const char *const sayings[] = {
        "warm werden", "warmwerden", "warm machen", "reinkommen", "rein kommen",   "einrollen",    "einstieg",
        "einstimmen",  "eingrooven", "lockern",     "auflockern", "locker werden", "get warm",     "get warmed up",
        "get going",   "get moving", "get loose",   "loosen up",  "ease in",       "ease into it", "get into it",
    };
    static const char *const whole[] = {"um reinzukommen", "um warm zu werden", "um locker zu werden",
                                        "damit ich warm werde", "damit ich reinkomme"};
    size_t to = token_is_word(word, WORD_TO), words;

    if (to == 0)
        return token_reads(parser, word, "um") || token_reads(parser, word, "damit")
                   ? longest(parser, word, whole, ARRAY_LENGTH(whole))
                   : 0;
    words = longest(parser, &word[to], sayings, ARRAY_LENGTH(sayings));
    return words != 0 ? to + words : 0;
}

size_t notation_as_many(const struct parser *parser, const struct token *word)
{
    static const char *const sayings[] = {"many as possible",   "many as i could",  "viele wie moglich",
                                          "viele wie moeglich", "viel wie moglich", "viele wie gingen",
                                          "viele wie geht",     "viele wie gehen",  "viele wie ging",
                                          "viele es gingen",    "viele ich konnte"};
    size_t words;

    if (!token_reads(parser, word, "as") && !token_reads(parser, word, "so"))
        return 0;
    words = longest(parser, &word[1], sayings, ARRAY_LENGTH(sayings));
    return words != 0 ? 1 + words : 0;
}

size_t notation_wont_go(const struct parser *parser, const struct token *word)
{
    static const char *const sayings[] = {
        "ging nicht",
        "ging nicht mehr",
        "ging nicht hoch",
        "ging nicht mehr hoch",
        "no lift",
        "got stuck halfway",
        "kam nicht",
        "kam nicht hoch",
        "kam nicht mehr",
        "kam nicht mehr hoch",
        "haengen geblieben",
        "wollte nicht",
        "wollte nicht mehr",
        "klappte nicht",
        "klappte nicht mehr",
        "hat nicht geklappt",
        "hat nicht mehr geklappt",
        "nicht geklappt",
        "nicht mehr geklappt",
        "nicht gegangen",
        "nicht mehr gegangen",
        "nicht mehr geschafft",
        "nicht geschafft",
        "nicht gepackt",
        "nicht mehr gepackt",
        "nicht hochbekommen",
        "nicht mehr hochbekommen",
        "nicht hoch bekommen",
        "nicht hochgekriegt",
        "nicht mehr hochgekriegt",
        "nicht hoch gekriegt",
        "nicht hochgebracht",
        "nicht mehr hochgebracht",
        "nicht vom boden bekommen",
        "nicht vom boden gekriegt",
        "nicht bewegt",
        "nicht gezogen",
        "nicht gehoben",
        "nicht gedruckt",
        "nicht gestossen",
        "nicht aufgestanden",
        "wouldn't go",
        "wouldn't go up",
        "wouldnt go",
        "wouldnt go up",
        "didn't go",
        "didn't go up",
        "didnt go",
        "didnt go up",
        "wouldn't move",
        "didn't move",
        "wouldn't budge",
        "didn't budge",
        "wouldn't come up",
        "didn't come up",
        "got stuck",
        "was stuck",
        "stuck",
        "stalled",
        "got stapled",
        "died",
        "hangengeblieben",
        "hangen geblieben",
        "steckengeblieben",
        "stecken geblieben",
    };

    return word->kind == TOKEN_WORD ? longest(parser, word, sayings, ARRAY_LENGTH(sayings)) : 0;
}

size_t notation_couldnt(const struct parser *parser, const struct token *word)
{
    static const char *const sayings[] = {"couldn't get",      "couldn't do",     "couldn't finish", "couldn't make",
                                          "couldn't lock out", "couldn't manage", "couldnt get",     "couldnt do",
                                          "couldnt finish",    "couldnt make",    "didn't get",      "didn't make",
                                          "didnt get",         "didnt make",      "didn't finish",   "didnt finish"};

    return longest(parser, word, sayings, ARRAY_LENGTH(sayings));
}

size_t notation_no_more(const struct parser *parser, const struct token *word)
{
    static const char *const others[] = {"another",      "another one", "another rep", "one more",
                                         "one more rep", "any more",    "anymore",     "any more reps"};
    static const char *const whole[] = {
        "keine mehr geschafft",   "keinen mehr geschafft",      "keine weitere geschafft",    "keine mehr gepackt",
        "keine mehr hinbekommen", "hatte keine mehr geschafft", "hatte keinen mehr geschafft"};
    static const char *const couldnt[] = {"couldn't have done", "couldnt have done", "couldn't have got",
                                          "couldn't have gotten"};
    size_t words = notation_couldnt(parser, word), more;

    if (words == 0)
        words = longest(parser, word, couldnt, ARRAY_LENGTH(couldnt));
    if (words == 0)
        return longest(parser, word, whole, ARRAY_LENGTH(whole));
    more = longest(parser, &word[words], others, ARRAY_LENGTH(others));
    return more != 0 ? words + more : 0;
}

bool notation_finisher(struct parser *parser)
{
    static const char *const sayings[] = {"zum abschluss", "zum schluss",   "zum ausklang",  "als abschluss",
                                          "to finish",     "to finish off", "to finish up",  "to end",
                                          "to close",      "as finisher",   "as a finisher", "als finisher",
                                          "for a finisher"};
    const struct token *word = token_now(parser);
    const size_t first = parser->at;
    size_t words;

    if (parser->item.product_count == 0 ||
        !(token_is_word(word, WORD_TO) || token_is_word(word, WORD_FOR) || token_has(word, TRAIT_THAN)))
        return false;
    words = longest(parser, word, sayings, ARRAY_LENGTH(sayings));
    if (words == 0)
        return false;
    parser->at += words;
    notation_note_since(parser, first);
    return true;
}

bool notation_this_time(struct parser *parser)
{
    const struct token *word = token_now(parser);

    if (!(token_reads(parser, word, "this") || token_reads(parser, word, "that")) ||
        !token_reads(parser, token_ahead(parser, 1), "time") || parser->item.product_count == 0)
        return false;
    parser->at += 2;
    return true;
}

bool notation_is_for(const struct parser *parser)
{
    enum { AUF_REPS_MAX = 20 };
    const struct token *word = token_now(parser), *reps = &word[1];
    const struct item *item = &parser->item;
    const struct product *last;

    if (!token_is_word(word, WORD_ON) || item->product_count == 0 || !token_reads(parser, word, "auf"))
        return false;
    last = &item->products[item->product_count - 1];
    return last->count == 1 && (item->product_count == 1 || last->op == ',') && reps->kind == TOKEN_NUMBER &&
           reps->decimals == 0 && reps->value <= AUF_REPS_MAX && !token_is_word(&reps[1], WORD_UNIT);
}
