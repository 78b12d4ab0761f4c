/*
 * The lexer of the notation. Runs of letters that people write without a space ("80kgx8", "bwx8") are cut where a known
 * word and the cross meet; all other runs stay whole.
 */
#include "core/notation/lexer.h"

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/lift/exercise.h"
#include "core/notation/scan.h"

enum { TICKS_MIN = 3, TICKS_MAX = 100 };

struct lexer {
    struct span line;
    size_t at;
    bool space;
    struct tokens *tokens;
};

/* The byte OFFSET behind the one that is read now; NUL behind the end. */
static char peek(const struct lexer *lexer, size_t offset)
{
    size_t at = lexer->at + offset;

    return at < lexer->line.length ? lexer->line.at[at] : '\0';
}

/* What is still to be read. */
static struct span rest(const struct lexer *lexer)
{
    return (struct span){lexer->line.at + lexer->at, lexer->line.length - lexer->at};
}

static struct token *add(struct lexer *lexer, enum token_kind kind, size_t length)
{
    struct token *token = &lexer->tokens->at[lexer->tokens->count];

    if (lexer->tokens->count == TOKENS_MAX)
        return NULL;
    lexer->tokens->count++;
    *token = (struct token){
        .kind = (uint8_t)kind, .space = lexer->space, .at = (uint16_t)lexer->at, .length = (uint16_t)length};
    lexer->at += length;
    lexer->space = false;
    return token;
}

/* A sign, or a digit of something that is no number of ours. */
static int lex_sign(struct lexer *lexer, char sign)
{
    struct token *token = add(lexer, TOKEN_SIGN, 1);

    if (token == NULL)
        return -1;
    token->sign = sign;
    return 0;
}

static int lex_number(struct lexer *lexer)
{
    struct scan_number number;
    struct token *token;

    if (scan_number(rest(lexer), ".", &number) < 0)
        return lex_sign(lexer, '0');
    token = add(lexer, TOKEN_NUMBER, number.length);
    if (token == NULL)
        return -1;
    token->digits = (uint8_t)number.digits;
    token->decimals = (uint8_t)number.decimals;
    token->value = number.value;
    return 0;
}

static int add_known(struct lexer *lexer, struct span word, struct word_meaning meaning)
{
    struct token *token;
    size_t ticks = 0;

    while (ticks < word.length && word.at[ticks] == 'v')
        ticks++;
    if (ticks == word.length && ticks >= TICKS_MIN && ticks <= TICKS_MAX)
        meaning = (struct word_meaning){.word = WORD_TICKS, .argument = (uint8_t)ticks};
    token = add(lexer, TOKEN_WORD, word.length);
    if (token == NULL)
        return -1;
    token->word = meaning.word;
    token->argument = meaning.argument;
    token->traits = meaning.traits;
    lexer->tokens->number_words |= notation_is_number_word(word, meaning);
    lexer->tokens->label_words |= (meaning.says & (SAYS_DAY | SAYS_PART)) != 0;
    return 0;
}

static int add_word(struct lexer *lexer, size_t length)
{
    const struct span word = {lexer->line.at + lexer->at, length};

    return add_known(lexer, word, notation_meaning(word));
}

static bool behind_number(const struct lexer *lexer)
{
    const struct tokens *tokens = lexer->tokens;

    return !lexer->space && tokens->count != 0 && tokens->at[tokens->count - 1].kind != TOKEN_WORD;
}

static bool is_word(struct span text)
{
    return notation_meaning(text).word != WORD_OTHER;
}

/* What may stand before an x that joins: no "he", so that "hex bar" is one. */
static bool joins(struct span text)
{
    const enum word word = notation_meaning(text).word;

    return word != WORD_OTHER && word != WORD_STOP;
}

/* Where the x is that joins two things in the word of LENGTH bytes here: "kgx" 2, "xbw" 0; LENGTH when there is none.
 */
static size_t cross_in_word(const struct lexer *lexer, size_t length)
{
    const char *text = lexer->line.at + lexer->at;

    if (length == 1)
        return *text == 'x' ? 0 : 1;
    if (text[length - 1] == 'x' && !scan_is_letter(peek(lexer, length)) && joins((struct span){text, length - 1}))
        return length - 1;
    if (!behind_number(lexer))
        return length;
    for (size_t i = 0; i + 1 < length; i++) {
        struct span tail = {text + i + 1, length - i - 1};
        bool ticks = strspn(tail.at, "v") >= tail.length;

        if (text[i] == 'x' && (ticks || is_word(tail)) && (i == 0 || is_word((struct span){text, i})))
            return i;
    }
    return length;
}

/* The length of a short form that has a slash inside, "w/u"; 0: none is here. */
static size_t slashed(const struct lexer *lexer)
{
    struct span text = rest(lexer);

    if (peek(lexer, 1) != '/')
        return 0;
    text.length = 2 + scan_word((struct span){text.at + 2, text.length - 2});
    return is_word(text) ? text.length : 0;
}

/* "t2b", "c2b": a name with the digit for "to" inside. */
static bool to_in_word(const struct lexer *lexer)
{
    return peek(lexer, 1) == '2' && scan_is_letter(peek(lexer, 2)) && !scan_is_letter(peek(lexer, 3)) &&
           !ascii_is_digit(peek(lexer, 3)) && exercise_word((struct span){lexer->line.at + lexer->at, 3});
}

