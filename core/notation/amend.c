/*
 * Corrections in sentences.
 */
#include "core/notation/amend.h"

#include "core/base/ascii.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { HEAD_WORDS = 9 /* of what is said of a set before its effort */ };

/* ---------------------------------------------------------------- what was wrong */

/* "scratch the last pull up set", "letzten satz streichen": takes it off TEXT. AIM is of which set.
 */
static bool take_retraction(struct span *text, const struct exercise_names *own, struct aim *aim)
{
    static const char *const verbs[] = {"delete",  "remove",   "erase",     "scratch",   "undo",     "losch",
                                        "losche",  "loesch",   "loesche",   "loschen",   "loeschen", "entferne",
                                        "streich", "streiche", "streichen", "entfernen", NULL};
    static const char *const around[] = {"last",  "letzten", "letzte", "letzter", "letztes", "that",   "this", "it",
                                         "one",   "set",     "sets",   "satz",    "satze",   "entry",  "the",  "my",
                                         "den",   "die",     "der",    "das",     "mein",    "meinen", "of",   "von",
                                         "bitte", "please",  "wieder", "eintrag", "mal",     NULL};
    bool said = false;

    while (text->length != 0) {
        struct span word = walk_word(*text);
        bool verb = walk_is(word, verbs);

        said |= verb;
        aim->newest |= notation_meaning(word).word == WORD_LAST;
        if (verb || walk_is(word, around))
            *text = walk_behind(*text);
        else if (aim->name.length != 0 || !aim_take_name(text, own, &aim->name))
            break;
    }
    return said;
}

/* "typo", "hab mist getippt", "fat fingered that": takes it off TEXT. */
static bool take_confession(struct span *text)
{
    static const char *const mistakes[] = {
        "typo",        "typos",        "tippfehler",   "schreibfehler", "zahlendreher", "mistyped",   "misstyped",
        "typed",       "vertippt",     "verschrieben", "vertan",        "verklickt",    "misclicked", "fingers",
        "fingered",    "fat-fingered", "autocorrect",  "autokorrektur", "getippt",      "eingegeben", "eingetragen",
        "geschrieben", "entered",      "bad",          "mistake",       "fehler",       NULL};
    static const char *const around[] = {
        "i",      "i've",    "ich",      "hab",   "habe",  "have",   "just", "mich", "it",      "that",
        "das",    "mir",     "me",       "sorry", "my",    "mein",   "fat",  "mist", "quatsch", "blodsinn",
        "falsch", "falsche", "falsches", "wrong", "oops",  "ups",    "in",   "da",   "number",  "weight",
        "zahl",   "gewicht", "die",      "the",   "again", "wieder", NULL};
    struct span rest = *text;
    bool said = false;

    for (; rest.length != 0; rest = walk_behind(rest)) {
        struct span word = walk_word(rest);
        bool mistake = walk_is(word, mistakes);

        said |= mistake;
        if (!mistake && !walk_is(word, around))
            break;
    }
    if (said)
        *text = rest;
    return said;
}

/* ---------------------------------------------------------------- what is right */

static bool is_piece(struct span text)
{
    struct piece piece;

    return text.length != 0 && piece_read(text, UNIT_KG, &piece) && piece.sets == 0;
}

/* "waren nur 8", "it was 85", "should be 85", "set 2 was 7", "waren knie liegestutze": AIM's name may be known. */
static bool take_right(struct span text, const struct exercise_names *own, struct aim *aim, struct span *exercise)
{
    static const char *const lead[] = {"it",  "it's",  "i",      "ich",      "es",         "was",  "were",
                                       "war", "waren", "warens", "because",  "cause",      "weil", "should",
                                       "be",  "meant", "meinte", "actually", "eigentlich", "the",  "die",
                                       "der", "das",   "that",   "those",    NULL};
    const struct aim known = *aim;

    if (text.length == 0)
        return false;
    if (known.name.length == 0 && aim_read(text, own, aim))
        return true;
    *aim = known;
    aim->piece = text;
    if (is_piece(text))
        return true;
    walk_skip(&text, lead);
    aim->piece = text;
    if (is_piece(text))
        return true;
    aim->piece.length = 0;
    *exercise = text;
    return text.length != 0 && exercise_find_folded(own, text) != NULL;
}

/* REASON stands behind what is to be taken back: behind a comma, or with a word that begins one. */
static bool gives_reason(struct span folded, struct span reason)
{
    static const char *const begins[] = {
        "wrong",    "because",    "cause",   "cuz",     "weil",     "was",      "war",     "it",        "its", "it's",
        "i",        "ich",        "falsch",  "falsche", "falscher", "falsches", "doppelt", "duplicate", "not", "nicht",
        "accident", "accidental", "mistake", "typo",    "hab",      "habe",     "by",      "bin",       NULL};
    const size_t before = (size_t)(reason.at - folded.at);

    for (size_t i = 0; i < reason.length; i++)
        if (ascii_is_digit(reason.at[i]) || reason.at[i] == '?')
            return false;
    return reason.length != 0 && before >= 2 &&
           (strchr(",.;-:", folded.at[before - 2]) != NULL || walk_is(walk_word(reason), begins));
}

/* ---------------------------------------------------------------- how it went */

/* What stands before an effort may say how the last set was, and nothing of another time or of somebody else. */
static bool may_describe(struct span word)
{
    const struct word_meaning meaning = notation_meaning(word);

    return (meaning.word != WORD_STOP || meaning.argument != STOP_DOUBT) && meaning.word != WORD_DAY &&
           meaning.word != WORD_BACK && (meaning.traits & TRAIT_SESSION) == 0 && !ascii_is_digit(word.at[0]);
}

/* "@0", "rpe 9.5", "9.5 rpe": all of TEXT. */
static bool is_effort(struct span text)
{
    return piece_effort(text) == text.length &&
           (text.at[0] == '@' || notation_meaning(walk_word(text)).word == WORD_RPE ||
            notation_meaning(walk_word(text)).word == WORD_RIR ||
            notation_meaning(walk_word(walk_behind(text))).word == WORD_RPE ||
            notation_meaning(walk_word(walk_behind(text))).word == WORD_RIR);
}

/* "last rep of that was a grinder, rpe 9.5" */
static bool take_described(struct span text, const struct exercise_names *own, struct aim *aim)
{
    static const char *const demonstratives[] = {"that", "this",   "it",      "last",    "the", "das",
                                                 "die",  "letzte", "letzter", "letztes", "der", NULL};
    struct span name;
    int words = 0;

    if (!walk_is(walk_word(text), demonstratives))
        return false;
    for (; text.length != 0 && words < HEAD_WORDS; text = walk_behind(text), words++) {
        struct span rest = text;

        if (words != 0 && is_effort(text)) {
            aim->piece = text;
            return true;
        }
        if (!may_describe(walk_word(text)))
            return false;
        if (aim->name.length == 0 && aim_take_name(&rest, own, &name))
            aim->name = name;
    }
    return false;
}

bool amend_read(struct span folded, const struct exercise_names *own, struct aim *aim, struct span *exercise)
{
    struct span text = folded;

    *aim = (struct aim){.set = 0};
    *exercise = (struct span){folded.at, 0};
    if (take_retraction(&text, own, aim)) {
        const struct aim known = *aim;

        if (take_right(text, own, aim, exercise))
            return true;
        *aim = known;
        exercise->length = 0;
        return gives_reason(folded, text);
    }
    *aim = (struct aim){.set = 0};
    text = folded;
    if (take_confession(&text))
        return take_right(text, own, aim, exercise);
    return aim_newest(folded, aim) || take_described(folded, own, aim);
}
