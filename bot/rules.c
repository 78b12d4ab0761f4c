/*
 * `spotter rules`; see rules.h.
 */
#include "bot/rules.h"

#include <string.h>
#include <sysexits.h>

#include "core/base/ascii.h"
#include "core/effort/places.h"

static const char *const kind_names[] = {
    [PLACE_POLICY] = "policy", [PLACE_COMPUTED] = "computed", [PLACE_SAID] = "said"};

static void print_places(const struct rule *rule, FILE *out)
{
    struct place place;

    for (size_t i = 0; place_of(rule->id, i, &place); i++)
        fprintf(out, "%-4s  %-8s  %s%s%s\n", rule->id, kind_names[place.kind], place.file,
                place.test != NULL ? "  " : "", place.test != NULL ? place.test : "");
    fprintf(out, "%-4s  %-8s  spotter rules %s, `why %s`\n", rule->id, "text", rule->id, rule->id);
}

static void print_rule(const struct rule *rule, FILE *out)
{
    fprintf(out, "%s  %s\n", rule->id, rule->text);
    if (rule->hedge[0] != '\0')
        fprintf(out, "      %s\n", rule->hedge);
    if (rule->source[0] == 'S')
        fprintf(out, "      From %s, %s.\n", rule->source, rule_source_title(rule, LANGUAGE_ENGLISH));
    else
        fprintf(out, "      Settles %s.\n", rule->source);
}

static void print_list(FILE *out)
{
    const struct rule *rule;

    for (size_t i = 0; (rule = rule_at(i)) != NULL; i++)
        fprintf(out, "%-4s  %s%s%s (%s)\n", rule->id, rule->text, rule->hedge[0] != '\0' ? " " : "", rule->hedge,
                rule->source);
}

/* The map, and how many rules have a place of each kind. */
static void print_coverage(FILE *out)
{
    size_t counts[PLACE_SAID + 1] = {0}, count = 0;
    const struct rule *rule;

    for (; (rule = rule_at(count)) != NULL; count++) {
        bool found[PLACE_SAID + 1] = {false};
        struct place place;

        for (size_t i = 0; place_of(rule->id, i, &place); i++)
            found[place.kind] = true;
        for (size_t kind = 0; kind <= PLACE_SAID; kind++)
            counts[kind] += found[kind];
        print_places(rule, out);
    }
    fprintf(out,
            "%zu rules: %zu in the policy, %zu computed and tested, %zu said by a command of their own; all as text\n",
            count, counts[PLACE_POLICY], counts[PLACE_COMPUTED], counts[PLACE_SAID]);
}

int rules_print(const char *id, bool coverage, FILE *out, struct err *err)
{
    char capital[8] = "";
    const struct rule *rule;

    if (id == NULL) {
        (coverage ? print_coverage : print_list)(out);
        return 0;
    }
    if (strlen(id) < sizeof(capital))
        snprintf(capital, sizeof(capital), "%c%s", ascii_upper(id[0]), id[0] != '\0' ? id + 1 : "");
    rule = rule_by_id(capital);
    if (rule == NULL) {
        err_set(err, ERR_INPUT, "there is no rule %.16s; they are R01 to R114 and D1 to D11", id);
        return EX_USAGE;
    }
    (coverage ? print_places : print_rule)(rule, out);
    return 0;
}
