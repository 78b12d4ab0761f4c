/*
 * Commands that clients fill in (MSC4391): the block of a message's content that stands for its text. Pure.
 */
#ifndef BOT_MATRIX_BLOCK_H
#define BOT_MATRIX_BLOCK_H

#include "bot/json/json.h"
#include "bot/message.h"

enum { MX_BLOCK_ARGUMENTS = 8, MX_BLOCK_TEXTS = 32, MX_BLOCK_NUMBER_SIZE = 24 };

struct mx_block {
    struct message_block block;
    struct message_argument arguments[MX_BLOCK_ARGUMENTS];
    const char *texts[MX_BLOCK_TEXTS];
    size_t text_count;
    char numbers[MX_BLOCK_ARGUMENTS][MX_BLOCK_NUMBER_SIZE];
};

/* Whether CONTENT has such a block, whatever it holds: its text is for people then. */
bool mx_block_is_there(const struct json *content);
/* Whether USER_ID is mentioned, and nobody else: the command is meant for that one. */
bool mx_block_is_for(const struct json *content, const char *user_id);
/* What CONTENT's block says, lent by it and by OUT. */
void mx_block_read(const struct json *content, struct mx_block *out);

#endif
