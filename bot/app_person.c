/*
 * Lifters as the command line names them.
 */
#include "bot/app_person.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"

enum { TRANSPORT_MAX = 4096 };

void app_person(const char *user, char **transport, char **identity)
{
    const char *slash = user[0] != '@' ? strchr(user, '/') : NULL;
    struct buf network = BUF_INIT(TRANSPORT_MAX);

    if (slash != NULL)
        buf_addf(&network, "irc:%.*s", (int)(slash - user), user);
    else
        buf_adds(&network, "matrix");
    *transport = buf_steal(&network);
    *identity = mem_strdup(slash != NULL ? slash + 1 : user);
}

int app_person_unknown(const char *user, struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, "nobody is known as %s: they write to the bot first", user);
}
