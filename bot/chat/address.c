/*
 * Whom a message is for.
 */
#include "bot/chat/address.h"

#include <string.h>

#include "core/base/ascii.h"

/* "spotter: week", "@Spotter week": the bytes of the address; 0 when nobody is addressed. */
static size_t address_length(struct span text, const char *name)
{
    size_t at = text.length != 0 && text.at[0] == '@' ? 1 : 0;
    size_t length;

    if (text.length <= at || ascii_lower(text.at[at]) != name[0] || name[0] == '\0')
        return 0; /* as nearly always */
    length = strlen(name);
    if (text.length < at + length)
        return 0;
    for (size_t i = 0; i < length; i++) {
        if (ascii_lower(text.at[at + i]) != name[i])
            return 0;
    }
    if (text.length > at + length && strchr(":,", text.at[at + length]) != NULL)
        return at + length + 1;
    if (at == 1 && (text.length == at + length || ascii_is_space(text.at[at + length])))
        return at + length;
    return 0;
}

/* Lines that quote somebody ("> bench 80x8") are theirs. */
static struct span without_quotes(struct span text)
{
    for (text = chat_skip(text, 0); text.length != 0 && text.at[0] == '>'; text = chat_skip(text, 0)) {
        const char *end = memchr(text.at, '\n', text.length);

        text = chat_skip(text, end != NULL ? (size_t)(end - text.at) : text.length);
    }
    return text;
}

bool chat_take_address(struct span *text, const char *name, bool *bang)
{
    size_t address;

    *text = without_quotes(*text);
    address = address_length(*text, name);
    *text = chat_skip(*text, address);
    *bang = text->length > 1 && text->at[0] == '!' && text->at[1] != '!' && !ascii_is_space(text->at[1]);
    if (*bang)
        *text = chat_skip(*text, 1);
    return address != 0;
}
