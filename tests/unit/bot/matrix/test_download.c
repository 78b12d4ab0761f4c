/*
 * Files that people send: which are kept to be fetched, which are refused, and which are nobody's business.
 */
#include "bot/matrix/download.h"
#include "bot/matrix/kept.h"
#include "tests/unit/bot/matrix/rig.h"

#define ANNA "@anna:gym.test"
#define BEN "@ben:gym.test"
#define ROOM "!r:gym.test"
#define SYNC(state, events)                                                                                            \
    "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'state':{'events':[" state "]},'timeline':{'events':[" events      \
    "]}}}}}"
#define EVENT(type, id, content)                                                                                       \
    "{'type':'" type "','event_id':'" id "','sender':'" ANNA "','origin_server_ts':1700000000000,'content':" content "}"
#define MESSAGE(id, content) EVENT("m.room.message", id, content)
#define LOG_FILE "{'msgtype':'m.file','body':'log.CSV','url':'mxc://gym.test/abc'}"
#define FILE_TOLD(id) "file " ROOM " " ANNA " " id " - direct late []\n"

/* How many files wait. */
static size_t waiting(struct rig *rig)
{
    struct err err = {0};
    struct json *list;
    size_t count;

    assert_int_equal(mx_begin(rig->matrix, &err), 0);
    assert_int_equal(mx_kept_load(rig->matrix, MX_KEPT_FILES, &list, &err), 0);
    assert_int_equal(mx_commit(rig->matrix, &err), 0);
    count = json_count(list);
    json_free(list);
    return count;
}

/* Anna and we are alone. */
static void meet_alone(struct rig *rig)
{
    rig_meet(rig, ROOM, ANNA);
    assert_int_equal(rig_sync(rig, "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'summary':{'m.joined_member_count'"
                                   ":2},'timeline':{'events':[]}}}}}"),
                     0);
    buf_clear(&rig->told);
}

static void a_log_waits_to_be_fetched(void **state)
{
    struct rig *rig = *state;

    meet_alone(rig);
    rig->refuse_commit = true;
    assert_int_equal(rig_sync(rig, SYNC("", MESSAGE("$1", LOG_FILE))), -1);
    rig->refuse_commit = false;
    assert_int_equal(waiting(rig), 0);
    assert_int_equal(rig_sync(rig, SYNC("", MESSAGE("$1", LOG_FILE))), 0);
    assert_int_equal(rig_sync(rig, SYNC("", MESSAGE("$1", LOG_FILE))), 0);
    assert_int_equal(waiting(rig), 1);
    assert_int_equal(
        rig_sync(rig, SYNC("", MESSAGE("$2", "{'msgtype':'m.file','body':'log','filename':'log','url':'mxc://gym.test/"
                                             "abc','info':{'mimetype':'text/CSV','size':4194304}}"))),
        0);
    rig_expect(rig, "");
    assert_int_equal(waiting(rig), 2);
}

/* Of what is refused the program is told at once; it knows why. */
static void what_is_refused_does_not_wait(void **state)
{
    static const char *const refused[] = {
        MESSAGE("$1", "{'msgtype':'m.image','body':'log.csv','url':'mxc://gym.test/abc'}"),
        MESSAGE("$1", "{'msgtype':'m.audio','body':'log.csv','url':'mxc://gym.test/abc'}"),
        MESSAGE("$1", "{'msgtype':'m.file','body':'log.csv.exe','url':'mxc://gym.test/abc'}"),
        MESSAGE("$1", "{'msgtype':'m.file','body':'.csv','url':'mxc://gym.test/abc'}"),
        MESSAGE("$1", "{'msgtype':'m.file','body':'mine','filename':'a.pdf','url':'mxc://gym.test/abc'}"),
        MESSAGE("$1", "{'msgtype':'m.file','body':'log.csv','url':'mxc://../abc'}"),
        MESSAGE("$1", "{'msgtype':'m.file','body':'log.csv'}"),
        MESSAGE("$1", "{'msgtype':'m.file','body':'log.csv','url':'mxc://gym.test/abc','info':{'size':4194305}}"),
    };
    struct rig *rig = *state;

    meet_alone(rig);
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++) {
        struct buf sync = BUF_INIT(4096);

        buf_addf(&sync, SYNC("", "%.*s$%zu%s"), (int)(strstr(refused[i], "$1") - refused[i]), refused[i], i,
                 strstr(refused[i], "$1") + 2);
        assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
        if (rig->told.length == 0 || waiting(rig) != 0)
            fail_msg("%s", refused[i]);
        buf_clear(&rig->told);
        buf_release(&sync);
    }
}

