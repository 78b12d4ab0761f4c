/*
 * rules, myth and why: what is said of a rule is what the table says of it, and myths are answered when asked alone.
 */
#include "tests/unit/bot/coach/talk.h"

#include "core/effort/effort.h"

static void expect(const char *said, const char *part)
{
    if (strstr(said, part) == NULL)
        fail_msg("\"%s\" lacks \"%s\"", said, part);
}

/* Every rule is told with its source, and a claim of evidence never without how sure it is. */
static void every_rule_is_told(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    for (size_t i = 0; rule_at(i) != NULL; i++) {
        const struct rule *rule = rule_at(i);
        char text[32];
        const char *said;

        snprintf(text, sizeof(text), i % 2 == 0 ? "rules %s" : "why %s", rule->id);
        said = talk_say(&talk, text);
        expect(said, rule->id);
        expect(said, rule->text);
        expect(said, rule->hedge);
        expect(said, rule->source);
    }
    talk_close(&talk);
}

static void topics_hold_every_rule_once(void **state)
{
    struct talk talk;
    size_t listed = 0;
    const char *said;

    (void)state;
    talk_open(&talk);
    said = talk_say(&talk, "rules");
    for (int topic = 0; topic < TOPIC_COUNT; topic++)
        expect(said, rule_topic_name((enum rule_topic)topic, LANGUAGE_ENGLISH));
    for (int topic = 0; topic < TOPIC_COUNT; topic++) {
        char text[64];

        snprintf(text, sizeof(text), "Rules %s.", rule_topic_name((enum rule_topic)topic, LANGUAGE_ENGLISH));
        said = talk_say(&talk, text);
        assert_int_equal(talk.said[0].kind, OUT_REPLY);
        for (const char *c = said; (c = strstr(c, "- ")) != NULL; c++)
            listed += (c == said || c[-1] == '\n') && (c[2] == 'R' || c[2] == 'D');
    }
    assert_int_equal(listed, 114 + 11);
    said = talk_say(&talk, "rules evidence");
    for (size_t i = 0; rule_at(i) != NULL; i++)
        if (rule_at(i)->topic == TOPIC_EVIDENCE)
            expect(said, rule_at(i)->hedge);
    talk_close(&talk);
}

static void what_is_no_rule_is_said_so(void **state)
{
    static const struct {
        const char *typed, *said;
    } rows[] = {
        {"rules R200", "There's no rule R200"},   {"why R0", "There's no rule R0"},
        {"rules d12", "There's no rule D12"},     {"rules unicorns", "I know no topic unicorns"},
        {"rules R1111", "I know no topic r1111"}, {"myth unicorns", "burn, effort, failure, hormones, soreness"}};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        expect(talk_say(&talk, rows[i].typed), rows[i].said);
        assert_int_equal(talk.said[0].kind, OUT_ERROR);
    }
    talk_close(&talk);
}

static void myths_are_answered(void **state)
{
    static const struct {
        const char *typed, *rule;
    } rows[] = {{"myth burn", "(R47"},
                {"myth feel the burn", "(R47"},
                {"myth effort", "(R45 S1, R01 S0)"},
                {"myth failure", "(R46 S1, D11)"},
                {"myth muscles only grow at failure", "(R46"},
                {"myth hormones", "(R96"},
                {"Myth: testosterone!", "(R96"},
                {"myth no pain, no gain", "(R82"}};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        expect(talk_say(&talk, rows[i].typed), rows[i].rule);
    /* R46 and R96 rest on evidence. */
    expect(talk_say(&talk, "myth failure"), rule_by_id("R46")->hedge);
    expect(talk_say(&talk, "myth hormones"), rule_by_id("R96")->hedge);
    expect(talk_say(&talk, "myth"), "burn, effort");
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    talk_close(&talk);
}

/* Whoever asserts one in passing isn't lectured, nor where a set says it. */
static void nobody_is_lectured(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_null(strstr(talk_say(&talk, "the burn shows that it works"), "R47"));
    assert_null(strstr(talk_say(&talk, "no pain no gain"), "R82"));
    assert_null(strstr(talk_say(&talk, "curl 15x12 @1 (what a burn)"), "R47"));
    talk_close(&talk);
}

/* R101-R106, R111-R114: why brings what is known to the case, with its size and how sure it is (rules.md; science 4, 6:
 * Grgic 2022 for strength). */
static void why_says_what_is_known(void **state)
{
    static const struct {
        const char *lines[6], *known;
    } rows[] = {
        {{"goal strength", "bench 80x5 @3"}, "R105 Strength from failure: -0.09 SD (-0.22 to 0.05)"},
        {{"experience 6 months", "bench 40x8 @3"}, "R107 "},
        {{"bench 80x8 @0"}, "R103 One trial"},
        {{"squat 100x5 form"}, "R111 Studies last 6-12 weeks"},
        {{"bench 80x8 @2"}, "R106 Two studies"},
        {{"experience 4y", "bench 80x8 @2"}, "R102 1-3 short"},
        {{"experience 4y", "form good", "cable curl 20x12 @2", "20x12 @2"},
         "R104 It adds 0.1-0.2 SD of size (-0.3 to 0.5)"},
        {{"experience 4y", "form good", "cable curl 20x12 to failure", "cable curl 20x10 @2"}, "D6 Measured: 24-48 h"},
        {{"experience 4y", "form good", "phase low-volume", "cable curl 20x12 @2", "20x12 @2"},
         "R114 What years of it"},
        {{"experience 4y", "form good", "curl 20x9 to failure", "calf raise 20x12 @2", "20x12 @2"},
         "R101 At equal volume it adds 0.1-0.2 SD (-0.3 to 0.5)"},
        {{"experience 4y", "bench 100x8 @4", "100x12 @3"}, "R113 Heavy loads build more strength: about 0.15 SD"},
        {{"pain chest 2", "bench 80x8 @2"},
         "R112 It hurts there: if it stays, see a professional. This is no medical advice."},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;

        talk_open(&talk);
        for (size_t j = 0; j < 6 && rows[i].lines[j] != NULL; j++)
            talk_say(&talk, rows[i].lines[j]);
        expect(talk_say(&talk, "why"), rows[i].known);
        talk_close(&talk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_is_told),         cmocka_unit_test(topics_hold_every_rule_once),
        cmocka_unit_test(what_is_no_rule_is_said_so), cmocka_unit_test(myths_are_answered),
        cmocka_unit_test(nobody_is_lectured),         cmocka_unit_test(why_says_what_is_known),
    };

    return RUN_TESTS(tests);
}
