/*
 * The ratchets behind ratchet.h, against each other and against libolm's published Megolm vector. What another
 * implementation makes of them stands in tests/interop.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/ratchet.h"
#include "core/base/mem.h"

static const unsigned char KEY[RATCHET_PICKLE_KEY] = "0123456789abcdef0123456789abcdef";
static const unsigned char OTHER_KEY[RATCHET_PICKLE_KEY] = "0123456789abcdef0123456789abcdeF";

struct peer {
    struct ratchet_account *account;
    char curve25519[44], ed25519[44];
};

static struct peer peer_new(void)
{
    struct peer peer = {.account = ratchet_account_new()};

    ratchet_account_keys(peer.account, peer.curve25519, peer.ed25519);
    return peer;
}

struct listing {
    int count;
    char last_id[32], last_key[44];
};

static void list_key(void *arg, const char *key_id, const char *curve25519)
{
    struct listing *listing = arg;

    listing->count++;
    snprintf(listing->last_id, sizeof(listing->last_id), "%s", key_id);
    snprintf(listing->last_key, sizeof(listing->last_key), "%s", curve25519);
}

static struct listing unpublished(struct peer *peer, bool fallback)
{
    struct listing listing = {0};

    ratchet_account_unpublished(peer->account, fallback, list_key, &listing);
    return listing;
}

struct message {
    int type;
    struct buf text;
};

static struct message encrypt(struct ratchet_session *session, const char *plain)
{
    struct message message = {.text = BUF_INIT(100000)};

    assert_int_equal(ratchet_session_encrypt(session, span_of(plain), &message.type, &message.text), 0);
    return message;
}

static void assert_decrypts(struct ratchet_session *session, struct message *message, const char *expected)
{
    struct buf plain = BUF_INIT(100000);
    struct err err = {0};

    if (ratchet_session_decrypt(session, message->type, buf_span(&message->text), &plain, &err) != 0)
        fail_msg("%s", err.text);
    assert_string_equal(buf_text(&plain), expected);
    buf_release(&plain);
}

static void assert_refused(struct ratchet_session *session, int type, struct span message, const char *why)
{
    struct buf plain = BUF_INIT(100000);
    struct err err = {0};

    if (ratchet_session_decrypt(session, type, message, &plain, &err) == 0)
        fail_msg("taken: %.*s", (int)message.length, message.at);
    assert_int_equal(err.class, ERR_CRYPTO);
    if (strstr(err.text, why) == NULL)
        fail_msg("%s, not %s", err.text, why);
    assert_int_equal(plain.length, 0);
    buf_release(&plain);
}

/* Alice's session to Bob's one-time (or fallback) key, and her first message. */
static struct ratchet_session *begin(struct peer *alice, struct peer *bob, bool fallback, struct message *first)
{
    struct listing keys;
    struct ratchet_session *session;

    if (fallback)
        ratchet_account_make_fallback(bob->account);
    else
        ratchet_account_make_keys(bob->account, 1);
    keys = unpublished(bob, fallback);
    assert_int_equal(keys.count, 1);
    ratchet_account_mark_published(bob->account);
    session = ratchet_session_outbound(alice->account, bob->curve25519, keys.last_key, NULL);
    assert_non_null(session);
    *first = encrypt(session, "first");
    assert_int_equal(first->type, RATCHET_MESSAGE_PREKEY);
    return session;
}

static struct ratchet_session *answer(struct peer *bob, struct peer *alice, struct message *first)
{
    struct ratchet_session *session =
        ratchet_session_inbound(bob->account, alice->curve25519, buf_span(&first->text), NULL);

    assert_non_null(session);
    assert_decrypts(session, first, "first");
    ratchet_account_used(bob->account, session);
    return session;
}

