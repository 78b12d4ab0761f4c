/*
 * Reactions and votes that are read in the room before we know what our own event there is called.
 */
#include "bot/e2ee/ratchet.h"
#include "bot/matrix/early.h"
#include "bot/matrix/kept.h"
#include "tests/unit/bot/matrix/rig.h"

#define ANNA "@anna:gym.test"
#define ROOM "!r:gym.test"
#define SYNC(state, events)                                                                                            \
    "{'next_batch':'n','rooms':{'join':{'" ROOM "':{'state':{'events':[" state "]},'timeline':{'events':[" events      \
    "]}}}}}"
#define EVENT(type, id, content)                                                                                       \
    "{'type':'" type "','event_id':'" id "','sender':'" ANNA "','origin_server_ts':1700000000000,'content':" content "}"
#define ANNOTATES(on) "{'m.relates_to':{'rel_type':'m.annotation','event_id':'" on "','key':'+'}}"
#define THUMB(id, on) EVENT("m.reaction", id, ANNOTATES(on))
#define VOTE(on)                                                                                                       \
    "{'m.relates_to':{'rel_type':'m.reference','event_id':'" on "'},'org.matrix.msc3381.poll.response':{'answers':["   \
    "'4']}}"
#define REDACTION(id, of) EVENT("m.room.redaction", id, "{'redacts':'" of "'}")
#define ENCRYPTION                                                                                                     \
    "{'type':'m.room.encryption','state_key':'','event_id':'$e','sender':'" ANNA                                       \
    "','content':{'algorithm':'m.megolm.v1.aes-sha2'}}"
#define NOTHING SYNC("", "")

/* The server's answer says that EVENT_ID is ours. */
static void own_event_is(struct rig *rig, const char *event_id)
{
    rig_knows(rig,
              &(struct matrix_event_row){.event_id = event_id, .room_id = ROOM, .sender = SELF, .sent_ms = LOGIN_MS});
}

static void a_reaction_waits_for_its_event(void **state)
{
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    assert_int_equal(rig_sync(rig, SYNC("", THUMB("$r1", "$ours") "," THUMB("$r2", "$other"))), 0);
    rig_expect(rig, "");
    assert_int_equal(rig_sync(rig, SYNC("", EVENT("m.room.message", "$1", "{'msgtype':'m.text','body':'80x8'}"))), 0);
    rig_expect(rig, "text " ROOM " " ANNA " $1 - late [80x8]\n");
    own_event_is(rig, "$ours");
    rig->refuse_message = true; /* what is rolled back is released once more */
    assert_int_equal(rig_sync(rig, NOTHING), -1);
    rig->refuse_message = false;
    assert_int_equal(rig_sync(rig, NOTHING), 0);
    rig_expect(rig, "reaction " ROOM " " ANNA " $r1 $ours addressed late [+]\n");
    assert_int_equal(rig_sync(rig, NOTHING), 0);
    rig_expect(rig, "");
    own_event_is(rig, "$other");
    assert_int_equal(rig_sync(rig, NOTHING), 0);
    rig_expect(rig, "reaction " ROOM " " ANNA " $r2 $other addressed late [+]\n");
}

static void a_vote_waits_for_its_poll(void **state)
{
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    assert_int_equal(rig_sync(rig, SYNC("", EVENT("org.matrix.msc3381.poll.response", "$v", VOTE("$ours")))), 0);
    rig_expect(rig, "");
    own_event_is(rig, "$ours");
    assert_int_equal(rig_sync(rig, NOTHING), 0);
    rig_expect(rig, "vote " ROOM " " ANNA " $v $ours addressed late [4]\n");
}

static void what_is_early_can_be_taken_back(void **state)
{
    struct rig *rig = *state;

    rig_meet(rig, ROOM, ANNA);
    assert_int_equal(rig_sync(rig, SYNC("", THUMB("$r1", "$ours"))), 0);
    assert_int_equal(rig_sync(rig, SYNC("", REDACTION("$2", "$r1"))), 0);
    rig_expect(rig, "redaction " ROOM " " ANNA " $2 $r1 late []\n");
    own_event_is(rig, "$ours");
    assert_int_equal(rig_sync(rig, NOTHING), 0);
    rig_expect(rig, "");
}

/* Nobody fills the store with reactions on nothing: of many the last ones are kept, and none that is too large. */
static void what_is_early_is_bounded(void **state)
{
    struct rig *rig = *state;
    struct buf value = BUF_INIT(1 << 20);
    struct err err = {0};
    char sync[2 * MX_EARLY_BYTES], event[16];

    rig_meet(rig, ROOM, ANNA);
    for (int i = 0; i < 3 * MX_EARLY_MAX; i++) {
        snprintf(event, sizeof(event), "$n%d", i);
        snprintf(sync, sizeof(sync), SYNC("", THUMB("%s", "$o%d")), event, i);
        assert_int_equal(rig_sync(rig, sync), 0);
    }
    snprintf(sync, sizeof(sync),
             SYNC("", "{'type':'m.reaction','event_id':'$large','sender':'" ANNA
                      "','origin_server_ts':1,'content':" ANNOTATES("$o") ",'unsigned':{'x':'%0*d'}}"),
             MX_EARLY_BYTES, 0);
    assert_int_equal(rig_sync(rig, sync), 0);
    assert_int_equal(rig->port.value_get(rig->port.self, "early_reactions", &value, &err), 1);
    assert_true(value.length < MX_EARLY_MAX * MX_EARLY_BYTES);
    assert_non_null(strstr(buf_text(&value), "\"$n47\""));
    assert_null(strstr(buf_text(&value), "\"$n31\""));
    assert_null(strstr(buf_text(&value), "$large"));
    buf_release(&value);
}

