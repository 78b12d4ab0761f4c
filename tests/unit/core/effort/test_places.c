/*
 * The map from rule to place is held against the sources: who is said to compute a rule must cite it, and so must the
 * test. Prints the map's sum. Run from the repository's root.
 */
#include "tests/unit/unit.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/effort/places.h"

static void read_file(const char *path, struct buf *text)
{
    FILE *stream = fopen(path, "r");
    char chunk[4096];
    size_t got;

    if (stream == NULL)
        fail_msg("%s is not there", path);
    while ((got = fread(chunk, 1, sizeof(chunk), stream)) > 0)
        buf_add(text, chunk, got);
    fclose(stream);
}

/* ID as a word: not R11 in R112. */
static bool cites(const char *text, const char *id)
{
    size_t length = strlen(id);

    for (const char *c = text; (c = strstr(c, id)) != NULL; c += length)
        if (!isalnum((unsigned char)c[length]) && (c == text || !isalnum((unsigned char)c[-1])))
            return true;
    return false;
}

static void places_cite_their_rules(void **state)
{
    (void)state;
    for (size_t i = 0; place_at(i) != NULL; i++) {
        const struct place *place = place_at(i);
        const char *const files[] = {place->file, place->test};

        assert_non_null(rule_by_id(place->rule));
        assert_int_not_equal(place->kind, PLACE_POLICY);
        for (size_t f = 0; f < ARRAY_LENGTH(files); f++) {
            struct buf text = BUF_INIT(1 << 22);

            read_file(files[f], &text);
            if (!cites(buf_text(&text), place->rule))
                fail_msg("%s doesn't cite %s", files[f], place->rule);
            buf_release(&text);
        }
        for (size_t j = 0; j < i; j++)
            assert_true(strcmp(place_at(j)->rule, place->rule) != 0 || strcmp(place_at(j)->file, place->file) != 0);
    }
}

static bool has(const char *id, enum place_kind kind)
{
    struct place place;

    for (size_t i = 0; place_of(id, i, &place); i++)
        if (place.kind == kind)
            return true;
    return false;
}

/* Rules of kind T in rules.md, and what D1 to D10 settle, are numbers or conditions: words alone are no answer. R42's
 * plateau opens and closes nothing (issue 4); R63, R75 are settled by D2. */
static void thresholds_are_computed(void **state)
{
    static const char *const ids[] = {"R05", "R22", "R27", "R28", "R29", "R32", "R35", "R36", "R37", "R38",
                                      "R39", "R40", "R41", "R43", "R44", "R54", "R65", "R66", "R76", "D1",
                                      "D2",  "D3",  "D4",  "D5",  "D6",  "D7",  "D9",  "D10"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(ids); i++)
        if (!has(ids[i], PLACE_POLICY) && !has(ids[i], PLACE_COMPUTED))
            fail_msg("%s is only words", ids[i]);
}

/* Every rule is in the policy, computed, or said: its text at least, by `rules ID`. */
static void every_rule_has_a_place(void **state)
{
    size_t kinds[PLACE_SAID + 1] = {0}, words = 0;

    (void)state;
    for (size_t i = 0; rule_at(i) != NULL; i++) {
        const struct rule *rule = rule_at(i);
        bool found = false;

        for (int kind = 0; kind <= PLACE_SAID; kind++) {
            found |= has(rule->id, (enum place_kind)kind);
            kinds[kind] += has(rule->id, (enum place_kind)kind);
        }
        words += !found;
        assert_int_not_equal(rule->text[0], '\0');
    }
    print_message("rules in the policy: %zu, computed: %zu, said: %zu, as text alone: %zu\n", kinds[PLACE_POLICY],
                  kinds[PLACE_COMPUTED], kinds[PLACE_SAID], words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_cite_their_rules),
        cmocka_unit_test(thresholds_are_computed),
        cmocka_unit_test(every_rule_has_a_place),
    };

    return RUN_TESTS(tests);
}
