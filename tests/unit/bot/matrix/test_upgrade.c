/*
 * Rooms that take another's place: followed where both of them say so, and else not believed in anything.
 */
#include "tests/unit/bot/matrix/rig.h"

#include "bot/matrix/upgrade.h"

#define ANNA "@anna:gym.test"
#define BEN "@ben:gym.test"
#define OLD "!old:gym.test"
#define NEW "!new:gym.test"
#define V12 "!h4xRiKB3Lmd8L2zcLzqvYGY4zAq1kBdvDIbJqZpEHPs" /* an id without a server */
#define TS "1700000000000"

#define STATE(type, key, sender, content)                                                                              \
    "{'type':'" type "','state_key':'" key "','event_id':'$" type key "','sender':'" sender "','origin_server_ts':" TS \
    ",'content':" content "}"
#define MEMBER(user) STATE("m.room.member", user, user, "{'membership':'join'}")
#define ENCRYPTED STATE("m.room.encryption", "", ANNA, "{'algorithm':'m.megolm.v1.aes-sha2'}")
#define POWER                                                                                                          \
    STATE("m.room.power_levels", "", ANNA, "{'users':{'" ANNA "':100,'" BEN "':50},'events':{'m.room.tombstone':100}}")
#define CREATE(old) STATE("m.room.create", "", ANNA, "{'room_version':'11','predecessor':{'room_id':'" old "'}}")
#define TOMBSTONE(sender, to) STATE("m.room.tombstone", "", sender, "{'body':'moved','replacement_room':'" to "'}")
#define TEXT(id, body)                                                                                                 \
    "{'type':'m.room.message','event_id':'" id "','sender':'" ANNA "','origin_server_ts':" TS                          \
    ",'content':{'msgtype':'m.text','body':'" body "'}}"
#define ROOM_OF(room, state, events) "'" room "':{'state':{'events':[" state "]},'timeline':{'events':[" events "]}}"
#define JOINED(rooms) "{'next_batch':'n','rooms':{'join':{" rooms "}}}"
#define HEARD(room, id, body) "text " room " " ANNA " " id " - late [" body "]\n"

static void sync_in(struct rig *rig, const char *text)
{
    assert_int_equal(rig_sync(rig, text), 0);
}

/* The bot, Anna (who owns it) and Ben in the room OLD, MORE of whose state is given. */
static void enter(struct rig *rig, const char *more)
{
    struct buf sync = BUF_INIT(8192);

    sync_in(rig, "{'next_batch':'n'}");
    buf_addf(&sync, JOINED(ROOM_OF(OLD, "%s" MEMBER(SELF) "," MEMBER(ANNA) "," MEMBER(BEN), "")), more);
    sync_in(rig, buf_text(&sync));
    rig_expect(rig, "");
    buf_release(&sync);
}

static bool looks_at(struct rig *rig, const char *room_id)
{
    const struct mx_room *room = mx_rooms_find(rig->matrix->rooms, room_id);

    return room != NULL && room->invited;
}

static bool is_in(struct rig *rig, const char *room_id)
{
    const struct mx_room *room = mx_rooms_find(rig->matrix->rooms, room_id);

    return room != NULL && room->joined;
}

static void what_both_say_is_followed(void **state)
{
    struct rig *rig = *state;

    enter(rig, POWER "," ENCRYPTED ",");
    mx_rooms_find(rig->matrix->rooms, OLD)->welcomed = true;
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
    rig_expect(rig, "");
    assert_true(looks_at(rig, NEW));
    assert_int_equal(mx_rooms_load(rig->matrix->rooms, NULL), 0); /* killed before it was joined */
    assert_true(looks_at(rig, NEW));
    mx_rooms_find(rig->matrix->rooms, OLD)->welcomed = true;
    sync_in(rig, JOINED(ROOM_OF(NEW, CREATE(OLD) "," MEMBER(ANNA), ENCRYPTED)));
    rig_expect(rig, "moved " OLD " " NEW "\n");
    assert_true(is_in(rig, NEW) && is_in(rig, OLD));
    assert_true(mx_rooms_find(rig->matrix->rooms, NEW)->encrypted);
    assert_true(mx_rooms_find(rig->matrix->rooms, NEW)->welcomed); /* nobody is greeted again */
    /* Once, also when the server has us begin afresh. */
    free(rig->since);
    rig->since = NULL;
    sync_in(rig, JOINED(ROOM_OF(OLD, TOMBSTONE(ANNA, NEW) "," POWER, "") "," ROOM_OF(NEW, CREATE(OLD), "")));
    rig_expect(rig, "");
}

