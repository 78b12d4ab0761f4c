/*
 * What the account itself is set to, once.
 */
#include "bot/matrix/account.h"

#include <stdlib.h>

#include "bot/log/log.h"
#include "core/base/mem.h"

#define DONE_VALUE "push_rules_off"

struct mx_account {
    struct matrix *matrix;
    struct mx_call *call;
};

void mx_account_free(struct mx_account *account)
{
    if (account == NULL)
        return;
    mx_api_cancel(account->call);
    free(account);
}

/* Nothing hangs on it: what fails is tried again after the next start. */
static void done(void *arg, const struct mx_answer *answer)
{
    struct mx_account *account = arg;
    struct matrix *matrix = account->matrix;
    struct err err = {0};

    account->call = NULL;
    if (matrix->failed)
        return;
    if (answer->status != 200) {
        log_info("push-rules-left", LOG_STR("reason", answer->err->text));
        return;
    }
    (void)mx_value_keep(matrix, DONE_VALUE, "1", &err);
}

struct mx_account *mx_account_start(struct matrix *matrix)
{
    struct mx_account *account = mem_zero(1, sizeof(*account));
    char *was_done;
    struct mx_request request = {
        .method = "PUT",
        .path = "/_matrix/client/v3/pushrules/global/override/.m.rule.master/enabled",
        .body = span_of("{\"enabled\":true}"), /* the master rule, enabled, silences all others */
        .retry = MX_RETRY_LIMITED,
        .done = done,
        .arg = account,
    };

    account->matrix = matrix;
    if (mx_value(matrix, DONE_VALUE, &was_done, NULL) != 1)
        account->call = mx_api_start(matrix->api, &request);
    free(was_done);
    return account;
}
