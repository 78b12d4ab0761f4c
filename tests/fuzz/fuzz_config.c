/*
 * Any bytes as a configuration and as a policy of effort: taken whole, or refused with one line.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bot/settings/settings.h"
#include "core/base/mem.h"
#include "core/effort/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_policy(const uint8_t *data, size_t size)
{
    struct err err = {ERR_NONE, ""};
    struct policy policy;

    if (policy_parse("fuzz.policy", (struct span){(const char *)data, size}, &policy, &err) < 0 &&
        (err.class != ERR_CONFIG || err.text[0] == '\0' || strchr(err.text, '\n') != NULL))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {ERR_NONE, ""};
    char *text = mem_strndup((const char *)data, size);
    struct settings *settings = settings_parse("fuzz.conf", text, NULL, &err);

    if (settings == NULL && (err.class != ERR_CONFIG || err.text[0] == '\0' || strchr(err.text, '\n') != NULL))
        abort();
    settings_free(settings);
    free(text);
    read_policy(data, size);
    return 0;
}