static void what_was_said_there_meanwhile_is_heard(void **state)
{
    struct rig *rig = *state;

    enter(rig, POWER ",");
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
    sync_in(rig, JOINED(ROOM_OF(NEW, "", CREATE(OLD) "," MEMBER(ANNA) "," TEXT("$1", "80x8"))));
    rig_expect(rig, "moved " OLD " " NEW "\n" HEARD(NEW, "$1", "80x8"));
}

/* The tombstone leads to a room that says nothing of the sort, or less than it should. */
static void a_room_that_knows_nothing_of_it_is_left_in_silence(void **state)
{
    static const char *const hijacks[] = {
        ROOM_OF(NEW, STATE("m.room.create", "", ANNA, "{'room_version':'11'}") "," ENCRYPTED, TEXT("$1", "80x8")),
        ROOM_OF(NEW, CREATE("!another:gym.test") "," ENCRYPTED, TEXT("$1", "80x8")),
        ROOM_OF(NEW, STATE("m.room.create", "x", ANNA, "{'predecessor':{'room_id':'" OLD "'}}") "," ENCRYPTED,
                TEXT("$1", "80x8")),
        ROOM_OF(NEW, STATE("m.room.create", "", ANNA, "{'predecessor':'" OLD "'}") "," ENCRYPTED, TEXT("$1", "80x8")),
        ROOM_OF(NEW, CREATE(OLD), TEXT("$1", "80x8")), /* no longer encrypted */
        ROOM_OF(NEW, CREATE(OLD) "," STATE("m.room.encryption", "", ANNA, "{}"), TEXT("$1", "80x8")),
        ROOM_OF(NEW, "", TEXT("$1", "80x8")),
        "'" NEW "':{}",
    };
    struct rig *rig = *state;

    enter(rig, POWER "," ENCRYPTED ",");
    for (size_t i = 0; i < ARRAY_LENGTH(hijacks); i++) {
        struct buf sync = BUF_INIT(8192);

        buf_addf(&sync, JOINED("%s"), hijacks[i]);
        sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, "!elsewhere:gym.test"))));
        sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
        assert_true(looks_at(rig, NEW));
        sync_in(rig, buf_text(&sync));
        assert_false(is_in(rig, NEW) || looks_at(rig, NEW));
        assert_int_equal(mx_rooms_load(rig->matrix->rooms, NULL), 0);
        assert_false(is_in(rig, NEW) || looks_at(rig, NEW));
        sync_in(rig, JOINED(ROOM_OF(NEW, CREATE(OLD) "," ENCRYPTED, TEXT("$2", "80x8")))); /* too late */
        assert_false(is_in(rig, NEW));
        rig_expect(rig, "");
        /* Once it was left, it is a room like any other. */
        sync_in(rig, "{'next_batch':'n','rooms':{'leave':{'" NEW "':{}}}}");
        buf_release(&sync);
    }
    sync_in(rig, JOINED(ROOM_OF(NEW, CREATE("!another:gym.test"), TEXT("$3", "80x8"))));
    rig_expect(rig, HEARD(NEW, "$3", "80x8"));
}

/* What has to be looked at is known also where the ids take six bytes for each of theirs. */
static void however_long_an_id_becomes(void **state)
{
    struct rig *rig = *state;
    struct buf old = BUF_INIT(2048), sync = BUF_INIT(8192);

    buf_adds(&old, "!");
    for (int i = 0; i < 240; i++)
        buf_adds(&old, "\\u0001");
    sync_in(rig, "{'next_batch':'n'}");
    buf_addf(&sync, JOINED(ROOM_OF("%s", POWER "," MEMBER(SELF) "," MEMBER(ANNA), TOMBSTONE(ANNA, NEW))),
             buf_text(&old));
    sync_in(rig, buf_text(&sync));
    assert_true(looks_at(rig, NEW));
    sync_in(rig, JOINED(ROOM_OF(NEW, CREATE("!another:gym.test"), TEXT("$1", "80x8"))));
    assert_false(is_in(rig, NEW) || looks_at(rig, NEW));
    rig_expect(rig, "");
    buf_release(&old);
    buf_release(&sync);
}

