/*
 * Whom we see.
 */
#include "bot/irc/people.h"

#include <stdlib.h>
#include <string.h>

#include "bot/irc/isupport.h"
#include "core/base/mem.h"

enum { KEY_MAX = 1024 };

static char *key_of(enum irc_casemap casemap, struct span name)
{
    struct buf key = BUF_INIT(KEY_MAX);

    irc_fold(casemap, name, &key);
    return buf_steal(&key);
}

void irc_people_init(struct irc_people *people, uint64_t seed)
{
    *people = (struct irc_people){
        .casemap = IRC_CASE_RFC1459, .seed = seed, .persons = map_new(seed), .channels = map_new(seed)};
}

static void person_free(void *value)
{
    struct irc_person *person = value;

    free(person->nick);
    free(person->key);
    free(person->user);
    free(person->host);
    free(person->account);
    vec_release(&person->channels);
    free(person);
}

static void channel_free(void *value)
{
    struct irc_channel *channel = value;

    free(channel->name);
    free(channel->seen);
    free(channel->key);
    vec_release(&channel->members);
    free(channel);
}

void irc_people_release(struct irc_people *people)
{
    map_free(people->persons, person_free);
    map_free(people->channels, channel_free);
    people->persons = people->channels = NULL;
}

void irc_people_clear(struct irc_people *people)
{
    const char *key;
    size_t cursor = 0;
    void *value;

    map_free(people->persons, person_free);
    people->persons = map_new(people->seed);
    while (map_next(people->channels, &cursor, &key, &value)) {
        struct irc_channel *channel = value;

        channel->joined = false;
        channel->history.until_ms = 0;
        vec_release(&channel->members);
    }
}

/* What shared a key only by the new mapping can't be two: the other is unlinked from its channels and goes. */
static void person_unlink(struct irc_person *person)
{
    while (person->channels.count != 0)
        irc_channel_part(person->channels.at[0], person);
    person_free(person);
}

/* Under the key that the nick has now. */
static void place(struct irc_people *people, struct irc_person *person)
{
    struct irc_person *other;

    free(person->key);
    person->key = key_of(people->casemap, span_of(person->nick));
    other = map_put(people->persons, person->key, person);
    if (other != NULL)
        person_unlink(other);
}

void irc_people_set_casemap(struct irc_people *people, enum irc_casemap casemap)
{
    struct map *persons = people->persons, *channels = people->channels;
    const char *key;
    size_t cursor = 0;
    void *value;

    if (people->casemap == casemap)
        return;
    *people = (struct irc_people){casemap, people->seed, map_new(people->seed), map_new(people->seed)};
    while (map_next(persons, &cursor, &key, &value))
        place(people, value);
    for (cursor = 0; map_next(channels, &cursor, &key, &value);) {
        struct irc_channel *channel = value, *other;

        free(channel->key);
        channel->key = key_of(casemap, span_of(channel->name));
        other = map_put(people->channels, channel->key, channel);
        if (other != NULL) {
            irc_channel_empty(other, NULL, NULL);
            channel_free(other);
        }
    }
    map_free(persons, NULL);
    map_free(channels, NULL);
}

/* ---------------------------------------------------------------- people */

/* Of persons or channels. */
static void *find(const struct irc_people *people, const struct map *map, struct span name)
{
    char *key = key_of(people->casemap, name);
    void *found = map_get(map, key);

    free(key);
    return found;
}

struct irc_person *irc_people_find(const struct irc_people *people, struct span nick)
{
    return find(people, people->persons, nick);
}

struct irc_person *irc_people_open(struct irc_people *people, struct span nick)
{
    struct irc_person *person = irc_people_find(people, nick);

    if (person != NULL)
        return person;
    person = mem_zero(1, sizeof(*person));
    person->nick = mem_strndup(nick.at, nick.length);
    place(people, person);
    return person;
}

void irc_text_set(char **kept, struct span now)
{
    char *copy = mem_strndup(now.at, now.length);

    free(*kept);
    *kept = copy;
}

static bool see(char **kept, struct span now)
{
    bool same = *kept == NULL || now.length == 0 || span_is(now, *kept);

    if (now.length != 0 && (*kept == NULL || !same))
        irc_text_set(kept, now);
    return same;
}

