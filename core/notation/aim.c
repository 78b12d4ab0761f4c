/*
 * Which of the sets that were said already somebody corrects.
 */
#include "core/notation/aim.h"

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/spare.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { NAME_WORDS = 4, LOAD_LEAST = 15 };

/* The number of a set that WORD begins with, and what stands behind it; 0. */
static int set_number(struct span word, struct span *ending)
{
    struct scan_number number;

    if (word.length == 0 || !ascii_is_digit(word.at[0]) || scan_number(word, "", &number) < 0 || number.value < 1 ||
        number.value > AIM_SETS_MAX)
        return 0;
    *ending = (struct span){word.at + number.length, word.length - number.length};
    return (int)number.value;
}

/* "second", "2nd", "2.", "zweiter" at the front of TEXT: which it is; 0. */
static int ordinal(struct span text)
{
    static const char *const names[][AIM_SETS_MAX] = {
        {"first", "second", "third", "fourth", "fifth"},
        {"erste", "zweite", "dritte", "vierte", "funfte"},
    };
    struct span word = walk_word(text), ending;
    int number = set_number(word, &ending);

    if (number != 0 && (notation_meaning(ending).traits & TRAIT_ORDINAL) == 0)
        return span_starts((struct span){ending.at, (size_t)(text.at + text.length - ending.at)}, ". ") ? number : 0;
    for (size_t language = 0; language < ARRAY_LENGTH(names); language++)
        for (int i = 0; i < AIM_SETS_MAX && names[language][i] != NULL; i++)
            if (span_starts(word, names[language][i]) && word.length <= strlen(names[language][i]) + 1)
                return i + 1;
    return number;
}

/* "davon", "of those": of the sets that were said together. */
static bool take_of_those(struct span *text)
{
    static const char *const those[] = {"davon", "dabei", "of those", "of them", "of these", "von denen"};

    for (size_t i = 0; i < ARRAY_LENGTH(those); i++) {
        const size_t length = strlen(those[i]);

        if (span_starts(*text, those[i]) && text->length > length && text->at[length] == ' ') {
            *text = walk_behind((struct span){text->at + length, text->length - length});
            return true;
        }
    }
    return false;
}

/* "the second one", "der mittlere", "last of those" at the front of TEXT: takes it. */
static bool take_one_of(struct span *text, struct aim *aim)
{
    static const char *const middle[] = {"middle", "mittlere", "mittlerer", "mittleren", NULL};
    static const char *const nouns[] = {"set", "one", "satz", "sets", "ones", "runde", "round", "serie", NULL};
    const struct word_meaning meaning = notation_meaning(walk_word(*text));
    struct span rest = walk_behind(*text);
    int found = ordinal(*text);

    if (walk_is(walk_word(*text), middle))
        found = AIM_MIDDLE;
    else if (meaning.word == WORD_LAST && meaning.argument != LAST_FIRST)
        found = AIM_LAST;
    walk_skip(&rest, nouns);
    aim->within = take_of_those(&rest) || found == AIM_MIDDLE;
    if (found == 0 || (found == AIM_LAST && !aim->within))
        return false;
    *text = rest;
    aim->set = found;
    return true;
}

/* "set before", "one before that", "satz davor", "vorletzter satz", "second to last set": takes it off TEXT. */
static bool take_before(struct span *text, struct aim *aim)
{
    static const char *const davor[] = {"davor", "vorher", NULL};
    static const char *const that[] = {"that", "last", NULL};
    static const char *const second[] = {"vorletzter",     "vorletzte",   "vorletzten",
                                         "second to last", "second last", "next to last"};
    struct span rest = *text;

    aim->set = AIM_BEFORE;
    for (size_t i = 0; i < ARRAY_LENGTH(second); i++)
        if (span_starts(rest, second[i])) {
            *text = walk_behind(span_past(rest, strlen(second[i]) - 1));
            walk_skip_roles(text, ROLE_NOUN);
            return true;
        }
    walk_skip_roles(&rest, ROLE_NOUN);
    if (walk_is(walk_word(rest), davor) || (rest.at != text->at && span_is(walk_word(rest), "before"))) {
        *text = walk_behind(rest);
        walk_skip(text, that);
        return true;
    }
    aim->set = 0;
    return false;
}

bool aim_take_set(struct span *text, struct aim *aim)
{
    static const char *const sets[] = {"set", "sets", "satz", "saetze", "satze", "runde", "round", NULL};
    struct span rest = walk_behind(*text);
    int found;

    if (take_before(text, aim))
        return true;
    if (!walk_is(walk_word(*text), sets))
        return take_one_of(text, aim);
    found = (int)walk_number(walk_word(rest), walk_meaning(rest)); /* "set two" */
    if (found < 1 || found > AIM_SETS_MAX)
        return false;
    *text = walk_behind(rest);
    aim->set = found;
    return true;
}

