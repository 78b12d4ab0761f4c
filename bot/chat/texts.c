/*
 * Texts by language and key.
 */
#include "bot/chat/texts.h"

#include <string.h>

#include "bot/chat/catalogue.h"
#include "core/base/mem.h"

struct texts {
    const char *name;
    enum language language;
    const char *const *parts[5];
};

static const struct texts catalogues[] = {
    {"en",
     LANGUAGE_ENGLISH,
     {texts_english, texts_english_review, texts_english_settings, texts_english_weekly, texts_english_rooms}},
    {"de",
     LANGUAGE_GERMAN,
     {texts_german, texts_german_review, texts_german_settings, texts_german_weekly, texts_german_rooms}}};

const struct texts *texts_for(const char *language)
{
    for (size_t i = 0; i < ARRAY_LENGTH(catalogues); i++) {
        if (language != NULL && strcmp(catalogues[i].name, language) == 0)
            return &catalogues[i];
    }
    return &catalogues[0];
}

enum language texts_language(const struct texts *texts)
{
    return texts->language;
}

const char *texts_get(const struct texts *texts, enum text_key key)
{
    const char *text = NULL;

    for (size_t i = 0; i < ARRAY_LENGTH(texts->parts) && text == NULL; i++)
        text = texts->parts[i][key];
    BUG_IF(text == NULL);
    return text;
}
