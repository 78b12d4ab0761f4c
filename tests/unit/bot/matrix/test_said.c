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

#define BLOCK(id, mentions, block)                                                                                     \
    EVENT("m.room.message", id, ANNA,                                                                                  \
          "{'msgtype':'m.text','body':'bench 80x8','m.mentions':{'user_ids':[" mentions                                \
          "]},'org.matrix.msc4391.command':" block "}")
#define HEARD(id, block) "text " ROOM " " ANNA " " id " - addressed late [] {" block "}\n"
#define US "'" SELF "'"

/* MSC4391: the block is what counts, and the body is for people. */
static void a_command_that_was_filled_in_counts_instead_of_its_text(void **state)
{
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    assert_int_equal(
        rig_sync(rig, SYNC("", BLOCK("$1", US,
                                     "{'command':'new exercise','arguments':{'name':'log "
                                     "row','n':42,'who':['@a:b','@c:d']}}") "," BLOCK("$2", US, "{'command':'undo'}"))),
        0);
    rig_expect(rig, HEARD("$1", "new exercise name:text=log row n:number=42 who:texts=@a:b,@c:d") HEARD("$2", "undo"));
}

/* Another bot's command, one for several, and one for nobody who is named. */
static void a_command_for_another_is_not_heard(void **state)
{
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    assert_int_equal(
        rig_sync(
            rig,
            SYNC("", BLOCK("$1", "'@other:gym.test'", "{'command':'undo'}") "," BLOCK(
                         "$2", US ",'@other:gym.test'",
                         "{'command':'undo'}") "," BLOCK("$3", "",
                                                         "{'command':'undo'}") "," EVENT("m.room.message", "$4", ANNA,
                                                                                         "{'msgtype':'m.text','body':'"
                                                                                         "undo','org.matrix.msc4391."
                                                                                         "command':null}"))),
        0);
    rig_expect(rig, "");
}

static void a_command_of_wrong_types_costs_itself(void **state)
{
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    assert_int_equal(
        rig_sync(
            rig,
            SYNC("",
                 BLOCK("$1", US, "[]") "," BLOCK("$2", US, "{'command':7,'arguments':{'a':'b'}}") "," BLOCK(
                     "$3", US,
                     "{'command':'undo','arguments':'x'}") "," BLOCK("$4", US,
                                                                     "{'command':'fix','arguments':{'a':true,'b':1.5,'"
                                                                     "c':{'id':'x'},'d':[1],'e':null,'f':''}}"))),
        0);
    rig_expect(rig, HEARD("$1", "") HEARD("$2", " a:text=b") HEARD("$3", "")
                        HEARD("$4", "fix a:other b:other c:other d:other f:text="));
}

/* An edit says it in its new content. */
static void an_edit_may_fill_a_command_in(void **state)
{
    const struct matrix_event_row original = {.event_id = "$1", .room_id = ROOM, .sender = ANNA, .sent_ms = 1};
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    rig_knows(rig, &original);
    assert_int_equal(
        rig_sync(rig, SYNC("", EVENT("m.room.message", "$2", ANNA,
                                     "{'msgtype':'m.text','body':'*','m.new_content':{'msgtype':'m.text','body':'x',"
                                     "'m.mentions':{'user_ids':['" SELF
                                     "']},'org.matrix.msc4391.command':{'command':'next'}},"
                                     "'m.relates_to':{'rel_type':'m.replace','event_id':'$1'}}"))),
        0);
    rig_expect(rig, "edit " ROOM " " ANNA " $2 $1 addressed late [] {next}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_encrypted_is_edited_encrypted),
        TEST(only_what_answers_us_is_meant_for_us),
        TEST(a_command_that_was_filled_in_counts_instead_of_its_text),
        TEST(a_command_for_another_is_not_heard),
        TEST(a_command_of_wrong_types_costs_itself),
        TEST(an_edit_may_fill_a_command_in),
    };

    return RUN_TESTS(tests);
}
