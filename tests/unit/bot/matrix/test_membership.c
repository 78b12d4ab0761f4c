/*
 * Who comes, goes and knocks: when the room key is replaced, and whom we let in.
 */
#include "tests/unit/bot/matrix/rig.h"

#include "bot/matrix/knock.h"
#include "bot/matrix/members.h"

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
#define VISIBILITY(who) STATE("m.room.history_visibility", "", ANNA, "{'history_visibility':'" who "'}")
#define POWER(levels) STATE("m.room.power_levels", "", ANNA, levels)
#define MEMBERS MEMBER(SELF, "join") "," MEMBER(ANNA, "join")
#define ENCRYPTED MEMBERS "," MEMBER(BEN, "join") "," CRYPT

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

/* By whatever way somebody loses the right to read, also unseen by us, or another one gets it: they read what comes
 * then by a new key, or not at all. */
static void the_room_key_is_replaced(void **state)
{
    static const struct {
        const char *events;
        enum part part;
        bool stays;
    } cases[] = {
        {MEMBER(CARA, "join"), IN_TIMELINE, true}, /* who comes is given the key from here on */
        {MEMBER(CARA, "leave"), IN_TIMELINE, false},
        {STATE("m.room.member", BEN, ANNA, "{'membership':'leave'}"), IN_TIMELINE, false}, /* thrown out */
        {MEMBER(BEN, "join"), IN_TIMELINE, true},
        {STATE("m.room.member", BEN, ANNA, "{'membership':'ban'}"), IN_TIMELINE, false},
        {MEMBER("@unknown:gym.test", "leave"), IN_STATE, false}, /* came and went in a gap of a limited timeline */
        {STATE("m.room.member", "@unknown:gym.test", ANNA, "{'membership':'ban'}"), IN_STATE, false},
        {MEMBER(ANNA, "join"), IN_STATE, true},
        {VISIBILITY("joined"), IN_TIMELINE, false},
        {VISIBILITY("joined"), IN_TIMELINE, true},
        {VISIBILITY("invited"), IN_TIMELINE, false},
        {VISIBILITY("shared"), IN_TIMELINE, false},
        {VISIBILITY("world_readable"), IN_TIMELINE, true}, /* the same people, and it is said as before */
        {STATE("m.room.topic", "", ANNA, "{'topic':'joined'}"), IN_TIMELINE, true},
    };
    struct rig *rig = *state;

    take(rig, IN_STATE, ENCRYPTED);
    share_a_key(rig);
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        take(rig, cases[i].part, cases[i].events);
        if (key_stays(rig) != cases[i].stays)
            fail_msg("case %zu: %s", i, cases[i].events);
    }
}

/* The whole list of members says it of whom we believed to be there. */
static void who_is_not_in_the_list_has_left(void **state)
{
    static const char *const lists[] = {"[" MEMBERS "," MEMBER(BEN, "join") "]", "[" MEMBERS "]"};
    struct rig *rig = *state;

    take(rig, IN_STATE, ENCRYPTED);
    share_a_key(rig);
    for (size_t i = 0; i < ARRAY_LENGTH(lists); i++) {
        struct json *list = rig_json(lists[i]);
        const struct mx_room *room;

        assert_int_equal(mx_members_take(rig->matrix, ROOM, list, NULL), 0);
        room = mx_rooms_find(rig->matrix->rooms, ROOM);
        assert_int_equal(mx_room_member(room, BEN)->membership, i == 0 ? MX_JOINED : MX_LEFT);
        assert_true(room->members_complete);
        assert_int_equal(key_stays(rig), i == 0);
        json_free(list);
    }
}

/* Client-Server API, m.room.history_visibility: whoever is invited reads from then on unless it is "joined"; the
 * history is for those who come later where it is "shared" or "world_readable", and "shared" where nothing is said. */
static void visibility_says_who_reads(void **state)
{
    static const struct {
        const char *event;
        size_t readers;
        bool shared;
    } cases[] = {
        {CRYPT, 4, true}, /* nothing yet */
        {VISIBILITY("joined"), 3, false},
        {VISIBILITY("invited"), 4, false},
        {VISIBILITY("shared"), 4, true},
        {VISIBILITY("joined"), 3, false},
        {VISIBILITY("world_readable"), 4, true},
    };
    struct rig *rig = *state;

    take(rig, IN_STATE, ENCRYPTED);
    take(rig, IN_TIMELINE, STATE("m.room.member", CARA, ANNA, "{'membership':'invite'}"));
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct mx_room *room;
        const char **readers;
        size_t count;

        take(rig, IN_STATE, cases[i].event);
        assert_int_equal(mx_rooms_load(rig->matrix->rooms, NULL), 0); /* it outlives a restart */
        room = mx_rooms_find(rig->matrix->rooms, ROOM);
        assert_int_equal(mx_room_members(rig->matrix, room, NULL), 0);
        readers = mx_room_readers(room, &count);
        if (count != cases[i].readers || room->history_shared != cases[i].shared)
            fail_msg("case %zu: %zu readers, %d", i, count, room->history_shared);
        free(readers);
    }
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

