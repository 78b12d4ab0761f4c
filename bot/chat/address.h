/*
 * Whom a message is for: "spotter: week", "!week".
 */
#ifndef BOT_CHAT_ADDRESS_H
#define BOT_CHAT_ADDRESS_H

#include <stdbool.h>

#include "core/base/ascii.h"
#include "core/base/span.h"

/* TEXT behind its first BYTES, and the white space there. */
static inline struct span chat_skip(struct span text, size_t bytes)
{
    text.at += bytes;
    text.length -= bytes;
    while (text.length != 0 && ascii_is_space(text.at[0])) {
        text.at++;
        text.length--;
    }
    return text;
}

/* Takes quotes, the bot's NAME and a '!' off TEXT's front. BANG: there was one. Whether the name was there: then it is
 * meant for us in a room, too. */
bool chat_take_address(struct span *text, const char *name, bool *bang);

#endif
