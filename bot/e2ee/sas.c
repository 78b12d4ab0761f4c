/*
 * One verification by a short authentication string. Each message is checked against the state that it is for; what
 * doesn't fit ends the verification, since an attacker has one attempt, not several.
 */
#include "bot/e2ee/sas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/json/writer.h"
#include "core/base/mem.h"

#define AGREEMENT "curve25519-hkdf-sha256"
#define HASH "sha256"
#define MAC "hkdf-hmac-sha256.v2"

enum {
    INFO_MAX = 4096,
    KEYS_MAX = 64, /* that one peer vouches for */
    ID_MAX = 255,
    KEY_LENGTH = 43,
};

struct party {
    char *user, *device, *ed25519, *master;
};

struct sas {
    struct party own, peer;
    char *id;
    enum sas_state state;
    bool we_began;
    unsigned char private[CRYPTO_KEY], secret[CRYPTO_KEY];
    char public[CRYPTO_KEY_TEXT], their_public[CRYPTO_KEY_TEXT];
    struct buf start; /* canonical: what the commitment is over */
    char *commitment; /* theirs */
    bool their_mac;   /* it came, and is good */
    bool device, master;
    struct verify_out out;
};

/* ---- life */

static void copy_party(struct party *party, const struct sas_party *from)
{
    *party = (struct party){mem_strdup(from->user), mem_strdup(from->device), mem_strdup(from->ed25519),
                            mem_strdup(from->master)};
}

static void release_party(struct party *party)
{
    free(party->user);
    free(party->device);
    free(party->ed25519);
    free(party->master);
}

struct sas *sas_new(const struct sas_options *options)
{
    struct sas *sas = mem_zero(1, sizeof(*sas));

    copy_party(&sas->own, &options->own);
    copy_party(&sas->peer, &options->peer);
    sas->id = mem_strdup(options->id);
    verify_out_init(&sas->out, options->binding);
    buf_init(&sas->start, VERIFY_CONTENT_MAX);
    BUG_IF(crypto_random(sas->private, sizeof(sas->private)) != 0);
    crypto_curve25519_public(sas->private, sas->public);
    return sas;
}

void sas_free(struct sas *sas)
{
    if (sas == NULL)
        return;
    release_party(&sas->own);
    release_party(&sas->peer);
    verify_out_release(&sas->out);
    buf_release(&sas->start);
    free(sas->commitment);
    free(sas->id);
    crypto_cleanse(sas, sizeof(*sas));
    free(sas);
}

/* ---- messages out */

bool sas_next(struct sas *sas, const char **type, char **content)
{
    return verify_out_next(&sas->out, type, content);
}

static void write_list(struct json_writer *writer, const char *key, const char *const *texts)
{
    json_write_key(writer, key);
    json_write_begin(writer, '[');
    for (; *texts != NULL; texts++)
        json_write_text(writer, *texts);
    json_write_end(writer);
}

void sas_cancel(struct sas *sas, enum verify_code code)
{
    if (sas->state == SAS_CANCELLED || sas->state == SAS_VERIFIED)
        return;
    sas->state = SAS_CANCELLED;
    verify_out_cancel(&sas->out, code);
}

/* ---- start and accept */

void sas_begin(struct sas *sas)
{
    struct buf members = BUF_INIT(VERIFY_CONTENT_MAX);
    struct json_writer writer;
    struct json *content;

    if (sas->state != SAS_IDLE)
        return;
    json_write_init(&writer, &members);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "from_device");
    json_write_text(&writer, sas->own.device);
    write_list(&writer, "hashes", (const char *const[]){HASH, NULL});
    write_list(&writer, "key_agreement_protocols", (const char *const[]){AGREEMENT, NULL});
    write_list(&writer, "message_authentication_codes", (const char *const[]){MAC, NULL});
    json_write_key(&writer, "method");
    json_write_text(&writer, SAS_METHOD);
    write_list(&writer, "short_authentication_string", (const char *const[]){"decimal", "emoji", NULL});
    json_write_end(&writer);
    verify_out_say(&sas->out, "start", &members);
    content = json_parse(span_of(sas->out.messages.at[sas->out.messages.count - 1].content), NULL);
    BUG_IF(content == NULL || json_canonical(content, NULL, &sas->start, NULL) != 0);
    json_free(content);
    sas->we_began = true;
    sas->state = SAS_STARTED;
}