static void accounts_list_their_keys(void **state)
{
    struct peer alice = peer_new();
    struct listing keys;
    unsigned char point[CRYPTO_KEY];
    char signature[88];

    (void)state;
    assert_int_equal(crypto_key_decode(alice.curve25519, point), 0);
    assert_true(crypto_curve25519_good(point));
    ratchet_account_sign(alice.account, span_of("{\"a\":1}"), signature);
    assert_int_equal(strlen(signature), 86);
    assert_true(crypto_ed25519_verify(alice.ed25519, span_of("{\"a\":1}"), signature));
    assert_false(crypto_ed25519_verify(alice.ed25519, span_of("{\"a\":2}"), signature));

    assert_int_equal(ratchet_account_max_keys(alice.account), 100);
    assert_int_equal(unpublished(&alice, false).count, 0);
    assert_int_equal(unpublished(&alice, true).count, 0);
    ratchet_account_make_keys(alice.account, 50);
    ratchet_account_make_fallback(alice.account);
    assert_int_equal(unpublished(&alice, false).count, 50);
    keys = unpublished(&alice, true);
    assert_int_equal(keys.count, 1);
    assert_int_equal(crypto_key_decode(keys.last_key, point), 0);
    assert_true(strlen(keys.last_id) > 0);
    ratchet_account_mark_published(alice.account);
    assert_int_equal(unpublished(&alice, false).count, 0);
    assert_int_equal(unpublished(&alice, true).count, 0);
    ratchet_account_free(alice.account);
    assert_int_equal(strncmp(ratchet_version(), "libolm 3.", 9), 0);
}

static void sessions_talk_both_ways(void **state)
{
    struct peer alice = peer_new(), bob = peer_new();
    struct message first, second, reply, third;
    struct ratchet_session *to_bob = begin(&alice, &bob, false, &first), *to_alice;
    char a[44], b[44];

    (void)state;
    second = encrypt(to_bob, "second"); /* a pre-key message until Bob has answered */
    assert_int_equal(second.type, RATCHET_MESSAGE_PREKEY);
    to_alice = answer(&bob, &alice, &first);
    assert_true(ratchet_session_matches(to_alice, alice.curve25519, buf_span(&second.text)));
    assert_false(ratchet_session_matches(to_alice, bob.curve25519, buf_span(&second.text)));
    assert_false(ratchet_session_matches(to_alice, alice.curve25519, span_of("junk")));
    assert_decrypts(to_alice, &second, "second");
    reply = encrypt(to_alice, "");
    assert_int_equal(reply.type, RATCHET_MESSAGE_NORMAL);
    assert_decrypts(to_bob, &reply, "");
    third = encrypt(to_bob, "third");
    assert_int_equal(third.type, RATCHET_MESSAGE_NORMAL);
    assert_decrypts(to_alice, &third, "third");
    ratchet_session_id(to_bob, a);
    ratchet_session_id(to_alice, b);
    assert_string_equal(a, b);

    assert_refused(to_alice, third.type, buf_span(&third.text), "BAD_MESSAGE"); /* replayed */
    assert_refused(to_alice, second.type, buf_span(&second.text), "BAD_MESSAGE");
    buf_release(&first.text);
    buf_release(&second.text);
    buf_release(&reply.text);
    buf_release(&third.text);
    ratchet_session_free(to_bob);
    ratchet_session_free(to_alice);
    ratchet_account_free(alice.account);
    ratchet_account_free(bob.account);
}

static void a_one_time_key_serves_once_and_a_fallback_key_until_forgotten(void **state)
{
    for (int fallback = 0; fallback <= 1; fallback++) {
        struct peer alice = peer_new(), bob = peer_new();
        struct message first;
        struct ratchet_session *to_bob = begin(&alice, &bob, fallback, &first);
        struct ratchet_session *to_alice = answer(&bob, &alice, &first), *again;
        struct err err = {0};

        ratchet_account_used(bob.account, to_alice); /* twice does no harm */
        again = ratchet_session_inbound(bob.account, alice.curve25519, buf_span(&first.text), &err);
        assert_int_equal(again != NULL, fallback);
        if (!fallback)
            assert_non_null(strstr(err.text, "BAD_MESSAGE_KEY_ID"));
        ratchet_session_free(again);
        ratchet_account_make_fallback(bob.account); /* the old one still serves, until it is forgotten */
        again = ratchet_session_inbound(bob.account, alice.curve25519, buf_span(&first.text), &err);
        assert_int_equal(again != NULL, fallback);
        ratchet_session_free(again);
        ratchet_account_forget_fallback(bob.account);
        assert_null(ratchet_session_inbound(bob.account, alice.curve25519, buf_span(&first.text), &err));
        buf_release(&first.text);
        ratchet_session_free(to_bob);
        ratchet_session_free(to_alice);
        ratchet_account_free(alice.account);
        ratchet_account_free(bob.account);
    }
    (void)state;
}

