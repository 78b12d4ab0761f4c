/*
 * Folding, measuring and cutting of UTF-8. Runs of ASCII are copied through a table; all else goes through utf8proc one
 * character at a time. Every mark is stripped, so nothing is left that would need canonical reordering across them.
 */
#include "core/text/fold.h"

#include <stdint.h>

#include <utf8proc.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"

enum { FOLD_MAX = 32 }; /* the longest decomposition of one character, U+FDFA, has 18 */

/* What utf8proc would fold otherwise, or not at all. The halves get a "0" when no digit stands before them. */
static const struct special {
    utf8proc_int32_t from;
    const char *to;
} specials[] = {
    {0x00BC, ".25"}, {0x00BD, ".5"}, {0x00BE, ".75"}, {0x00D7, "x"}, {0x201C, "\""}, {0x201D, "\""},
    {0x2028, "\n"},  {0x2029, "\n"}, {0x2715, "x"},   {0x2716, "x"}, {0x2A2F, "x"},
};

static size_t ascii_run(struct span text)
{
    size_t length = 0;
    uint64_t word;

    for (; length + sizeof(word) <= text.length; length += sizeof(word)) {
        memcpy(&word, text.at + length, sizeof(word));
        if ((word & 0x8080808080808080U) != 0)
            break;
    }
    while (length < text.length && (unsigned char)text.at[length] < 0x80)
        length++;
    return length;
}

/* Eight bytes of ASCII at once, into TO. False: a control character is among them. The top bit of each sum tells
 * whether its byte is so large (Mycroft). */
static bool fold_eight(const char *from, char *to)
{
    const uint64_t ones = 0x0101010101010101U, tops = ones << 7;
    uint64_t bytes, capitals;

    memcpy(&bytes, from, sizeof(bytes));
    if (((bytes + ones * (0x80 - ' ')) & ~(bytes + ones) & tops) != tops)
        return false;
    capitals = (bytes + ones * (0x80 - 'A')) & ~(bytes + ones * (0x80 - 'Z' - 1)) & tops;
    bytes |= capitals >> 2; /* 0x80 becomes 0x20, which tells small letters from capitals */
    memcpy(to, &bytes, sizeof(bytes));
    return true;
}

static void fold_ascii(struct span run, char *to)
{
    static const char folded[] = "          \n                     "
                                 " !\"#$%&'()*+,-./0123456789:;<=>?"
                                 "@abcdefghijklmnopqrstuvwxyz[\\]^_"
                                 "`abcdefghijklmnopqrstuvwxyz{|}~ ";
    const size_t eight = sizeof(uint64_t);
    size_t at = 0;

    while (at + eight <= run.length && fold_eight(run.at + at, to + at))
        at += eight;
    if (at + eight > run.length && at != 0 && fold_eight(run.at + run.length - eight, to + run.length - eight))
        return; /* some bytes of it once more */
    for (; at < run.length; at++)
        to[at] = folded[(unsigned char)run.at[at]];
}

static int add_ascii(struct span run, struct buf *out)
{
    char *to = buf_reserve(out, run.length);

    if (to == NULL)
        return -1;
    fold_ascii(run, to);
    buf_grew(out, run.length);
    return 0;
}

static bool ends_in_digit(const struct buf *out)
{
    return out->length != 0 && ascii_is_digit(out->data[out->length - 1]);
}

static const char *find_special(utf8proc_int32_t character)
{
    for (size_t i = 0; i < ARRAY_LENGTH(specials); i++)
        if (specials[i].from == character)
            return specials[i].to;
    return NULL;
}

static int add_character(utf8proc_int32_t character, struct buf *out)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE | UTF8PROC_LUMP;
    const char *special = find_special(character);
    utf8proc_int32_t folded[FOLD_MAX];
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t count;
    int boundary = 0;

    if (special != NULL) {
        if (special[0] == '.' && !ends_in_digit(out) && buf_addc(out, '0') != 0)
            return -1;
        return buf_adds(out, special);
    }
    if (character < 0xA0)
        return buf_addc(out, ' ');
    count = utf8proc_decompose_char(character, folded, FOLD_MAX, options, &boundary);
    BUG_IF(count < 0 || count > FOLD_MAX);
    for (utf8proc_ssize_t i = 0; i < count; i++)
        if (buf_add(out, bytes, (size_t)utf8proc_encode_char(folded[i], bytes)) != 0)
            return -1;
    return 0;
}

/* The character at the front of TEXT, its bytes in LENGTH; -1 when it is not valid UTF-8. */
static utf8proc_int32_t decode(struct span text, size_t *length)
{
    size_t reach = text.length < 4 ? text.length : 4;
    utf8proc_int32_t character;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)reach, &character);

    if (used <= 0)
        return -1;
    *length = (size_t)used;
    return character;
}

static struct span skip(struct span text, size_t length)
{
    return (struct span){text.at + length, text.length - length};
}

int text_fold(struct span text, struct buf *out)
{
    size_t before = out->length;

    while (text.length != 0) {
        size_t run = ascii_run(text);
        size_t length = 0;
        utf8proc_int32_t character;

        if (run != 0 && add_ascii((struct span){text.at, run}, out) != 0)
            goto fail;
        text = skip(text, run);
        if (text.length == 0)
            break;
        character = decode(text, &length);
        if (character < 0 || add_character(character, out) != 0)
            goto fail;
        text = skip(text, length);
    }
    return 0;
fail:
    buf_truncate(out, before);
    return -1;
}

size_t text_unfolded(struct span text, size_t folded)
{
    struct buf out = BUF_INIT(folded + FOLD_MAX * sizeof(utf8proc_int32_t));
    const struct span whole = text;
    size_t length = 0;

    for (; text.length != 0; text = skip(text, length)) {
        utf8proc_int32_t character = decode(text, &length);

        if (character < 0 ||
            (character < 0x80 ? buf_addc(&out, (char)character) : add_character(character, &out)) != 0 ||
            out.length > folded)
            break;
    }
    buf_release(&out);
    return whole.length - text.length;
}

bool text_valid_utf8(struct span text)
{
    for (;;) {
        size_t length = 0;

        text = skip(text, ascii_run(text));
        if (text.length == 0)
            return true;
        if (decode(text, &length) < 0)
            return false;
        text = skip(text, length);
    }
}

size_t text_width(struct span text)
{
    size_t width = 0;

    while (text.length != 0) {
        size_t length = 1;
        utf8proc_int32_t character = decode(text, &length);

        width += character < 0 ? 1 : (size_t)utf8proc_charwidth(character);
        text = skip(text, length);
    }
    return width;
}

size_t text_cut(struct span text, size_t maximum)
{
    if (text.length <= maximum)
        return text.length;
    for (size_t back = 0; back <= maximum && back < 4; back++)
        if (((unsigned char)text.at[maximum - back] & 0xC0) != 0x80)
            return maximum - back;
    return maximum; /* not UTF-8: there is no border to keep */
}

size_t text_cut_grapheme(struct span text, size_t maximum)
{
    size_t most = text_cut(text, maximum), cut = 0, at = 0;
    utf8proc_int32_t state = 0, last = -1;

    if (most == text.length)
        return most;
    /* One character beyond, to see whether it belongs to what is before it. */
    while (at <= most) {
        size_t length = 1;
        utf8proc_int32_t character = decode((struct span){text.at + at, text.length - at}, &length);

        if (last < 0 || character < 0 || utf8proc_grapheme_break_stateful(last, character, &state))
            cut = at;
        last = character;
        at += length;
    }
    return cut != 0 ? cut : most;
}
