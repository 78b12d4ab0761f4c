/*
 * Whom we see: the people in our channels, and those who write to us. What is known of somebody hangs on their
 * connection alone: it follows a change of nick and ends with QUIT, or when we lose sight of them.
 */
#ifndef BOT_IRC_PEOPLE_H
#define BOT_IRC_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/irc/fold.h"
#include "core/base/map.h"
#include "core/base/vec.h"

struct irc_channel;

enum { IRC_GUEST_SIZE = 64, IRC_ACCOUNT_MAX = 128 };

/* A guest's session: what is theirs lives as long as their connection. */
struct irc_guest {
    char id[IRC_GUEST_SIZE]; /* "~guest:…"; "" none */
    int64_t signon_s;        /* when they connected, by WHOIS; 0 not known */
    bool told;               /* how to log in */
};

struct irc_person {
    char *nick, *key;  /* as written; folded */
    char *user, *host; /* NULL: not seen yet */
    char *account;     /* folded; NULL: logged out, or not known */
    bool account_known;
    int64_t confirmed_ms; /* when WHOIS last said so, monotonic; 0 never */
    bool away;            /* it said that, too */
    int64_t heard_ms;     /* when they last wrote, monotonic */
    bool bot;
    struct irc_guest guest;
    VEC(struct irc_channel *) channels; /* that we share */
};

/* What was said while we were away, as it is asked for. */
struct irc_catch_up {
    size_t pages;     /* asked for since we came */
    int64_t until_ms; /* so long the next is waited for, monotonic; 0 not */
    bool by_time;     /* as the last message that we heard isn't known to the server */
};

struct irc_member {
    struct irc_person *person;
    char modes[6]; /* "ov": those of PREFIX that they have */
};

struct irc_channel {
    char *name, *key;
    bool joined;
    bool wanted;   /* by the configuration, or by an invitation that we followed */
    bool invited;  /* by the latter */
    char *seen;    /* msgid of the last message, or "timestamp=…"; NULL */
    bool seen_new; /* it isn't kept yet */
    struct irc_catch_up history;
    int64_t joined_time_ms;           /* the server's clock when we joined, 0: it doesn't tell */
    int64_t retry_ms, retry_after_ms; /* when to try to join again, monotonic, 0 not; the pause that was */
    VEC(struct irc_member) members;
};

struct irc_people {
    enum irc_casemap casemap;
    uint64_t seed;
    struct map *persons, *channels;
};

void irc_people_init(struct irc_people *people, uint64_t seed);
void irc_people_release(struct irc_people *people);
/* Everybody is gone: the connection is. Channels stay, not joined. */
void irc_people_clear(struct irc_people *people);
/* CASEMAPPING is another: keys are folded anew. */
void irc_people_set_casemap(struct irc_people *people, enum irc_casemap casemap);

/* Puts a copy of NOW in the place of what *KEPT was. */
void irc_text_set(char **kept, struct span now);

struct irc_person *irc_people_find(const struct irc_people *people, struct span nick);
struct irc_person *irc_people_open(struct irc_people *people, struct span nick);
/* Sees USER and HOST. False: they are others than before, so this is another connection than we thought. */
bool irc_person_see(struct irc_person *person, struct span user, struct span host);
void irc_person_set_account(struct irc_person *person, const char *account); /* folded; NULL logged out */
/* We see what becomes of them. */
static inline bool irc_person_is_seen(const struct irc_person *person)
{
    return person->channels.count != 0;
}
/* Frees PERSON where neither a channel nor a guest's session is left nor, if KEEP_HEARD, they ever wrote to us. True:
 * it is gone. */
bool irc_people_drop(struct irc_people *people, struct irc_person *person, bool keep_heard);
void irc_people_rename(struct irc_people *people, struct irc_person *person, struct span nick);
void irc_people_quit(struct irc_people *people, struct irc_person *person);

struct irc_channel *irc_channel_find(const struct irc_people *people, struct span name);
struct irc_channel *irc_channel_open(struct irc_people *people, struct span name);
void irc_channel_remove(struct irc_people *people, struct irc_channel *channel);
struct irc_member *irc_channel_member(const struct irc_channel *channel, const struct irc_person *person);
struct irc_member *irc_channel_join(struct irc_channel *channel, struct irc_person *person);
void irc_channel_part(struct irc_channel *channel, struct irc_person *person);
/* We left it. LOST is called for each whom we see nowhere any more. */
void irc_channel_empty(struct irc_channel *channel, void (*lost)(void *arg, struct irc_person *person), void *arg);
void irc_member_set(struct irc_member *member, char mode, bool on);
int irc_member_power(const struct irc_member *member);

#endif
