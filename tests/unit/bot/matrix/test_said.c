/*
 * What a message says of others: whom it edits, and whether it answers us. The server can write that itself.
 */
#include "tests/unit/bot/matrix/rig.h"

#define ANNA "@anna:gym.test"
#define ROOM "!r:gym.test"
#define SYNC(state, events)                                                                                            \
    "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'state':{'events':[" state "]},'timeline':{'events':[" events      \
    "]}}}}}"
#define EVENT(type, id, sender, content)                                                                               \
    "{'type':'" type "','event_id':'" id "','sender':'" sender "','origin_server_ts':1700000000000,'content':" content \
    "}"
#define EDIT(id, sender, target, body)                                                                                 \
    EVENT("m.room.message", id, sender,                                                                                \
          "{'msgtype':'m.text','body':'* " body "','m.new_content':{'msgtype':'m.text','body':'" body                  \
          "'},'m.relates_to':{'rel_type':'m.replace','event_id':'" target "'}}")

/* Where the room's encryption was hidden from us, too. */
static void what_was_encrypted_is_edited_encrypted(void **state)
{
    const struct matrix_event_row original = {
        .event_id = "$1", .room_id = ROOM, .sender = ANNA, .encrypted = true, .sent_ms = 1};
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    rig_knows(rig, &original);
    assert_int_equal(rig_sync(rig, SYNC("", EDIT("$2", ANNA, "$1", "200x1"))), 0);
    rig_expect(rig, "");
}

#define REPLY(id, sender, to)                                                                                          \
    EVENT("m.room.message", id, sender,                                                                                \
          "{'msgtype':'m.text','body':'x','m.relates_to':{'m.in_reply_to':{'event_id':'" to "'}}}")

/* What a message relates to stands outside of its ciphertext, for the server to write. */
static void only_what_answers_us_is_meant_for_us(void **state)
{
    const struct matrix_event_row ours = {.event_id = "$ours", .room_id = ROOM, .sender = SELF, .sent_ms = 1};
    const struct matrix_event_row elsewhere = {
        .event_id = "$there", .room_id = "!s:gym.test", .sender = SELF, .sent_ms = 1};
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    rig_knows(rig, &ours);
    rig_knows(rig, &elsewhere);
    assert_int_equal(rig_sync(rig, SYNC("", REPLY("$1", ANNA, "$ours") "," REPLY("$2", ANNA, "$there") "," REPLY(
                                                "$3", ANNA, "$1") "," REPLY("$4", ANNA, "$nowhere"))),
                     0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - addressed late [x]\ntext " ROOM " " ANNA " $2 - late [x]\ntext " ROOM
                    " " ANNA " $3 - late [x]\ntext " ROOM " " ANNA " $4 - late [x]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_encrypted_is_edited_encrypted),
        TEST(only_what_answers_us_is_meant_for_us),
    };

    return RUN_TESTS(tests);
}
