/*
 * The IRC transport from inside: what its files share. Nobody else includes this.
 */
#ifndef BOT_IRC_INSIDE_H
#define BOT_IRC_INSIDE_H

#include "bot/irc/caps.h"
#include "bot/irc/flood.h"
#include "bot/irc/irc.h"
#include "bot/irc/isupport.h"
#include "bot/irc/lanes.h"
#include "bot/irc/line.h"
#include "bot/irc/link.h"
#include "bot/irc/people.h"
#include "bot/irc/sasl.h"
#include "bot/loop/backoff.h"
#include "core/base/vec.h"

enum irc_phase { IRC_DOWN, IRC_CONNECTING, IRC_REGISTERING, IRC_ONLINE };

enum irc_heard_kind {
    IRC_HEARD_MESSAGE,
    IRC_HEARD_FORGET,     /* the guest `identity` */
    IRC_HEARD_FORGET_ALL, /* every guest of the network */
    IRC_HEARD_MERGE,      /* the guest `identity` into the account `text` */
    IRC_HEARD_VALUE,      /* keeps `text` under `id` */
    IRC_HEARD_MEMBER,     /* `identity` came to the `channel`, or went, by `membership` */
    IRC_HEARD_PEOPLE,     /* who is in the `channel` is known, all of it */
    IRC_HEARD_FLUSH       /* what was read late so far is summed up */
};

/* Something that came in and changes the store, in the order of its coming. Strings are its own. */
struct irc_heard {
    enum irc_heard_kind kind;
    char *identity;
    char *nick, *user, *host;
    char *account; /* by the message's tag, folded; NULL: none */
    char *channel; /* folded; NULL: it was said to us alone */
    char *id, *text;
    int64_t sent_ms, read_ms;
    bool addressed, history, bridged;
    bool member; /* of the channel */
    int power;
    enum message_kind membership;
};
void irc_heard_release(struct irc_heard *heard); /* its strings */
void irc_heard_free(struct irc_heard *heard);    /* with it; NULL is fine */

/* Whom we asked the server about. */
struct irc_whois {
    char *nick;
    char *account; /* folded; NULL */
    char *user, *host;
    int64_t signon_s;
    bool found, away;
    char *wanted;        /* the account whose check-in waits for it; NULL */
    int64_t deadline_ms; /* monotonic */
};

/* What was sent and isn't known to have come. */
struct irc_flight {
    int64_t serial;
    VEC(int64_t) rows;
    char *target;
    bool labelled, checkin;
};

/* A guest whom a split took away: their session goes on if they come back with the same address. */
struct irc_split_guest {
    struct irc_guest guest;
    char *nick, *user, *host;
    int64_t until_ms; /* monotonic */
};

/* A batch that is open (IRCv3/batch). */
struct irc_batch {
    char *name;
    char *label; /* NULL */
    bool history, netsplit, netjoin, multiline, targets;
    char *target; /* of a history */
    size_t lines;
    char *last_id;           /* of a history's last line; of targets when the last wrote; NULL */
    struct irc_heard *whole; /* of several lines that are one message: it, so far; NULL: none that counts */
    struct buf text;
};

/* Somebody who may have written to us while we were away. */
struct irc_missed {
    char *nick;
    struct irc_catch_up history;
};

/* Who makes errors again and again may be a machine. */
struct irc_breaker {
    char *who;
    int64_t since_ms, silent_until_ms, pause_ms;
    int errors;
};

struct irc {
    struct irc_options options;
    char *transport;

    /* The connection. */
    struct irc_link *link;
    struct loop_timer *tick, *retry, *pump, *drop;
    struct backoff backoff;
    int64_t last_in_ms, phase_ms; /* monotonic, as all that is called so and isn't of a message */
    long sts_port;                /* 0: as configured */
    enum irc_phase phase;
    int pings;     /* ours that weren't answered */
    bool link_tls; /* the connection is encrypted */
    bool dropping; /* to be closed at the loop's next turn */
    bool cap_ended, sasl_busy, logged_in, ghosted;
    bool stuck; /* the store refused the inbox: it is tried again */
    struct err drop_reason;

