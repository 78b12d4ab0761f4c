/*
 * One sync response is one transaction: what is handed over, what is refused, what is kept, and that it is all or
 * nothing.
 */
#include "tests/unit/bot/matrix/rig.h"

#include "bot/e2ee/verify.h"

/* Parts of sync responses, with ' for ". TS is in the past, but after the login. */
#define TS "1700000000000"
#define SYNC(rooms) "{'next_batch':'n','rooms':{" rooms "}}"
#define JOIN(room, state, events)                                                                                      \
    "'join':{'" room "':{'state':{'events':[" state "]},'timeline':{'events':[" events "]}}}"
#define EVENT(type, id, sender, content)                                                                               \
    "{'type':'" type "','event_id':'" id "','sender':'" sender "','origin_server_ts':" TS ",'content':" content "}"
#define TEXT(id, sender, body) EVENT("m.room.message", id, sender, "{'msgtype':'m.text','body':'" body "'}")
#define STATE(type, key, id, sender, content)                                                                          \
    "{'type':'" type "','state_key':'" key "','event_id':'" id "','sender':'" sender "','origin_server_ts':" TS        \
    ",'content':" content "}"
#define MEMBER(user, membership, id) STATE("m.room.member", user, id, user, "{'membership':'" membership "'}")
#define EDIT(id, sender, target, body)                                                                                 \
    EVENT("m.room.message", id, sender,                                                                                \
          "{'msgtype':'m.text','body':'* " body "','m.new_content':{'msgtype':'m.text','body':'" body                  \
          "'},'m.relates_to':{'rel_type':'m.replace','event_id':'" target "'}}")

#define ANNA "@anna:gym.test"
#define BEN "@ben:gym.test"
#define ROOM "!r:gym.test"
/* The bot and Anna are in ROOM. */
#define ENTERED SYNC(JOIN(ROOM, MEMBER(SELF, "join", "$m1") "," MEMBER(ANNA, "join", "$m2"), ""))

/* A request in ROOM of this moment. */
static void rig_verification_now(struct rig *rig, const char *id, const char *sender, const char *to)
{
    char sync[2048];

    snprintf(sync, sizeof(sync),
             SYNC(JOIN(ROOM, "",
                       "{'type':'m.room.message','event_id':'%s','sender':'%s','origin_server_ts':%lld,'content':"
                       "{'msgtype':'m.key.verification.request','body':'','from_device':'D','methods':['m.sas.v1'],"
                       "'to':'%s'}}")),
             id, sender, (long long)loop_now_ms(), to);
    assert_int_equal(rig_sync(rig, sync), 0);
}

static void enter(struct rig *rig)
{
    assert_int_equal(rig_sync(rig, ENTERED), 0);
    rig_expect(rig, "");
}

static void a_message_is_told_once(void **state)
{
    struct rig *rig = *state;
    const char *sync = SYNC(JOIN(ROOM, "", TEXT("$1", ANNA, "bench 80x8 @1")));

    enter(rig);
    assert_int_equal(rig_sync(rig, sync), 0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - late [bench 80x8 @1]\n");
    assert_int_equal(rig_sync(rig, sync), 0);
    rig_expect(rig, "");
}

static void what_was_said_before_the_login_is_not_ours(void **state)
{
    struct rig *rig = *state;
    const char *old = "{'type':'m.room.message','event_id':'$old','sender':'" ANNA
                      "','origin_server_ts':1599999999999,'content':{'msgtype':'m.text','body':'old'}}";
    char sync[2048];

    snprintf(sync, sizeof(sync), SYNC(JOIN(ROOM, "", "%s," TEXT("$new", ANNA, "new"))), old);
    assert_int_equal(rig_sync(rig, sync), 0);
    rig_expect(rig, "text " ROOM " " ANNA " $new - late [new]\n");
    /* … nor is it later, when it comes once more */
    assert_int_equal(rig_sync(rig, sync), 0);
    rig_expect(rig, "");
}

static void a_new_room_begins_with_our_invitation(void **state)
{
    struct rig *rig = *state;

    assert_int_equal(rig_sync(rig, SYNC("")), 0);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "",
                                             TEXT("$1", ANNA, "before") "," STATE(
                                                 "m.room.member", SELF, "$i", ANNA,
                                                 "{'membership':'invite'}") "," TEXT("$2", ANNA, "after")))),
                     0);
    rig_expect(rig, "text " ROOM " " ANNA " $2 - late [after]\n");
}