void sas_commitment(const char *key, struct span start, struct buf *out)
{
    unsigned char digest[CRYPTO_SHA256];
    struct buf both = BUF_INIT(VERIFY_CONTENT_MAX + CRYPTO_KEY_TEXT);

    buf_adds(&both, key);
    buf_add_span(&both, start);
    crypto_sha256(buf_span(&both), digest);
    crypto_base64((struct span){(const char *)digest, sizeof(digest)}, out);
    buf_release(&both);
}

static void accept(struct sas *sas, const struct json *content)
{
    const struct json *strings = json_get(content, "short_authentication_string");
    struct buf members = BUF_INIT(VERIFY_CONTENT_MAX), commitment = BUF_INIT(CRYPTO_KEY_TEXT);
    struct json_writer writer;

    sas_commitment(sas->public, buf_span(&sas->start), &commitment);
    json_write_init(&writer, &members);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "commitment");
    json_write_span(&writer, buf_span(&commitment));
    json_write_key(&writer, "hash");
    json_write_text(&writer, HASH);
    json_write_key(&writer, "key_agreement_protocol");
    json_write_text(&writer, AGREEMENT);
    json_write_key(&writer, "message_authentication_code");
    json_write_text(&writer, MAC);
    json_write_key(&writer, "method");
    json_write_text(&writer, SAS_METHOD);
    write_list(&writer, "short_authentication_string",
               verify_has(strings, "emoji") && verify_has(strings, "decimal")
                   ? (const char *const[]){"decimal", "emoji", NULL}
               : verify_has(strings, "emoji") ? (const char *const[]){"emoji", NULL}
                                              : (const char *const[]){"decimal", NULL});
    json_write_end(&writer);
    buf_release(&commitment);
    verify_out_say(&sas->out, "accept", &members);
    sas->state = SAS_ACCEPTED;
}

/* If both begin, the one with the smaller user id has begun, or of one user's devices the one with the smaller id
 * ("Key verification framework"). */
static bool is_theirs(const struct sas *sas)
{
    int order = strcmp(sas->peer.user, sas->own.user);

    return order < 0 || (order == 0 && strcmp(sas->peer.device, sas->own.device) < 0);
}

static void take_start(struct sas *sas, const struct json *content)
{
    const struct json *strings = json_get(content, "short_authentication_string");
    bool glare = sas->state == SAS_STARTED;

    if (sas->state != SAS_IDLE && !glare) {
        sas_cancel(sas, VERIFY_UNEXPECTED);
    } else if (!verify_says(content, "from_device", sas->peer.device)) {
        sas_cancel(sas, VERIFY_USER_MISMATCH);
    } else if (!verify_says(content, "method", SAS_METHOD)) {
        sas_cancel(sas, glare ? VERIFY_UNEXPECTED : VERIFY_UNKNOWN_METHOD);
    } else if (!glare || is_theirs(sas)) {
        buf_clear(&sas->start);
        sas->we_began = false;
        if (!verify_has(json_get(content, "key_agreement_protocols"), AGREEMENT) ||
            !verify_has(json_get(content, "hashes"), HASH) ||
            !verify_has(json_get(content, "message_authentication_codes"), MAC) ||
            (!verify_has(strings, "decimal") && !verify_has(strings, "emoji")))
            sas_cancel(sas, VERIFY_UNKNOWN_METHOD);
        else if (json_canonical(content, NULL, &sas->start, NULL) != 0)
            sas_cancel(sas, VERIFY_INVALID);
        else
            accept(sas, content);
    }
}

static void say_key(struct sas *sas)
{
    struct buf members = BUF_INIT(VERIFY_CONTENT_MAX);

    buf_addf(&members, "{\"key\":\"%s\"}", sas->public);
    verify_out_say(&sas->out, "key", &members);
}