/* "letzter dips satz", "last bench set" at the front of TEXT: takes it; NAME is whose. */
static bool take_last_of(struct span *text, const struct exercise_names *own, struct span *name)
{
    static const char *const nouns[] = {"set", "satz", NULL};
    const struct word_meaning meaning = notation_meaning(walk_word(*text));
    struct span rest = walk_behind(*text), behind;

    if (meaning.word != WORD_LAST || meaning.argument == LAST_FIRST || !aim_take_name(&rest, own, name))
        return false;
    behind = rest;
    walk_skip(&behind, nouns);
    if (behind.at == rest.at) {
        name->length = 0;
        return false; /* "last bench was 100" is told of another day */
    }
    *text = behind;
    return true;
}

bool aim_take_name(struct span *text, const struct exercise_names *own, struct span *name)
{
    *name = walk_name(*text, own, NAME_WORDS);
    if (name->length == 0)
        return false;
    *text = walk_behind(
        (struct span){name->at + name->length, (size_t)(text->at + text->length - name->at) - name->length});
    return true;
}

/* What says nothing, in front of it. "my squat was 140" is told of other times. */
static const char *const openers[] = {"vorhin", "earlier", "sorry", "no",        "nope",       "nein", "nee",
                                      "ne",     "ups",     "oops",  "korrektur", "correction", "the",  "der",
                                      "die",    "das",     "den",   "that",      "and",        "und",  NULL};
static const char *const places[] = {"on", "in", "at", "for", "beim", "im", "bei", NULL};
static const char *const mine[] = {"my", "mein", "meine", NULL};

/* "not flat", "nicht flach", "statt kreuzheben", "instead of squats": what it isn't ends TEXT there. */
static bool cut_instead(struct span *text)
{
    struct span rest = *text;

    for (; rest.length != 0; rest = walk_behind(rest))
        if ((walk_meaning(rest).roles & ROLE_DENIES) != 0) {
            text->length = (size_t)(rest.at - text->at);
            return true;
        }
    return false;
}

/* "11 statt 10" */
static bool says_instead(struct span text)
{
    return cut_instead(&text);
}

/* "the 225 was", "that 6 was": a load or, where it is POINTED at, its reps name a set. */
static bool take_load(struct span *text, bool pointed, struct span *name)
{
    static const char *const with[] = {"with", "mit", "at", NULL};
    struct scan_number number;
    struct span word = walk_word(*text), ending = walk_behind(*text);

    if (pointed && (walk_meaning(word).roles & ROLE_NOUN) != 0 &&
        walk_is(walk_word(ending), with)) { /* "the set with 90" */
        *text = walk_behind(ending);
        word = walk_word(*text);
    }
    if (word.length == 0 || !ascii_is_digit(word.at[0]) || scan_number(word, ".,", &number) < 0 ||
        number.value < (pointed ? 1 : LOAD_LEAST))
        return false;
    ending = (struct span){word.at + number.length, word.length - number.length};
    if (ending.length != 0 && walk_meaning(ending).word != WORD_UNIT)
        return false;
    *name = word;
    *text = walk_behind(*text);
    return true;
}

bool aim_is_piece(struct span text)
{
    struct piece piece;

    return text.length != 0 && piece_read(text, UNIT_KG, &piece) && piece.sets == 0;
}

/* What is a piece, of "+27.5 on that one" and "only 2 reps, third was a no rep": without the sign of what is added, and
 * without what is told behind. */
static bool cut_piece(struct span *text)
{
    if (text->length > 1 && text->at[0] == '+' && ascii_is_digit(text->at[1]))
        *text = span_past(*text, 1);
    else if (span_starts(*text, "a @"))
        *text = walk_behind(*text);
    if (aim_is_piece(*text))
        return true;
    for (size_t i = 1; i + 1 < text->length; i++) {
        const struct span front = {text->at, i}, behind = {text->at + i, text->length - i};

        if ((text->at[i] != ',' || text->at[i + 1] != ' ') && (text->at[i] != ' ' || text->at[i + 1] != '('))
            continue;
        *text = span_has_digit(behind) ? *text : front;
        return text->length == i && aim_is_piece(front);
    }
    return false;
}

/* "had like 3 left": TEXT, and BEHIND its verbs. */
static bool take_left(struct span text, struct span behind, struct aim *aim)
{
    double rir;

    aim->left = behind.at != text.at && spare_read(text, NULL, &rir) && !isnan(rir);
    if (aim->left)
        aim->piece = text;
    return aim->left;
}

