/*
 * Corrections in sentences.
 */
#include "core/notation/amend.h"

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { HEAD_WORDS = 9 /* of what is said of a set before its effort */, LOAD_LEAST = 15 };

/* ---------------------------------------------------------------- what was wrong */

/* What somebody wants done with a set that was said. */
struct wish {
    bool takes_back; /* "delete" */
    bool changes;    /* "change", or only a "make", which is said of other things, too */
    bool aimed;      /* "that", "the last one" */
};

static bool take_verb(struct word_meaning word, struct wish *wish)
{
    wish->takes_back |= (word.amends & AMEND_BACK) != 0;
    wish->changes |= (word.amends & (AMEND_CHANGE | AMEND_MAKE)) != 0;
    wish->aimed |= (word.amends & AMEND_CHANGE) != 0;
    return (word.amends & (AMEND_BACK | AMEND_CHANGE | AMEND_MAKE)) != 0;
}

/* "scratch the last pull up set", "letzten satz streichen", "change that to": takes it off TEXT. AIM is of which set.
 */
static struct wish take_wish(struct span *text, const struct exercise_names *own, struct aim *aim)
{
    struct wish wish = {false, false, false};

    while (text->length != 0) {
        const struct word_meaning word = walk_meaning(*text);
        const bool aimed = (word.amends & AMEND_WHICH) != 0;

        aim->newest |= aimed && word.word == WORD_LAST;
        wish.aimed |= aimed;
        if (take_verb(word, &wish) || aimed || (word.amends & AMEND_WISH) != 0)
            *text = walk_behind(*text);
        else if (aim->name.length != 0 || !(wish.takes_back || wish.changes || wish.aimed) ||
                 !aim_take_name(text, own, &aim->name))
            break;
    }
    wish.aimed |= aim->name.length != 0;
    return wish;
}

/* "kannst du das auf 85 andern": takes the verb off TEXT's end. */
static bool take_verb_behind(struct span *text)
{
    static const char *const verbs[] = {" andern", " aendern", " korrigieren"};

    for (size_t i = 0; i < ARRAY_LENGTH(verbs); i++) {
        size_t length = strlen(verbs[i]);

        if (text->length > length && memcmp(text->at + text->length - length, verbs[i], length) == 0) {
            text->length -= length;
            return true;
        }
    }
    return false;
}

/* "typo", "hab mist getippt", "fat fingered that": takes it off TEXT. */
static bool take_confession(struct span *text)
{
    struct span rest = *text;
    bool said = false;

    for (; rest.length != 0; rest = walk_behind(rest)) {
        const struct word_meaning word = walk_meaning(rest);

        said |= (word.amends & AMEND_MISTAKE) != 0;
        if ((word.amends & (AMEND_MISTAKE | AMEND_CONFESS)) == 0 && word.word != WORD_A)
            break;
    }
    if (said)
        *text = rest;
    return said;
}

/* "6, hab falsch gezahlt": takes it off TEXT's end. */
static bool take_confession_behind(struct span *text)
{
    const char *comma = memchr(text->at, ',', text->length);
    struct span rest;

    if (comma == NULL)
        return false;
    rest = span_past(*text, (size_t)(comma - text->at) + 1);
    span_skip_spaces(&rest);
    if (!take_confession(&rest) || rest.length != 0)
        return false;
    text->length = (size_t)(comma - text->at);
    return true;
}

/* ---------------------------------------------------------------- what is right */

/* "waren nur 8", "it was 85", "should be 85", "set 2 was 7", "waren knie liegestutze": AIM's name may be known. */
static bool take_right(struct span text, const struct exercise_names *own, struct aim *aim, struct span *exercise)
{
    const struct aim known = *aim;

    if (text.length == 0)
        return false;
    if (known.name.length == 0 && aim_read(text, own, aim))
        return true;
    *aim = known;
    aim->piece = text;
    if (aim_is_piece(text))
        return true;
    walk_skip_amends(&text, AMEND_RIGHT);
    aim->piece = text;
    if (aim_is_piece(text))
        return true;
    aim->piece.length = 0;
    *exercise = text;
    return text.length != 0 && exercise_find_folded(own, text) != NULL;
}

/* REASON stands behind what is to be taken back: behind a comma, or with a word that begins one. */
static bool gives_reason(struct span folded, struct span reason)
{
    const size_t before = (size_t)(reason.at - folded.at);

    for (size_t i = 0; i < reason.length; i++)
        if (ascii_is_digit(reason.at[i]) || reason.at[i] == '?')
            return false;
    return reason.length != 0 && before >= 2 &&
           (strchr(",.;-:", folded.at[before - 2]) != NULL || walk_amends(reason, AMEND_REASON));
}