static void a_tombstone_of_somebody_without_the_power_is_none(void **state)
{
    static const struct {
        const char *levels; /* NULL: none were seen */
        const char *sender;
        bool may;
    } cases[] = {
        {"{'users':{'" ANNA "':100,'" BEN "':50},'events':{'m.room.tombstone':100}}", BEN, false},
        {"{'users':{'" ANNA "':100,'" BEN "':50},'events':{'m.room.tombstone':50}}", BEN, true},
        {"{'users':{'" ANNA "':100,'" BEN "':50}}", BEN, true}, /* 50 where nothing is said */
        {"{'users':{'" ANNA "':100,'" BEN "':49}}", BEN, false},
        {"{'users':{'" BEN "':40},'state_default':40}", BEN, true},
        {"{'users':{'" BEN "':40},'state_default':41}", BEN, false},
        {"{'users':{},'users_default':0}", BEN, false},
        {"{'users':[],'events':'x'}", BEN, false},
        {"{'users':{'" BEN "':-9223372036854775808}}", BEN, false},
        {"{'users':{'" ANNA "':100},'users_default':60}", BEN, true},
        {NULL, BEN, false},
    };

    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct rig *rig;
        void *own;
        struct buf sync = BUF_INIT(8192);

        rig_setup(&own);
        rig = own;
        enter(rig, "");
        if (cases[i].levels != NULL) {
            buf_addf(&sync, JOINED(ROOM_OF(OLD, STATE("m.room.power_levels", "", ANNA, "%s"), "")), cases[i].levels);
            sync_in(rig, buf_text(&sync));
        }
        buf_clear(&sync);
        buf_addf(&sync,
                 JOINED(ROOM_OF(OLD, "",
                                "{'type':'m.room.tombstone','state_key':'','event_id':'$t','sender':'%s',"
                                "'origin_server_ts':" TS ",'content':{'replacement_room':'" NEW "'}}")),
                 cases[i].sender);
        sync_in(rig, buf_text(&sync));
        if (looks_at(rig, NEW) != cases[i].may)
            fail_msg("case %zu", i);
        buf_release(&sync);
        rig_teardown(&own);
    }
    (void)state;
}

/* The tombstone stands before the levels in the state that a fresh sync brings. */
static void state_in_any_order(void **state)
{
    struct rig *rig = *state;

    enter(rig, TOMBSTONE(ANNA, NEW) "," POWER ",");
    assert_true(looks_at(rig, NEW));
}

/* Room version 12: the creator is above all levels, and the id that is named has no server, nor an event. */
static void creators_and_ids_without_a_server(void **state)
{
    struct rig *rig = *state;
    struct buf via = BUF_INIT(1024);

    enter(rig, STATE("m.room.create", "", ANNA, "{'room_version':'12'}") "," STATE(
                   "m.room.power_levels", "", ANNA, "{'users':{},'events':{'m.room.tombstone':150}}") ",");
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, V12))));
    assert_true(looks_at(rig, V12));
    mx_upgrade_via(rig->matrix, V12, &via);
    assert_string_equal(buf_text(&via), "&via=gym.test&server_name=gym.test");
    sync_in(rig, JOINED(ROOM_OF(V12, CREATE(OLD), TEXT("$1", "80x8"))));
    rig_expect(rig, "moved " OLD " " V12 "\n" HEARD(V12, "$1", "80x8"));
    buf_clear(&via);
    mx_upgrade_via(rig->matrix, V12, &via);
    assert_string_equal(buf_text(&via), "");
    buf_release(&via);
}

static void circles_end(void **state)
{
    struct rig *rig = *state;

    enter(rig, POWER "," CREATE(NEW) ",");
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
    sync_in(rig, JOINED(ROOM_OF(NEW, CREATE(OLD) "," POWER, "")));
    rig_expect(rig, "moved " OLD " " NEW "\n");
    sync_in(rig, JOINED(ROOM_OF(NEW, "", TOMBSTONE(ANNA, OLD)))); /* both say it, and it was come from there */
    sync_in(rig, JOINED(ROOM_OF(NEW, "", TOMBSTONE(ANNA, NEW))));
    rig_expect(rig, "");
}

static void nor_does_it_go_on_for_ever(void **state)
{
    enum { FURTHER = 40, FOLLOWED_AT_MOST = 16 };
    struct rig *rig = *state;
    int followed = 0;

    enter(rig, POWER ",");
    for (int i = 0; i < FURTHER && followed == i; i++) {
        struct buf sync = BUF_INIT(8192);
        char from[32];

        snprintf(from, sizeof(from), i == 0 ? OLD : "!r%d:gym.test", i);
        buf_addf(
            &sync,
            "{'next_batch':'n','rooms':{'join':{'%s':{'timeline':{'events':[{'type':'m.room.tombstone','state_key':'',"
            "'event_id':'$t','sender':'" ANNA "','content':{'replacement_room':'!r%d:gym.test'}}]}}}}}",
            from, i + 1);
        sync_in(rig, buf_text(&sync));
        buf_clear(&sync);
        buf_addf(&sync,
                 "{'next_batch':'n','rooms':{'join':{'!r%d:gym.test':{'state':{'events':[" POWER
                 ",{'type':'m.room.create','state_key':'','event_id':'$c','sender':'" ANNA
                 "','content':{'predecessor':{'room_id':'%s'}}}]}}}}}",
                 i + 1, from);
        sync_in(rig, buf_text(&sync));
        followed += strstr(buf_text(&rig->told), "moved") != NULL;
        buf_clear(&rig->told);
        buf_release(&sync);
    }
    assert_int_equal(followed, FOLLOWED_AT_MOST);
}