/* What stands under a picture is said, what stands under a file isn't: it would take the sets of the file with it. */
static void captions(void **state)
{
    struct rig *rig = *state;

    meet_alone(rig);
    assert_int_equal(rig_sync(rig, SYNC("", MESSAGE("$1", "{'msgtype':'m.image','body':'80x8','filename':'a.jpg'}"))),
                     0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - direct late [80x8]\n");
    assert_int_equal(rig_sync(rig, SYNC("", MESSAGE("$2", "{'msgtype':'m.video','body':'a.mp4','filename':'a.mp4'}"))),
                     0);
    rig_expect(rig, FILE_TOLD("$2"));
    assert_int_equal(
        rig_sync(rig, SYNC("", MESSAGE("$3", "{'msgtype':'m.file','body':'80x8','filename':'a.csv','url':'mxc://x/"
                                             "a'}"))),
        0);
    assert_int_equal(
        rig_sync(rig, SYNC("", MESSAGE("$4", "{'msgtype':'m.file','body':'* 80x8','m.relates_to':{'rel_type':'m."
                                             "replace','event_id':'$3'},'m.new_content':{'msgtype':'m.file','body':"
                                             "'80x8','filename':'a.csv'}}"))),
        0);
    rig_expect(rig, "");
    assert_int_equal(waiting(rig), 1);
}

static void others_send_files_to_each_other(void **state)
{
    struct rig *rig = *state;

    meet_alone(rig);
    assert_int_equal(rig_sync(rig, SYNC("{'type':'m.room.member','state_key':'" BEN "','event_id':'$b','sender':'" BEN
                                        "','content':{'membership':'join'}}",
                                        "")),
                     0);
    buf_clear(&rig->told);
    assert_int_equal(rig_sync(rig, SYNC("", MESSAGE("$1", LOG_FILE) "," MESSAGE("$2", "{'msgtype':'m.image','body':"
                                                                                      "'a.jpg'}"))),
                     0);
    rig_expect(rig, "");
    assert_int_equal(waiting(rig), 0);
}

/* Nobody fills the store with files that have yet to come. */
static void as_many_wait_as_may(void **state)
{
    struct rig *rig = *state;
    struct buf sync = BUF_INIT(1 << 20);

    meet_alone(rig);
    for (int i = 0; i < MX_FILES_EACH + 2; i++) {
        buf_clear(&sync);
        buf_addf(&sync, SYNC("", MESSAGE("$%d", LOG_FILE)), i);
        assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
    }
    rig_expect(rig, FILE_TOLD("$3") FILE_TOLD("$4"));
    assert_int_equal(waiting(rig), MX_FILES_EACH);
    assert_int_equal(rig_sync(rig, SYNC("", EVENT("m.room.redaction", "$x", "{'redacts':'$1'}"))), 0);
    assert_int_equal(waiting(rig), MX_FILES_EACH - 1);
    buf_clear(&rig->told);
    buf_clear(&sync);
    buf_adds(&sync, "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'timeline':{'events':[{'type':'m.room.message',"
                    "'event_id':'$big','sender':'" ANNA "','origin_server_ts':1700000000000,'content':{'msgtype':"
                    "'m.file','body':'log.csv','url':'mxc://gym.test/abc','more':'");
    for (int i = 0; i < MX_FILES_BYTES; i++)
        buf_addc(&sync, 'x');
    buf_adds(&sync, "'}}]}}}}}");
    assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
    rig_expect(rig, FILE_TOLD("$big"));
    assert_int_equal(waiting(rig), MX_FILES_EACH - 1);
    buf_release(&sync);
}

#define FROM(sender, id)                                                                                               \
    "{'type':'m.room.message','event_id':'" id "','sender':'" sender                                                   \
    "','origin_server_ts':1700000000000,'content':" LOG_FILE "}"

/* Whose files wait, in which order. */
static void expect_order(struct rig *rig, const char *ids)
{
    struct buf found = BUF_INIT(256);
    struct err err = {0};
    struct json *list;

    assert_int_equal(mx_begin(rig->matrix, &err), 0);
    assert_int_equal(mx_kept_load(rig->matrix, MX_KEPT_FILES, &list, &err), 0);
    assert_int_equal(mx_commit(rig->matrix, &err), 0);
    for (size_t i = 0; i < json_count(list); i++)
        buf_adds(&found, json_text(json_path(json_at(list, i), "event", "event_id", NULL)));
    assert_string_equal(buf_text(&found), ids);
    json_free(list);
    buf_release(&found);
}

static int postpone(struct rig *rig, const char *id)
{
    struct err err = {0};
    int result;

    assert_int_equal(mx_begin(rig->matrix, &err), 0);
    result = mx_kept_postpone(rig->matrix, MX_KEPT_FILES, id, &err);
    assert_int_equal(mx_commit(rig->matrix, &err), 0);
    return result;
}

/* Whose turn it was comes behind the others with all that is theirs, in whichever room it was sent. */
static void files_take_turns_by_sender(void **state)
{
    struct rig *rig = *state;

    meet_alone(rig);
    assert_int_equal(
        rig_sync(rig, SYNC("", FROM(ANNA, "$1") "," FROM(ANNA, "$2") "," FROM(BEN, "$3") "," FROM(ANNA, "$4"))), 0);
    expect_order(rig, "$1$2$3$4");
    assert_int_equal(postpone(rig, "$1"), 1);
    expect_order(rig, "$3$1$2$4");
    assert_int_equal(postpone(rig, "$2"), 0);
    assert_int_equal(postpone(rig, "$9"), 0);
    assert_int_equal(postpone(rig, "$3"), 1);
    expect_order(rig, "$1$2$4$3");
    /* As many as may wait are a sender's, not a room's. */
    buf_clear(&rig->told);
    assert_int_equal(rig_sync(rig, SYNC("", FROM(ANNA, "$5") "," FROM(BEN, "$6") "," FROM(BEN, "$7"))), 0);
    rig_expect(rig, FILE_TOLD("$5"));
    assert_int_equal(waiting(rig), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_log_waits_to_be_fetched),       TEST(what_is_refused_does_not_wait), TEST(captions),
        TEST(others_send_files_to_each_other), TEST(as_many_wait_as_may),           TEST(files_take_turns_by_sender),
    };

    return RUN_TESTS(tests);
}