static void messages_may_come_late_but_not_from_too_far_ahead(void **state)
{
    enum { GAP = 2000, SENT = GAP + 2 }; /* libolm's cap on keys to compute for one message */
    struct peer alice = peer_new(), bob = peer_new();
    struct message first, *sent = mem_zero(SENT, sizeof(*sent));
    struct ratchet_session *to_bob = begin(&alice, &bob, false, &first), *to_alice = answer(&bob, &alice, &first);

    (void)state;
    for (int i = 0; i < SENT; i++)
        sent[i] = encrypt(to_bob, "x");
    assert_refused(to_alice, sent[SENT - 1].type, buf_span(&sent[SENT - 1].text), "BAD_MESSAGE");
    assert_decrypts(to_alice, &sent[2], "x");
    assert_decrypts(to_alice, &sent[0], "x");
    assert_decrypts(to_alice, &sent[1], "x");
    assert_decrypts(to_alice, &sent[SENT - 1], "x");
    for (int i = 0; i < SENT; i++)
        buf_release(&sent[i].text);
    free(sent);
    buf_release(&first.text);
    ratchet_session_free(to_bob);
    ratchet_session_free(to_alice);
    ratchet_account_free(alice.account);
    ratchet_account_free(bob.account);
}

/*
 * A failure must not cost the session: what was sent before still decrypts afterwards. (The keys in front of a pre-key
 * message are not covered by its MAC; ratchet_session_matches() is for them.)
 */
static void tampered_messages_are_refused_and_change_nothing(void **state)
{
    struct peer alice = peer_new(), bob = peer_new();
    struct message first, reply;
    struct ratchet_session *to_bob = begin(&alice, &bob, false, &first), *to_alice = answer(&bob, &alice, &first);

    (void)state;
    reply = encrypt(to_alice, "reply");
    assert_int_equal(reply.type, RATCHET_MESSAGE_NORMAL);
    for (size_t i = 0; i < reply.text.length; i++) {
        char old = reply.text.data[i];

        reply.text.data[i] = old == 'A' ? 'Q' : 'A';
        assert_refused(to_bob, reply.type, buf_span(&reply.text), "");
        reply.text.data[i] = '\xff'; /* which libolm would take for a '/' */
        assert_refused(to_bob, reply.type, buf_span(&reply.text), "INVALID_BASE64");
        reply.text.data[i] = old;
        assert_refused(to_bob, reply.type, (struct span){reply.text.data, i}, "");
    }
    assert_refused(to_bob, RATCHET_MESSAGE_PREKEY, buf_span(&reply.text), "");
    assert_refused(to_bob, 2, buf_span(&reply.text), "type 2");
    assert_refused(to_bob, -1, buf_span(&reply.text), "type -1");
    assert_decrypts(to_bob, &reply, "reply");
    buf_release(&first.text);
    buf_release(&reply.text);
    ratchet_session_free(to_bob);
    ratchet_session_free(to_alice);
    ratchet_account_free(alice.account);
    ratchet_account_free(bob.account);
}