static int lex_word(struct lexer *lexer)
{
    struct word_meaning meaning;
    struct span word = notation_word(rest(lexer), &meaning);
    size_t length = word.length, cross = cross_in_word(lexer, length);
    size_t whole = slashed(lexer);

    if (whole == 0 && to_in_word(lexer))
        whole = 3;
    if (whole != 0)
        return add_word(lexer, whole);
    if (cross == length)
        return add_known(lexer, word, meaning);
    if (cross != 0 && add_word(lexer, cross) != 0)
        return -1;
    if (add(lexer, TOKEN_CROSS, 1) == NULL)
        return -1;
    return length - cross - 1 != 0 ? add_word(lexer, length - cross - 1) : 0;
}

static int lex_until(struct lexer *lexer, size_t end);

/* A parenthesis and the tokens inside it. */
static int lex_note(struct lexer *lexer, char open, char close)
{
    size_t note = lexer->tokens->count;
    size_t length = 0;
    size_t depth = 0;
    struct token *token;

    for (; peek(lexer, length) != '\0'; length++) {
        if (peek(lexer, length) == open)
            depth++;
        else if (peek(lexer, length) == close && --depth == 0)
            break;
    }
    token = add(lexer, TOKEN_NOTE, 1);
    if (peek(lexer, length - 1) == '\0' || token == NULL)
        return -1;
    token->sign = open;
    token->at++;
    token->length = (uint16_t)(length - 1);
    lexer->space = true;
    if (lex_until(lexer, token->at + length - 1) != 0)
        return -1;
    token->inside = (uint16_t)(lexer->tokens->count - note - 1);
    return add(lexer, TOKEN_CLOSE, 1) != NULL ? 0 : -1;
}

/* The length of an emoji, or of what joins and colours them, that stands here; 0 when it is none. */
static size_t emoji(const struct lexer *lexer)
{
    unsigned char first = (unsigned char)peek(lexer, 0);
    unsigned char second = (unsigned char)peek(lexer, 1);
    size_t left = lexer->line.length - lexer->at;
    size_t length = 0;

    if (first == 0xF0)
        length = 4;
    else if (first == 0xE2 &&
             ((second >= 0x98 && second <= 0x9E) || second == 0x80 || second == 0x8F || second == 0xAD))
        length = 3;
    else if (first == 0xEF && second == 0xB8)
        length = 3;
    return length <= left ? length : 0;
}

static size_t smiley(const struct lexer *lexer)
{
    static const char *const smileys[] = {":)", ":(", ";)", ":-)", ":-(", ";-)", ":d", "<3"};
    struct span left = rest(lexer);

    if (!lexer->space || strchr(":;<", left.at[0]) == NULL)
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(smileys); i++) {
        size_t length = strlen(smileys[i]);

        if (span_starts(left, smileys[i]) && (left.length == length || left.at[length] == ' '))
            return length;
    }
    return 0;
}

/* Decorations say nothing here. Their length, or 0. */
static size_t decoration(const struct lexer *lexer)
{
    size_t length = emoji(lexer);

    return length != 0 ? length : smiley(lexer);
}

/* The arrow to the right, which is typed "->" where there is none. */
static bool arrow(const struct lexer *lexer)
{
    return span_starts(rest(lexer), "\xE2\x86\x92");
}

static int lex_arrow(struct lexer *lexer)
{
    struct token *token = add(lexer, TOKEN_SIGN, 3);

    if (token == NULL)
        return -1;
    token->sign = '>';
    return 0;
}

/* Letters of other scripts, and what looks like such or is a sign, but decorates or points. */
static int lex_decoration(struct lexer *lexer)
{
    size_t length;

    if (arrow(lexer))
        return lex_arrow(lexer);
    length = decoration(lexer);
    if (length == 0)
        return scan_is_letter(peek(lexer, 0)) ? lex_word(lexer) : lex_sign(lexer, peek(lexer, 0));
    lexer->at += length;
    return 0;
}

static int lex_one(struct lexer *lexer)
{
    char byte = peek(lexer, 0);

    if (ascii_is_digit(byte) || (byte == '.' && lexer->space && ascii_is_digit(peek(lexer, 1))))
        return lex_number(lexer);
    if (byte >= 'a' && byte <= 'z')
        return lex_word(lexer);
    if (byte == '*')
        return add(lexer, TOKEN_CROSS, 1) != NULL ? 0 : -1;
    if (byte == '(' || byte == '[')
        return lex_note(lexer, byte, byte == '(' ? ')' : ']');
    return lex_decoration(lexer);
}

static int lex_until(struct lexer *lexer, size_t end)
{
    struct span whole = lexer->line;
    int result = 0;

    lexer->line.length = end;
    while (lexer->at < end && result == 0) {
        if (lexer->line.at[lexer->at] == ' ') {
            lexer->at++;
            lexer->space = true;
        } else {
            result = lex_one(lexer);
        }
    }
    lexer->line = whole;
    return result;
}

int notation_lex(struct span line, struct tokens *tokens)
{
    struct lexer lexer = {line, 0, true, tokens};
    struct token *end;

    tokens->count = 0;
    tokens->number_words = tokens->label_words = false;
    if (lex_until(&lexer, line.length) != 0)
        return -1;
    end = &tokens->at[tokens->count];
    end[0] = (struct token){.kind = TOKEN_END, .space = true, .at = (uint16_t)line.length};
    for (size_t i = 1; i < TOKENS_ENDS; i++)
        end[i] = end[0];
    return 0;
}
