/*
 * Corrections of several sets at once.
 */
#include "core/notation/several.h"

#include <math.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/aim.h"
#include "core/notation/piece.h"
#include "core/notation/spare.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { SEVERAL_MOST = 9 };

/* What stands in front of what they were. */
struct head {
    bool all, both, last, first;
    bool those;  /* "those", "them", "die": of what was said */
    bool off;    /* "back-off": their sets */
    bool placed; /* "on", "for": the sets are told of, and not counted */
    bool sets, were, made;
    int count; /* "two", "3"; 0 */
};

static int count_of(struct span word, struct word_meaning meaning)
{
    static const char *const two[] = {"beiden", "beide", "couple", NULL};

    return walk_is(word, two) ? 2 : (int)walk_number(word, meaning);
}

/* "last two", "all 3 of": how many, behind the word that a number of sets stands behind. */
static bool take_count(struct span word, struct word_meaning meaning, struct head *head)
{
    const int count = head->last || head->first || head->all ? count_of(word, meaning) : 0;

    if (count < 2 || count > SEVERAL_MOST || head->count != 0 || head->were)
        return false;
    head->count = count;
    return true;
}

/* WORD is one of those: false, where what they were begins. */
static bool take_word(struct span word, struct head *head)
{
    static const char *const both[] = {"both", "beide", "beiden", NULL};
    static const char *const those[] = {"those", "these", "they",  "them", "em",    "'em",
                                        "die",   "davon", "diese", "das",  "denen", NULL};
    static const char *const around[] = {"the",  "of",   "von", "my",  "meine", "meiner", "meinen",
                                         "ones", "back", "and", "und", "a",     NULL};
    static const char *const off[] = {"off", "back-off", "backoff", NULL};
    static const char *const offs[] = {"offs",          "back-offs",      "backoffs",      "backoffsatze",
                                       "backoff-satze", "back-off-satze", "backoffsaetze", NULL};
    static const char *const places[] = {"on", "for", "in", "at", "bei", "auf", "beim", "fur", NULL};
    const struct word_meaning meaning = notation_meaning(word);

    if (take_count(word, meaning, head))
        return true;
    if (walk_is(word, both))
        return head->both = true;
    if ((meaning.roles & ROLE_WERE) != 0)
        return head->were = true;
    if (walk_is(word, those))
        return head->those = true;
    if (walk_is(word, offs))
        return head->off = head->sets = true;
    if (walk_is(word, off))
        return head->off = true;
    if (!head->were && !head->made && walk_is(word, places))
        return head->placed = true;
    if ((meaning.amends & (AMEND_CHANGE | AMEND_MAKE)) != 0)
        return head->made = true;
    if (meaning.word == WORD_ALL)
        return head->all = true;
    if (meaning.word == WORD_SETS)
        return head->sets = true;
    if (meaning.word == WORD_LAST)
        return *(meaning.argument == LAST_FIRST ? &head->first : &head->last) = true;
    return walk_is(word, around);
}

/* "both of them were", "all": whether HEAD names so the sets that were said. */
static bool is_of_all(const struct head *head)
{
    const bool of_sets = head->were || head->made || head->sets || head->those || head->placed;

    if (head->both)
        return !head->all && of_sets;
    return head->all && (head->count == 0 || of_sets);
}

/* "the back offs were", "make those" */
static bool is_of_those(const struct head *head)
{
    return (head->off && head->sets && (head->were || head->made)) || (head->made && head->those);
}

/* Whether HEAD names more sets than one: "the last two", "those were all". */
static bool is_of_several(const struct head *head)
{
    if (head->last || head->first)
        return head->last != head->first && !head->all && !head->both && head->count != 0;
    return is_of_all(head) || (!head->both && !head->all && is_of_those(head));
}

/* "easy", "pretty hard": how they were, before what was left. */
static struct span behind_felt(struct span text)
{
    static const char *const around[] = {"pretty", "quite", "so", "ziemlich", "echt", "super", "relativ", NULL};

