/*
 * Answers to a question with numbered options: in digits, in a word, by a sign.
 */
#include "bot/chat/answer.h"

#include <string.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"

/* Whether KEY is one of SIGNS. What follows a hand is its skin tone, or a variation selector. */
static bool is_sign(struct span key, const char *const *signs)
{
    for (; *signs != NULL; signs++) {
        if (span_starts(key, *signs) && key.length <= strlen(*signs) + 4)
            return true;
    }
    return false;
}

bool chat_reaction_agrees(struct span key)
{
    static const char *const signs[] = {"\xF0\x9F\x91\x8D", "\xF0\x9F\x91\x8C", "\xE2\x9C\x85", "\xE2\x9C\x94", NULL};

    return is_sign(key, signs);
}

int chat_reaction(struct span key)
{
    static const char *const against[] = {"\xF0\x9F\x91\x8E", "\xE2\x9D\x8C", NULL};
    struct span tail;

    if (chat_reaction_agrees(key))
        return 1;
    if (is_sign(key, against))
        return ANSWER_CANCEL;
    /* A keycap is the digit, a variation selector that may be missing, and U+20E3. */
    if (key.length == 0 || key.at[0] < '1' || key.at[0] > '9')
        return -1;
    tail = (struct span){key.at + 1, key.length - 1};
    if (span_is(tail, "\xEF\xB8\x8F\xE2\x83\xA3") || span_is(tail, "\xE2\x83\xA3"))
        return key.at[0] - '0';
    return -1;
}

/* "2", "2.", "#2": the option; -1 none. */
static int answer_number(struct span text)
{
    if (text.length != 0 && text.at[0] == '#')
        text = (struct span){text.at + 1, text.length - 1};
    while (text.length != 0 && ascii_is_space(text.at[0]))
        text = (struct span){text.at + 1, text.length - 1};
    while (text.length != 0 &&
           (ascii_is_space(text.at[text.length - 1]) || strchr(".)", text.at[text.length - 1]) != NULL))
        text.length--;
    if (text.length != 1 || text.at[0] < '1' || text.at[0] > '9')
        return -1;
    return text.at[0] - '0';
}

static int answer_word(struct span text)
{
    static const struct {
        const char *word;
        int answer;
    } words[] = {{"yes", 1},
                 {"y", 1},
                 {"yep", 1},
                 {"yeah", 1},
                 {"no", ANSWER_CANCEL},
                 {"n", ANSWER_CANCEL},
                 {"nope", ANSWER_CANCEL},
                 {"none", ANSWER_CANCEL},
                 {"neither", ANSWER_CANCEL},
                 {"never mind", ANSWER_CANCEL},
                 {"nevermind", ANSWER_CANCEL},
                 {"nvm", ANSWER_CANCEL},
                 {"cancel", ANSWER_CANCEL},
                 {"ja", 1},
                 {"j", 1},
                 {"jo", 1},
                 {"jep", 1},
                 {"jap", 1},
                 {"nein", ANSWER_CANCEL},
                 {"n\xC3\xB6", ANSWER_CANCEL},
                 {"ne", ANSWER_CANCEL},
                 {"nee", ANSWER_CANCEL},
                 {"keins", ANSWER_CANCEL},
                 {"keine", ANSWER_CANCEL},
                 {"keine davon", ANSWER_CANCEL},
                 {"keins davon", ANSWER_CANCEL},
                 {"doch nicht", ANSWER_CANCEL},
                 {"vergiss es", ANSWER_CANCEL},
                 {"abbruch", ANSWER_CANCEL},
                 {"abbrechen", ANSWER_CANCEL},
                 {"skip", ANSWER_CANCEL},
                 {"\xC3\xBC"
                  "berspringen",
                  ANSWER_CANCEL},
                 {"ueberspringen", ANSWER_CANCEL},
                 {"egal", ANSWER_CANCEL}};
    char folded[16];

    while (text.length != 0 &&
           (ascii_is_space(text.at[text.length - 1]) || strchr(".!", text.at[text.length - 1]) != NULL))
        text.length--;
    if (text.length >= sizeof(folded))
        return -1;
    for (size_t i = 0; i < text.length; i++)
        folded[i] = ascii_lower(text.at[i]);
    folded[text.length] = '\0';
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (strcmp(folded, words[i].word) == 0)
            return words[i].answer;
    }
    return -1;
}

int chat_answer(struct span text, int choices)
{
    int answer = answer_number(text);

    if (answer < 0)
        answer = answer_word(text);
    if (answer < 0)
        answer = chat_reaction(text);
    if (choices != 0 && (answer > choices || (answer == 1 && memchr(text.at, '1', text.length) == NULL)))
        return -1;
    return answer;
}
