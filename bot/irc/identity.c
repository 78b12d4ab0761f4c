/*
 * Who says it: an account, where the network vouches for it at this moment, else a guest, known by their connection.
 *
 * With account-tag a message says it itself: no tag, logged out. Without it what was tracked counts as long as we share
 * a channel; else the server is asked (WHOIS) and the message held until it answers. A guest whom we don't see is the
 * same as before only when the server says that they connected at the same second from the same address.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/mem.h"
#include "core/text/fold.h"

enum {
    HEARD_MS = 2 * 1000,             /* so long what somebody said whom we don't see vouches for their nick */
    ASKED_MS = 8 * 1000,             /* and so long what WHOIS said */
    KEPT_MS = 600 * 1000,            /* and so long they are remembered */
    GUEST_IDLE_MS = 6 * 3600 * 1000, /* a guest whom we don't see and who says nothing has gone */
    SPLIT_MS = 3600 * 1000,
    GUESTS_MAX = 500,
    SWEEP_MS = 60 * 1000,
    HELD_MAX = 1000
};

#define GUEST_PREFIX "~guest:"

bool irc_network_has_accounts(const struct irc *irc)
{
    const uint32_t telling = IRC_CAP_ACCOUNT_TAG | IRC_CAP_ACCOUNT_NOTIFY | IRC_CAP_EXTENDED_JOIN | IRC_CAP_SASL;

    return (irc->caps.offered & telling) != 0;
}

char *irc_account_of(const struct irc *irc, struct span name)
{
    struct buf folded = BUF_INIT(IRC_ACCOUNT_MAX);

    if (name.length == 0 || span_is(name, "*") || name.at[0] == '~' || name.at[0] == '@' || !text_valid_utf8(name) ||
        irc_is_channel(&irc->support, name))
        return NULL;
    for (size_t i = 0; i < name.length; i++) {
        if ((unsigned char)name.at[i] <= ' ' || name.at[i] == 0x7F)
            return NULL;
    }
    irc_fold(irc->support.casemap, name, &folded);
    if (folded.length != 0 && name.at[0] == '^')
        folded.data[0] = '^'; /* where it is one with ~: that begins guests alone */
    if (!folded.overflowed)
        return buf_steal(&folded);
    buf_release(&folded);
    return NULL;
}

char *irc_account_tagged(const struct irc *irc, const struct irc_line *line)
{
    struct buf tag = BUF_INIT(IRC_ACCOUNT_MAX);
    char *account = NULL;

    if (irc_caps_has(&irc->caps, IRC_CAP_ACCOUNT_TAG) && irc_line_tag(line, "account", &tag) && !tag.overflowed)
        account = irc_account_of(irc, buf_span(&tag));
    buf_release(&tag);
    return account;
}

/* ---------------------------------------------------------------- guests */

static void tell_inbox(struct irc *irc, enum irc_heard_kind kind, const char *identity, const char *account)
{
    struct irc_heard heard = {.kind = kind, .identity = mem_strdup(identity), .text = mem_strdup(account)};

    irc_inbox_add(irc, &heard);
}

void irc_guest_end(struct irc *irc, struct irc_person *person)
{
    if (person->guest.id[0] == '\0')
        return;
    tell_inbox(irc, IRC_HEARD_FORGET, person->guest.id, NULL);
    person->guest = (struct irc_guest){.signon_s = 0};
}

void irc_guest_split(struct irc *irc, struct irc_person *person)
{
    struct irc_split_guest *split;

    if (person->guest.id[0] == '\0' || person->user == NULL || person->host == NULL) {
        irc_guest_end(irc, person);
        return;
    }
    split = vec_add(&irc->split);
    *split = (struct irc_split_guest){person->guest, mem_strdup(person->key), mem_strdup(person->user),
                                      mem_strdup(person->host), loop_monotonic_ms() + SPLIT_MS};
    person->guest = (struct irc_guest){.signon_s = 0};
}

static void split_release(struct irc_split_guest *split)
{
    free(split->nick);
    free(split->user);
    free(split->host);
}

void irc_split_release(struct irc *irc)
{
    for (size_t i = 0; i < irc->split.count; i++)
        split_release(&irc->split.at[i]);
    vec_clear(&irc->split);
}

void irc_guest_return(struct irc *irc, struct irc_person *person)
{
    for (size_t i = 0; i < irc->split.count; i++) {
        struct irc_split_guest *split = &irc->split.at[i];

        if (strcmp(split->nick, person->key) != 0 || person->user == NULL || person->host == NULL ||
            strcmp(split->user, person->user) != 0 || strcmp(split->host, person->host) != 0)
            continue;
        if (person->guest.id[0] == '\0')
            person->guest = split->guest;
        else
            tell_inbox(irc, IRC_HEARD_FORGET, split->guest.id, NULL);
        split_release(split);
        vec_remove(&irc->split, i);
        return;
    }
}