/* "6", of "that 6 was a @0": what is said of it is how hard it was, as "the 5 was 6" is of anything. */
static bool is_reps(struct span name)
{
    struct scan_number number;

    return name.length != 0 && ascii_is_digit(name.at[0]) && scan_number(name, ".,", &number) >= 0 &&
           number.value < LOAD_LEAST;
}

static bool says_effort(struct span text)
{
    struct piece piece;

    return piece_read(text, UNIT_KG, &piece) && piece_is_effort(&piece);
}

/* "the second squat set", "der zweite mit 125", "the 295 squat": what stands behind which set it is. */
static void take_whose(struct span *text, const struct exercise_names *own, struct aim *aim)
{
    static const char *const nouns[] = {"set", "sets", "satz", "one", NULL}, *const with[] = {"with", "mit", "at",
                                                                                              NULL};
    static const char *const whens[] = {"vorhin", "earlier", "today", "heute", NULL};
    struct span rest = *text, name;

    if (aim->name.length != 0 && ascii_is_digit(aim->name.at[0]) && aim_take_name(&rest, own, &name)) {
        aim->name.length = (size_t)(name.at + name.length - aim->name.at);
        *text = rest;
    } else if (aim->set != 0 && aim_take_name(text, own, &aim->name)) {
        walk_skip(text, nouns);
    } else if (aim->set != 0) {
        walk_skip(&rest, with);
        if (take_load(&rest, false, &aim->name))
            *text = rest;
    }
    walk_skip(text, whens);
}

static const char *const verbs[] = {"was", "were",   "war",  "waren", "warens", "warn",  "should",
                                    "be",  "sollte", "had",  "got",   "hatte",  "i",     "ich",
                                    "it",  "es",     "like", "about", "around", "maybe", NULL};

bool aim_take_which(struct span *text, const struct exercise_names *own, struct aim *aim)
{
    static const char *const guesses[] = {"prob", "probably", "wohl", "vielleicht", "etwa", "so", "at", "bei", NULL};
    struct word_meaning meaning;

    *aim = (struct aim){.name = {text->at, 0}};
    walk_skip(text, openers);
    meaning = walk_meaning(*text);
    if (meaning.word == WORD_LAST && meaning.argument != LAST_FIRST) {
        *text = walk_behind(*text);
        aim->set = AIM_LAST;
    } else if (!aim_take_set(text, aim)) {
        return false;
    }
    walk_skip_roles(text, ROLE_NOUN);
    if (aim_take_name(text, own, &aim->name))
        walk_skip_roles(text, ROLE_NOUN);
    walk_skip(text, verbs);
    walk_skip(text, guesses);
    return text->length != 0;
}

/* "155 got 7" is one more set. */
static bool got_with(struct span load, struct span verb)
{
    return ascii_is_digit(load.at[0]) && (walk_meaning(verb).roles & ROLE_GOT) != 0;
}

bool aim_read(struct span folded, const struct exercise_names *own, struct aim *aim)
{
    struct span text = folded, named, verb;
    bool placed;

    *aim = (struct aim){.set = 0};
    walk_skip(&text, openers);
    named = text;
    walk_skip(&text, places);
    placed = text.at != named.at;
    walk_skip(&text, openers);
    named = text;
    walk_skip(&text, mine);
    if (!aim_take_set(&text, aim)) {
        *aim = (struct aim){.set = 0};
        text = named;
        if (!take_last_of(&text, own, &aim->name) && !aim_take_name(&text, own, &aim->name) &&
            !take_load(&text, text.at != folded.at, &aim->name))
            return false;
    }
    take_whose(&text, own, aim);
    verb = text;
    walk_skip(&text, verbs);
    if (take_left(verb, text, aim))
        return true;
    if ((text.at == verb.at && !(placed && aim->set != 0) && !says_instead(text)) ||
        (named.at == folded.at && got_with(named, verb)))
        return false;
    if (!cut_piece(&text) || (is_reps(aim->name) && !says_effort(text)))
        return false;
    aim->piece = text;
    return true;
}

/* "just checked the vid", of nobody else and no other time. */
static bool tells_of_it(struct span text)
{
    for (; text.length != 0; text = walk_behind(text)) {
        const struct span word = walk_word(text);

        if ((notation_tells(word, notation_meaning(word)) & (TELLS_OTHERS | TELLS_TIME)) != 0)
            return false;
    }
    return true;
}