static void a_fresh_message_is_not_late(void **state)
{
    struct rig *rig = *state;
    char sync[1024];

    enter(rig);
    snprintf(sync, sizeof(sync),
             SYNC(JOIN(ROOM, "",
                       "{'type':'m.room.message','event_id':'$1','sender':'" ANNA
                       "','origin_server_ts':%lld,'content':{'msgtype':'m.text','body':'!week'}}")),
             (long long)(loop_now_ms() - 9 * 60 * 1000));
    assert_int_equal(rig_sync(rig, sync), 0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - addressed [week]\n");
}

static void all_or_nothing(void **state)
{
    struct rig *rig = *state;
    const char *sync =
        SYNC(JOIN(ROOM, MEMBER(BEN, "join", "$m3"), TEXT("$1", ANNA, "one") "," TEXT("$2", ANNA, "two")));
    struct buf value = BUF_INIT(100);
    struct err err;

    enter(rig);
    rig->refuse_commit = true;
    assert_int_equal(rig_sync(rig, sync), -1);
    assert_int_equal(rig->rolled_back, 1);
    buf_clear(&rig->told);
    rig->refuse_commit = false;
    rig->refuse_message = true;
    assert_int_equal(rig_sync(rig, sync), -1);
    assert_int_equal(rig->rolled_back, 2);
    rig->refuse_message = false;
    assert_int_equal(rig_sync(rig, sync), 0);
    rig_expect(rig, "join " ROOM " " BEN " $m3 - late []\ntext " ROOM " " ANNA " $1 - late [one]\ntext " ROOM " " ANNA
                    " $2 - late [two]\n");
    assert_int_equal(rig->port.value_get(rig->port.self, "next_batch", &value, &err), 1);
    assert_string_equal(buf_text(&value), "n");
    buf_release(&value);
}

static int count_row(void *arg, const struct matrix_outbox_row *row)
{
    int *counts = arg;

    counts[row->state == OUTBOX_SEALED]++;
    assert_string_equal(row->event_type, "m.room.message");
    return 0;
}

static void replies_are_sealed_in_the_same_commit(void **state)
{
    struct rig *rig = *state;
    int counts[2] = {0};
    struct err err;

    enter(rig);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", TEXT("$1", ANNA, "x") "," TEXT("$2", ANNA, "y")))), 0);
    assert_int_equal(rig->port.outbox_each(rig->port.self, 0, count_row, counts, &err), 0);
    assert_int_equal(counts[false], 0);
    assert_int_equal(counts[true], 2);
}

static void a_poisonous_event_costs_itself_alone(void **state)
{
    static const char *const poison[] = {
        "null",
        "5",
        "[]",
        "{}",
        "{'type':'m.room.message'}",
        "{'type':'m.room.message','event_id':'$p','sender':'" ANNA "','content':[[]]}",
        EVENT("m.room.message", "$p", ANNA, "{'msgtype':'m.text','body':{'a':1}}"),
        EVENT("m.room.message", "$p", "anna", "{'msgtype':'m.text','body':'x'}"),
        EVENT("m.room.encrypted", "$p", ANNA, "{'algorithm':5,'ciphertext':{},'session_id':[]}"),
        STATE("m.room.member", ANNA, "$p", ANNA, "{'membership':{}}"),
        STATE("m.room.member", "nobody", "$p", ANNA, "{'membership':'join'}"),
        STATE("m.room.power_levels", "", "$p", ANNA, "{'users':[1],'users_default':'x'}"),
        STATE("m.room.power_levels", "", "$p", ANNA, "{'users':{'@a:b':-9223372036854775808}}"),
        STATE("m.room.create", "", "$p", ANNA, "{'room_version':12,'additional_creators':{}}"),
        STATE("m.room.history_visibility", "", "$p", ANNA, "{'history_visibility':[]}"),
        EVENT("m.room.message", "$p", ANNA,
              "{'msgtype':'m.text','body':'x','m.relates_to':{'rel_type':'m.replace','event_id':7}}"),
    };
    struct rig *rig = *state;

    enter(rig);
    for (size_t i = 0; i < ARRAY_LENGTH(poison); i++) {
        char sync[4096];
        char expected[256];

        snprintf(sync, sizeof(sync),
                 "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'state':{'events':[%s]},'timeline':{'events':[%s,{"
                 "'type':'m.room.message','event_id':'$after%zu','sender':'" BEN
                 "','content':{'msgtype':'m.text','body':'x'}}]}},'!other:x':5,'?':{},'!n:x':null}}}",
                 poison[i], poison[i], i);
        snprintf(expected, sizeof(expected), "$after%zu", i);
        assert_int_equal(rig_sync(rig, sync), 0);
        if (strstr(buf_text(&rig->told), expected) == NULL)
            fail_msg("%s: lost what came after it", poison[i]);
        buf_clear(&rig->told);
    }
}

static void responses_of_wrong_types(void **state)
{
    static const char *const wrong[] = {
        "{'next_batch':'n','rooms':[]}",
        "{'next_batch':'n','rooms':{'join':[],'invite':5,'leave':'x'}}",
        "{'next_batch':'n','rooms':{'join':{'" ROOM "':[]}}}",
        "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'timeline':[],'state':5,'summary':'x'}}}}",
        "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'timeline':{'events':{}},'state':{'events':'x'}}}}}",
        "{'next_batch':'n','rooms':{'invite':{'" ROOM "':{'invite_state':[]},'!x:y':null}}}",
        "{'next_batch':'n','to_device':[],'device_lists':5,'account_data':{'events':{}}}",
        "{'next_batch':'n','to_device':{'events':[null,5,{}]},'account_data':{'events':[5,{'type':'m.direct'},"
        "{'type':'m.direct','content':{'@a:b':5,'c':[5,null,'!zz']}}]}}",
        "{'next_batch':'n','device_one_time_keys_count':{'signed_curve25519':'x'},"
        "'device_unused_fallback_key_types':{}}",
    };
    struct rig *rig = *state;

    enter(rig);
    for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++)
        if (rig_sync(rig, wrong[i]) != 0)
            fail_msg("%s", wrong[i]);
    rig_expect(rig, "");
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", TEXT("$1", ANNA, "x")))), 0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - late [x]\n");
}