static void end_splits(struct irc *irc, int64_t now_ms)
{
    for (size_t i = 0; i < irc->split.count;) {
        if (now_ms < irc->split.at[i].until_ms) {
            i++;
            continue;
        }
        tell_inbox(irc, IRC_HEARD_FORGET, irc->split.at[i].guest.id, NULL);
        split_release(&irc->split.at[i]);
        vec_remove(&irc->split, i);
    }
}

struct irc_person *irc_guest_find(const struct irc *irc, const char *id)
{
    const char *key;
    size_t cursor = 0;
    void *value;

    while (map_next(irc->people.persons, &cursor, &key, &value)) {
        if (strcmp(((struct irc_person *)value)->guest.id, id) == 0)
            return value;
    }
    return NULL;
}

/* Room for one more: who was silent longest goes. */
static void limit_guests(struct irc *irc)
{
    struct irc_person *oldest = NULL;
    const char *key;
    size_t cursor = 0, count = 0;
    void *value;

    while (map_next(irc->people.persons, &cursor, &key, &value)) {
        struct irc_person *person = value;

        if (person->guest.id[0] == '\0')
            continue;
        count++;
        if (oldest == NULL || person->heard_ms < oldest->heard_ms)
            oldest = person;
    }
    if (count >= GUESTS_MAX)
        irc_guest_end(irc, oldest);
}

static void begin_guest(struct irc *irc, struct irc_person *person)
{
    struct buf id = BUF_INIT(IRC_GUEST_SIZE - 1);

    if (person->guest.id[0] != '\0')
        return;
    limit_guests(irc);
    buf_addf(&id, GUEST_PREFIX "%lld.%u", (long long)irc->began_ms, irc->guests++);
    memcpy(person->guest.id, buf_text(&id), id.length + 1);
    buf_release(&id);
}

void irc_sight_lost(struct irc *irc, struct irc_person *person)
{
    if (person->guest.signon_s == 0) /* they couldn't be told from another one who takes that nick */
        irc_guest_end(irc, person);
    person->account_known = false;
    irc_people_drop(&irc->people, person, true);
}

/* ---------------------------------------------------------------- accounts */

void irc_account_changed(struct irc *irc, struct irc_person *person, const char *account)
{
    bool changed;

    if (account != NULL && person->guest.id[0] != '\0') {
        tell_inbox(irc, IRC_HEARD_MERGE, person->guest.id, account);
        person->guest = (struct irc_guest){.signon_s = 0};
    }
    if (person->account != NULL && (account == NULL || strcmp(person->account, account) != 0))
        irc_member_tell_all(irc, person, MESSAGE_AWAY); /* that account is, for all that we know */
    changed = account != NULL && (person->account == NULL || strcmp(person->account, account) != 0);
    if (changed)
        irc_lanes_unblock(&irc->lanes, account);
    irc_person_set_account(person, account);
    if (changed && !irc_is_us(irc, span_of(person->nick)))
        irc_member_tell_all(irc, person, MESSAGE_JOIN);
}

/* Which nick an account wrote to us with: where its private replies go. */
static void keep_nick(struct irc *irc, const char *account, const char *nick)
{
    struct buf name = BUF_INIT(IRC_ACCOUNT_MAX + 8), was = BUF_INIT(256);
    const struct irc_store *store = irc->options.store;

    buf_addf(&name, "nick:%s", account);
    if (store->value_get(store->self, irc->options.network, buf_text(&name), &was, NULL) != 1 ||
        strcmp(buf_text(&was), nick) != 0)
        irc_keep(irc, buf_text(&name), nick);
    buf_release(&name);
    buf_release(&was);
}

/* It is certain: ACCOUNT, or a guest. */
static void known(struct irc *irc, struct irc_heard *heard, const char *account)
{
    struct irc_person *person = irc_people_open(&irc->people, span_of(heard->nick));

    if (!irc_person_see(person, span_of(heard->user), span_of(heard->host)) && !irc_person_is_seen(person))
        irc_guest_end(irc, person);
    person->heard_ms = loop_monotonic_ms();
    if (account != NULL) {
        irc_account_changed(irc, person, account);
        if (heard->channel == NULL)
            keep_nick(irc, account, heard->nick);
        heard->identity = mem_strdup(account);
    } else {
        irc_account_changed(irc, person, NULL);
        begin_guest(irc, person);
        heard->identity = mem_strdup(person->guest.id);
    }
    irc_inbox_add(irc, heard);
}