/* Whoever comes first is not alone with the bot. */
static void a_room_of_several_is_one_though_they_have_not_come_yet(void **state)
{
    struct rig *rig = *state;

    enter(rig, POWER ",");
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
    sync_in(rig, JOINED(ROOM_OF(NEW, CREATE(OLD) "," MEMBER(ANNA), "")));
    mx_rooms_find(rig->matrix->rooms, NEW)->members_complete = true;
    sync_in(rig, JOINED(ROOM_OF(NEW, "", TEXT("$1", "80x8"))));
    rig_expect(rig, "moved " OLD " " NEW "\n" HEARD(NEW, "$1", "80x8"));
    assert_int_equal(mx_rooms_load(rig->matrix->rooms, NULL), 0);
    assert_false(mx_room_is_direct(mx_rooms_find(rig->matrix->rooms, NEW)));
}

/* Element asks people into the new room; that may come before the tombstone is seen. */
static void a_room_that_we_are_in_already(void **state)
{
    struct rig *rig = *state;

    enter(rig, POWER "," ENCRYPTED ",");
    sync_in(rig, JOINED(ROOM_OF(NEW, CREATE(OLD) "," ENCRYPTED, "")));
    rig_expect(rig, "");
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
    rig_expect(rig, "moved " OLD " " NEW "\n");
}

static void unreached(struct rig *rig, const char *room_id)
{
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    assert_int_equal(mx_upgrade_unreached(rig->matrix, room_id, NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
}

/* Whoever wrote the tombstone can help: by themselves where that goes, else in the old room; once, also after a start.
 */
static void who_led_us_to_a_closed_door_is_told(void **state)
{
    for (int alone = 0; alone < 2; alone++) {
        struct mx_room *chat;
        struct rig *rig;
        void *own;

        rig_setup(&own);
        rig = own;
        enter(rig, POWER ",");
        if (alone) {
            sync_in(rig, JOINED(ROOM_OF("!chat:gym.test", MEMBER(SELF) "," MEMBER(ANNA), "")));
            chat = mx_rooms_find(rig->matrix->rooms, "!chat:gym.test");
            chat->direct = chat->members_complete = chat->dirty = true;
            buf_clear(&rig->told);
        }
        sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
        for (int i = 0; i < 2; i++) {
            unreached(rig, NEW);
            rig_expect(rig, i != 0  ? ""
                            : alone ? "left-behind !chat:gym.test " ANNA " -\n"
                                    : "left-behind " OLD " " ANNA " -\n");
            assert_int_equal(mx_rooms_load(rig->matrix->rooms, NULL), 0);
            assert_true(looks_at(rig, NEW));
        }
        sync_in(rig, JOINED(ROOM_OF(NEW, CREATE(OLD) "," MEMBER(ANNA), "")));
        rig_expect(rig, "moved " OLD " " NEW "\n");
        rig_teardown(&own);
    }
    (void)state;
}

/* Nobody has us try a door after the other for ever. */
static void a_room_has_one_successor(void **state)
{
    struct rig *rig = *state;

    enter(rig, POWER ",");
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, "!elsewhere:gym.test"))));
    assert_int_equal(mx_upgrade_waits(rig->matrix, "!elsewhere:gym.test", NULL), 1);
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
    assert_int_equal(mx_upgrade_waits(rig->matrix, "!elsewhere:gym.test", NULL), 0);
    assert_int_equal(mx_upgrade_waits(rig->matrix, NEW, NULL), 1);
    unreached(rig, "!elsewhere:gym.test");
    sync_in(rig, JOINED(ROOM_OF("!elsewhere:gym.test", CREATE(OLD), TEXT("$1", "80x8")))); /* it was too late */
    assert_false(is_in(rig, "!elsewhere:gym.test"));
    rig_expect(rig, "");
    sync_in(rig, "{'next_batch':'n','rooms':{'invite':{'!elsewhere:gym.test':{'invite_state':{'events':[{'type':"
                 "'m.room.member','state_key':'" SELF "','sender':'" ANNA
                 "','content':{'membership':'invite'}}]}}}}}"); /* which is another matter */
    sync_in(rig, JOINED(ROOM_OF("!elsewhere:gym.test", CREATE("!another:gym.test"), TEXT("$2", "80x8"))));
    assert_true(is_in(rig, "!elsewhere:gym.test"));
}