static void who_may_not_talk_is_not_heard(void **state)
{
    struct rig *rig = *state;

    enter(rig);
    assert_int_equal(
        rig_sync(rig,
                 SYNC(JOIN(ROOM, "", TEXT("$1", "@eve:evil.test", "bench 80x8") "," TEXT("$2", SELF, "bench 80x8")))),
        0);
    rig_expect(rig, "");
}

static void only_the_author_edits_and_only_originals(void **state)
{
    struct rig *rig = *state;

    enter(rig);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "",
                                             TEXT("$1", ANNA, "80x8") "," EDIT("$2", ANNA, "$1", "81x8") "," EDIT(
                                                 "$3", BEN, "$1",
                                                 "500x1") "," EDIT("$4", ANNA, "$2",
                                                                   "82x8") "," EDIT("$5", ANNA, "$unknown", "83x8")))),
                     0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - late [80x8]\nedit " ROOM " " ANNA " $2 $1 late [81x8]\n");
    /* from another room */
    assert_int_equal(rig_sync(rig, SYNC(JOIN("!s:gym.test", "", EDIT("$6", ANNA, "$1", "84x8")))), 0);
    rig_expect(rig, "");
}

static void redactions_and_reactions(void **state)
{
    struct rig *rig = *state;

    enter(rig);
    assert_int_equal(
        rig_sync(
            rig,
            SYNC(JOIN(ROOM, "",
                      TEXT("$1", ANNA, "80x8") "," EVENT("m.room.redaction", "$2", ANNA, "{'redacts':'$1'}") "," EVENT(
                          "m.reaction", "$3", ANNA,
                          "{'m.relates_to':{'rel_type':'m.annotation','event_id':'$1','key':'+'}}")))),
        0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - late [80x8]\nredaction " ROOM " " ANNA " $2 $1 late []\nreaction " ROOM
                    " " ANNA " $3 $1 late [+]\n");
}

