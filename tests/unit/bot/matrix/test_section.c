/*
 * Which events of a sync response are a room's state (Client-Server API 1.16, "use_state_after", from MSC4222).
 */
#include "tests/unit/bot/matrix/rig.h"

#include "bot/log/log.h"
#include "bot/matrix/section.h"

#define ANNA "@anna:gym.test"
#define BEN "@ben:gym.test"
#define CARA "@cara:gym.test"
#define ROOM "!r:gym.test"
#define OLD "!old:gym.test"

#define STATE(type, key, id, content)                                                                                  \
    "{'type':'" type "','state_key':'" key "','event_id':'" id "','sender':'" ANNA                                     \
    "','origin_server_ts':1700000000000,'content':" content "}"
#define MEMBER(user, membership, id) STATE("m.room.member", user, id, "{'membership':'" membership "'}")
#define TEXT(id, sender, body)                                                                                         \
    "{'type':'m.room.message','event_id':'" id "','sender':'" sender "','origin_server_ts':1700000000000,'content':"   \
    "{'msgtype':'m.text','body':'" body "'}}"
#define POWER(id, level) STATE("m.room.power_levels", "", id, "{'users':{'" BEN "':" level "}}")
#define CRYPT STATE("m.room.encryption", "", "$crypt", "{'algorithm':'m.megolm.v1.aes-sha2'}")
#define ALL MEMBER(SELF, "join", "$s") "," MEMBER(ANNA, "join", "$a") "," MEMBER(BEN, "join", "$b")
#define HEARD(sender, id, body) "text " ROOM " " sender " " id " - late [" body "]\n"
#define CAME(id) "join " ROOM " " CARA " " id " - late []\n"

/* The room's section: the list NAME holds STATE, the timeline EVENTS. */
static void take(struct rig *rig, const char *name, const char *state, const char *events)
{
    struct buf sync = BUF_INIT(16384);

    buf_addf(&sync,
             "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'%s':{'events':[%s]},'timeline':{'events':[%s]}}}}}", name,
             state, events);
    assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
    buf_release(&sync);
}

static void after(struct rig *rig, const char *state, const char *events)
{
    take(rig, "state_after", state, events);
}

/* Anna, Ben and the bot are there; nobody is greeted. */
static struct mx_room *enter(struct rig *rig, const char *more)
{
    struct buf state = BUF_INIT(8192);

    assert_int_equal(rig_sync(rig, "{'next_batch':'n'}"), 0);
    buf_addf(&state, ALL "%s", more);
    after(rig, buf_text(&state), "");
    buf_release(&state);
    rig_expect(rig, "");
    return mx_rooms_find(rig->matrix->rooms, ROOM);
}

static enum mx_membership membership(struct rig *rig, const char *user)
{
    const struct mx_member *member = mx_room_member(mx_rooms_find(rig->matrix->rooms, ROOM), user);

    return member != NULL ? member->membership : MX_LEFT;
}

static int power(struct rig *rig, const char *user)
{
    int value = 0;

    assert_int_equal(mx_room_power(rig->matrix, mx_rooms_find(rig->matrix->rooms, ROOM), user, &value, NULL), 0);
    return value;
}

/* "Even if it is empty, clients MUST only update their local state with events in this list"; and where it is missing,
 * "with events in state and timeline". */
static void the_timeline_is_no_state_where_the_state_after_it_is_told(void **state)
{
    static const struct {
        const char *name;
        bool counts;
    } cases[] = {
        {"state_after", false}, {"org.matrix.msc4222.state_after", false}, {"state", true}, {"state_before", true}};
    static const char events[] = MEMBER(CARA, "join", "$c") "," POWER("$p", "50");

    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct rig *rig;

        rig_teardown(state);
        rig_setup(state);
        rig = *state;
        enter(rig, "");
        take(rig, cases[i].name, "", events);
        assert_int_equal(membership(rig, CARA), cases[i].counts ? MX_JOINED : MX_LEFT);
        assert_int_equal(power(rig, BEN), cases[i].counts ? 50 : 0);
        rig_expect(rig, cases[i].counts ? CAME("$c") : "");
    }
}

