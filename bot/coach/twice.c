/*
 * The last messages of bridged rooms, in memory: the two come within seconds.
 */
#include "bot/coach/twice.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

enum { KEPT = 64, APART_MS = 5 * 1000 };

struct said {
    int64_t lifter, sent_ms;
    char *transport, *text; /* NULL: none is there */
};

struct twice {
    struct said at[KEPT];
    size_t next;
};

struct twice *twice_new(void)
{
    return mem_zero(1, sizeof(struct twice));
}

static void said_release(struct said *said)
{
    free(said->transport);
    free(said->text);
    *said = (struct said){0};
}

void twice_free(struct twice *twice)
{
    for (size_t i = 0; twice != NULL && i < KEPT; i++)
        said_release(&twice->at[i]);
    free(twice);
}

bool twice_heard(struct twice *twice, const struct message *message, int64_t lifter)
{
    struct said *said = &twice->at[twice->next];

    for (size_t i = 0; i < KEPT; i++) {
        struct said *other = &twice->at[i];

        if (other->text == NULL || other->lifter != lifter || strcmp(other->text, message->text) != 0 ||
            strcmp(other->transport, message->transport) == 0 || llabs(other->sent_ms - message->sent_ms) > APART_MS)
            continue;
        said_release(other); /* it came twice, not more often */
        return true;
    }
    said_release(said);
    *said = (struct said){lifter, message->sent_ms, mem_strdup(message->transport), mem_strdup(message->text)};
    twice->next = (twice->next + 1) % KEPT;
    return false;
}