    /* Who we are. */
    struct irc_caps caps;
    struct irc_support support;
    struct irc_sasl sasl;
    char *nick;       /* as the server knows us */
    size_t user_host; /* length of ours as others see it; 0 not known */
    int64_t regain_ms, look_ms;
    int64_t online_time_ms; /* the server's clock when we came; 0 not yet, 1 it doesn't tell */
    int fallback;           /* the number of the nick that is tried */
    int regains;

    /* Who the others are, and what they say. */
    struct irc_people people;
    int64_t began_ms; /* the clock when the program began */
    VEC(struct irc_whois) whois;
    VEC(struct irc_heard) held;  /* until it is known who says it */
    VEC(struct irc_heard) inbox; /* until it is in the store */
    VEC(struct irc_batch) batches;
    VEC(struct irc_split_guest) split;
    bool caught_up; /* the program was told */
    int64_t seen_kept_ms, swept_ms;
    int64_t heard_ms, heard_kept_ms; /* the server's clock at its last line, and what is kept of it; 0: no history */
    int64_t since_ms;                /* of before this connection, private messages are asked for from then on; 0 not */
    struct irc_catch_up listing;     /* of who has written to us… */
    int64_t listed_ms;               /* …since then */
    VEC(struct irc_missed) missed;
    struct bucket ctcp;

    /* What goes out. */
    struct irc_flood flood;
    irc_text_lines control, bulk;
    struct irc_lanes lanes;
    VEC(struct irc_breaker) breakers;
    int64_t outbox_id;            /* read up to there */
    int64_t serial, asked_serial; /* of flights; the last that a PING is out for, 0 none */
    int64_t asked_ms;
    VEC(struct irc_flight) flights;
    VEC(int64_t) done_rows, dropped_rows; /* the store is to be told */
    unsigned guests;                      /* so many had a session: the next one's number */
};

/* irc.c */
void irc_drop(struct irc *irc, const struct err *reason); /* closes the connection, at the next turn */
void irc_online(struct irc *irc);

/* dispatch.c */
void irc_take_line(struct irc *irc, struct span bytes);

/* register.c: until we are on the network, and our nick */
void irc_register(struct irc *irc);
void irc_register_tick(struct irc *irc, int64_t now_ms);
void irc_take_cap(struct irc *irc, const struct irc_line *line);
void irc_take_authenticate(struct irc *irc, const struct irc_line *line);
void irc_take_logged_in(struct irc *irc, const struct irc_line *line);
void irc_take_sasl_done(struct irc *irc, const struct irc_line *line);
void irc_take_sasl_failed(struct irc *irc, const struct irc_line *line);
void irc_take_welcome(struct irc *irc, const struct irc_line *line);
void irc_take_isupport(struct irc *irc, const struct irc_line *line);
void irc_take_nick_refused(struct irc *irc, const struct irc_line *line);
void irc_take_unavailable(struct irc *irc, const struct irc_line *line); /* 437: nick or channel */
void irc_take_ison(struct irc *irc, const struct irc_line *line);
void irc_nick_released(struct irc *irc, struct span nick);
bool irc_is_us(const struct irc *irc, struct span nick);

/* crowd.c: who is where */
void irc_take_join(struct irc *irc, const struct irc_line *line);
void irc_take_part(struct irc *irc, const struct irc_line *line);
void irc_take_kick(struct irc *irc, const struct irc_line *line);
void irc_take_quit(struct irc *irc, const struct irc_line *line);
void irc_take_nick(struct irc *irc, const struct irc_line *line);
void irc_take_account(struct irc *irc, const struct irc_line *line);
void irc_take_chghost(struct irc *irc, const struct irc_line *line);
void irc_take_host_hidden(struct irc *irc, const struct irc_line *line);
void irc_take_names(struct irc *irc, const struct irc_line *line);
void irc_take_whox(struct irc *irc, const struct irc_line *line);
void irc_take_mode(struct irc *irc, const struct irc_line *line);

/* member.c: of that, what the program is told. JOIN may be told again; who goes while another nick of theirs stays
 * isn't told. */
void irc_member_tell(struct irc *irc, const struct irc_channel *channel, const struct irc_person *person,
                     enum message_kind kind);
