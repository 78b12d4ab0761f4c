/*
 * The catalogues of texts, one for each language. Not for other rooms.
 */
#ifndef BOT_CHAT_CATALOGUE_H
#define BOT_CHAT_CATALOGUE_H

#include "bot/chat/texts.h"

/* In each file some of the keys. */
extern const char *const texts_english[TEXT_COUNT], *const texts_english_rooms[TEXT_COUNT];
extern const char *const texts_german[TEXT_COUNT], *const texts_german_rooms[TEXT_COUNT];

#endif
