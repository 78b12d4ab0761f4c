/*
 * Finding a command by what was typed.
 */
#include "bot/chat/command.h"

#include <limits.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"

const enum text_key command_group_titles[COMMAND_GROUPS] = {
    [COMMAND_LOGGING] = TEXT_GROUP_LOGGING, [COMMAND_ADVICE] = TEXT_GROUP_ADVICE,
    [COMMAND_SESSION] = TEXT_GROUP_SESSION, [COMMAND_REVIEW] = TEXT_GROUP_REVIEW,
    [COMMAND_TOOLS] = TEXT_GROUP_TOOLS,     [COMMAND_ABOUT_YOU] = TEXT_GROUP_ABOUT_YOU,
    [COMMAND_ROOM] = TEXT_GROUP_ROOM,       [COMMAND_OTHER] = TEXT_GROUP_OTHER,
};

const enum text_key command_who_texts[COMMAND_WHO] = {
    [COMMAND_COACHES] = TEXT_WHO_COACHES,
    [COMMAND_MODERATORS] = TEXT_WHO_MODERATORS,
    [COMMAND_LEADERS] = TEXT_WHO_LEADERS,
};

static struct span trim(struct span text)
{
    while (text.length != 0 && ascii_is_space(text.at[0])) {
        text.at++;
        text.length--;
    }
    while (text.length != 0 && ascii_is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

static bool is_stop(char c)
{
    return c == '.' || c == '!' || c == '?';
}

/* A text of nothing but stops is left as it is: "?". */
static struct span without_stop(struct span text)
{
    struct span cut = text = trim(text);

    while (cut.length != 0 && is_stop(cut.at[cut.length - 1]))
        cut.length--;
    if (cut.length == text.length)
        return text; /* as most are */
    cut = trim(cut);
    return cut.length != 0 ? cut : text;
}

static bool is_letter(char c)
{
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

/* TEXT begins with WORDS (of LENGTH, lower case), and they end where a word ends. Signs ("?", "*") end by themselves.
 */
static bool begins(struct span text, const char *words, size_t length)
{
    if (text.length < length || length == 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (ascii_lower(text.at[i]) != words[i])
            return false;
    }
    return text.length == length || !is_letter(words[length - 1]) || ascii_is_space(text.at[length]) ||
           text.at[length] == ',' || text.at[length] == ':';
}

static struct span past(struct span text, size_t length)
{
    return trim((struct span){text.at + length, text.length - length});
}

struct phrase {
    const char *text;
    size_t length;
};
#define PHRASE(text)                                                                                                   \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    }

static unsigned two_letters(char first, char second)
{
    return (unsigned)(unsigned char)first << CHAR_BIT | (unsigned char)second;
}

/* The length of that of COUNT phrases, sorted by the first two letters, that TEXT begins with, and more follows; 0.
 * Each line that somebody types goes through here: mostly those letters tell that it is none. */
static size_t begins_with_one(struct span text, const struct phrase *phrases, size_t count)
{
    const unsigned wanted = text.length > 2 ? two_letters(ascii_lower(text.at[0]), ascii_lower(text.at[1])) : 0;
    size_t low = 0, high = count;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (two_letters(phrases[middle].text[0], phrases[middle].text[1]) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && two_letters(phrases[low].text[0], phrases[low].text[1]) == wanted; low++)
        if (text.length > phrases[low].length && begins(text, phrases[low].text, phrases[low].length))
            return phrases[low].length;
    return 0;
}

/* What follows a command's name: without the comma or colon behind that, and "1rm on squat" is of the squat. */
static struct span behind(const struct command *command, struct span text, size_t length)
{
    static const struct phrase prepositions[] = {
        PHRASE("auf"), PHRASE("bei"), PHRASE("beim"), PHRASE("for"), PHRASE("fuer"), PHRASE("f\xC3\xBCr"), PHRASE("im"),
        PHRASE("in"),  PHRASE("my"),  PHRASE("of"),   PHRASE("on"),  PHRASE("vom"),  PHRASE("von")};
    bool sign = length < text.length && (text.at[length] == ',' || text.at[length] == ':');
    struct span rest = past(text, length + sign);

    return command->words > 1 ? past(rest, begins_with_one(rest, prepositions, ARRAY_LENGTH(prepositions))) : rest;
}

static int count_words(struct span text)
{
    int words = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (!ascii_is_space(text.at[i]) && (i == 0 || ascii_is_space(text.at[i - 1])))
            words++;
    }
    return words;
}

/* Words of people who talk to each other, which no argument has: "how much do you bench". */
static bool is_talk(struct span word)
{
    static const char *const words[] = {
        "i",    "i'm",   "im",    "me",     "you",   "u",    "your", "we",   "he",     "she",  "they",
        "it",   "do",    "does",  "did",    "is",    "are",  "was",  "were", "be",     "have", "has",
        "had",  "can",   "could", "should", "would", "will", "ich",  "du",   "dein",   "wir",  "ihr",
        "sie",  "ist",   "sind",  "war",    "waren", "habe", "hast", "hat",  "kannst", "says", "said",
        "sagt", "sagte", "meint", "meinte", "what",  "how",  "why",  NULL};

    for (size_t i = 0; words[i] != NULL; i++)
        if (strlen(words[i]) == word.length && begins(word, words[i], word.length))
            return true;
    return false;
}

static bool holds_talk(struct span text)
{
    while (text.length != 0) {
        struct span word = span_take(&text, ' ');

        while (word.length != 0 && strchr(",:;", word.at[word.length - 1]) != NULL)
            word.length--;
        if (is_talk(without_stop(word)))
            return true;
    }
    return false;
}

/* "coach, what now": who that is has been spoken to, and nothing that a room has in common was asked for. */
static bool is_spoken_to(const struct command *command, struct span text, size_t length)
{
    return command->group == COMMAND_ROOM && length < text.length && text.at[length] == ',';
}

static bool takes(const struct command *command, struct span arguments)
{
    if (count_words(arguments) > command->words || (!command->free_text && holds_talk(arguments)) ||
        (command->names_only && span_has_digit(arguments)))
        return false;
    return command->never_before == NULL || arguments.length == 0 || arguments.at[0] == '\0' ||
           strchr(command->never_before, ascii_lower(arguments.at[0])) == NULL;
}

/* By the letters that stand in front: what begins with a name of a command begins with just those. */
static size_t bucket_of(struct span text)
{
    uint32_t hash = 5381;

    for (size_t i = 0; i < text.length && is_letter(text.at[i]); i++)
        hash = hash * 33 + (unsigned char)ascii_lower(text.at[i]);
    return hash % COMMAND_BUCKETS;
}

bool command_next_alias(const char **aliases, struct span *alias)
{
    if (*aliases == NULL)
        return false;
    *alias = (struct span){*aliases, strcspn(*aliases, ",")};
    *aliases += alias->length;
    *aliases += **aliases == ',';
    return alias->length != 0;
}

/* Whether PLACE holds a name of COMMAND in BUCKET that is shorter than LENGTH. */
static bool is_shorter(const struct command_name *place, size_t command, size_t bucket, size_t length)
{
    return place->text != NULL && place->command == command && place->length < length &&
           bucket_of((struct span){place->text, place->length}) == bucket;
}

/* Of one command's names the longest comes first: "last time" is not the "time" of "last". */
static void take_name(struct command_index *index, size_t command, struct span name)
{
    size_t bucket = bucket_of(name);
    struct command_name *place = &index->names[index->from[bucket + 1]++];

    BUG_IF(name.length > UINT8_MAX);
    for (; place > index->names && is_shorter(place - 1, command, bucket, name.length); place--)
        *place = place[-1];
    *place = (struct command_name){name.at, (uint8_t)name.length, (uint8_t)command};
}

const char *command_aliases(const struct command *command, enum language language)
{
    return language == LANGUAGE_GERMAN ? command->german : command->aliases;
}

/* Hands over the name of each command, and all its aliases, in the table's order. */
static void each_name(struct command_index *index,
                      void (*take)(struct command_index *index, size_t command, struct span name))
{
    for (size_t i = 0; i < index->table.count; i++) {
        const struct command *command = index->table.at[i];

        take(index, i, span_of(command->name));
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            const char *aliases = command_aliases(command, (enum language)language);
            struct span alias;

            while (command_next_alias(&aliases, &alias))
                take(index, i, alias);
        }
    }
}

/* The names of each bucket, in from[bucket + 1]. */
static void count_name(struct command_index *index, size_t command, struct span name)
{
    (void)command;
    index->from[bucket_of(name) + 1]++;
}

void command_index_init(struct command_index *index, struct command_table table)
{
    uint16_t sum = 0;

    BUG_IF(table.count > COMMANDS_MAX);
    *index = (struct command_index){.table = table};
    each_name(index, count_name);
    /* from[bucket + 1] is where that bucket's names begin, and moves to their end as they are put there. */
    for (size_t bucket = 0; bucket < COMMAND_BUCKETS; bucket++) {
        uint16_t count = index->from[bucket + 1];

        index->from[bucket + 1] = sum;
        sum = (uint16_t)(sum + count);
    }
    BUG_IF(sum > COMMAND_NAMES_MAX);
    each_name(index, take_name);
}

/* "export please", "done for today"; what is nothing else stays. */
static struct span without_please(struct span text)
{
    static const struct phrase words[] = {PHRASE("please"), PHRASE("pls"),       PHRASE("plz"),
                                          PHRASE("bitte"),  PHRASE("for today"), PHRASE("f\xC3\xBCr heute")};