/* ---------------------------------------------------------------- encryption */

static int find_notice(void *arg, const struct matrix_outbox_row *row)
{
    char *answers = arg;

    snprintf(answers, 16, "%s", row->answers);
    assert_int_equal(row->kind, OUT_ERROR);
    assert_int_equal(row->state, OUTBOX_NEW); /* no key was shared: nothing leaves */
    return 0;
}

static void encryption_is_never_forgotten(void **state)
{
    struct rig *rig = *state;
    char answers[16] = "";
    struct err err;

    enter(rig);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM,
                                             STATE("m.room.encryption", "", "$e1", ANNA,
                                                   "{'algorithm':'m.megolm.v1.aes-sha2','rotation_period_msgs':7}"),
                                             ""))),
                     0);
    assert_true(mx_rooms_find(rig->matrix->rooms, ROOM)->encrypted);
    assert_int_equal(mx_rooms_find(rig->matrix->rooms, ROOM)->rotation_messages, 7);
    /* the event is emptied, the store is read again, and a message comes in the clear */
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, STATE("m.room.encryption", "", "$e2", ANNA, "{}"), ""))), 0);
    assert_true(mx_rooms_find(rig->matrix->rooms, ROOM)->encrypted);
    assert_int_equal(mx_rooms_load(rig->matrix->rooms, &err), 0);
    assert_true(mx_rooms_find(rig->matrix->rooms, ROOM)->encrypted);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", TEXT("$1", ANNA, "bench 80x8")))), 0);
    rig_expect(rig, "");
    assert_int_equal(rig->port.outbox_each(rig->port.self, 0, find_notice, answers, &err), 0);
    assert_string_equal(answers, "$1");
}

#define VOTE(id)                                                                                                       \
    EVENT("org.matrix.msc3381.poll.response", id, ANNA,                                                                \
          "{'m.relates_to':{'rel_type':'m.reference','event_id':'$poll'},"                                             \
          "'org.matrix.msc3381.poll.response':{'answers':['4']}}")

/* Clients seal votes where they seal messages: in an encrypted room one in the clear is the server's. */
static void a_vote_in_the_clear_counts_in_a_clear_room(void **state)
{
    const struct matrix_event_row poll = {.event_id = "$poll", .room_id = ROOM, .sender = SELF, .sent_ms = LOGIN_MS};
    struct rig *rig = *state;

    enter(rig);
    rig_knows(rig, &poll);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", VOTE("$1")))), 0);
    rig_expect(rig, "vote " ROOM " " ANNA " $1 $poll addressed late [4]\n");
    assert_int_equal(
        rig_sync(
            rig,
            SYNC(JOIN(ROOM, STATE("m.room.encryption", "", "$e1", ANNA, "{'algorithm':'m.megolm.v1.aes-sha2'}"), ""))),
        0);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", VOTE("$2")))), 0);
    rig_expect(rig, "");
}

static int count_notice(void *arg, const struct matrix_outbox_row *row)
{
    int *notices = arg;

    (void)row;
    (*notices)++;
    return 0;
}

static void many_clear_messages_get_few_notices(void **state)
{
    struct rig *rig = *state;
    struct buf sync = BUF_INIT(65536);
    int notices = 0;
    struct err err;

    enter(rig);
    buf_adds(&sync, "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'timeline':{'events':[" STATE(
                        "m.room.encryption", "", "$e", ANNA, "{'algorithm':'m.megolm.v1.aes-sha2'}"));
    for (int i = 0; i < 50; i++)
        buf_addf(&sync,
                 ",{'type':'m.room.message','event_id':'$%d','sender':'" ANNA
                 "','content':{'msgtype':'m.text','body':'x'}}",
                 i);
    buf_adds(&sync, "]}}}}}");
    assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
    rig_expect(rig, "");
    assert_int_equal(rig->port.outbox_each(rig->port.self, 0, count_notice, &notices, &err), 0);
    assert_in_range(notices, 1, 5);
    buf_release(&sync);
}

/* ---------------------------------------------------------------- rooms */

