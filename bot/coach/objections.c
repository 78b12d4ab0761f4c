/*
 * Objections to what a coach asks.
 */
#include "bot/coach/objections.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/lead.h"
#include "bot/coach/wording.h"

static const struct {
    const char *rule;
    enum text_key measured, unmeasured;
} words[] = {
    {"R66", TEXT_BREACH_BEGINNER, TEXT_BREACH_BEGINNER}, {"R37", TEXT_BREACH_DELOAD, TEXT_BREACH_NO_FAILURE_DELOAD},
    {"R38", TEXT_BREACH_YEARS, TEXT_BREACH_YEARS},       {"R39", TEXT_BREACH_FORM, TEXT_BREACH_FORM},
    {"R34", TEXT_BREACH_LIFT, TEXT_BREACH_LIFT},         {"R90", TEXT_BREACH_SAFETIES, TEXT_BREACH_SAFETIES},
    {"R35", TEXT_BREACH_STRENGTH, TEXT_BREACH_STRENGTH}, {"R09", TEXT_BREACH_FINAL, TEXT_BREACH_FINAL},
    {"R41", TEXT_BREACH_PAIN, TEXT_BREACH_PAIN},         {"R53", TEXT_BREACH_EASIER, TEXT_BREACH_EASIER},
    {"R65", TEXT_BREACH_VOLUME, TEXT_BREACH_VOLUME},     {"R70", TEXT_BREACH_LOAD, TEXT_BREACH_LOAD},
};

static const char own_rule[] = ""; /* stands for all that the room doesn't know of them */

static void add(struct objections *objections, const struct breach *breach, const char *name)
{
    struct objection *at = objections->at;
    size_t length;

    while (at < objections->at + objections->count && strcmp(at->breach.rule, breach->rule) != 0)
        at++;
    if (at == objections->at + OBJECTIONS)
        return;
    if (at == objections->at + objections->count) {
        *at = (struct objection){.breach = *breach};
        objections->count++;
    }
    length = strlen(at->names);
    if (strstr(at->names, name) == NULL)
        snprintf(at->names + length, sizeof(at->names) - length, "%s%s", length != 0 ? ", " : "", name);
}

/* What stands against ITEM by what the turn's lifter is: 1, 0 they don't know the exercise, -1. */
static int find(struct turn *other, const struct plan_item *item, struct breaches *breaches, struct err *err)
{
    int64_t now_ms = other->message->sent_ms;
    struct advise_case ask;

    breaches->count = 0;
    if (advise_open(other, now_ms, &ask, err) < 0)
        return -1;
    ask.input.exercise = lifter_exercise(other->lifter, item->exercise);
    if (ask.input.exercise == NULL)
        return 0;
    lead_target_of(other, ask.input.exercise, item, now_ms, &ask.targets.next);
    ask.input.target = &ask.targets.next;
    breach_read(breaches, &ask.input);
    return 1;
}

/* Of BREACHES those that the room can know stay as it knows them. The rest become one without a name. */
static void hide(struct breaches *breaches, const struct breaches *known)
{
    const struct breaches all = *breaches;
    bool hidden = false;

    breaches->count = 0;
    for (size_t i = 0; i < all.count; i++) {
        size_t at = 0;

        while (at < known->count && strcmp(known->at[at].rule, all.at[i].rule) != 0)
            at++;
        if (at < known->count)
            breaches->at[breaches->count++] = known->at[at];
        hidden |= at == known->count;
    }
    if (hidden)
        breaches->at[breaches->count++] = (struct breach){own_rule, NAN, NAN};
}

int objections_add(struct objections *objections, struct turn *turn, const struct roster *roster,
                   const struct coach_member *member, struct other *other, const struct plan_item *item,
                   struct err *err)
{
    struct buf name = BUF_INIT(COACH_NAME_SIZE - 1);
    struct breaches breaches = {.count = 0}, known;
    int result = find(&other->turn, item, &breaches, err);

    roster_name(roster, member, &name);
    if (result == 1 && breaches.count != 0 && !roster_shows(turn, roster, member)) {
        result = other_narrow(other, roster, err) < 0 || find(&other->turn, item, &known, err) < 0 ? -1 : 1;
        other_widen(other);
        if (result == 1)
            hide(&breaches, &known);
    }
    for (size_t i = 0; i < breaches.count && result == 1; i++)
        add(objections, &breaches.at[i], buf_text(&name));
    buf_release(&name);
    return result;
}

static void print_why(const struct turn *turn, const struct breach *breach, struct buf *out)
{
    enum text_key key = TEXT_BREACH_OTHER;
    struct buf value = BUF_INIT(32), limit = BUF_INIT(32);

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (strcmp(words[i].rule, breach->rule) == 0)
            key = isnan(breach->value) ? words[i].unmeasured : words[i].measured;
    wording_measure(turn, breach->value, &value);
    wording_measure(turn, breach->limit, &limit);
    reply_phrase(turn->texts, key,
                 REPLY_ARGS(ARG("rule", breach->rule), ARG("value", buf_text(&value)), ARG("limit", buf_text(&limit))),
                 out);
    buf_release(&value);
    buf_release(&limit);
}

static void say_objection(struct turn *turn, const struct objection *objection, bool named)
{
    struct buf why = BUF_INIT(256);

    print_why(turn, &objection->breach, &why);
    reply_say(&turn->reply, turn->texts, named ? TEXT_BREACH_OF : TEXT_BREACH, ARG("rule", objection->breach.rule),
              ARG("names", objection->names), ARG("why", buf_text(&why)));
    buf_release(&why);
}

void objections_say(struct turn *turn, const struct objections *objections, bool named)
{
    const struct objection *own = NULL;
    const char *first = NULL;
    int said = 0;

    for (size_t i = 0; i < objections->count; i++) {
        const struct objection *objection = &objections->at[i];

        if (objection->breach.rule[0] == '\0') {
            own = objection;
        } else if (said++ < OBJECTIONS_SAID) {
            first = first == NULL ? objection->breach.rule : first;
            say_objection(turn, objection, named);
        }
    }
    if (own != NULL)
        reply_say(&turn->reply, turn->texts, TEXT_BREACH_OWN, ARG("names", own->names));
    if (first != NULL)
        reply_say(&turn->reply, turn->texts, TEXT_BREACH_CLIPPED, ARG("rule", first));
    else if (own != NULL)
        reply_tell(&turn->reply, turn->texts, TEXT_BREACH_WITHIN);
}
