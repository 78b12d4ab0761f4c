/*
 * The account, as configured.
 */
#include "bot/app_matrix.h"

#include "bot/app_import.h"
#include "bot/app_secrets.h"
#include "bot/exchange/export.h"
#include "bot/service/secret.h"

int app_matrix_options(const struct settings_matrix *matrix, struct buf *secret, struct matrix_options *options,
                       struct err *err)
{
    static const enum e2ee_share shares[] = {[SHARE_KEYS_SIGNED] = E2EE_SHARE_SIGNED,
                                             [SHARE_KEYS_STRICT] = E2EE_SHARE_STRICT,
                                             [SHARE_KEYS_ALL] = E2EE_SHARE_ALL};
    const char *token_file = matrix->as_token_file != NULL ? matrix->as_token_file : matrix->access_token_file;
    const char *secret_file = matrix->password_file != NULL ? matrix->password_file : token_file;

    *options = (struct matrix_options){
        .homeserver = matrix->homeserver,
        .user = matrix->user,
        .device_id = matrix->device_id,
        .appservice = matrix->as_token_file != NULL,
        .ca_file = matrix->ca_file,
        .allow = (const char *const *)matrix->allow,
        .ghosts = (const char *const *)matrix->ghosts,
        .bridged = (const char *const *)matrix->bridged,
        .share = shares[matrix->share_keys],
    };
    if (secret_file == NULL) /* the session is one that spotter login began */
        return 0;
    if (secret_read(secret_file, secret, err) < 0)
        return -1;
    if (matrix->password_file != NULL)
        options->password = buf_text(secret);
    else
        options->access_token = buf_text(secret);
    return 0;
}

struct matrix *app_matrix_start(struct matrix_options *options, struct loop *loop, struct store *store,
                                const unsigned char *pickle_key, struct err *err)
{
    struct matrix *matrix;

    options->loop = loop;
    options->store = store_matrix(store);
    options->e2ee_store = store_e2ee(store);
    options->pickle_key = pickle_key;
    matrix = matrix_new(options, err);
    if (matrix != NULL)
        matrix_start(matrix);
    return matrix;
}

static int offset_of(void *arg, const char *timezone, int64_t at_ms)
{
    const struct app_clock *clock = arg;

    return zones_offset(clock->zones, timezone != NULL ? timezone : clock->timezone, at_ms);
}

int app_coach_options(const struct settings *settings, struct app_clock *clock, struct coach_options *options,
                      struct err *err)
{
    *options = (struct coach_options){.unit = settings->units,
                                      .unit_given = settings->units_given,
                                      .language = settings->language,
                                      .policy = settings->policy,
                                      .offset = offset_of,
                                      .offset_arg = clock,
                                      .export_set = export_set,
                                      .read_log = app_read_log,
                                      .secrets = app_secrets};
    if (zone_exists(settings->timezone))
        return 0;
    return err_set(err, ERR_CONFIG, "default.timezone: %s is no time zone of this system (package tzdata)",
                   settings->timezone);
}