static void invitations(void **state)
{
    struct rig *rig = *state;
    const struct mx_room *room;

    assert_int_equal(rig_sync(rig, SYNC("")), 0);
    assert_int_equal(
        rig_sync(rig, SYNC("'invite':{'!good':{'invite_state':{'events':[{'type':'m.room.member','state_key':'" SELF
                           "','sender':'" ANNA "','content':{'membership':'invite','is_direct':true}},"
                           "{'type':'m.room.encryption','state_key':'','sender':'" ANNA "','content':{}}]}},"
                           "'!evil':{'invite_state':{'events':[{'type':'m.room.member','state_key':'" SELF
                           "','sender':'@eve:evil.test','content':{'membership':'invite'}}]}},"
                           "'!empty':{'invite_state':{'events':[]}}}")),
        0);
    room = mx_rooms_find(rig->matrix->rooms, "!good");
    assert_true(room->invited);
    assert_false(room->joined);
    assert_true(room->direct);
    assert_true(room->encrypted);
    assert_null(mx_rooms_find(rig->matrix->rooms, "!evil"));
    assert_null(mx_rooms_find(rig->matrix->rooms, "!empty"));
    /* a restart between invitation and join */
    assert_int_equal(mx_rooms_load(rig->matrix->rooms, NULL), 0);
    assert_true(mx_rooms_find(rig->matrix->rooms, "!good")->invited);
    /* we are in: greeted once, before what is answered. A room's id needs no server. */
    assert_int_equal(rig_sync(rig, SYNC(JOIN("!good", MEMBER(SELF, "join", "$j"), ""))), 0);
    rig_expect(rig, "welcome !good " ANNA "\n");
    assert_int_equal(mx_rooms_load(rig->matrix->rooms, NULL), 0);
    assert_int_equal(rig_sync(rig, SYNC(JOIN("!good", MEMBER(SELF, "join", "$j"), ""))), 0);
    rig_expect(rig, "");
}

static void two_make_a_direct_chat_and_three_do_not(void **state)
{
    struct rig *rig = *state;
    const char *two = "{'next_batch':'n','rooms':{'join':{'" ROOM
                      "':{'summary':{'m.joined_member_count':2,'m.invited_member_count':0},'timeline':{'events':[" TEXT(
                          "$1", ANNA, "x") "]}}}}}";
    const char *three =
        "{'next_batch':'n','rooms':{'join':{'" ROOM
        "':{'summary':{'m.joined_member_count':2,'m.invited_member_count':1},'timeline':{'events':[" TEXT("$2", ANNA,
                                                                                                          "x") "]}}}}}";

    enter(rig);
    assert_int_equal(rig_sync(rig, two), 0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - direct late [x]\n");
    assert_int_equal(rig_sync(rig, three), 0);
    rig_expect(rig, "text " ROOM " " ANNA " $2 - late [x]\n");
}

static void comings_and_goings_are_told(void **state)
{
    struct rig *rig = *state;

    enter(rig);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", MEMBER(BEN, "join", "$j")))), 0);
    rig_expect(rig, "join " ROOM " " BEN " $j - late []\n");
    /* a new name is no coming */
    assert_int_equal(
        rig_sync(rig, SYNC(JOIN(ROOM, "",
                                STATE("m.room.member", BEN, "$n", BEN, "{'membership':'join','displayname':'B'}")))),
        0);
    rig_expect(rig, "");
    assert_int_equal(
        rig_sync(rig, SYNC(JOIN(ROOM, "", STATE("m.room.member", BEN, "$k", ANNA, "{'membership':'ban'}")))), 0);
    rig_expect(rig, "removed " ROOM " " BEN " $k - late []\n");
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", MEMBER(BEN, "join", "$j2")))), 0);
    rig_expect(rig, "join " ROOM " " BEN " $j2 - late []\n");
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", MEMBER(BEN, "leave", "$l")))), 0);
    rig_expect(rig, "leave " ROOM " " BEN " $l - late []\n");
    /* we are thrown out */
    assert_int_equal(rig_sync(rig, SYNC("'leave':{'" ROOM "':{'timeline':{'events':[]}}}")), 0);
    assert_false(mx_rooms_find(rig->matrix->rooms, ROOM)->joined);
}

/* A server has us begin afresh, and says of somebody that they have been there all the time: keys go to them. */
static void nobody_is_slipped_in(void **state)
{
    struct rig *rig = *state;

    enter(rig);
    free(rig->since);
    rig->since = NULL;
    assert_int_equal(
        rig_sync(rig, SYNC(JOIN(ROOM, "",
                                "{'type':'m.room.member','state_key':'" BEN "','event_id':'$old','sender':'" BEN
                                "','origin_server_ts':1,'content':{'membership':'join'}}"))),
        0);
    rig_expect(rig, "join " ROOM " " BEN " $old - late []\n");
}

/* Our own join is not in the timeline (its filter leaves out what we send), the invitation before it is. */
static void we_are_where_the_section_says(void **state)
{
    struct rig *rig = *state;
    const struct mx_room *room;

    assert_int_equal(rig_sync(rig, SYNC("")), 0);
    assert_int_equal(
        rig_sync(rig, SYNC(JOIN(ROOM, "",
                                MEMBER(ANNA, "join", "$a") "," STATE("m.room.member", SELF, "$i", ANNA,
                                                                     "{'membership':'invite','displayname':"
                                                                     "'Coach'}")))),
        0);
    room = mx_rooms_find(rig->matrix->rooms, ROOM);
    assert_int_equal(mx_room_member(room, SELF)->membership, MX_JOINED);
    assert_string_equal(mx_room_member(room, SELF)->name, "Coach");
    assert_int_equal(room->joined_count, 2);
    assert_int_equal(room->invited_count, 0);
}

static void a_fresh_sync_books_nothing_twice(void **state)
{
    struct rig *rig = *state;

    enter(rig);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", TEXT("$1", ANNA, "one")))), 0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - late [one]\n");
    free(rig->since); /* the server lost our position */
    rig->since = NULL;
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, MEMBER(ANNA, "join", "$m2"),
                                             TEXT("$1", ANNA, "one") "," TEXT("$2", ANNA, "two")))),
                     0);
    rig_expect(rig, "text " ROOM " " ANNA " $2 - late [two]\n");
}

