/*
 * `spotter login`, wired: store and transport.
 */
#include "bot/app_login.h"

#include <sysexits.h>

#include "bot/app_account.h"

static void open_page(void *arg, const struct matrix_page *page)
{
    struct app_account *account = arg;

    fprintf(account->out, "Open this page, log in as the bot's account, and enter the code:\n\n    %s\n    %s\n\n",
            page->url, page->code);
    if (page->whole_url != NULL)
        fprintf(account->out, "Or this one, which has the code in it:\n\n    %s\n\n", page->whole_url);
    fprintf(account->out, "Waiting for that, %d minutes at most.\n", (int)((page->lasts_ms + 59 * 1000) / (60 * 1000)));
    fflush(account->out);
}

static void logged_in(void *arg, const char *user, const char *device)
{
    struct app_account *account = arg;

    fprintf(account->out, "Logged in as %s, device %s.\n", user, device);
    app_account_end(account);
}

int app_login(const struct settings *settings, FILE *out, struct err *err)
{
    static const struct matrix_handler handler = {0}; /* no room is followed */
    const struct matrix_trust trust = {.task = MATRIX_LOGIN, .open_page = open_page, .logged_in = logged_in};
    struct app_account account;
    int result = app_account_begin(&account, settings, out, err);

    if (result == 0)
        result = app_account_open(&account, err);
    if (result == 0)
        result = app_account_run(&account, &handler, &trust, err);
    app_account_close(&account);
    return result < 0 && err->class == ERR_LIMIT ? EX_TEMPFAIL : result;
}