static void malformed_keys_make_no_session(void **state)
{
    struct peer alice = peer_new();
    struct err err = {0};
    struct message first;
    struct peer bob = peer_new();
    struct ratchet_session *to_bob = begin(&alice, &bob, false, &first);

    (void)state;
    assert_null(ratchet_session_outbound(alice.account, "", "", &err));
    assert_int_equal(err.class, ERR_CRYPTO);
    assert_null(ratchet_session_outbound(alice.account, "short", alice.curve25519, &err));
    assert_null(ratchet_session_inbound(bob.account, bob.curve25519, buf_span(&first.text), &err)); /* not the sender */
    assert_null(ratchet_session_inbound(bob.account, "", buf_span(&first.text), &err));
    assert_null(ratchet_session_inbound(bob.account, alice.curve25519, span_of(""), &err));
    assert_null(ratchet_session_inbound(bob.account, alice.curve25519, span_of("AwogAAAA"), &err));
    assert_null(ratchet_inbound_new("", &err));
    assert_null(ratchet_inbound_new("AgAAAAA", &err));
    assert_null(ratchet_inbound_import("junk!", &err));
    buf_release(&first.text);
    ratchet_session_free(to_bob);
    ratchet_account_free(alice.account);
    ratchet_account_free(bob.account);
}

static void pickles_open_with_their_key_only(void **state)
{
    struct peer alice = peer_new(), bob = peer_new();
    struct message first, second;
    struct ratchet_session *to_bob = begin(&alice, &bob, false, &first), *to_alice;
    struct buf pickle = BUF_INIT(100000);
    struct err err = {0};
    char before[44], curve[44], ed[44];

    (void)state;
    assert_int_equal(ratchet_account_pickle(bob.account, KEY, &pickle), 0);
    ratchet_account_free(bob.account);
    assert_null(ratchet_account_unpickle(OTHER_KEY, buf_span(&pickle), &err));
    assert_int_equal(err.class, ERR_CRYPTO);
    assert_null(ratchet_account_unpickle(KEY, (struct span){pickle.data, pickle.length - 4}, &err));
    assert_null(ratchet_account_unpickle(KEY, span_of(""), &err));
    bob.account = ratchet_account_unpickle(KEY, buf_span(&pickle), &err);
    assert_non_null(bob.account);
    ratchet_account_keys(bob.account, curve, ed);
    assert_string_equal(curve, bob.curve25519);
    assert_string_equal(ed, bob.ed25519);

    to_alice = answer(&bob, &alice, &first);
    buf_clear(&pickle);
    ratchet_session_id(to_bob, before);
    assert_int_equal(ratchet_session_pickle(to_bob, KEY, &pickle), 0);
    ratchet_session_free(to_bob);
    assert_null(ratchet_session_unpickle(OTHER_KEY, buf_span(&pickle), &err));
    to_bob = ratchet_session_unpickle(KEY, buf_span(&pickle), &err);
    assert_non_null(to_bob);
    ratchet_session_id(to_bob, curve);
    assert_string_equal(curve, before);
    second = encrypt(to_bob, "after");
    assert_decrypts(to_alice, &second, "after");
    assert_null(ratchet_account_unpickle(KEY, buf_span(&pickle), &err)); /* of another kind */
    buf_release(&pickle);
    buf_release(&first.text);
    buf_release(&second.text);
    ratchet_session_free(to_bob);
    ratchet_session_free(to_alice);
    ratchet_account_free(alice.account);
    ratchet_account_free(bob.account);
    ratchet_account_free(NULL);
    ratchet_session_free(NULL);
    ratchet_outbound_free(NULL);
    ratchet_inbound_free(NULL);
}