/* In one response, in whichever order. */
static void both_at_once(void **state)
{
    for (int i = 0; i < 2; i++) {
        struct rig *rig;
        void *own;

        rig_setup(&own);
        rig = own;
        enter(rig, POWER ",");
        sync_in(rig, i == 0 ? JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW)) "," ROOM_OF(NEW, "", CREATE(OLD)))
                            : JOINED(ROOM_OF(NEW, "", CREATE(OLD)) "," ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
        rig_expect(rig, "moved " OLD " " NEW "\n");
        assert_true(is_in(rig, NEW));
        rig_teardown(&own);
    }
    (void)state;
}

/* Whoever owns one room can't have us leave another. */
static void a_room_of_others_is_not_left(void **state)
{
    struct rig *rig = *state;

    enter(rig, POWER ",");
    sync_in(rig, JOINED(ROOM_OF(NEW, CREATE("!another:gym.test"), "")));
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
    sync_in(rig, JOINED(ROOM_OF(NEW, "", TEXT("$1", "80x8"))));
    rig_expect(rig, HEARD(NEW, "$1", "80x8"));
}

static void what_is_no_room_is_not_looked_at(void **state)
{
    static const char *const replacements[] = {"5",  "null",         "''",         "'new:gym.test'", "'#new:gym.test'",
                                               "{}", "'!x\\u0000y'", ("'" OLD "'")};
    struct rig *rig = *state;

    enter(rig, POWER ",");
    for (size_t i = 0; i < ARRAY_LENGTH(replacements); i++) {
        struct buf sync = BUF_INIT(4096);
        struct mx_room *room;
        size_t cursor = 0;

        buf_addf(&sync, JOINED(ROOM_OF(OLD, "", STATE("m.room.tombstone", "", ANNA, "{'replacement_room':%s}"))),
                 replacements[i]);
        sync_in(rig, buf_text(&sync));
        while (mx_rooms_next(rig->matrix->rooms, &cursor, &room))
            assert_false(room->invited);
        buf_release(&sync);
    }
    rig_expect(rig, "");
}

/* A chat with one person is one still, and the old one isn't any more, whatever m.direct says. */
static void a_private_chat_moves(void **state)
{
    struct rig *rig = *state;
    struct buf room = BUF_INIT(256);

    sync_in(rig, "{'next_batch':'n'}");
    sync_in(rig, JOINED(ROOM_OF(OLD, POWER "," MEMBER(SELF) "," MEMBER(ANNA), "")));
    mx_rooms_find(rig->matrix->rooms, OLD)->direct = true;
    buf_clear(&rig->told);
    sync_in(rig, JOINED(ROOM_OF(OLD, "", TOMBSTONE(ANNA, NEW))));
    sync_in(rig, JOINED(ROOM_OF(NEW, CREATE(OLD) "," MEMBER(ANNA), "")));
    sync_in(rig,
            "{'next_batch':'n','account_data':{'events':[{'type':'m.direct','content':{'" ANNA "':['" OLD "']}}]}}");
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    assert_int_equal(matrix_private_room(rig->matrix, ANNA, &room, NULL), 1);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
    assert_string_equal(buf_text(&room), NEW);
    buf_release(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_both_say_is_followed),
        TEST(what_was_said_there_meanwhile_is_heard),
        TEST(a_room_that_knows_nothing_of_it_is_left_in_silence),
        TEST(however_long_an_id_becomes),
        cmocka_unit_test(a_tombstone_of_somebody_without_the_power_is_none),
        TEST(state_in_any_order),
        TEST(creators_and_ids_without_a_server),
        TEST(circles_end),
        TEST(nor_does_it_go_on_for_ever),
        TEST(a_room_of_several_is_one_though_they_have_not_come_yet),
        TEST(a_room_that_we_are_in_already),
        cmocka_unit_test(both_at_once),
        cmocka_unit_test(who_led_us_to_a_closed_door_is_told),
        TEST(a_room_has_one_successor),
        TEST(a_room_of_others_is_not_left),
        TEST(what_is_no_room_is_not_looked_at),
        TEST(a_private_chat_moves),
    };

    return RUN_TESTS(tests);
}