static void take_accept(struct sas *sas, const struct json *content)
{
    const struct json *strings = json_get(content, "short_authentication_string");
    const char *commitment = json_get_text(content, "commitment");

    if (sas->state != SAS_STARTED) {
        sas_cancel(sas, VERIFY_UNEXPECTED);
    } else if (!verify_says(content, "key_agreement_protocol", AGREEMENT) || !verify_says(content, "hash", HASH) ||
               !verify_says(content, "message_authentication_code", MAC) ||
               (!verify_has(strings, "decimal") && !verify_has(strings, "emoji"))) {
        sas_cancel(sas, VERIFY_UNKNOWN_METHOD);
    } else if (commitment == NULL || strlen(commitment) != KEY_LENGTH) {
        sas_cancel(sas, VERIFY_INVALID);
    } else {
        sas->commitment = mem_strdup(commitment);
        say_key(sas);
        sas->state = SAS_KEYED;
    }
}

/* ---- keys */

static bool is_committed(const struct sas *sas, const char *key)
{
    struct buf commitment = BUF_INIT(CRYPTO_KEY_TEXT);
    bool same;

    sas_commitment(key, buf_span(&sas->start), &commitment);
    same = strcmp(buf_text(&commitment), sas->commitment) == 0;
    buf_release(&commitment);
    return same;
}

static void take_key(struct sas *sas, const struct json *content)
{
    const char *key = json_get_text(content, "key");
    unsigned char public[CRYPTO_KEY];

    if (sas->state != SAS_ACCEPTED && sas->state != SAS_KEYED) {
        sas_cancel(sas, VERIFY_UNEXPECTED);
    } else if (key == NULL || strlen(key) != KEY_LENGTH || crypto_key_decode(key, public) != 0 ||
               !crypto_curve25519_good(public) || strcmp(key, sas->public) == 0 ||
               crypto_x25519(sas->private, public, sas->secret) != 0) {
        sas_cancel(sas, VERIFY_INVALID);
    } else if (sas->state == SAS_KEYED && !is_committed(sas, key)) {
        sas_cancel(sas, VERIFY_MISMATCHED_COMMITMENT);
    } else {
        memcpy(sas->their_public, key, CRYPTO_KEY_TEXT);
        if (sas->state == SAS_ACCEPTED)
            say_key(sas);
        sas->state = SAS_SHOWN;
    }
}

static void add_side(struct buf *info, const struct party *party, const char *public)
{
    buf_addf(info, "%s|%s|%s|", party->user, party->device, public);
}

static void derive(const struct sas *sas, struct span info, unsigned char *out, size_t length)
{
    BUG_IF(crypto_hkdf_sha256((struct span){(const char *)sas->secret, CRYPTO_KEY}, span_of(""), info, out, length) !=
           0);
}

/* ("SAS HKDF calculation".) Fewer bytes are the beginning of more. */
void sas_shown(const struct sas *sas, unsigned char emoji[SAS_EMOJI], int numbers[SAS_NUMBERS])
{
    struct buf info = BUF_INIT(INFO_MAX);
    unsigned char bytes[SAS_BYTES];

    buf_adds(&info, "MATRIX_KEY_VERIFICATION_SAS|");
    add_side(&info, sas->we_began ? &sas->own : &sas->peer, sas->we_began ? sas->public : sas->their_public);
    add_side(&info, sas->we_began ? &sas->peer : &sas->own, sas->we_began ? sas->their_public : sas->public);
    buf_adds(&info, sas->id);
    BUG_IF(info.overflowed);
    derive(sas, buf_span(&info), bytes, sizeof(bytes));
    buf_release(&info);
    sas_signs(bytes, emoji, numbers);
}

void sas_signs(const unsigned char bytes[SAS_BYTES], unsigned char emoji[SAS_EMOJI], int numbers[SAS_NUMBERS])
{
    uint64_t bits = 0;

    for (int i = 0; i < SAS_BYTES; i++)
        bits = bits << 8 | bytes[i];
    for (int i = 0; i < SAS_EMOJI; i++)
        emoji[i] = (unsigned char)(bits >> (42 - 6 * i) & 0x3f);
    for (int i = 0; i < SAS_NUMBERS; i++)
        numbers[i] = (int)(bits >> (35 - 13 * i) & 0x1fff) + 1000;
}

