/*
 * What coaches say for others. An instruction holds while its action stands.
 */
#include "bot/store/inside.h"

_Static_assert(COACH_TARGET == 0 && COACH_OVERRIDE == 1 && COACH_ASSIGN == 2 && COACH_COMMENT == 3,
               "stored as numbers");

/* With the coach as the room knows them. */
#define INSTRUCTIONS                                                                                                   \
    "SELECT i.id, i.training_room, i.coach, i.action, i.input, i.kind, i.lifter, i.at_ms, i.exercise, i.text, "        \
    "i.about,"                                                                                                         \
    " t.transport, t.room, coalesce(m.identity, ''), coalesce(m.name, '') FROM instruction AS i"                       \
    " JOIN training_room AS t ON t.id = i.training_room"                                                               \
    " LEFT JOIN room_member AS m ON m.training_room = i.training_room AND m.lifter = i.coach"
#define LIVE " JOIN action AS a ON a.id = i.action AND a.stands = 1"
#define IN_ORDER " ORDER BY i.at_ms, i.id"

typedef int instruction_each(void *arg, const struct coach_instruction *instruction);

static int instruction_add(void *self, const struct coach_instruction *instruction, struct err *err)
{
    struct query query;

    query_open(&query, self,
               "INSERT INTO instruction (training_room, coach, action, input, kind, lifter, at_ms, exercise, text,"
               " about) VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, nullif(?, 0))",
               err);
    query_int(&query, instruction->group);
    query_int(&query, instruction->coach);
    query_int(&query, instruction->action);
    query_int(&query, instruction->input);
    query_int(&query, (int64_t)instruction->kind);
    query_int(&query, instruction->lifter);
    query_int(&query, instruction->at_ms);
    query_text(&query, instruction->exercise);
    query_text(&query, instruction->text);
    query_int(&query, instruction->about);
    return query_run(&query);
}

static int walk(struct query *query, instruction_each *each, void *arg)
{
    int status = 0;

    while (status == 0 && query_row(query)) {
        const struct coach_instruction instruction = {.id = query_get_int(query, 0),
                                                      .group = query_get_int(query, 1),
                                                      .coach = query_get_int(query, 2),
                                                      .action = query_get_int(query, 3),
                                                      .input = query_get_int(query, 4),
                                                      .kind = (enum coach_instruction_kind)query_get_int(query, 5),
                                                      .lifter = query_get_int(query, 6),
                                                      .at_ms = query_get_int(query, 7),
                                                      .exercise = query_get_text(query, 8),
                                                      .text = query_get_text(query, 9),
                                                      .about = query_get_int(query, 10),
                                                      .transport = query_get_text(query, 11),
                                                      .room = query_get_text(query, 12),
                                                      .identity = query_get_text(query, 13),
                                                      .name = query_get_text(query, 14)};

        status = each(arg, &instruction);
    }
    return query_close(query) < 0 ? -1 : status;
}

static int instructions_for(void *self, int64_t lifter, instruction_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self,
               INSTRUCTIONS LIVE " WHERE (i.lifter = ?1 OR i.lifter IS NULL) AND i.training_room IN ("
                                 "SELECT training_room FROM room_member WHERE lifter = ?1 AND state <> 2)" IN_ORDER,
               err);
    query_int(&query, lifter);
    return walk(&query, each, arg);
}

static int instructions_in(void *self, int64_t group, instruction_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self, INSTRUCTIONS LIVE " WHERE i.training_room = ?" IN_ORDER, err);
    query_int(&query, group);
    return walk(&query, each, arg);
}

static int instructions_of_input(void *self, int64_t input, instruction_each *each, void *arg, struct err *err)
{
    struct query query;

    query_open(&query, self, INSTRUCTIONS LIVE " WHERE i.input = ?" IN_ORDER, err);
    query_int(&query, input);
    return walk(&query, each, arg);
}

static int instructions_of_action(void *self, int64_t action, bool undone, instruction_each *each, void *arg,
                                  struct err *err)
{
    struct query query;

    if (undone)
        query_open(&query, self,
                   INSTRUCTIONS
                   " WHERE i.action IN (SELECT u.action FROM action_undo AS u WHERE u.by_action = ?)" IN_ORDER,
                   err);
    else
        query_open(&query, self, INSTRUCTIONS " WHERE i.action = ?" IN_ORDER, err);
    query_int(&query, action);
    return walk(&query, each, arg);
}

void instructions_install(struct coach_store *port)
{
    port->instruction_add = instruction_add;
    port->instructions_for = instructions_for;
    port->instructions_in = instructions_in;
    port->instructions_of_input = instructions_of_input;
    port->instructions_of_action = instructions_of_action;
}