/* Two servers' halves of a room come together again, and the later event has lost. */
static void what_lost_does_not_count(void **state)
{
    struct rig *rig = *state;

    enter(rig, "," POWER("$p1", "50"));
    after(rig, POWER("$p2", "10"), POWER("$p2", "10") "," POWER("$p3", "100"));
    assert_int_equal(power(rig, BEN), 10);
    after(rig, MEMBER(BEN, "join", "$b2"), MEMBER(BEN, "join", "$b2") "," MEMBER(BEN, "ban", "$b3"));
    assert_int_equal(membership(rig, BEN), MX_JOINED);
    rig_expect(rig, "");
}

/* What became so while nobody looked isn't in the timeline. */
static void what_the_timeline_does_not_hold_counts(void **state)
{
    struct rig *rig = *state;

    enter(rig, "");
    after(rig, MEMBER(BEN, "leave", "$b2") "," POWER("$p", "75"), TEXT("$1", ANNA, "80x8"));
    assert_int_equal(membership(rig, BEN), MX_LEFT);
    assert_int_equal(power(rig, BEN), 75);
    rig_expect(rig, "removed " ROOM " " BEN " $b2 - late []\n" HEARD(ANNA, "$1", "80x8"));
}

/* A server that tells both: the one counts. */
static void the_state_before_is_nothing_beside_the_state_after(void **state)
{
    struct rig *rig = *state;

    enter(rig, "");
    assert_int_equal(rig_sync(rig, "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'state':{'events':[" POWER(
                                       "$p", "50") "]},'state_after':{'events':[]},'timeline':{'events':[]}}}}}"),
                     0);
    assert_int_equal(power(rig, BEN), 0);
}

/* Who comes does so before they write, and who goes after it: as it stands in the timeline. */
static void each_change_is_told_in_its_place(void **state)
{
    static const char came[] = MEMBER(CARA, "join", "$c"), went[] = MEMBER(CARA, "leave", "$c2");
    struct rig *rig = *state;

    enter(rig, "");
    after(rig, came, MEMBER(CARA, "join", "$c") "," TEXT("$1", CARA, "80x8"));
    rig_expect(rig, CAME("$c") HEARD(CARA, "$1", "80x8"));
    after(rig, went, TEXT("$2", CARA, "80x9") "," MEMBER(CARA, "leave", "$c2") "," TEXT("$3", ANNA, "80x7"));
    rig_expect(rig, HEARD(CARA, "$2", "80x9") "removed " ROOM " " CARA " $c2 - late []\n" HEARD(ANNA, "$3", "80x7"));
}

static int is_there(void *arg, const struct e2ee_outbound_row *row)
{
    (void)row;
    *(bool *)arg = true;
    return 0;
}

