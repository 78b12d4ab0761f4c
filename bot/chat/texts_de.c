/*
 * The German texts: du, numbers first, as in English.
 */
#include "bot/chat/catalogue.h"

const char *const texts_german[TEXT_COUNT] = {
    [TEXT_HELP_LANGUAGE] = "die Sprache, in der ich schreibe",
    [TEXT_EXPECTED_LANGUAGE] = "`language en` oder `language de`.",
};
