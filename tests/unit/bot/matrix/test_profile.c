/*
 * Time zones of profiles (MSC4175): what one names, and how often one is asked for.
 */
#include "tests/unit/bot/matrix/rig.h"

#include "bot/matrix/profile.h"

#define ANNA "@anna:gym.test"

static void a_zone_is_a_short_text_under_either_name(void **state)
{
    static const struct {
        const char *profile, *zone;
    } rows[] = {
        {"{\"m.tz\":\"Europe/Berlin\"}", "Europe/Berlin"},
        {"{\"us.cloke.msc4175.tz\":\"Asia/Tokyo\"}", "Asia/Tokyo"},
        {"{\"us.cloke.msc4175.tz\":\"Asia/Tokyo\",\"m.tz\":\"Europe/Berlin\"}", "Europe/Berlin"},
        {"{\"displayname\":\"Anna\"}", NULL},
        {"{\"m.tz\":7}", NULL},
        {"{\"m.tz\":\"\"}", NULL},
        {"{\"m.tz\":{\"zone\":\"UTC\"}}", NULL},
        {"{\"m.tz\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}", NULL},
        {"[]", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct json *profile = json_parse(span_of(rows[i].profile), NULL);
        const char *zone = mx_profile_zone(profile);

        if (rows[i].zone == NULL)
            assert_null(zone);
        else
            assert_string_equal(zone, rows[i].zone);
        json_free(profile);
    }
}

static bool was_noted(struct rig *rig, const char *user)
{
    char name[300];
    char *value;

    snprintf(name, sizeof(name), "profile:%s", user);
    assert_true(mx_value(rig->matrix, name, &value, NULL) >= 0);
    free(value);
    return value != NULL;
}

static void hear(struct rig *rig, const char *user)
{
    struct err err;

    assert_int_equal(mx_begin(rig->matrix, &err), 0);
    assert_int_equal(mx_profiles_heard(rig->matrix->profiles, user, &err), 0);
    assert_int_equal(mx_commit(rig->matrix, &err), 0);
}

/* Once a day, however often somebody speaks and however many others do; kept over restarts. */
static void each_is_asked_for_once_a_day(void **state)
{
    struct rig *rig = *state;
    struct err err;
    char user[64];
    char *first, *again;

    hear(rig, ANNA);
    assert_true(was_noted(rig, ANNA));
    assert_int_equal(mx_begin(rig->matrix, &err), 0);
    assert_int_equal(mx_value_put(rig->matrix, "profile:" ANNA, "1", &err), 0); /* long ago */
    assert_int_equal(mx_commit(rig->matrix, &err), 0);
    hear(rig, ANNA); /* but this process knows better */
    assert_int_equal(mx_value(rig->matrix, "profile:" ANNA, &first, NULL), 1);
    assert_string_equal(first, "1");
    for (int i = 0; i < 200; i++) {
        snprintf(user, sizeof(user), "@lifter%d:gym.test", i);
        hear(rig, user);
    }
    hear(rig, ANNA); /* forgotten by the process, and the store says that it was long ago; but the queue is full */
    assert_int_equal(mx_value(rig->matrix, "profile:" ANNA, &again, NULL), 1);
    assert_string_equal(again, "1");
    assert_true(was_noted(rig, "@lifter0:gym.test"));
    assert_false(was_noted(rig, "@lifter199:gym.test")); /* asked for when they speak again */
    free(first);
    free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zone_is_a_short_text_under_either_name),
        TEST(each_is_asked_for_once_a_day),
    };

    return RUN_TESTS(tests);
}