/* Whether the room key that was shared before EVENTS is used on. */
static bool key_stays(struct rig *rig, const char *state, const char *events)
{
    const struct e2ee_outbound_row row = {ROOM, "session", {"pickle", 6}, 1, 0};
    bool there = false;

    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    assert_int_equal(rig->keys.outbound_put(rig->keys.self, &row, NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
    after(rig, state, events);
    assert_true(rig->keys.outbound_get(rig->keys.self, ROOM, is_there, &there, NULL) >= 0);
    return there;
}

static void whoever_was_out_meanwhile_costs_the_room_key(void **state)
{
    struct rig *rig = *state;

    enter(rig, "," CRYPT);
    assert_true(key_stays(rig, "", TEXT("$1", ANNA, "80x8")));
    assert_true(key_stays(rig, MEMBER(CARA, "join", "$c"), MEMBER(CARA, "join", "$c")));
    assert_false(key_stays(rig, MEMBER(CARA, "leave", "$c2"), "")); /* in a gap */
    /* back again at the end; came and went; put out, which lost */
    assert_false(
        key_stays(rig, MEMBER(BEN, "join", "$b3"), MEMBER(BEN, "leave", "$b2") "," MEMBER(BEN, "join", "$b3")));
    assert_false(key_stays(rig, MEMBER("@d:gym.test", "leave", "$d2"),
                           MEMBER("@d:gym.test", "join", "$d1") "," MEMBER("@d:gym.test", "leave", "$d2")));
    assert_false(key_stays(rig, "", MEMBER(BEN, "ban", "$b4")));
    assert_int_equal(membership(rig, BEN), MX_JOINED);
    assert_true(key_stays(rig, "", MEMBER("@e:gym.test", "knock", "$e")));
}

/* Encryption that was seen once is never forgotten: a room that lost it is still no place for clear text. */
static void encryption_counts_wherever_it_is_seen(void **state)
{
    struct rig *rig = *state;
    struct mx_room *room = enter(rig, "");

    assert_false(room->encrypted);
    after(rig, "", STATE("m.room.encryption", "other", "$x", "{'algorithm':'m.megolm.v1.aes-sha2'}"));
    assert_false(room->encrypted);
    after(rig, "", CRYPT);
    assert_int_equal(mx_rooms_load(rig->matrix->rooms, NULL), 0);
    assert_true(mx_rooms_find(rig->matrix->rooms, ROOM)->encrypted);
}

/* A tombstone led there; what counts is what the new room is, not what once was said in it. */
static void a_new_room_is_judged_by_its_state_after(void **state)
{
#define CREATE STATE("m.room.create", "", "$create", "{'predecessor':{'room_id':'" OLD "'}}")
#define LINK STATE("m.room.tombstone", "", "$t", "{'replacement_room':'" ROOM "'}")
    static const struct {
        const char *after, *timeline, *told;
    } cases[] = {
        {CREATE, CREATE, "moved " OLD " " ROOM "\n"},
        {CREATE, "", "moved " OLD " " ROOM "\n"},
        {"", CREATE, ""},
    };

    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct rig *rig;

        rig_teardown(state);
        rig_setup(state);
        rig = *state;
        assert_int_equal(rig_sync(rig, "{'next_batch':'n'}"), 0);
        assert_int_equal(rig_sync(rig, "{'next_batch':'n','rooms':{'join':{'" OLD "':{'state_after':{'events':[" ALL
                                       "," STATE("m.room.power_levels", "", "$p",
                                                 "{'users':{'" ANNA "':100}}") "," LINK "]},'timeline':{'events':[" LINK
                                                                               "]}}}}}"),
                         0);
        after(rig, cases[i].after, cases[i].timeline);
        rig_expect(rig, cases[i].told);
    }
}

static void malformed_lists_are_none(void **state)
{
    struct rig *rig = *state;

    enter(rig, "");
    assert_int_equal(rig_sync(rig,
                              "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'state_after':7,'timeline':{'events':["
                              "]},'state':{'events':[" POWER("$p", "50") "]}}}}}"),
                     0);
    assert_int_equal(power(rig, BEN), 50);
    assert_int_equal(rig_sync(rig, "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'state_after':{'events':[1,null,{},{"
                                   "'event_id':5,'state_key':''}," POWER(
                                       "$q", "60") "]},'timeline':{'events':[null,{"
                                                   "'state_key':'','event_id':[]}," POWER("$q", "60") "]}}}}}"),
                     0);
    assert_int_equal(power(rig, BEN), 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_timeline_is_no_state_where_the_state_after_it_is_told),
        TEST(what_lost_does_not_count),
        TEST(what_the_timeline_does_not_hold_counts),
        TEST(the_state_before_is_nothing_beside_the_state_after),
        TEST(each_change_is_told_in_its_place),
        TEST(whoever_was_out_meanwhile_costs_the_room_key),
        TEST(encryption_counts_wherever_it_is_seen),
        TEST(a_new_room_is_judged_by_its_state_after),
        TEST(malformed_lists_are_none),
    };

    log_open(LOG_LEVEL_ERROR);
    return RUN_TESTS(tests);
}