/* A digit, or a word that tells of somebody else or of another time. */
static bool tells_of_others(struct span text)
{
    const struct span word = walk_word(text);
    const struct word_meaning meaning = notation_meaning(word);

    return ascii_is_digit(text.at[0]) || (meaning.says & SAYS_OTHERS) != 0 ||
           (notation_tells(word, meaning) & (TELLS_OTHERS | TELLS_TIME)) != 0;
}

/* A load, and no reps: "forgot my belt so 5" is no more than told. */
static bool is_load(struct span text)
{
    struct piece piece;

    return piece_read(text, UNIT_KG, &piece) && piece.reps == REPS_UNKNOWN && !piece.merely &&
           (!isnan(piece.load_kg) || piece.number >= LOAD_LEAST);
}

/* "my mate touched the bar so call it 4": whatever stands in front, but for where it hurts. */
static bool take_called(struct span text, struct aim *aim)
{
    static const char *const calls[] = {"call it ", "sagen wir "};

    for (; text.length != 0 && (walk_meaning(text).traits & TRAIT_PLACE) == 0; text = walk_behind(text))
        for (size_t i = 0; i < ARRAY_LENGTH(calls); i++) {
            aim->piece = span_starts(text, calls[i]) ? span_past(text, strlen(calls[i])) : (struct span){text.at, 0};
            if (aim_is_piece(aim->piece))
                return true;
        }
    aim->piece = text;
    return false;
}

/* "forgot the small plates so 147.5", "kleine Scheiben vergessen, 60": what is right, behind how it came to be wrong.
 */
static bool take_excuse(struct span text, struct aim *aim)
{
    bool excuse = false, parted = false;

    for (; text.length != 0; text = walk_behind(text)) {
        struct span right = text;

        parted |= (walk_meaning(text).roles & ROLE_HENCE) != 0;
        walk_skip_roles(&right, ROLE_HENCE);
        if (excuse && parted && is_load(right)) {
            aim->piece = right;
            return true;
        }
        if (tells_of_others(text))
            return false;
        excuse |= walk_amends(text, AMEND_MISTAKE);
        parted = excuse && (parted || memchr(text.at, ',', (size_t)(walk_behind(text).at - text.at)) != NULL);
    }
    return false;
}

/* "only 2 sets of those, delete the last", "falsche Maschine, lösch den letzten": why stands in front. */
static bool takes_back_behind(struct span folded, const struct exercise_names *own, struct aim *aim)
{
    const char *comma = memchr(folded.at, ',', folded.length);
    struct span text;
    struct wish wish;

    if (comma == NULL || memchr(folded.at, '?', folded.length) != NULL)
        return false;
    text = span_past(folded, (size_t)(comma - folded.at) + 1);
    span_skip_spaces(&text);
    wish = take_wish(&text, own, aim);
    return wish.takes_back && aim->newest && aim->name.length == 0 && text.length == 0 &&
           (walk_amends(folded, AMEND_MISTAKE | AMEND_CONFESS | AMEND_REASON) ||
            (walk_meaning(folded).traits & TRAIT_MERELY) != 0);
}

/* ---------------------------------------------------------------- how it went */

/* What stands before an effort may say how the last set was, and nothing of another time or of somebody else. */
static bool may_describe(struct span text)
{
    const struct span word = walk_word(text);
    const struct word_meaning meaning = notation_meaning(word);

    return (notation_tells(word, meaning) & (TELLS_OTHERS | TELLS_TIME)) == 0 && !ascii_is_digit(text.at[0]) &&
           notation_number_of(word, meaning) <= 1; /* "the last two were" */
}

static bool names_scale(struct span text)
{
    const enum word word = walk_meaning(text).word;

    return word == WORD_RPE || word == WORD_RIR;
}

/* "1 in the tank", "2 left" */
static bool is_left(struct span text)
{
    bool left = false;

    for (struct span rest = text; rest.length != 0; rest = walk_behind(rest)) {
        const struct word_meaning meaning = walk_meaning(rest);

        left |= meaning.word == WORD_TANK || (meaning.says & SAYS_LEFT) != 0;
    }
    return left && ascii_is_digit(text.at[0]);
}

/* "@0", "rpe 9.5", "9.5 rpe", "1 in the tank": all of TEXT. */
static bool is_effort(struct span text)
{
    return piece_effort(text) == text.length &&
           (text.at[0] == '@' || names_scale(text) || names_scale(walk_behind(text)) || is_left(text));
}

/* "waren alle", "were all": what follows isn't of one set. */
static bool is_of_all(struct span text)
{
    return (walk_meaning(text).roles & ROLE_WERE) != 0 && walk_meaning(walk_behind(text)).word == WORD_ALL;
}

