/*
 * A room has taken another's place.
 */
#include "bot/store/inside.h"

/* ?1: the transport, ?2: the room of before, ?3: the one of now. Whole ids alone are replaced: some server's may begin
 * as another's. A test holds the list against the schema. */
static const char *const moved[] = {
    "UPDATE input SET room = ?3 WHERE transport = ?1 AND room = ?2",
    "UPDATE OR IGNORE training_room SET room = ?3 WHERE transport = ?1 AND room = ?2",
    "UPDATE OR IGNORE room_value SET room = ?3 WHERE transport = ?1 AND room = ?2",
    "UPDATE OR IGNORE job SET room = ?3 WHERE transport = ?1 AND room = ?2",
    "UPDATE identity SET room = ?3 WHERE transport = ?1 AND room = ?2",
    /* It stands in for a lifter, too, where it does something by itself. */
    "UPDATE OR IGNORE identity SET identity = ?3 WHERE transport = ?1 AND identity = ?2",
    "UPDATE link SET room = ?3 WHERE transport = ?1 AND room = ?2",
    "UPDATE link SET typer_room = ?3 WHERE typer_transport = ?1 AND typer_room = ?2",
    /* An answer stays where its message is. */
    "UPDATE outbox SET room = ?3 WHERE transport = ?1 AND room = ?2 AND state = 0 AND answers = '' AND edits = ''",
    /* Names that end in ":TRANSPORT:ROOM". */
    ("UPDATE OR IGNORE lifter_value SET name = substr(name, 1, length(name) - length(?2)) || ?3"
     " WHERE substr(name, -length(?1) - length(?2) - 2) = ':' || ?1 || ':' || ?2"),
    /* A room is a line of its own there. */
    ("UPDATE lifter_value SET value = replace(value, char(10) || ?2 || char(10), char(10) || ?3 || char(10))"
     " WHERE name = 'checkin' AND instr(value, char(10) || ?1 || char(10)) <> 0"),
};

static int room_move(void *self, const char *transport, const char *from, const char *to, struct err *err)
{
    for (size_t i = 0; i < ARRAY_LENGTH(moved); i++) {
        struct query query;

        query_open(&query, self, moved[i], err);
        query_text(&query, transport);
        query_text(&query, from);
        query_text(&query, to);
        if (query_run(&query) != 0)
            return -1;
    }
    return 0;
}

void move_install(struct coach_store *port)
{
    port->room_move = room_move;
}