    while (text.length != 0 && ((walk_meaning(text).says & SAYS_FELT) != 0 || walk_is(walk_word(text), around)))
        text = walk_behind(text);
    return text;
}

/* TEXT is an effort; where it is said ALONE, as it is written: "all done, 2 left" tells of what is to come. */
static bool is_effort(struct span text, bool alone)
{
    struct span front = text;
    struct piece piece;

    while (alone && (walk_meaning(front).traits & TRAIT_ABOUT) != 0)
        front = walk_behind(front);
    return (!alone || piece_effort(front) != 0 || walk_meaning(front).word == WORD_TO) &&
           piece_read(text, UNIT_KG, &piece) && piece_is_effort(&piece);
}

/* What they were: a piece, which an effort alone may be where no verb WERE says that they were anything. */
static bool take_piece(struct span text, bool were, struct several *several)
{
    const struct span behind = behind_felt(text);
    const bool alone = !were && behind.at == text.at;
    double rir;

    several->piece = behind;
    if (behind.length == 0)
        return false;
    if (is_effort(behind, alone) || (were && behind.at == text.at && aim_is_piece(text)))
        return true;
    several->left = !alone && spare_read(text, NULL, &rir) && !isnan(rir);
    several->piece = text;
    return several->left;
}

/* Takes what names sets off the front of TEXT; NAME is whose they are. */
static void take_head(struct span *text, const struct exercise_names *own, struct head *head, struct span *name)
{
    while (text->length != 0)
        if (take_word(walk_word(*text), head))
            *text = walk_behind(*text);
        else if (name->length != 0 || head->were || !aim_take_name(text, own, name))
            return;
}

static bool read_front(struct span folded, const struct exercise_names *own, struct several *several)
{
    static const char *const towards[] = {"to", "auf", "zu", "at", "mit", NULL};
    struct head head = {.count = 0};
    struct span name = {folded.at, 0};
    const bool effort = walk_meaning(folded).word == WORD_TO; /* "to failure" */

    take_head(&folded, own, &head, &name);
    if (head.made && !effort)
        walk_skip(&folded, towards);
    *several = (struct several){.name = name, .count = head.both ? 2 : head.count, .first = head.first};
    return is_of_several(&head) && (head.were || head.made || name.length == 0) &&
           take_piece(folded, head.were || head.made, several);
}

bool several_exercise(struct span folded, const struct exercise_names *own, struct several *several)
{
    struct head head = {.count = 0};
    struct span none = {folded.at, 0}, name;

    walk_skip_amends(&folded, AMEND_MISTAKE | AMEND_CUE); /* "entschuldigung, vertan." */
    if (span_is(walk_word(folded), "they"))
        return false; /* "they were deadlifting" is of others */
    take_head(&folded, own, &head, &none);
    if (none.length != 0 || !head.were || !(is_of_several(&head) || head.those || head.all || head.both) ||
        !aim_other_exercise(folded, own, &name))
        return false;
    *several = (struct several){.name = name, .count = head.both ? 2 : head.count, .first = head.first};
    return !head.first;
}

/* TEXT, up to its end, says which of several: "both sets", "on all of em". */
static bool is_which(struct span text, struct head *head)
{
    *head = (struct head){.count = 0};
    while (text.length != 0 && take_word(walk_word(text), head))
        text = walk_behind(text);
    return text.length == 0 && !head->were && !head->made && (head->placed || head->sets || head->those) &&
           is_of_all(head);
}