#define REQUESTED(id, sender, to)                                                                                      \
    EVENT("m.room.message", id, sender,                                                                                \
          "{'msgtype':'m.key.verification.request','body':'','from_device':'D','methods':['m.sas.v1'],'to':'" to "'}")

/* A request is no message; whoever asks is told who compares, once for each that is begun. */
static void a_request_for_verification(void **state)
{
    struct rig *rig = *state;

    enter(rig);
    assert_int_equal(rig_sync(rig, SYNC(JOIN(ROOM, "", REQUESTED("$old", ANNA, SELF)))), 0);
    rig_expect(rig, ""); /* of 2020 */
    assert_int_equal(e2ee_verify_due(rig->matrix->e2ee), -1);
    rig_verification_now(rig, "$1", ANNA, SELF);
    rig_expect(rig, "verification " ROOM " " ANNA " $1\n");
    rig_verification_now(rig, "$1", ANNA, SELF);
    rig_verification_now(rig, "$2", ANNA, ANNA);
    rig_verification_now(rig, "$3", "@eve:elsewhere.test", SELF);
    rig_expect(rig, "");
    assert_true(e2ee_verify_due(rig->matrix->e2ee) > 0);
}

static void an_idle_response_is_not_written(void **state)
{
    struct rig *rig = *state;
    struct json *idle =
        json_parse(span_of("{\"next_batch\":\"x\",\"rooms\":{\"join\":{}},\"to_device\":{\"events\":[]},"
                           "\"device_one_time_keys_count\":{\"signed_curve25519\":50}}"),
                   NULL);
    struct json *busy = json_parse(span_of("{\"next_batch\":\"x\",\"device_lists\":{\"changed\":[\"@a:b\"]}}"), NULL);

    (void)rig;
    assert_true(mx_batch_is_idle(idle));
    assert_false(mx_batch_is_idle(busy));
    json_free(idle);
    json_free(busy);
}

#define GHOST "@irc_ben:gym.test"

