/*
 * Who comes, goes and knocks: when the room key is replaced, and whom we let in.
 */
#include "tests/unit/bot/matrix/rig.h"

#include "bot/matrix/knock.h"

#define ANNA "@anna:gym.test"
#define BEN "@ben:gym.test"
#define CARA "@cara:gym.test"
#define ROOM "!r:gym.test"

/* State of ROOM. */
#define STATE(type, key, sender, content)                                                                              \
    "{'type':'" type "','state_key':'" key "','event_id':'$" type key "','sender':'" sender                            \
    "','origin_server_ts':1700000000000,'content':" content "}"
#define MEMBER(user, membership) STATE("m.room.member", user, user, "{'membership':'" membership "'}")
#define CRYPT STATE("m.room.encryption", "", ANNA, "{'algorithm':'m.megolm.v1.aes-sha2'}")
#define POWER(levels) STATE("m.room.power_levels", "", ANNA, levels)
#define ENCRYPTED MEMBER(SELF, "join") "," MEMBER(ANNA, "join") "," MEMBER(BEN, "join") "," CRYPT

enum part { IN_STATE, IN_TIMELINE };

static void take(struct rig *rig, enum part part, const char *events)
{
    struct buf sync = BUF_INIT(8192);

    buf_addf(&sync, "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'%s':{'events':[%s]}}}}}",
             part == IN_STATE ? "state" : "timeline", events);
    assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
    buf_release(&sync);
    buf_clear(&rig->told);
}

/* ---------------------------------------------------------------- the room key */

static void share_a_key(struct rig *rig)
{
    const struct e2ee_outbound_row row = {ROOM, "session", {"pickle", 6}, 1, 0};

    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    assert_int_equal(rig->keys.outbound_put(rig->keys.self, &row, NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
}

static int is_there(void *arg, const struct e2ee_outbound_row *row)
{
    (void)row;
    *(bool *)arg = true;
    return 0;
}

/* Whether the key that was shared is in use still; then there is one again. */
static bool key_stays(struct rig *rig)
{
    bool there = false;

    assert_true(rig->keys.outbound_get(rig->keys.self, ROOM, is_there, &there, NULL) >= 0);
    share_a_key(rig);
    return there;
}

/* Anybody can knock, again and again. */
static void a_knock_leaves_the_room_key(void **state)
{
    struct rig *rig = *state;

    take(rig, IN_STATE, ENCRYPTED);
    share_a_key(rig);
    take(rig, IN_TIMELINE, MEMBER(CARA, "knock"));
    assert_true(key_stays(rig));
    take(rig, IN_STATE, MEMBER("@eve:evil.test", "knock"));
    assert_true(key_stays(rig));
    take(rig, IN_TIMELINE, MEMBER(BEN, "knock")); /* that Ben has left we were not told */
    assert_false(key_stays(rig));
}

/* ---------------------------------------------------------------- knocks */

/* Anna's and Ben's room, all of whose members are known. */
static struct mx_room *enter(struct rig *rig, const char *state)
{
    struct mx_room *room;

    take(rig, IN_STATE, state);
    room = mx_rooms_find(rig->matrix->rooms, ROOM);
    room->members_complete = true;
    return room;
}

static int answered(struct rig *rig, const char *user)
{
    return mx_knock_answered(rig->matrix, mx_rooms_find(rig->matrix->rooms, ROOM), user, NULL);
}

static void who_is_let_in(void **state)
{
    struct rig *rig = *state;
    struct mx_room *room = enter(rig, ENCRYPTED);

    assert_int_equal(answered(rig, CARA), 0); /* nothing is known of the levels */
    take(rig, IN_STATE, POWER("{'users':{'" ANNA "':100},'invite':50}"));
    assert_int_equal(answered(rig, CARA), 0);
    take(rig, IN_STATE, POWER("{'users':{'" ANNA "':100,'" SELF "':49},'invite':50}"));
    assert_int_equal(answered(rig, CARA), 0);
    take(rig, IN_STATE, POWER("{'users':{'" ANNA "':100,'" SELF "':50},'invite':50}"));
    assert_int_equal(answered(rig, CARA), 1);
    assert_int_equal(answered(rig, "@cara:evil.test"), 0);    /* whom `allow` doesn't name */
    take(rig, IN_STATE, POWER("{'users':{'" ANNA "':100}}")); /* 0 when it isn't said (m.room.power_levels) */
    assert_int_equal(answered(rig, CARA), 1);
    room->members_complete = false;
    assert_int_equal(answered(rig, CARA), 0);
    room->members_complete = true;
    take(rig, IN_TIMELINE, MEMBER(BEN, "leave")); /* what remains is Anna's private chat */
    assert_int_equal(answered(rig, CARA), 0);
}

static void nobody_is_let_in_once_we_are_out(void **state)
{
    struct rig *rig = *state;
    struct mx_room *room = enter(rig, ENCRYPTED "," POWER("{}"));

    assert_int_equal(answered(rig, CARA), 1);
    assert_int_equal(rig_sync(rig, "{'next_batch':'n','rooms':{'leave':{'" ROOM "':{}}}}"), 0);
    room->members_complete = true;
    assert_int_equal(answered(rig, CARA), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_knock_leaves_the_room_key),
        TEST(who_is_let_in),
        TEST(nobody_is_let_in_once_we_are_out),
    };

    return RUN_TESTS(tests);
}