/* The same where which they are stands behind: "those were 65s, both sets", "easy, 5 in reserve on all of em". */
static bool read_behind(struct span folded, struct several *several)
{
    struct span rest = walk_behind(folded), front;
    struct head head = {.count = 0};

    while (rest.length != 0 && !is_which(rest, &head))
        rest = walk_behind(rest);
    front = (struct span){folded.at, (size_t)(rest.at - folded.at)};
    while (front.length != 0 && strchr(" ,", front.at[front.length - 1]) != NULL)
        front.length--;
    *several = (struct several){.name = {folded.at, 0}, .count = head.both ? 2 : head.count};
    return rest.length != 0 && take_piece(front, walk_amends(front, AMEND_RIGHT), several);
}

static bool may_be_several(const struct vocabulary *words)
{
    const unsigned verbs = AMEND_CHANGE | AMEND_MAKE;

    return (words->classes & (CLASS_BIT(WORD_LAST) | CLASS_BIT(WORD_ALL))) != 0 || (words->says & SAYS_BOTH) != 0 ||
           (words->digit && ((words->amends & verbs) != 0 || (words->traits & TRAIT_LEAD) != 0)); /* "back offs" */
}

bool several_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own,
                  struct several *several)
{
    if (!may_be_several(words))
        return false;
    return read_front(folded, own, several) || read_behind(folded, several);
}

/* ---------------------------------------------------------------- one each */

/* Takes the clause at the front of TEXT: up to a comma that no digit stands behind, or to an "and". */
static struct span take_clause(struct span *text)
{
    static const char *const ends[] = {", ", "; ", " and ", " und "};

    for (size_t i = 1; i < text->length; i++)
        for (size_t end = 0; end < ARRAY_LENGTH(ends); end++)
            if (span_starts((struct span){text->at + i, text->length - i}, ends[end])) {
                const struct span clause = {text->at, i};

                *text = span_past(*text, i + strlen(ends[end]));
                return clause;
            }
    return span_take(text, '\n');
}

/* "3 rir", "rpe 9", "@1": how a number alone is read that says the same of another set; NULL: it is no effort. */
static const char *scale_of(struct span piece)
{
    if (!is_effort(piece, true))
        return NULL;
    for (struct span rest = piece; rest.length != 0; rest = walk_behind(rest))
        if (walk_meaning(rest).word == WORD_RPE)
            return "rpe ";
    return "@";
}

static bool is_number(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!ascii_is_digit(text.at[i]) && (i == 0 || (text.at[i] != '.' && text.at[i] != ',')))
            return false;
    return text.length != 0 && text.length <= 4;
}

/* PART is said behind one of SCALE; NULL: behind none, or behind one that is no effort. */
static bool take_part(struct span text, const char *scale, struct each_part *part)
{
    const bool bare = scale != NULL && is_number(text);

    part->scale = bare ? scale : "";
    part->piece = text;
    return bare || aim_is_piece(text);
}

/* A comma or an "and" stands between two of them. */
static bool may_be_each(struct span folded, const struct vocabulary *words)
{
    return (words->says & SAYS_JOINS) != 0 || memchr(folded.at, ',', folded.length) != NULL ||
           memchr(folded.at, ';', folded.length) != NULL;
}

bool each_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct each *each)
{
    const char *scale = NULL;
    struct aim first;

    *each = (struct each){.name = {folded.at, 0}};
    if (!may_be_each(folded, words) || !aim_take_which(&(struct span){folded.at, folded.length}, own, &first))
        return false; /* as nearly all is */
    while (folded.length != 0) {
        struct span clause = take_clause(&folded);
        struct each_part *part = &each->parts[each->count];
        struct aim aim;

        if (each->count == EACH_MOST || !aim_take_which(&clause, own, &aim) || !take_part(clause, scale, part))
            return false;
        if (aim.name.length != 0 && each->count != 0)
            return false;
        each->name = aim.name.length != 0 ? aim.name : each->name;
        scale = scale_of(part->piece) != NULL ? scale_of(part->piece) : scale;
        part->set = aim.set;
        each->count++;
    }
    return each->count > 1 && (scale != NULL || aim_may_correct(words)); /* "first 8, second 7" may be to come */
}