/* "last rep of that was a grinder, rpe 9.5" */
static bool take_described(struct span text, const struct exercise_names *own, struct aim *aim)
{
    struct span name;
    int words = 0;

    if (!walk_amends(text, AMEND_THIS))
        return false;
    for (; text.length != 0 && words < HEAD_WORDS; text = walk_behind(text), words++) {
        struct span rest = text;

        if (words != 0 && is_effort(text)) {
            aim->piece = text;
            return true;
        }
        if (!may_describe(text) || is_of_all(text))
            return false;
        if (aim->name.length == 0 && aim_take_name(&rest, own, &name))
            aim->name = name;
    }
    return false;
}

/* A load and its reps, with no word of what was wrong. */
static bool is_whole(struct span text)
{
    struct piece piece;

    return text.length != 0 && (text.at[0] == '+' || ascii_is_digit(text.at[0])) && piece_read(text, UNIT_KG, &piece) &&
           piece.reps != REPS_UNKNOWN && !(isnan(piece.load_kg) && isnan(piece.number));
}

/* "change that to 85", "delete the last set, was 8": what is right; or that it is to go, and why. */
static bool take_wished(struct span folded, const struct exercise_names *own, struct aim *aim, struct span *exercise)
{
    struct span text = folded;
    const bool behind = take_verb_behind(&text);
    const struct wish wish = take_wish(&text, own, aim);
    const struct aim known = *aim;

    if (!wish.takes_back && !behind && !(wish.changes && wish.aimed))
        return false;
    if (take_right(text, own, aim, exercise)) {
        if (wish.takes_back && is_whole(aim->piece))
            aim->piece.length = 0; /* "delete the last entry, dip +20 kg x6": which it is */
        return true;
    }
    *aim = known;
    exercise->length = 0;
    return wish.takes_back && gives_reason(folded, text);
}

/* All of these begin with a word of their own, but for a verb at the end. */
static bool begins_one(struct span folded)
{
    const unsigned alone = AMEND_CUE | AMEND_LOADED | AMEND_BESIDE; /* may stand anywhere */
    const struct word_meaning first = walk_meaning(folded);

    return (first.amends & ~alone) != 0 || first.word == WORD_LAST || take_verb_behind(&folded);
}

/* A correction that begins with a word of its own. */
static bool read_begun(struct span folded, const struct exercise_names *own, struct aim *aim, struct span *exercise)
{
    struct span text = folded;

    if (take_wished(folded, own, aim, exercise))
        return true;
    *aim = (struct aim){.set = 0};
    if (take_confession(&text))
        return take_right(text, own, aim, exercise);
    return aim_newest(folded, aim) || take_described(folded, own, aim);
}

static bool may_be(struct span folded, const struct vocabulary *words)
{
    const unsigned verbs = AMEND_BACK | AMEND_CHANGE | AMEND_MAKE | AMEND_MISTAKE;
    const uint64_t efforts = CLASS_BIT(WORD_RPE) | CLASS_BIT(WORD_RIR) | CLASS_BIT(WORD_TANK);
    const bool effort = words->effort_sign || (words->classes & efforts) != 0 || (words->says & SAYS_LEFT) != 0;

    return (words->amends & verbs) != 0 || (words->classes & CLASS_BIT(WORD_LAST)) != 0 ||
           (effort && (words->amends & AMEND_THIS) != 0) || take_verb_behind(&folded);
}

bool amend_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct aim *aim,
                struct span *exercise)
{
    struct span text = folded;

    if (!may_be(folded, words))
        return false;
    *aim = (struct aim){.set = 0};
    *exercise = (struct span){folded.at, 0};
    if (take_confession_behind(&text) && take_right(text, own, aim, exercise))
        return true;
    *aim = (struct aim){.set = 0};
    exercise->length = 0;
    if (takes_back_behind(folded, own, aim))
        return true;
    *aim = (struct aim){.set = 0};
    if (begins_one(folded) && read_begun(folded, own, aim, exercise))
        return true;
    *aim = (struct aim){.set = 0};
    exercise->length = 0;
    return take_called(folded, aim) || take_excuse(folded, aim);
}

bool amend_takes_back(struct span folded, const struct exercise_names *own, struct aim *aim, struct span *sets,
                      bool *replaces)
{
    struct wish wish;

    *aim = (struct aim){.set = 0};
    walk_skip_amends(&folded, AMEND_WISH);
    *replaces = (walk_meaning(folded).roles & ROLE_REPLACES) != 0;
    *sets = folded;
    wish = take_wish(sets, own, aim);
    return wish.takes_back && sets->length != 0;
}