static void hold(struct irc *irc, struct irc_heard *heard)
{
    if (irc->held.count >= HELD_MAX) {
        irc_heard_release(heard);
        return;
    }
    irc_whois_ask(irc, heard->nick);
    vec_push(&irc->held, *heard);
}

/* Whether the server must be asked first; else *ACCOUNT is whose it is. */
static bool must_ask(const struct irc *irc, const struct irc_heard *heard, const struct irc_person *person,
                     const char **account)
{
    bool seen = person != NULL && irc_person_is_seen(person);

    *account = NULL;
    if (irc_whois_pending(irc, heard->nick) && !seen)
        return true; /* what came before is still held */
    if (irc_caps_has(&irc->caps, IRC_CAP_ACCOUNT_TAG)) {
        *account = heard->account;
        return !seen && (heard->account == NULL || (person != NULL && person->guest.id[0] != '\0'));
    }
    if (!irc_network_has_accounts(irc))
        return !seen;
    if (!irc_caps_has(&irc->caps, IRC_CAP_ACCOUNT_NOTIFY | IRC_CAP_EXTENDED_JOIN) || !seen || !person->account_known)
        return true;
    *account = person->account;
    return false;
}

void irc_identify(struct irc *irc, struct irc_heard *heard)
{
    struct irc_person *person = irc_people_find(&irc->people, span_of(heard->nick));
    const char *account;

    if (heard->history) { /* whoever had that nick then: only a tag says who it was */
        if (heard->account == NULL) {
            irc_heard_release(heard);
            return;
        }
        heard->identity = mem_strdup(heard->account);
        irc_inbox_add(irc, heard);
    } else if (must_ask(irc, heard, person, &account)) {
        hold(irc, heard);
    } else {
        known(irc, heard, account);
    }
}

/* ---------------------------------------------------------------- what WHOIS says */

static bool same_connection(const struct irc_person *person, const struct irc_whois *whois)
{
    return person->guest.signon_s != 0 && person->guest.signon_s == whois->signon_s && person->user != NULL &&
           person->host != NULL && whois->user != NULL && whois->host != NULL &&
           strcmp(person->user, whois->user) == 0 && strcmp(person->host, whois->host) == 0;
}

/* Whether a tag among them said which account it is. */
static bool release_held(struct irc *irc, const struct irc_whois *whois)
{
    bool vouched = false;
    bool tags = irc_caps_has(&irc->caps, IRC_CAP_ACCOUNT_TAG);

    for (size_t i = 0; i < irc->held.count;) {
        struct irc_heard heard = irc->held.at[i];
        const char *account = tags ? heard.account : whois->account;

        if (!irc_same(irc->support.casemap, span_of(heard.nick), span_of(whois->nick))) {
            i++;
            continue;
        }
        vec_remove(&irc->held, i);
        vouched = tags && account != NULL;
        if (whois->found || account != NULL)
            known(irc, &heard, account);
        else
            irc_heard_release(&heard); /* gone before it was known who it was */
    }
    return vouched;
}

static void take_whois(struct irc *irc, const struct irc_whois *whois)
{
    struct irc_person *person = irc_people_find(&irc->people, span_of(whois->nick));
    bool vouched;

    if (person != NULL && !irc_person_is_seen(person) && !same_connection(person, whois))
        irc_guest_end(irc, person);
    vouched = release_held(irc, whois);
    person = irc_people_find(&irc->people, span_of(whois->nick));
    if (!whois->found) {
        if (person != NULL)
            irc_people_drop(&irc->people, person, false);
        return;
    }
    if (person == NULL)
        person = irc_people_open(&irc->people, span_of(whois->nick));
    person->confirmed_ms = loop_monotonic_ms();
    person->away = whois->away;
    if (person->guest.id[0] != '\0')
        person->guest.signon_s = whois->signon_s;
    if (!vouched) /* who isn't said to be logged in isn't */
        irc_account_changed(irc, person, whois->account);
    irc_lanes_unblock(&irc->lanes, person->account != NULL ? person->account : person->guest.id);
}

/* ---------------------------------------------------------------- whom a reply reaches */

static bool is_fresh(const struct irc_person *person, int64_t now_ms)
{
    return (person->heard_ms != 0 && now_ms - person->heard_ms <= HEARD_MS) ||
           (person->confirmed_ms != 0 && now_ms - person->confirmed_ms <= ASKED_MS);
}

