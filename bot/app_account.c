/*
 * A command on the account, from its beginning to its end.
 */
#include "bot/app_account.h"

#include <signal.h>
#include <sys/stat.h>

#include "bot/app_key.h"
#include "bot/app_matrix.h"
#include "bot/crypto/crypto.h"

int app_account_begin(struct app_account *account, const struct settings *settings, FILE *out, struct err *err)
{
    *account = (struct app_account){.settings = settings,
                                    .out = out,
                                    .err = err,
                                    .secret = BUF_INIT(SECRET_MAXIMUM),
                                    .recovery_key = BUF_INIT(SECRET_MAXIMUM)};
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    return settings->matrix != NULL ? 0 : err_set(err, ERR_CONFIG, "there is no matrix block");
}

int app_account_open(struct app_account *account, struct err *err)
{
    account->loop = loop_new();
    return app_open_store(account->settings, account->pickle_key, &account->store, err);
}

static void failed(void *arg, const struct err *err)
{
    struct app_account *account = arg;

    account->failed = true;
    *account->err = *err;
    app_account_end(account);
}

static void rolled_back(void *arg)
{
    (void)arg;
}

int app_account_run(struct app_account *account, const struct matrix_handler *handler, const struct matrix_trust *trust,
                    struct err *err)
{
    struct matrix_options options;

    if (app_matrix_options(account->settings->matrix, &account->secret, &options, err) < 0)
        return -1;
    options.handler = *handler;
    options.trust = *trust;
    options.handler.arg = options.trust.arg = account;
    options.handler.failed = failed;
    if (options.handler.rolled_back == NULL)
        options.handler.rolled_back = rolled_back;
    if (account->recovery_key.length != 0)
        options.trust.recovery_key = buf_text(&account->recovery_key);
    account->matrix = app_matrix_start(&options, account->loop, account->store, account->pickle_key, err);
    if (account->matrix == NULL)
        return -1;
    loop_run(account->loop);
    return account->failed ? -1 : 0;
}

void app_account_end(struct app_account *account)
{
    loop_stop(account->loop);
}

void app_account_close(struct app_account *account)
{
    matrix_free(account->matrix);
    store_close(account->store);
    if (account->loop != NULL)
        loop_free(account->loop);
    crypto_cleanse(account->pickle_key, sizeof(account->pickle_key));
    crypto_release(&account->secret);
    crypto_release(&account->recovery_key);
}