/* ---- MACs */

static void mac_of(const struct sas *sas, const struct party *from, const struct party *to, const char *key_id,
                   struct span what, struct buf *out)
{
    unsigned char key[CRYPTO_KEY], mac[CRYPTO_SHA256];
    struct buf info = BUF_INIT(INFO_MAX);

    buf_addf(&info, "MATRIX_KEY_VERIFICATION_MAC%s%s%s%s%s%s", from->user, from->device, to->user, to->device, sas->id,
             key_id);
    BUG_IF(info.overflowed);
    derive(sas, buf_span(&info), key, sizeof(key));
    crypto_hmac_sha256((struct span){(const char *)key, sizeof(key)}, what, mac);
    crypto_base64((struct span){(const char *)mac, sizeof(mac)}, out);
    crypto_cleanse(key, sizeof(key));
    buf_release(&info);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void mac_of_list(const struct sas *sas, const struct party *from, const struct party *to, const char **ids,
                        size_t count, struct buf *out)
{
    struct buf list = BUF_INIT(VERIFY_CONTENT_MAX);

    qsort(ids, count, sizeof(*ids), by_text);
    for (size_t i = 0; i < count; i++) {
        if (i != 0)
            buf_addc(&list, ',');
        buf_adds(&list, ids[i]);
    }
    mac_of(sas, from, to, "KEY_IDS", buf_span(&list), out);
    buf_release(&list);
}

static void write_mac(const struct sas *sas, struct json_writer *writer, const char *key_id, const char *key)
{
    struct buf mac = BUF_INIT(CRYPTO_KEY_TEXT);

    mac_of(sas, &sas->own, &sas->peer, key_id, span_of(key), &mac);
    json_write_key(writer, key_id);
    json_write_span(writer, buf_span(&mac));
    buf_release(&mac);
}

static void say_mac(struct sas *sas)
{
    char device[ID_MAX + sizeof("ed25519:")], master[ID_MAX + sizeof("ed25519:")];
    const char *ids[] = {device, master};
    size_t count = sas->own.master[0] != '\0' ? 2 : 1;
    struct buf members = BUF_INIT(VERIFY_CONTENT_MAX), mac = BUF_INIT(CRYPTO_KEY_TEXT);
    struct json_writer writer;

    snprintf(device, sizeof(device), "ed25519:%s", sas->own.device);
    snprintf(master, sizeof(master), "ed25519:%s", sas->own.master);
    mac_of_list(sas, &sas->own, &sas->peer, ids, count, &mac);
    json_write_init(&writer, &members);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "keys");
    json_write_span(&writer, buf_span(&mac));
    json_write_key(&writer, "mac");
    json_write_begin(&writer, '{');
    write_mac(sas, &writer, device, sas->own.ed25519);
    if (count == 2)
        write_mac(sas, &writer, master, sas->own.master);
    json_write_end(&writer);
    json_write_end(&writer);
    buf_release(&mac);
    verify_out_say(&sas->out, "mac", &members);
}

static bool mac_is(const struct sas *sas, const char *key_id, struct span what, const char *claimed)
{
    struct buf mac = BUF_INIT(CRYPTO_KEY_TEXT);
    bool same;

    mac_of(sas, &sas->peer, &sas->own, key_id, what, &mac);
    same = strlen(claimed) == mac.length && crypto_equal(claimed, mac.data, mac.length);
    buf_release(&mac);
    return same;
}

/* The key of the peer's that ID names, as it was when the verification began; NULL: one that we don't know. */
static const char *known_key(const struct sas *sas, const char *id, bool *master)
{
    const char *name = strncmp(id, "ed25519:", 8) == 0 ? id + 8 : "";

    *master = false;
    if (strcmp(name, sas->peer.device) == 0)
        return sas->peer.ed25519;
    *master = name[0] != '\0' && strcmp(name, sas->peer.master) == 0;
    return *master ? sas->peer.master : NULL;
}