/* A buffer that is too small must not advance the ratchet: the index that was not sent would be lost. */
static void a_full_buffer_changes_nothing(void **state)
{
    struct peer alice = peer_new(), bob = peer_new();
    struct message first, second;
    struct ratchet_session *to_bob = begin(&alice, &bob, false, &first), *to_alice = answer(&bob, &alice, &first);
    struct ratchet_outbound *outbound = ratchet_outbound_new();
    struct buf small = BUF_INIT(10);
    struct err err = {0};
    int type;

    (void)state;
    assert_int_equal(ratchet_session_encrypt(to_bob, span_of("x"), &type, &small), -1);
    buf_clear(&small);
    assert_int_equal(ratchet_outbound_encrypt(outbound, span_of("x"), &small), -1);
    assert_int_equal(ratchet_outbound_index(outbound), 0);
    buf_clear(&small);
    assert_int_equal(ratchet_session_pickle(to_bob, KEY, &small), -1);
    second = encrypt(to_bob, "a text that is longer than ten bytes");
    buf_clear(&small);
    assert_int_equal(ratchet_session_decrypt(to_alice, second.type, buf_span(&second.text), &small, &err), -1);
    assert_int_equal(err.class, ERR_LIMIT);
    assert_decrypts(to_alice, &second, "a text that is longer than ten bytes");
    buf_release(&first.text);
    buf_release(&second.text);
    buf_release(&small);
    ratchet_outbound_free(outbound);
    ratchet_session_free(to_bob);
    ratchet_session_free(to_alice);
    ratchet_account_free(alice.account);
    ratchet_account_free(bob.account);
}

static void large_texts_survive(void **state)
{
    struct peer alice = peer_new(), bob = peer_new();
    struct message first, second;
    struct ratchet_session *to_bob = begin(&alice, &bob, false, &first), *to_alice = answer(&bob, &alice, &first);
    char *text = mem_zero(65536, 1);

    (void)state;
    memset(text, 'x', 65535); /* an event's maximum */
    second = encrypt(to_bob, text);
    assert_decrypts(to_alice, &second, text);
    free(text);
    buf_release(&first.text);
    buf_release(&second.text);
    ratchet_session_free(to_bob);
    ratchet_session_free(to_alice);
    ratchet_account_free(alice.account);
    ratchet_account_free(bob.account);
}

static void assert_group_decrypts(struct ratchet_inbound *session, struct span message, const char *expected,
                                  uint32_t expected_index)
{
    struct buf plain = BUF_INIT(1000);
    struct err err = {0};
    uint32_t index = 77;

    if (ratchet_inbound_decrypt(session, message, &index, &plain, &err) != 0)
        fail_msg("%s", err.text);
    assert_string_equal(buf_text(&plain), expected);
    assert_int_equal(index, expected_index);
    buf_release(&plain);
}

static void assert_group_refused(struct ratchet_inbound *session, struct span message, const char *why)
{
    struct buf plain = BUF_INIT(1000);
    struct err err = {0};
    uint32_t index;

    assert_int_equal(ratchet_inbound_decrypt(session, message, &index, &plain, &err), -1);
    assert_int_equal(err.class, ERR_CRYPTO);
    assert_non_null(strstr(err.text, why));
    assert_int_equal(plain.length, 0);
    buf_release(&plain);
}

/* libolm's own vectors: tests/test_group_session.cpp, "Group message send/receive" and "Invalid signature group
 * message", as mautrix-go (crypto/goolm/session/megolm_session_test.go, bdb58f2e) repeats them. */
