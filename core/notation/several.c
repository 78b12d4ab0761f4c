/*
 * Corrections of several sets at once.
 */
#include "core/notation/several.h"

#include <math.h>

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
    bool those; /* "those", "them", "die": of what was said */
    bool sets, were;
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
    static const char *const both[] = {"both", "beide", "beiden", NULL}, *const were[] = {"were", "waren", "warn",
                                                                                          NULL};
    static const char *const those[] = {"those", "these", "they", "them", "die", "davon", "diese", "das", NULL};
    static const char *const around[] = {"the", "of", "von", "my", "meine", "meiner", "ones", "and", "und", "a", NULL};
    const struct word_meaning meaning = notation_meaning(word);

    if (take_count(word, meaning, head))
        return true;
    if (walk_is(word, both))
        return head->both = true;
    if (walk_is(word, were))
        return head->were = true;
    if (walk_is(word, those))
        return head->those = true;
    if (meaning.word == WORD_ALL)
        return head->all = true;
    if (meaning.word == WORD_SETS)
        return head->sets = true;
    if (meaning.word == WORD_LAST)
        return *(meaning.argument == LAST_FIRST ? &head->first : &head->last) = true;
    return walk_is(word, around);
}

/* Whether HEAD names more sets than one: "the last two", "those were all", "both of them were", "all". */
static bool is_of_several(const struct head *head)
{
    const bool ends = head->last || head->first;

    if (ends)
        return head->last != head->first && !head->all && !head->both && head->count != 0;
    return head->both ? !head->all && (head->were || head->sets || head->those)
                      : head->all && (head->count == 0 || head->were || head->sets || head->those);
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
    several->left = !alone && spare_read(text, &rir) && !isnan(rir);
    several->piece = text;
    return several->left;
}

bool several_may_be(const struct vocabulary *words)
{
    return (words->classes & (CLASS_BIT(WORD_LAST) | CLASS_BIT(WORD_ALL))) != 0 || (words->says & SAYS_BOTH) != 0;
}

bool several_read(struct span folded, const struct exercise_names *own, struct several *several)
{
    struct head head = {.count = 0};
    struct span name = {folded.at, 0};

    while (folded.length != 0)
        if (take_word(walk_word(folded), &head))
            folded = walk_behind(folded);
        else if (name.length != 0 || head.were || !aim_take_name(&folded, own, &name))
            break;
    *several = (struct several){.name = name, .count = head.both ? 2 : head.count, .first = head.first};
    return is_of_several(&head) && (head.were || name.length == 0) && take_piece(folded, head.were, several);
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

bool each_may_be(struct span folded, const struct vocabulary *words)
{
    return (words->classes & CLASS_BIT(WORD_AND)) != 0 || memchr(folded.at, ',', folded.length) != NULL ||
           memchr(folded.at, ';', folded.length) != NULL; /* between two of them */
}

bool each_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct each *each)
{
    const char *scale = NULL;
    struct aim first;

    *each = (struct each){.name = {folded.at, 0}};
    if (!aim_take_which(&(struct span){folded.at, folded.length}, own, &first))
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