void irc_member_tell_all(struct irc *irc, const struct irc_person *person,
                         enum message_kind kind); /* where we see them */
void irc_take_who_end(struct irc *irc, const struct irc_line *line);

/* channels.c: where we are */
void irc_channels_join(struct irc *irc);
void irc_channels_tick(struct irc *irc, int64_t now_ms);
void irc_channel_left(struct irc *irc, struct irc_channel *channel);
void irc_take_join_refused(struct irc *irc, const struct irc_line *line);
void irc_take_invite(struct irc *irc, const struct irc_line *line);

/* identity.c: who says it */
bool irc_network_has_accounts(const struct irc *irc);
/* An account's name, folded, if it is one that we take: the caller's, else NULL. */
char *irc_account_of(const struct irc *irc, struct span name);
char *irc_account_tagged(const struct irc *irc, const struct irc_line *line); /* by LINE's account-tag */
void irc_identify(struct irc *irc, struct irc_heard *heard);                  /* takes HEARD over */
void irc_account_changed(struct irc *irc, struct irc_person *person, const char *account);
void irc_guest_end(struct irc *irc, struct irc_person *person);
void irc_guest_split(struct irc *irc, struct irc_person *person);
void irc_guest_return(struct irc *irc, struct irc_person *person); /* in a netjoin */
void irc_split_release(struct irc *irc);
struct irc_person *irc_guest_find(const struct irc *irc, const char *id);
void irc_sight_lost(struct irc *irc, struct irc_person *person);
void irc_identity_tick(struct irc *irc, int64_t now_ms);
/* Whom a private message to IDENTITY reaches: the nick, lent; NULL: they aren't there, or must be asked for first.
 * GONE: they never will be. */
const char *irc_nick_for(struct irc *irc, const char *identity, bool *gone);
/* Whether IDENTITY can be told something now, as WHOIS says at this moment. */
enum irc_presence { IRC_HERE, IRC_AWAY, IRC_ABSENT, IRC_ASKED };
enum irc_presence irc_presence_of(struct irc *irc, const char *identity);
/* How IDENTITY is called in a channel. */
const char *irc_name_for(const struct irc *irc, const char *identity);

/* bridge.c */
bool irc_is_bridged(const struct irc *irc, const char *channel);
/* SOURCE ("nick!user@host") is one of those whom the bridge speaks for. */
bool irc_is_ghost(const struct irc *irc, struct span source);
/* PERSON is, and CHANNEL is bridged. */
bool irc_is_ghost_there(const struct irc *irc, const struct irc_channel *channel, const struct irc_person *person);

/* whois.c */
void irc_whois_ask(struct irc *irc, const char *nick);
void irc_whois_want(struct irc *irc, const char *nick,
                    const char *account); /* the same: irc_absent(), if it isn't it */
bool irc_whois_wants(const struct irc *irc, const char *account);
bool irc_whois_pending(const struct irc *irc, const char *nick);
void irc_whois_tick(struct irc *irc, int64_t now_ms);
void irc_whois_release(struct irc *irc);
void irc_take_whois_user(struct irc *irc, const struct irc_line *line);
void irc_take_away(struct irc *irc, const struct irc_line *line);
void irc_take_whois_idle(struct irc *irc, const struct irc_line *line);
void irc_take_whois_account(struct irc *irc, const struct irc_line *line);
void irc_take_whois_end(struct irc *irc, const struct irc_line *line);
void irc_take_no_such_nick(struct irc *irc, const struct irc_line *line);
/* identity.c: the answer has come. */
void irc_whois_done(struct irc *irc, const struct irc_whois *whois);

