/*
 * The catalogues of texts, one for each language. Not for other rooms.
 */
#ifndef BOT_CHAT_CATALOGUE_H
#define BOT_CHAT_CATALOGUE_H

#include "bot/chat/texts.h"

/* In each file some of the keys. */
#define CATALOGUE_OF(language)                                                                                         \
    extern const char *const texts_##language[TEXT_COUNT], *const texts_##language##_review[TEXT_COUNT],               \
                                                               *const texts_##language##_settings[TEXT_COUNT],         \
                                                                   *const texts_##language##_weekly[TEXT_COUNT],       \
                                                                       *const texts_##language##_rooms[TEXT_COUNT]
CATALOGUE_OF(english);
CATALOGUE_OF(german);

#endif