bool irc_person_see(struct irc_person *person, struct span user, struct span host)
{
    bool same = see(&person->user, user);

    return see(&person->host, host) && same;
}

void irc_person_set_account(struct irc_person *person, const char *account)
{
    person->account_known = true;
    if (account != NULL && person->account != NULL && strcmp(account, person->account) == 0)
        return; /* it may be that very string */
    free(person->account);
    person->account = mem_strdup(account);
}

bool irc_people_drop(struct irc_people *people, struct irc_person *person, bool keep_heard)
{
    if (irc_person_is_seen(person) || person->guest.id[0] != '\0' || (keep_heard && person->heard_ms != 0))
        return false;
    map_remove(people->persons, person->key);
    person_free(person);
    return true;
}

void irc_people_rename(struct irc_people *people, struct irc_person *person, struct span nick)
{
    map_remove(people->persons, person->key);
    irc_text_set(&person->nick, nick);
    place(people, person);
}

void irc_people_quit(struct irc_people *people, struct irc_person *person)
{
    map_remove(people->persons, person->key);
    person_unlink(person);
}

/* ---------------------------------------------------------------- channels */

struct irc_channel *irc_channel_find(const struct irc_people *people, struct span name)
{
    return find(people, people->channels, name);
}

struct irc_channel *irc_channel_open(struct irc_people *people, struct span name)
{
    struct irc_channel *channel = irc_channel_find(people, name);

    if (channel != NULL)
        return channel;
    channel = mem_zero(1, sizeof(*channel));
    channel->name = mem_strndup(name.at, name.length);
    channel->key = key_of(people->casemap, name);
    map_put(people->channels, channel->key, channel);
    return channel;
}

void irc_channel_remove(struct irc_people *people, struct irc_channel *channel)
{
    irc_channel_empty(channel, NULL, NULL);
    map_remove(people->channels, channel->key);
    channel_free(channel);
}

struct irc_member *irc_channel_member(const struct irc_channel *channel, const struct irc_person *person)
{
    for (size_t i = 0; i < channel->members.count; i++) {
        if (channel->members.at[i].person == person)
            return &channel->members.at[i];
    }
    return NULL;
}

struct irc_member *irc_channel_join(struct irc_channel *channel, struct irc_person *person)
{
    struct irc_member *member = irc_channel_member(channel, person);

    if (member != NULL)
        return member;
    vec_push(&person->channels, channel);
    member = vec_add(&channel->members);
    member->person = person;
    return member;
}

void irc_channel_part(struct irc_channel *channel, struct irc_person *person)
{
    for (size_t i = 0; i < channel->members.count; i++) {
        if (channel->members.at[i].person != person)
            continue;
        channel->members.at[i] = channel->members.at[--channel->members.count];
        break;
    }
    for (size_t i = 0; i < person->channels.count; i++) {
        if (person->channels.at[i] != channel)
            continue;
        person->channels.at[i] = person->channels.at[--person->channels.count];
        break;
    }
}

void irc_channel_empty(struct irc_channel *channel, void (*lost)(void *arg, struct irc_person *person), void *arg)
{
    while (channel->members.count != 0) {
        struct irc_person *person = channel->members.at[0].person;

        irc_channel_part(channel, person);
        if (lost != NULL && !irc_person_is_seen(person))
            lost(arg, person);
    }
    vec_release(&channel->members);
    channel->joined = false;
    channel->history.until_ms = 0;
}

void irc_member_set(struct irc_member *member, char mode, bool on)
{
    char *at = mode != '\0' ? strchr(member->modes, mode) : NULL;
    size_t length = strlen(member->modes);

    if (on && at == NULL && length + 1 < sizeof(member->modes))
        member->modes[length] = mode;
    if (!on && at != NULL)
        memmove(at, at + 1, strlen(at));
}

int irc_member_power(const struct irc_member *member)
{
    int most = 0;

    for (const char *mode = member->modes; *mode != '\0'; mode++) {
        int power = irc_mode_power(*mode);

        most = power > most ? power : most;
    }
    return most;
}
