/*
 * Every rule of rules.md has its text, once.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/effort/effort.h"

static void expect_once(const char *id)
{
    int found = 0;

    for (size_t i = 0; rule_at(i) != NULL; i++)
        found += strcmp(rule_at(i)->id, id) == 0;
    if (found != 1)
        fail_msg("%s is there %d times", id, found);
    assert_ptr_equal(rule_by_id(id)->id, rule_by_id(id)->id);
    assert_string_equal(rule_by_id(id)->id, id);
}

static void every_rule_is_there_once(void **state)
{
    char id[16];
    size_t count = 0;

    (void)state;
    for (int i = 1; i <= 114; i++) {
        snprintf(id, sizeof(id), "R%02d", i);
        expect_once(id);
    }
    for (int i = 1; i <= 11; i++) {
        snprintf(id, sizeof(id), "D%d", i);
        expect_once(id);
    }
    while (rule_at(count) != NULL)
        count++;
    assert_int_equal(count, 114 + 11);
    assert_null(rule_by_id("R00"));
    assert_null(rule_by_id("R115"));
    assert_null(rule_by_id(""));
}

/* rules.md: S0 R01-R19, S1 R20-R56, S2 R57-R69, S3 R70-R100, S4 R101-R114. */
static const char *source_of(int number)
{
    if (number <= 19)
        return "S0";
    if (number <= 56)
        return "S1";
    if (number <= 69)
        return "S2";
    return number <= 100 ? "S3" : "S4";
}

static void rules_name_their_article(void **state)
{
    char id[16];

    (void)state;
    for (int i = 1; i <= 114; i++) {
        snprintf(id, sizeof(id), "R%02d", i);
        assert_string_equal(rule_by_id(id)->source, source_of(i));
    }
}

/* The rows of kind E in rules.md: never shown without how sure they are. */
static void claims_of_evidence_are_hedged(void **state)
{
    static const int claims[] = {2, 3, 24, 25, 26, 61, 62, 79, 96, 100, 101, 102, 103, 104, 105, 106, 111, 113, 114};
    char id[16];

    (void)state;
    for (size_t i = 0; i < sizeof(claims) / sizeof(claims[0]); i++) {
        snprintf(id, sizeof(id), "R%02d", claims[i]);
        if (strlen(rule_by_id(id)->hedge) < 10)
            fail_msg("%s has no hedge", id);
    }
}

/* The sum of TEXT's digits, wherever they stand: languages order a sentence differently. */
static int digits_of(const char *text)
{
    int sum = 0;

    for (; *text != '\0'; text++)
        sum += *text >= '0' && *text <= '9' ? *text - '0' + 1 : 0;
    return sum;
}

static void texts_are_one_short_sentence(void **state)
{
    (void)state;
    for (size_t i = 0; rule_at(i) != NULL; i++) {
        const struct rule *rule = rule_at(i);
        size_t length = strlen(rule->text);

        assert_in_range(length, 15, 130);
        assert_int_equal(rule->text[length - 1], '.');
        assert_in_range(strlen(rule->hedge), 0, 200);
    }
}

/* Each rule says the same in German: with the same numbers, and as sure of itself. */
static void german_rules_say_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; rule_at(i) != NULL; i++) {
        const struct rule *rule = rule_at(i);
        const char *pairs[][2] = {{rule->text, rule_text(rule, LANGUAGE_GERMAN)},
                                  {rule->hedge, rule_hedge(rule, LANGUAGE_GERMAN)}};

        assert_ptr_equal(rule_text(rule, LANGUAGE_ENGLISH), rule->text);
        assert_ptr_equal(rule_hedge(rule, LANGUAGE_ENGLISH), rule->hedge);
        assert_in_range(strlen(pairs[0][1]), 15, 170);
        assert_int_equal((pairs[1][0][0] == '\0'), (pairs[1][1][0] == '\0'));
        for (size_t j = 0; j < 2; j++)
            if (digits_of(pairs[j][0]) != digits_of(pairs[j][1]))
                fail_msg("%s: other numbers: %s", rule->id, pairs[j][1]);
    }
    for (int topic = 0; topic < TOPIC_COUNT; topic++)
        assert_int_not_equal(rule_topic_name((enum rule_topic)topic, LANGUAGE_GERMAN)[0], '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_is_there_once),      cmocka_unit_test(rules_name_their_article),
        cmocka_unit_test(claims_of_evidence_are_hedged), cmocka_unit_test(texts_are_one_short_sentence),
        cmocka_unit_test(german_rules_say_the_same),
    };

    return RUN_TESTS(tests);
}
