/*
 * Small pieces of what was typed.
 */
#include "bot/coach/typed.h"

#include <string.h>

#include "core/notation/words.h"
#include "core/text/fold.h"

enum { DIGITS_MAX = 6, AS_WRITTEN_MAX = 512 };

int typed_fold(struct span typed, struct buf *out)
{
    size_t to = out->length;

    if (text_fold(typed, out) != 0)
        return -1;
    for (size_t from = to; from < out->length; from++) {
        char c = out->data[from] == '\n' ? ' ' : out->data[from];

        if (c != ' ' || (to != 0 && out->data[to - 1] != ' '))
            out->data[to++] = c;
    }
    while (to != 0 && out->data[to - 1] == ' ')
        to--;
    buf_truncate(out, to);
    return 0;
}

static void skip_spaces(struct span *text)
{
    while (text->length != 0 && text->at[0] == ' ')
        *text = (struct span){text->at + 1, text->length - 1};
}

struct span typed_word(struct span *text)
{
    struct span word = {text->at, 0};

    while (word.length < text->length && text->at[word.length] != ' ')
        word.length++;
    *text = (struct span){text->at + word.length, text->length - word.length};
    skip_spaces(text);
    return word;
}

static struct span without_sign(struct span word)
{
    while (word.length != 0 && strchr(".,;:!?\"'()", word.at[word.length - 1]) != NULL)
        word.length--;
    return word;
}

void typed_as_written(struct span typed, const char *folded, struct buf *out)
{
    struct buf words = BUF_INIT(AS_WRITTEN_MAX);
    size_t count = 1;

    for (const char *c = folded; *c != '\0'; c++)
        count += *c == ' ';
    while (typed.length != 0) {
        struct span rest = typed, whole = {typed_word(&rest).at, 0}, behind = rest;

        for (size_t i = 1; i < count; i++)
            typed_word(&behind);
        whole.length = (size_t)(behind.at - whole.at);
        while (whole.length != 0 && whole.at[whole.length - 1] == ' ')
            whole.length--;
        whole = without_sign(whole);
        buf_clear(&words);
        if (typed_fold(whole, &words) == 0 && span_is(buf_span(&words), folded)) {
            buf_add_span(out, whole);
            break;
        }
        typed = rest;
    }
    if (typed.length == 0)
        buf_adds(out, folded);
    buf_release(&words);
}

bool typed_is(struct span text, const char *words)
{
    while (text.length != 0 && *words != '\0') {
        size_t length = strcspn(words, ",");

        if (span_equal(text, (struct span){words, length}))
            return true;
        words += length + (words[length] == ',');
    }
    return false;
}

bool typed_says(struct span typed, const char *words)
{
    struct buf folded = BUF_INIT(64);
    bool says = typed_fold(typed, &folded) == 0 && typed_is(buf_span(&folded), words);

    buf_release(&folded);
    return says;
}

bool typed_all(struct span text, size_t most, bool (*fits)(struct span word))
{
    struct buf folded = BUF_INIT(most);
    bool all = typed_fold(text, &folded) == 0;

    for (struct span rest = buf_span(&folded); all && rest.length != 0;)
        all = fits(typed_word(&rest));
    buf_release(&folded);
    return all;
}

bool typed_skip(struct span *text, const char *words)
{
    struct span rest = *text, word = typed_word(&rest);

    if (!typed_is(word, words))
        return false;
    *text = rest;
    return true;
}

/* Whether the load or the reps begin here, and no name goes on. */
static bool is_amount(struct span text)
{
    struct span rest = text;
    char c = text.at[0];

    if (typed_skip(&rest, "bw,at,for,with,bei,fur,fuer"))
        return true;
    if (c == 'x' && text.length > 1)
        c = text.at[1];
    return (c >= '0' && c <= '9') || (c == text.at[0] && (c == '@' || c == '+' || c == '-'));
}

struct span typed_last_word(struct span *text)
{
    size_t at = text->length;
    struct span word;

    while (at != 0 && text->at[at - 1] != ' ')
        at--;
    word = (struct span){text->at + at, text->length - at};
    while (at != 0 && text->at[at - 1] == ' ')
        at--;
    text->length = at;
    return word;
}

struct span typed_exercise(struct span *text)
{
    struct span name = {text->at, 0};

    while (text->length != 0 && !is_amount(*text)) {
        struct span word = typed_word(text);

        name.length = (size_t)(word.at + word.length - name.at);
    }
    return name;
}

bool typed_number(struct span *text, double *value)
{
    double scale = 1.0;
    size_t i = 0, digits = 0;
    bool fraction = false;

    *value = 0.0;
    for (; i < text->length && digits < DIGITS_MAX; i++) {
        char c = text->at[i];

        if (c >= '0' && c <= '9') {
            *value = *value * 10.0 + (c - '0');
            scale *= fraction ? 10.0 : 1.0;
            digits++;
        } else if ((c == '.' || c == ',') && !fraction && digits != 0) {
            fraction = true;
        } else {
            break;
        }
    }
    *value /= scale;
    *text = (struct span){text->at + i, text->length - i};
    skip_spaces(text);
    return digits != 0;
}

bool typed_unit(struct span word, enum unit *unit)
{
    const struct word_meaning meaning = notation_meaning(word);

    if (meaning.word != WORD_UNIT || meaning.argument == UNIT_ST)
        return false;
    *unit = (enum unit)meaning.argument;
    return true;
}

bool typed_load(struct span text, enum unit unit, double *kg, enum unit *written)
{
    double value;

    if (!typed_number(&text, &value))
        return false;
    *written = unit;
    if (text.length != 0 && !typed_unit(text, written))
        return false;
    *kg = unit_to_kg(value, *written);
    return true;
}