static const char *nick_of_guest(struct irc *irc, const char *id, bool *gone)
{
    struct irc_person *person = irc_guest_find(irc, id);

    *gone = person == NULL;
    if (person == NULL)
        return NULL;
    if (irc_person_is_seen(person) || is_fresh(person, loop_monotonic_ms()))
        return person->nick;
    irc_whois_ask(irc, person->nick);
    return NULL;
}

/* The one with that account who wrote last. SURE: who surely has it now. */
static struct irc_person *person_of_account(const struct irc *irc, const char *account, bool sure)
{
    struct irc_person *best = NULL;
    bool tracked = irc_caps_has(&irc->caps, IRC_CAP_ACCOUNT_NOTIFY);
    int64_t now = loop_monotonic_ms();
    const char *key;
    size_t cursor = 0;
    void *value;

    while (map_next(irc->people.persons, &cursor, &key, &value)) {
        struct irc_person *person = value;

        if (person->account == NULL || strcmp(person->account, account) != 0 ||
            (sure && !is_fresh(person, now) && !(tracked && irc_person_is_seen(person) && person->account_known)))
            continue;
        if (best == NULL || person->heard_ms > best->heard_ms)
            best = person;
    }
    return best;
}

void irc_whois_done(struct irc *irc, const struct irc_whois *whois)
{
    take_whois(irc, whois);
    if (whois->wanted != NULL && person_of_account(irc, whois->wanted, true) == NULL)
        irc_absent(irc, whois->wanted);
}

/* The nick that ACCOUNT had last, the caller's; NULL: none is known. */
static char *last_nick(const struct irc *irc, const char *account)
{
    const struct irc_person *person = person_of_account(irc, account, false);
    const struct irc_store *store = irc->options.store;
    struct buf name = BUF_INIT(IRC_ACCOUNT_MAX + 8), nick = BUF_INIT(256);
    bool known;

    if (person != NULL)
        return mem_strdup(person->nick);
    buf_addf(&name, "nick:%s", account);
    known = store->value_get(store->self, irc->options.network, buf_text(&name), &nick, NULL) == 1;
    buf_release(&name);
    if (known)
        return buf_steal(&nick);
    buf_release(&nick);
    return NULL;
}

enum irc_presence irc_presence_of(struct irc *irc, const char *identity)
{
    const struct irc_person *person = person_of_account(irc, identity, true);
    char *nick;

    if (irc_whois_wants(irc, identity))
        return IRC_ASKED;
    if (person != NULL && person->confirmed_ms != 0 && loop_monotonic_ms() - person->confirmed_ms <= ASKED_MS)
        return person->away ? IRC_AWAY : IRC_HERE;
    nick = last_nick(irc, identity);
    if (nick == NULL)
        return IRC_ABSENT;
    irc_whois_want(irc, nick, identity);
    free(nick);
    return IRC_ASKED;
}

const char *irc_nick_for(struct irc *irc, const char *identity, bool *gone)
{
    struct irc_person *person;
    char *nick;

    if (strncmp(identity, GUEST_PREFIX, strlen(GUEST_PREFIX)) == 0)
        return nick_of_guest(irc, identity, gone);
    *gone = false;
    person = person_of_account(irc, identity, true);
    if (person != NULL)
        return person->nick;
    nick = last_nick(irc, identity);
    if (nick != NULL)
        irc_whois_ask(irc, nick);
    free(nick);
    return NULL;
}

const char *irc_name_for(const struct irc *irc, const char *identity)
{
    const struct irc_person *person;

    if (strncmp(identity, GUEST_PREFIX, strlen(GUEST_PREFIX)) == 0) {
        person = irc_guest_find(irc, identity);
        return person != NULL ? person->nick : NULL;
    }
    person = person_of_account(irc, identity, false);
    return person != NULL ? person->nick : identity;
}

/* ---------------------------------------------------------------- the clock */

void irc_identity_tick(struct irc *irc, int64_t now_ms)
{
    VEC(struct irc_person *) stale = {0};
    const char *key;
    size_t cursor = 0;
    void *value;

    if (now_ms - irc->swept_ms < SWEEP_MS)
        return;
    irc->swept_ms = now_ms;
    end_splits(irc, now_ms);
    while (map_next(irc->people.persons, &cursor, &key, &value)) {
        struct irc_person *person = value;
        int64_t last = person->heard_ms > person->confirmed_ms ? person->heard_ms : person->confirmed_ms;

        if (!irc_person_is_seen(person) && now_ms - last > (person->guest.id[0] != '\0' ? GUEST_IDLE_MS : KEPT_MS))
            vec_push(&stale, person);
    }
    for (size_t i = 0; i < stale.count; i++) {
        irc_guest_end(irc, stale.at[i]);
        irc_people_drop(&irc->people, stale.at[i], false);
    }
    vec_release(&stale);
}