bool aim_newest(struct span folded, struct aim *aim)
{
    struct word_meaning meaning;
    struct span piece;

    walk_skip_amends(&folded, AMEND_TOWARDS);
    meaning = walk_meaning(folded);
    piece = folded;
    if (meaning.word != WORD_LAST || meaning.argument == LAST_FIRST || !cut_piece(&piece) ||
        !tells_of_it(span_past(folded, piece.length)))
        return false;
    *aim = (struct aim){.newest = true, .piece = piece};
    return true;
}

static bool is_of_names(struct span text, const struct exercise_names *own)
{
    int words = 0;

    if (exercise_find_folded(own, text) != NULL)
        return true;
    for (; text.length != 0; text = walk_behind(text), words++)
        if (!exercise_word(walk_word(text)) || walk_meaning(text).word == WORD_GOOD)
            return false; /* "that was good" is no good morning */
    return words != 0 && words <= NAME_WORDS;
}

/* "wrong exercise, ", "not bench, ": that what was said is another one. Takes it off TEXT. */
static bool take_wrong(struct span *text, const struct exercise_names *own)
{
    static const char *const wrongs[] = {"wrong exercise", "wrong lift", "falsche ubung", "falsche uebung"};
    static const char *const nots[] = {"not", "nicht", "kein", "keine", "no", NULL}, *const but[] = {"sondern", "but",
                                                                                                     NULL};
    struct span rest = *text, clause, name;

    for (size_t i = 0; i < ARRAY_LENGTH(wrongs); i++)
        if (span_starts(*text, wrongs[i])) {
            *text = walk_behind(walk_behind(*text));
            return true;
        }
    if (!walk_is(walk_word(rest), nots))
        return false;
    rest = walk_behind(rest);
    clause = span_take(&rest, ',');
    if (!aim_take_name(&clause, own, &name) || (rest.length == 0 && clause.length == 0))
        return false;
    rest = clause.length != 0 ? clause : rest;
    span_skip_spaces(&rest);
    walk_skip(&rest, but);
    *text = rest;
    return true;
}

/* An exercise, or the word that tells it from its kin and isn't said of anything else. */
static bool is_whole_name(struct span text, const struct exercise_names *own)
{
    static const char *const variants[] = {"incline", "decline", "sumo", "conventional", "seated", "standing", NULL};

    return walk_is(text, variants) || exercise_find_folded(own, text) != NULL;
}

/* "sorry, was rdl", "that was incline bench": only an exercise is said so, and not "that was close". */
static bool may_name(struct span folded)
{
    static const char *const fronts[] = {"sorry", "oops", "ups", "no", "nein", "nee", "quatsch", "that", "das", NULL};

    return walk_is(walk_word(folded), fronts);
}

/* "rows actually": the name alone. */
static struct span without_close(struct span folded)
{
    static const char *const last[] = {"actually", "eigentlich", "sorry", "though", "btw", NULL};
    struct span name = folded;

    for (struct span rest = folded; rest.length != 0; rest = walk_behind(rest))
        if (walk_is(walk_word(rest), last)) {
            name.length = (size_t)(rest.at - folded.at);
            break;
        }
    while (name.length != 0 && strchr(" ,.!", name.at[name.length - 1]) != NULL)
        name.length--;
    return name;
}

bool aim_other_exercise(struct span text, const struct exercise_names *own, struct span *name)
{
    const bool wrong = take_wrong(&text, own), instead = cut_instead(&text);

    *name = without_close(text);
    return name->length != 0 && (wrong || instead ? is_of_names(*name, own) : is_whole_name(*name, own));
}

bool aim_exercise(struct span folded, const struct exercise_names *own, struct span *name)
{
    static const char *const meant[] = {"meant", "mean", "meinte", "meine", NULL}; /* "that was close" is talk */
    static const char *const around[] = {
        "i",     "ich",      "that",       "those",  "it",     "das",  "es",     "be",      "have", "been", "sein",
        "make",  "sorry",    "no",         "nein",   "nee",    "ups",  "oops",   "quatsch", "on",   "the",  "die",
        "der",   "am",       "an",         "auf",    "ein",    "eine", "a",      "doch",    "was",  "were", "war",
        "waren", "actually", "eigentlich", "should", "sollte", "it's", "that's", NULL};
    const bool may_be = may_name(folded), wrong = take_wrong(&folded, own);
    bool said = false, named = false;

    for (;;) {
        struct span word = walk_word(folded);

        said |= walk_is(word, meant);
        named |= (notation_meaning(word).roles & ROLE_WAS) != 0;
        if (folded.length == 0 || !(walk_is(word, meant) || walk_is(word, around)))
            break;
        folded = walk_behind(folded);
    }
    said |= cut_instead(&folded);
    *name = without_close(folded);
    return name->length != 0 &&
           (said || wrong ? is_of_names(*name, own) : may_be && named && is_whole_name(*name, own));
}