    if (text.length == 0 || !is_letter(text.at[text.length - 1]))
        return text; /* as sets mostly end */
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        const struct phrase *word = &words[i];
        struct span rest = {text.at, text.length - word->length};

        if (text.length <= word->length || text.at[text.length - 1] != word->text[word->length - 1] ||
            !begins((struct span){text.at + rest.length, word->length}, word->text, word->length) ||
            !(ascii_is_space(rest.at[rest.length - 1]) || rest.at[rest.length - 1] == ','))
            continue;
        while (rest.length != 0 && (ascii_is_space(rest.at[rest.length - 1]) || rest.at[rest.length - 1] == ','))
            rest.length--;
        return rest.length != 0 ? rest : text;
    }
    return text;
}

/* "can you show me my records" is "records". */
static struct span without_asking(struct span text)
{
    static const struct phrase words[] = {PHRASE("bin"),       PHRASE("bitte"),
                                          PHRASE("can you"),   PHRASE("could you"),
                                          PHRASE("das"),       PHRASE("den"),
                                          PHRASE("der"),       PHRASE("die"),
                                          PHRASE("give me"),   PHRASE("gib mir"),
                                          PHRASE("i'm"),       PHRASE("ich bin"),
                                          PHRASE("kannst du"), PHRASE("k\xC3\xB6nntest du"),
                                          PHRASE("mein"),      PHRASE("meine"),
                                          PHRASE("mir"),       PHRASE("my"),
                                          PHRASE("please"),    PHRASE("pls"),
                                          PHRASE("sag mir"),   PHRASE("show me"),
                                          PHRASE("show"),      PHRASE("tell me"),
                                          PHRASE("the"),       PHRASE("was ist"),
                                          PHRASE("was sind"),  PHRASE("what's"),
                                          PHRASE("whats"),     PHRASE("what is"),
                                          PHRASE("what are"),  PHRASE("wie ist"),
                                          PHRASE("zeig mir"),  PHRASE("zeig"),
                                          PHRASE("zeige mir")};
    size_t length;

