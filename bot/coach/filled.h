/*
 * Commands that a client filled in for its user: they do what they would do if they were typed, and nothing else.
 */
#ifndef BOT_COACH_FILLED_H
#define BOT_COACH_FILLED_H

#include "bot/chat/read.h"
#include "bot/message.h"
#include "core/base/buf.h"

struct texts;
struct turn;

/* What would be typed for BLOCK, to TEXT; nothing where there is no such command, or it takes no such arguments. */
void filled_spell(const struct message_block *block, struct buf *text);
/* Whether what was read of that text is BLOCK's command, and that alone. */
bool filled_is(const struct message_block *block, const struct intention *intention);
/* The turn's message is no command like that. */
int filled_refuse(struct turn *turn);

/* How clients may offer the command at INDEX of those that are used most; false: there are no more. Texts are TEXTS's.
 */
bool filled_offer(size_t index, const struct texts *texts, struct offer *offer);

#endif
