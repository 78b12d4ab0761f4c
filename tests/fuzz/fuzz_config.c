/*
 * Any bytes as a configuration: it is taken whole, or refused with one line.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bot/settings/settings.h"
#include "core/base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {ERR_NONE, ""};
    char *text = mem_strndup((const char *)data, size);
    struct settings *settings = settings_parse("fuzz.conf", text, NULL, &err);

    if (settings == NULL && (err.class != ERR_CONFIG || err.text[0] == '\0' || strchr(err.text, '\n') != NULL))
        abort();
    settings_free(settings);
    free(text);
    return 0;
}