    while ((length = begins_with_one(text, words, ARRAY_LENGTH(words))) != 0)
        text = past(text, length);
    return text;
}

static const struct command *find(const struct command_index *index, struct span text, struct span *arguments)
{
    const size_t bucket = bucket_of(text);

    for (size_t i = index->from[bucket]; i < index->from[bucket + 1]; i++) {
        const struct command_name *name = &index->names[i];
        const struct command *command;
        struct span rest;

        if (!begins(text, name->text, name->length))
            continue;
        command = index->table.at[name->command];
        rest = behind(command, text, name->length);
        if (is_spoken_to(command, text, name->length) || !takes(command, rest))
            continue;
        *arguments = rest;
        return command;
    }
    return NULL;
}

struct span command_wanted(struct span text)
{
    return without_asking(without_stop(without_please(without_stop(text))));
}

const struct command *command_find(const struct command_index *index, struct span text, struct span *arguments)
{
    struct span whole = without_stop(text), wanted = without_stop(without_please(whole));
    const struct command *command = find(index, wanted, arguments);

    if (command == NULL && wanted.length != whole.length)
        command = find(index, whole, arguments);
    if (command != NULL)
        return command;
    whole = without_asking(wanted);
    return whole.length != wanted.length ? find(index, whole, arguments) : NULL;
}