/* A bridge's ghost is a guest, and gone when it leaves; where the bot is on the other side as well, it is nobody. */
static void ghosts_are_guests_or_nobody(void **state)
{
    static const char *const rooms[] = {ROOM, "!bridged:gym.test"};
    const char *ghost = GHOST;

    for (size_t i = 0; i < ARRAY_LENGTH(rooms); i++) {
        struct rig *rig = *state;
        char sync[4096], expected[256] = "";

        snprintf(sync, sizeof(sync),
                 SYNC("'join':{'%s':{'state':{'events':[" MEMBER(SELF, "join", "$m1") "," MEMBER(
                     ANNA, "join", "$m2") "," STATE("m.room.member", "%s", "$m3", "%s",
                                                    "{'membership':'join'}") "]},'timeline':{'events':["
                                                                             "]}}}"),
                 rooms[i], ghost, ghost);
        assert_int_equal(rig_sync(rig, sync), 0);
        rig_expect(rig, "");
        snprintf(sync, sizeof(sync),
                 SYNC("'join':{'%s':{'timeline':{'events':[" TEXT("$%d", "%s", "bench 80x8 @1") "," STATE(
                     "m.room.member", "%s", "$l%d", "%s", "{'membership':'leave'}") "]}}}"),
                 rooms[i], (int)i, ghost, ghost, (int)i, ghost);
        if (i == 0)
            snprintf(expected, sizeof(expected),
                     "text %s %s $0 - guest late [bench 80x8 @1]\nleave %s %s $l0 - guest late []\nforget %s\n",
                     rooms[i], ghost, rooms[i], ghost, ghost);
        assert_int_equal(rig_sync(rig, sync), 0);
        rig_expect(rig, expected);
    }
}

/* What a guest has is theirs for as long as they are in one of several rooms. */
static void a_guest_is_forgotten_in_the_last_room(void **state)
{
    struct rig *rig = *state;

    assert_int_equal(
        rig_sync(rig,
                 SYNC("'join':{'" ROOM
                      "':{'state':{'events':[" MEMBER(SELF, "join", "$m1") "," MEMBER(ANNA, "join", "$m2") "," MEMBER(
                          GHOST, "join",
                          "$m3") "]}},"
                                 "'!hall:gym.test':{'state':{'events':[" MEMBER(SELF, "join", "$m4") "," MEMBER(
                                     ANNA, "join", "$m5") "," MEMBER(GHOST, "join", "$m6") "]}}}")),
        0);
    rig_expect(rig, "");
    assert_int_equal(
        rig_sync(rig, SYNC("'join':{'" ROOM "':{'timeline':{'events':[" MEMBER(GHOST, "leave", "$l1") "]}}}")), 0);
    rig_expect(rig, "leave " ROOM " " GHOST " $l1 - guest late []\n");
    assert_int_equal(
        rig_sync(rig, SYNC("'join':{'!hall:gym.test':{'timeline':{'events':[" MEMBER(GHOST, "leave", "$l2") "]}}}")),
        0);
    rig_expect(rig, "leave !hall:gym.test " GHOST " $l2 - guest late []\nforget " GHOST "\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_message_is_told_once),
        TEST(ghosts_are_guests_or_nobody),
        TEST(a_guest_is_forgotten_in_the_last_room),
        TEST(what_was_said_before_the_login_is_not_ours),
        TEST(a_new_room_begins_with_our_invitation),
        TEST(a_fresh_message_is_not_late),
        TEST(all_or_nothing),
        TEST(replies_are_sealed_in_the_same_commit),
        TEST(a_poisonous_event_costs_itself_alone),
        TEST(responses_of_wrong_types),
        TEST(who_may_not_talk_is_not_heard),
        TEST(only_the_author_edits_and_only_originals),
        TEST(redactions_and_reactions),
        TEST(encryption_is_never_forgotten),
        TEST(a_vote_in_the_clear_counts_in_a_clear_room),
        TEST(many_clear_messages_get_few_notices),
        TEST(invitations),
        TEST(two_make_a_direct_chat_and_three_do_not),
        TEST(comings_and_goings_are_told),
        TEST(nobody_is_slipped_in),
        TEST(we_are_where_the_section_says),
        TEST(a_fresh_sync_books_nothing_twice),
        TEST(a_request_for_verification),
        TEST(an_idle_response_is_not_written),
    };

    return RUN_TESTS(tests);
}