/* ---------------------------------------------------------------- sealed */

/* Anna's phone, whose room key is here. */
struct phone {
    struct ratchet_outbound *room_key;
    char session_id[44];
};

static void phone_open(struct phone *phone, struct rig *rig)
{
    static const unsigned char pickle_key[RATCHET_PICKLE_KEY] = {7}; /* the rig's */
    const struct e2ee_store *store = store_e2ee(rig->store);
    struct ratchet_account *account = ratchet_account_new();
    struct buf key = BUF_INIT(1024), pickle = BUF_INIT(4096);
    struct ratchet_inbound *inbound;
    char curve25519[44], ed25519[44];
    struct e2ee_device_row device = {ANNA, "PHONE", curve25519, ed25519, "{}", false};
    struct e2ee_inbound_row row = {ROOM, phone->session_id, ANNA, "PHONE", curve25519, ed25519, {0}, 0, true, LOGIN_MS};

    ratchet_account_keys(account, curve25519, ed25519);
    phone->room_key = ratchet_outbound_new();
    ratchet_outbound_id(phone->room_key, phone->session_id);
    ratchet_outbound_key(phone->room_key, &key);
    inbound = ratchet_inbound_new(buf_text(&key), NULL);
    assert_int_equal(ratchet_inbound_pickle(inbound, pickle_key, &pickle), 0);
    row.pickle = buf_span(&pickle);
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    assert_int_equal(store->device_put(store->self, &device, NULL), 0);
    assert_int_equal(store->inbound_put(store->self, &row, NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
    ratchet_inbound_free(inbound);
    ratchet_account_free(account);
    buf_release(&key);
    buf_release(&pickle);
}

/* Seals an event of TYPE and CONTENT, with its relation RELATES also outside (NULL: only inside), and syncs it as ID.
 */
static void phone_sends(struct phone *phone, struct rig *rig, const char *id, const char *type, const char *content,
                        const char *relates)
{
    struct buf payload = BUF_INIT(4096), sealed = BUF_INIT(8192), sync = BUF_INIT(16384);

    buf_addf(&payload, "{'type':'%s','content':%s,'room_id':'" ROOM "'}", type, content);
    for (size_t i = 0; i < payload.length; i++)
        if (payload.data[i] == '\'')
            payload.data[i] = '"';
    assert_int_equal(ratchet_outbound_encrypt(phone->room_key, buf_span(&payload), &sealed), 0);
    buf_addf(&sync,
             SYNC("", "{'type':'m.room.encrypted','event_id':'%s','sender':'" ANNA
                      "','origin_server_ts':1700000000000,'content':{'algorithm':'m.megolm.v1.aes-sha2','ciphertext':"
                      "'%s','session_id':'%s','m.relates_to':%s}}"),
             id, buf_text(&sealed), phone->session_id, relates != NULL ? relates : "{}");
    assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
    buf_release(&payload);
    buf_release(&sealed);
    buf_release(&sync);
}

/* The relation stands inside the ciphertext alone, or outside too: both are seen. Nothing is opened in the store. */
static void what_is_sealed_waits_too(void **state)
{
    struct rig *rig = *state;
    struct phone phone;
    struct buf value = BUF_INIT(1 << 20);

    rig_meet(rig, ROOM, ANNA);
    assert_int_equal(rig_sync(rig, SYNC(ENCRYPTION, "")), 0);
    phone_open(&phone, rig);
    phone_sends(&phone, rig, "$r1", "m.reaction", ANNOTATES("$ours"), NULL);
    phone_sends(&phone, rig, "$r2", "m.reaction", ANNOTATES("$ours"),
                "{'rel_type':'m.annotation','event_id':'$ours','key':'+'}");
    phone_sends(&phone, rig, "$v", "org.matrix.msc3381.poll.response", VOTE("$poll"), NULL);
    phone_sends(&phone, rig, "$r3", "m.reaction", ANNOTATES("$ours"), NULL);
    assert_int_equal(rig_sync(rig, SYNC("", REDACTION("$gone", "$r3"))), 0);
    rig_expect(rig, "redaction " ROOM " " ANNA " $gone $r3 late []\n");
    assert_int_equal(rig->port.value_get(rig->port.self, "early_reactions", &value, NULL), 1);
    assert_null(strstr(buf_text(&value), "m.reaction"));
    assert_null(strstr(buf_text(&value), "poll.response"));
    own_event_is(rig, "$ours");
    assert_int_equal(rig_sync(rig, NOTHING), 0);
    rig_expect(rig, "reaction " ROOM " " ANNA " $r1 $ours addressed late [+]\nreaction " ROOM " " ANNA
                    " $r2 $ours addressed late [+]\n");
    own_event_is(rig, "$poll");
    assert_int_equal(rig_sync(rig, NOTHING), 0);
    rig_expect(rig, "vote " ROOM " " ANNA " $v $poll addressed late [4]\n");
    assert_int_equal(rig_sync(rig, NOTHING), 0);
    rig_expect(rig, "");
    buf_release(&value);
    ratchet_outbound_free(phone.room_key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_reaction_waits_for_its_event), TEST(a_vote_waits_for_its_poll), TEST(what_is_early_can_be_taken_back),
        TEST(what_is_early_is_bounded),       TEST(what_is_sealed_waits_too),
    };

    return RUN_TESTS(tests);
}