/* Whether the list is whole, and every key in it that we know is the one that they mean. */
static bool check_macs(struct sas *sas, const struct json *macs, const char *list_mac)
{
    const char *ids[KEYS_MAX];
    struct buf mac = BUF_INIT(CRYPTO_KEY_TEXT);
    struct json_cursor cursor = {0};
    const struct json *value;
    size_t count = 0;
    bool good, master;

    while (count < KEYS_MAX && json_next(macs, &cursor, &ids[count], &value))
        count++;
    mac_of_list(sas, &sas->peer, &sas->own, ids, count, &mac);
    good = strlen(list_mac) == mac.length && crypto_equal(list_mac, mac.data, mac.length);
    buf_release(&mac);
    for (size_t i = 0; good && i < count; i++) {
        const char *key = known_key(sas, ids[i], &master), *claimed = json_get_text(macs, ids[i]);

        if (key == NULL)
            continue;
        good = claimed != NULL && mac_is(sas, ids[i], span_of(key), claimed);
        *(master ? &sas->master : &sas->device) = good;
    }
    return good && (sas->device || sas->master);
}

static void verified(struct sas *sas)
{
    struct buf members = BUF_INIT(VERIFY_CONTENT_MAX);

    buf_adds(&members, "{}");
    verify_out_say(&sas->out, "done", &members);
    sas->state = SAS_VERIFIED;
}

static void take_mac(struct sas *sas, const struct json *content)
{
    const struct json *macs = json_get(content, "mac");
    const char *list_mac = json_get_text(content, "keys");

    if ((sas->state != SAS_SHOWN && sas->state != SAS_CONFIRMED) || sas->their_mac) {
        sas_cancel(sas, VERIFY_UNEXPECTED);
    } else if (!json_is_object(macs) || list_mac == NULL) {
        sas_cancel(sas, VERIFY_INVALID);
    } else if (strcmp(sas->peer.device, sas->peer.master) == 0 || !check_macs(sas, macs, list_mac)) {
        sas_cancel(sas, VERIFY_KEY_MISMATCH); /* a device named as a master key: CVE-2022-39250 */
    } else {
        sas->their_mac = true;
        if (sas->state == SAS_CONFIRMED)
            verified(sas);
    }
}

void sas_answer(struct sas *sas, bool same)
{
    if (sas->state != SAS_SHOWN)
        return;
    if (!same) {
        sas_cancel(sas, VERIFY_MISMATCHED_SAS);
        return;
    }
    say_mac(sas);
    sas->state = SAS_CONFIRMED;
    if (sas->their_mac)
        verified(sas);
}

/* ---- the rest */

static void take_cancel(struct sas *sas, const struct json *content)
{
    sas->state = SAS_CANCELLED;
    verify_out_cancelled(&sas->out, content);
}

static void take_done(struct sas *sas, const struct json *content)
{
    (void)content;
    sas_cancel(sas, VERIFY_UNEXPECTED);
}

void sas_receive(struct sas *sas, const char *type, const struct json *content)
{
    static const struct {
        const char *type;
        void (*take)(struct sas *sas, const struct json *content);
    } types[] = {{"start", take_start}, {"accept", take_accept}, {"key", take_key},
                 {"mac", take_mac},     {"cancel", take_cancel}, {"done", take_done}};

    if (sas->state == SAS_CANCELLED || sas->state == SAS_VERIFIED)
        return;
    for (size_t i = 0; i < ARRAY_LENGTH(types); i++)
        if (strcmp(type, types[i].type) == 0)
            types[i].take(sas, content);
}

enum sas_state sas_state(const struct sas *sas)
{
    return sas->state;
}

const char *sas_reason(const struct sas *sas)
{
    return verify_out_reason(&sas->out);
}

bool sas_vouched_device(const struct sas *sas)
{
    return sas->device;
}

bool sas_vouched_master(const struct sas *sas)
{
    return sas->master;
}
