/*
 * The values that cross rooms: what came in, and what goes out. The rest of the program knows no transport.
 */
#ifndef BOT_MESSAGE_H
#define BOT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/span.h"

enum message_kind {
    MESSAGE_TEXT,
    MESSAGE_EDIT, /* `target` is the message that `text` replaces; the transport has checked that the sender wrote it */
    MESSAGE_REDACTION, /* `target` is gone */
    MESSAGE_REACTION,  /* `text` is the key, `target` what it is on */
    /* Who is in a room. Each may be told again; the id may be NULL. */
    MESSAGE_JOIN,    /* `sender` is in the room from now on */
    MESSAGE_LEAVE,   /* and isn't any more: they left, */
    MESSAGE_REMOVED, /* were kicked or banned, */
    MESSAGE_AWAY,    /* or their connection ended and they may come back */
    MESSAGE_LOST,    /* something was said that can't be read (yet): no text */
    MESSAGE_VOTE,    /* of the poll `target` the answer `text` was chosen, in place of any before */
    MESSAGE_FILE     /* `file` was sent; no text */
};

/* A file that somebody sent, or why it isn't here. */
enum file_state {
    FILE_HERE,
    FILE_OTHER,       /* no kind that is read: it was not fetched */
    FILE_TOO_LARGE,   /* more than FILE_MAX, as it says or as it came */
    FILE_TOO_MANY,    /* others of theirs have yet to come */
    FILE_UNREACHABLE, /* the network doesn't hand it over */
    FILE_ALTERED,     /* or not as it was sent */
    FILE_DEADLY       /* reading it ended the process, more than once */
};
enum { FILE_MAX = 4 * 1024 * 1024 };
struct message_file {
    enum file_state state;
    const char *bytes; /* FILE_HERE: whatever they are */
    size_t size;
};

/* A command that a client filled in for its user, in place of a text. */
enum message_value {
    VALUE_TEXT,
    VALUE_NUMBER, /* whole; as it is written */
    VALUE_TEXTS,
    VALUE_OTHER /* of a type that no command takes */
};
struct message_argument {
    const char *key;
    enum message_value value;
    const char *const *texts;
    size_t count; /* of them */
};
struct message_block {
    const char *command; /* "" none */
    const struct message_argument *arguments;
    size_t count;
};

/* Strings are lent for the call. Every id is what the transport authenticated, never what a text claims. */
struct message {
    enum message_kind kind;
    const char *transport; /* "matrix", "console", "irc:libera" */
    const char *room;      /* unique within the transport */
    bool direct;           /* only the sender and the bot are in it */
    const char *sender;    /* unique within the transport */
    const char *sender_name;
    const char *id;       /* unique within the transport: seen twice, counted once */
    const char *target;   /* of edits, redactions, reactions; NULL */
    const char *reply_to; /* the message that a text answers; NULL */
    const char *thread;   /* the thread's root; NULL */
    int64_t sent_ms;      /* when it was sent */
    int64_t read_ms;      /* the clock when it was handled */
    bool addressed;   /* mentions or answers the bot, is on something of its own, or comes with its prefix taken off */
    bool guest;       /* the transport can't vouch for who the sender is */
    bool bridged;     /* what is said there may be said elsewhere, too */
    bool summarise;   /* read late (over 10 minutes): book it, answer it in the batch's one summary */
    bool member;      /* the sender is in the room, as far as the network says: so is who talks in a transcript */
    bool again;       /* from a history: where later things are known, it is no command and answers no question */
    bool unproven;    /* the transport can't tell whether the sender said it: from a history, by a backup's key */
    int power;        /* the sender's power level in the room */
    bool polls;       /* the network has them */
    bool unranked;    /* the network gives nobody power there: whoever sets a group up has it then */
    const char *text; /* UTF-8; "" when there is none */
    const struct message_file *file;   /* of MESSAGE_FILE alone; NULL */
    const struct message_block *block; /* of texts and edits: counts instead of `text`, which is ""; NULL: none */
};

/* How clients may offer a command: what it is called, and what it takes. */
enum parameter_kind {
    PARAMETER_TEXT,
    PARAMETER_NUMBER, /* whole */
    PARAMETER_CHOICE, /* one of `choices` */
    PARAMETER_PERSON, /* an id */
    PARAMETER_PEOPLE
};
enum { PARAMETERS_MAX = 6, PARAMETER_KEY_SIZE = 16 };
struct parameter {
    char key[PARAMETER_KEY_SIZE];
    enum parameter_kind kind;
    bool optional;
    struct span shown;   /* as help shows it: "xREPS" */
    struct span before;  /* a word or sign that stands before it, apart: "like", "=" */
    struct span prefix;  /* what it begins with: "x" */
    struct span suffix;  /* and what stands behind it: ":" */
    struct span choices; /* "on|off" */
};
struct offer {
    const char *command, *help;
    struct parameter parameters[PARAMETERS_MAX];
    size_t count;
};

enum outgoing_kind {
    OUT_REPLY,
    OUT_QUESTION,
    OUT_ERROR,
    OUT_REACTION, /* `text` is the key, `answers` what it is on */
    OUT_EDIT,     /* replaces the reply that was given to the message `edits` */
    OUT_CHECKIN,
    OUT_DIGEST,
    OUT_PING,
    OUT_WELCOME
};

/* So long a check-in waits for a network that is away; then it goes to the lifter's other name. */
enum { CHECKIN_PATIENCE_MS = 10 * 60 * 1000 };

/* A file that goes with what is said. */
struct attachment {
    const char *name;       /* "spotter-2026-01-05.csv" */
    const char *media_type; /* "text/csv" */
    const char *bytes;
    size_t size;
    const char *otherwise; /* what is said instead where it can't be handed over */
};
enum { ATTACHMENT_MAX = 16 * 1024 * 1024 };

/* Something to say: becomes a row of the outbox, in the same transaction as what it tells of. */
struct outgoing {
    enum outgoing_kind kind;
    const char *transport;
    const char *room;
    const char *answers; /* id of the message that it answers (m.in_reply_to); NULL: none. Part of the transaction id */
    const char *edits;   /* OUT_EDIT: id of the message whose reply is replaced, or the name of what answers none */
    const char
        *name; /* of what answers no message but can be answered: a sign and the id of what led to it; NULL: none */
    const char *thread;                  /* NULL */
    const char *mention;                 /* whom to ping; NULL */
    const char *text;                    /* plain, reads well alone */
    const char *html;                    /* adds to it; NULL: none */
    const struct attachment *attachment; /* NULL: none. Not of edits and reactions */
    int64_t at_ms;
    bool bulk;      /* one of many at once that nobody waits for: replies go before it */
    int64_t job;    /* the job that says it, where nothing is answered: part of the transaction id; 0 none */
    const char *to; /* identity of whom it is for; NULL: nobody in particular */
    bool poll; /* the text's first line is asked as a poll, the others are its answers, known by their numbers from 1 */
    bool open; /* holds nothing that is secret, and must be read by devices that nobody trusts yet */
};

#endif