/* hear.c, batch.c, ctcp.c */
void irc_take_privmsg(struct irc *irc, const struct irc_line *line);
/* What LINE says, with TEXT (its own, or that of several); NULL: nothing for us. The caller's. */
struct irc_heard *irc_heard_new(struct irc *irc, const struct irc_line *line);
void irc_hear(struct irc *irc, struct irc_heard *heard, struct span text); /* takes HEARD over */
bool irc_has_number(const struct irc_heard *heard);                        /* else it can't be a set */
void irc_take_batch(struct irc *irc, const struct irc_line *line);
struct irc_batch *irc_batch_of(struct irc *irc, const struct irc_line *line); /* of its batch tag; NULL */
void irc_batch_line(struct irc *irc, const struct irc_line *line);            /* counts it, where it is in one */
void irc_batches_release(struct irc *irc);
bool irc_server_time(const struct irc_line *line, int64_t *ms);
void irc_take_ctcp(struct irc *irc, const struct irc_line *line, struct span text);

/* history.c: what was said while we were away */
void irc_history_begin(struct irc *irc);                            /* we are online: private messages are asked for */
void irc_history_ask(struct irc *irc, struct irc_channel *channel); /* we are in it */
void irc_history_seen(struct irc *irc, struct irc_channel *channel, const struct irc_heard *heard);
void irc_history_clock(struct irc *irc, const struct irc_line *line); /* any line */
void irc_take_history_target(struct irc *irc, const struct irc_line *line);
void irc_take_history_failed(struct irc *irc, const struct irc_line *line); /* FAIL */
void irc_history_read(struct irc *irc, const struct irc_batch *batch);      /* a page has come */
void irc_history_listed(struct irc *irc, const struct irc_batch *batch);    /* so has one of who wrote to us */
void irc_missed_release(struct irc *irc);
void irc_history_tick(struct irc *irc, int64_t now_ms);
bool irc_history_waits(const struct irc *irc); /* more of it comes, and is summed up together */
void irc_history_settle(struct irc *irc);      /* tells the program once all of it came */

/* inbox.c */
/* Ends the transaction in which all went well up to RESULT; negative, it is taken back, and told, as it is when the
 * store can't: false. */
bool irc_commit(struct irc *irc, int result, struct err *err);
void irc_inbox_add(struct irc *irc, struct irc_heard *heard); /* takes HEARD over */
void irc_inbox_run(struct irc *irc);
void irc_keep(struct irc *irc, const char *name, const char *value); /* in the inbox's transaction */

/* send.c: what goes out, and when */
enum irc_priority { IRC_SEND_NOW, IRC_SEND_CONTROL, IRC_SEND_BULK };
void irc_send(struct irc *irc, enum irc_priority priority, const char *verb, const char *const *params);
void irc_send_bytes(struct irc *irc, struct span bytes); /* at once */
void irc_send_run(struct irc *irc);
void irc_send_release(struct irc *irc);

/* say.c: from the outbox */
void irc_say_collect(struct irc *irc);
/* The next line of a reply: false when there is none now; *WAIT_MS as irc_lanes_next(). */
bool irc_say_next(struct irc *irc, int64_t now_ms, struct buf *line, int64_t *wait_ms);
void irc_say_release(struct irc *irc); /* what is under way is read from the outbox again */

/* absent.c: check-ins, which go elsewhere if they must */
bool irc_is_checkin(const char *room, int kind);
/* ROW isn't said here, and REFUSED: certainly was not. True: it is another network's now. */
bool irc_row_leaves(struct irc *irc, int64_t row, bool refused);
bool irc_absent(struct irc *irc, const char *identity); /* the same of those that wait for them: LANE may be gone */
void irc_absent_all(struct irc *irc);                   /* we are away, not they */
/* Whether the check-in that is LANE's next may be said: it is begun. *GONE: it has left, and LANE may be gone. */
bool irc_may_check_in(struct irc *irc, const struct irc_lane *lane, bool *gone);

/* flight.c: what became of it */
void irc_flight_add(struct irc *irc, int64_t serial, const struct irc_job *job, const char *target, bool labelled);
void irc_flight_ask(struct irc *irc, int64_t now_ms); /* by PING, where there are no labels */
void irc_take_pong(struct irc *irc, const struct irc_line *line);
/* A line with one of our labels, or in a batch that has one. */
void irc_flight_labelled(struct irc *irc, const struct irc_line *line);
void irc_take_not_sent(struct irc *irc, const struct irc_line *line); /* 404 and the like */
void irc_flight_settle(struct irc *irc);                              /* tells the store */
void irc_flights_release(struct irc *irc);

#endif