/* Who waits, as the store has it: since when is told, too. */
static void expect_kept(struct rig *rig, const char *users)
{
    struct buf kept = BUF_INIT(65536), found = BUF_INIT(1024);
    struct json *list = NULL;
    int64_t since_ms;

    assert_true(rig->port.value_get(rig->port.self, "knocks", &kept, NULL) >= 0);
    if (kept.length != 0)
        assert_non_null(list = json_parse(buf_span(&kept), NULL));
    for (size_t i = 0; i < json_count(list); i++) {
        assert_string_equal(json_text(json_at(json_at(list, i), 0)), ROOM);
        buf_addf(&found, "%s%s", i != 0 ? " " : "", json_text(json_at(json_at(list, i), 1)));
        assert_true(json_int(json_at(json_at(list, i), 2), &since_ms));
        assert_true(since_ms <= loop_now_ms() && since_ms > loop_now_ms() - 60000);
    }
    assert_string_equal(buf_text(&found), users);
    json_free(list);
    buf_release(&found);
    buf_release(&kept);
}

static void restart(struct rig *rig)
{
    mx_knocks_free(rig->matrix->knocks);
    rig->matrix->knocks = mx_knocks_new(rig->matrix);
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    assert_int_equal(mx_knocks_load(rig->matrix->knocks, NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
}

/* Nobody knocks twice because we were restarted meanwhile, and who was turned away or came is no longer awaited. */
static void who_knocks_is_not_forgotten_by_a_restart(void **state)
{
    struct rig *rig = *state;

    enter(rig, ENCRYPTED);
    take(rig, IN_TIMELINE, MEMBER(CARA, "knock") "," MEMBER("@d:gym.test", "knock") "," MEMBER(CARA, "knock"));
    expect_kept(rig, CARA " @d:gym.test");
    restart(rig);
    take(rig, IN_TIMELINE, STATE("m.room.member", CARA, ANNA, "{'membership':'leave'}"));
    expect_kept(rig, "@d:gym.test");
    restart(rig);
    take(rig, IN_STATE, STATE("m.room.member", "@d:gym.test", ANNA, "{'membership':'invite'}"));
    expect_kept(rig, "");
}

/* Nor is what was not committed taken for known. */
static void a_knock_that_was_rolled_back_comes_again(void **state)
{
    struct rig *rig = *state;

    enter(rig, ENCRYPTED);
    rig->refuse_commit = true;
    assert_int_equal(rig_sync(rig, "{'next_batch':'n','rooms':{'join':{'" ROOM
                                   "':{'timeline':{'events':[" MEMBER(CARA, "knock") "]}}}}}"),
                     -1);
    rig->refuse_commit = false;
    expect_kept(rig, "");
    take(rig, IN_TIMELINE, MEMBER(CARA, "knock"));
    expect_kept(rig, CARA);
}

static int refuse_to_read(void *self, const char *name, struct buf *out, struct err *err)
{
    (void)self, (void)name, (void)out;
    return err_set(err, ERR_STORE, "disk full");
}

/* Whether somebody may come in can't be read: that isn't that they may not. */
static void a_knock_waits_for_the_store(void **state)
{
    struct rig *rig = *state;
    struct mx_room *room = enter(rig, ENCRYPTED "," POWER("{}"));
    int (*read)(void *self, const char *name, struct buf *out, struct err *err) = rig->port.value_get;

    take(rig, IN_TIMELINE, MEMBER(CARA, "knock"));
    room->members_complete = true;
    json_free(room->power);
    room->power = NULL;
    room->power_read = false;
    rig->port.value_get = refuse_to_read;
    assert_int_equal(answered(rig, CARA), -1);
    mx_knocks_run(rig->matrix->knocks);
    rig->port.value_get = read;
    expect_kept(rig, CARA);
    restart(rig);
    mx_api_set_server(rig->matrix->api, "http://127.0.0.1:1");
    assert_int_equal(answered(rig, CARA), 1);
    mx_knocks_run(rig->matrix->knocks);
    expect_kept(rig, CARA);
    /* By the time that the server has heard of the invitation, they have been turned away. */
    take(rig, IN_TIMELINE, STATE("m.room.member", CARA, ANNA, "{'membership':'leave'}"));
    expect_kept(rig, "");
    restart(rig);
    /* Nobody but who may is waited for. */
    take(rig, IN_TIMELINE, MEMBER("@cara:evil.test", "knock"));
    mx_knocks_run(rig->matrix->knocks);
    expect_kept(rig, "");
}

/* Anybody can knock: at most a hundred are remembered. */
static void a_crowd_at_the_door_is_cut_off(void **state)
{
    struct rig *rig = *state;
    struct buf kept = BUF_INIT(1 << 20);
    struct json *list;

    enter(rig, ENCRYPTED);
    for (int i = 0; i < 150; i++) {
        char event[512];

        snprintf(event, sizeof(event), MEMBER("@x%d:evil.test", "knock"), i, i, i);
        take(rig, IN_TIMELINE, event);
    }
    assert_int_equal(rig->port.value_get(rig->port.self, "knocks", &kept, NULL), 1);
    list = json_parse(buf_span(&kept), NULL);
    assert_int_equal(json_count(list), 100);
    json_free(list);
    buf_release(&kept);
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
        TEST(the_room_key_is_replaced),
        TEST(who_is_not_in_the_list_has_left),
        TEST(visibility_says_who_reads),
        TEST(a_knock_leaves_the_room_key),
        TEST(who_is_let_in),
        TEST(who_knocks_is_not_forgotten_by_a_restart),
        TEST(a_knock_that_was_rolled_back_comes_again),
        TEST(a_knock_waits_for_the_store),
        TEST(a_crowd_at_the_door_is_cut_off),
        TEST(nobody_is_let_in_once_we_are_out),
    };

    return RUN_TESTS(tests);
}
