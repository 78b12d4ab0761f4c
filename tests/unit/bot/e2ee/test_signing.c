/*
 * Master keys of others that wait to be signed: an answer that comes late takes no newer wish away.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/cross.h"
#include "bot/e2ee/machine.h"
#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

#define OLDER "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08"
#define NEWER "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"

static const struct e2ee_request *signatures(struct client *bot)
{
    const struct e2ee_request *request;

    while ((request = e2ee_next_request(bot->machine, bot->world->now_ms)) != NULL)
        if (request->kind == E2EE_SIGNATURES)
            return request;
    return NULL;
}

static void want(struct client *bot, const char *master)
{
    client_begin(bot);
    client_end(bot, e2ee_signing_want(bot->machine, ANNA, master, NULL));
}

static void answer(struct client *bot, const struct e2ee_request *request)
{
    struct json *json = json_parse(span_of("{}"), NULL);

    client_begin(bot);
    client_end(bot, e2ee_request_done(bot->machine, request->id, 200, json, bot->world->now_ms, NULL));
    json_free(json);
}

static void a_newer_wish_outlives_the_answer_to_an_older(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct client *bot = pair.bot;
    struct e2ee_cross own = {0};
    const struct e2ee_request *request;

    (void)state;
    pair_identity(bot, &own);
    client_run(bot);
    want(bot, OLDER);
    request = signatures(bot);
    assert_non_null(request);
    want(bot, NEWER);
    answer(bot, request);
    assert_true(e2ee_signing_waits(bot->machine));
    request = signatures(bot);
    assert_non_null(request);
    answer(bot, request);
    assert_false(e2ee_signing_waits(bot->machine));
    e2ee_cross_wipe(&own);
    world_free(pair.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_newer_wish_outlives_the_answer_to_an_older),
    };

    return RUN_TESTS(tests);
}