static void megolm_agrees_with_libolms_vectors(void **state)
{
    static const char *const vectors[][2] = {
        {"AgAAAAAwMTIzNDU2Nzg5QUJERUYwMTIzNDU2Nzg5QUJDREVGMDEyMzQ1Njc4OUFCREVGMDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkRFR"
         "jA"
         "xMjM0NTY3ODlBQkNERUYwMTIzNDU2Nzg5QUJERUYwMTIzNDU2Nzg5QUJDREVGMDEyMw0bdg1BDq4Px/slBow06q8n/"
         "B9WBfwWYyNOB8DlUmXGGw"
         "rFmaSb9bR/eY8xgERrxmP07hFmD9uqA2p8PMHdnV5ysmgufE6oLZ5+8/mWQOW3VVTnDIlnwd8oHUYRuk8TCQ",
         "AwgAEhAcbh6UpbByoyZxufQ+h2B+8XHMjhR69G8F4+"
         "qjMaFlnIXusJZX3r8LnRORG9T3DXFdbVuvIWrLyRfm4i8QRbe8VPwGRFG57B1CtmxanuP"
         "8bHtnnYqlwPsD"},
        {"AgAAAAAwMTIzNDU2Nzg5QUJERUYwMTIzNDU2Nzg5QUJDREVGMDEyMzQ1Njc4OUFCREVGMDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkRFR"
         "jA"
         "xMjM0NTY3ODlBQkNERUYwMTIzNDU2Nzg5QUJERUYwMTIzNDU2Nzg5QUJDREVGMDEyMztqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
         "4l"
         "x1cSN3Xv1TgfLPW8rhGiW+hHiMxd36nRuxscNv9k4oJA/KP+o0mi1wv44StrEJ1wwx9WZHBUIWkQbaBSuBDw",
         "AwgAEhAcbh6UpbByoyZxufQ+h2B+8XHMjhR69G8nP4pNZGl/"
         "3QMgrzCZPmP+F2aPLyKPzxRPBMUkeXRJ6Iqm5NeOdx2eERgTW7P20CM+lL3Xpk+"
         "ZUOOPvsSQNaAL"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(vectors); i++) {
        struct ratchet_inbound *session = ratchet_inbound_new(vectors[i][0], NULL), *imported;
        struct buf exported = BUF_INIT(1000);
        char *forged = mem_strdup(vectors[i][1]);

        assert_non_null(session);
        assert_group_decrypts(session, span_of(vectors[i][1]), "Message", 0);
        assert_int_equal(ratchet_inbound_export(session, 0, &exported), 0);
        imported = ratchet_inbound_import(buf_text(&exported), NULL);
        assert_group_decrypts(imported, span_of(vectors[i][1]), "Message", 0);
        forged[strlen(forged) - 1] = 'E';
        assert_group_refused(session, span_of(forged), "BAD_SIGNATURE");
        free(forged);
        buf_release(&exported);
        ratchet_inbound_free(session);
        ratchet_inbound_free(imported);
    }
}

static void megolm_keys_open_what_comes_after_them(void **state)
{
    struct ratchet_outbound *outbound = ratchet_outbound_new();
    struct ratchet_inbound *first, *second, *third;
    struct buf key = BUF_INIT(1000), messages[5], text = BUF_INIT(1000);
    char out_id[44], in_id[44];
    struct err err = {0};

    (void)state;
    ratchet_outbound_key(outbound, &key);
    first = ratchet_inbound_new(buf_text(&key), &err);
    assert_non_null(first);
    assert_null(ratchet_inbound_import(buf_text(&key), &err)); /* a signed key is no exported one */
    for (int i = 0; i < 5; i++) {
        char plain[16];

        if (i == 3) {
            buf_clear(&key);
            ratchet_outbound_key(outbound, &key);
        }
        assert_int_equal(ratchet_outbound_index(outbound), i);
        snprintf(plain, sizeof(plain), "set %d", i);
        buf_init(&messages[i], 1000);
        assert_int_equal(ratchet_outbound_encrypt(outbound, span_of(plain), &messages[i]), 0);
    }
    second = ratchet_inbound_new(buf_text(&key), &err);
    assert_int_equal(ratchet_inbound_first_index(first), 0);
    assert_int_equal(ratchet_inbound_first_index(second), 3);
    ratchet_outbound_id(outbound, out_id);
    ratchet_inbound_id(second, in_id);
    assert_string_equal(out_id, in_id);

    assert_group_decrypts(first, buf_span(&messages[4]), "set 4", 4);
    assert_group_decrypts(first, buf_span(&messages[0]), "set 0", 0);
    assert_group_decrypts(first, buf_span(&messages[0]), "set 0", 0); /* replays are the machine's to see */
    assert_group_decrypts(second, buf_span(&messages[3]), "set 3", 3);
    assert_group_refused(second, buf_span(&messages[2]), "UNKNOWN_MESSAGE_INDEX");

    assert_int_equal(ratchet_inbound_export(second, 2, &text), -1);
    assert_int_equal(ratchet_inbound_export(first, 4, &text), 0);
    third = ratchet_inbound_import(buf_text(&text), &err);
    assert_int_equal(ratchet_inbound_first_index(third), 4);
    assert_group_decrypts(third, buf_span(&messages[4]), "set 4", 4);
    assert_group_refused(third, buf_span(&messages[3]), "UNKNOWN_MESSAGE_INDEX");
    assert_null(ratchet_inbound_new(buf_text(&text), &err));

    for (size_t i = 0; i < messages[4].length; i++) {
        char old = messages[4].data[i];

        messages[4].data[i] = old == 'A' ? 'Q' : 'A';
        assert_group_refused(first, buf_span(&messages[4]), "");
        messages[4].data[i] = '\xff';
        assert_group_refused(first, buf_span(&messages[4]), "INVALID_BASE64");
        messages[4].data[i] = old;
        assert_group_refused(first, (struct span){messages[4].data, i}, "");
    }
    for (int i = 0; i < 5; i++)
        buf_release(&messages[i]);
    buf_release(&key);
    buf_release(&text);
    ratchet_outbound_free(outbound);
    ratchet_inbound_free(first);
    ratchet_inbound_free(second);
    ratchet_inbound_free(third);
}

static void megolm_pickles_open_with_their_key_only(void **state)
{
    struct ratchet_outbound *outbound = ratchet_outbound_new();
    struct ratchet_inbound *inbound;
    struct buf key = BUF_INIT(1000), pickle = BUF_INIT(10000), message = BUF_INIT(1000);
    struct err err = {0};

    (void)state;
    assert_int_equal(ratchet_outbound_encrypt(outbound, span_of("zero"), &message), 0);
    ratchet_outbound_key(outbound, &key);
    inbound = ratchet_inbound_new(buf_text(&key), &err);
    assert_int_equal(ratchet_outbound_pickle(outbound, KEY, &pickle), 0);
    ratchet_outbound_free(outbound);
    assert_null(ratchet_outbound_unpickle(OTHER_KEY, buf_span(&pickle), &err));
    outbound = ratchet_outbound_unpickle(KEY, buf_span(&pickle), &err);
    assert_int_equal(ratchet_outbound_index(outbound), 1);
    buf_clear(&message);
    assert_int_equal(ratchet_outbound_encrypt(outbound, span_of("one"), &message), 0);
    buf_clear(&pickle);
    assert_int_equal(ratchet_inbound_pickle(inbound, KEY, &pickle), 0);
    ratchet_inbound_free(inbound);
    assert_null(ratchet_inbound_unpickle(OTHER_KEY, buf_span(&pickle), &err));
    inbound = ratchet_inbound_unpickle(KEY, buf_span(&pickle), &err);
    assert_group_decrypts(inbound, buf_span(&message), "one", 1);
    for (size_t i = 0; i < pickle.length; i += 11) {
        char old = pickle.data[i];

        pickle.data[i] = old == 'A' ? 'B' : 'A';
        assert_null(ratchet_inbound_unpickle(KEY, buf_span(&pickle), &err));
        pickle.data[i] = old;
        assert_null(ratchet_inbound_unpickle(KEY, (struct span){pickle.data, i}, &err));
    }
    buf_release(&key);
    buf_release(&pickle);
    buf_release(&message);
    ratchet_outbound_free(outbound);
    ratchet_inbound_free(inbound);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accounts_list_their_keys),
        cmocka_unit_test(sessions_talk_both_ways),
        cmocka_unit_test(a_one_time_key_serves_once_and_a_fallback_key_until_forgotten),
        cmocka_unit_test(messages_may_come_late_but_not_from_too_far_ahead),
        cmocka_unit_test(tampered_messages_are_refused_and_change_nothing),
        cmocka_unit_test(malformed_keys_make_no_session),
        cmocka_unit_test(pickles_open_with_their_key_only),
        cmocka_unit_test(a_full_buffer_changes_nothing),
        cmocka_unit_test(large_texts_survive),
        cmocka_unit_test(megolm_agrees_with_libolms_vectors),
        cmocka_unit_test(megolm_keys_open_what_comes_after_them),
        cmocka_unit_test(megolm_pickles_open_with_their_key_only),
    };

    return RUN_TESTS(tests);
}
