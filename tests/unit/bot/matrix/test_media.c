/*
 * Files in the media repository (Client-Server API: EncryptedFile, and the grammar of mxc addresses).
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "bot/json/json.h"
#include "bot/matrix/media.h"
#include "bot/matrix/upload.h"
#include "core/base/mem.h"

static void an_encrypted_file_is_described(void **state)
{
    struct mx_media media = {.encrypted = true, .iv = {255, 255, 255, 255, 255, 255, 255, 255}};
    struct buf out = BUF_INIT(4096), canonical = BUF_INIT(4096);
    struct json *json;

    (void)state;
    for (size_t i = 0; i < 32; i++) {
        media.key[i] = i % 2 == 0 ? 0xfb : 0xff; /* in base64 all of it is '+' and '/' */
        media.sha256[i] = (unsigned char)i;
    }
    mx_media_describe("mxc://x.org/abc", &media, &out);
    json = json_parse(buf_span(&out), NULL);
    assert_non_null(json);
    assert_int_equal(json_canonical(json, NULL, &canonical, NULL), 0);
    assert_string_equal(buf_text(&canonical),
                        "{\"hashes\":{\"sha256\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\"},\"iv\":\"//////////"
                        "8AAAAAAAAAAA\",\"key\":{\"alg\":\"A256CTR\",\"ext\":true,\"k\":\"-__7__v_-__7__v_-__7__v_-__"
                        "7__v_-__7__v_-_8\",\"key_ops\":[\"encrypt\",\"decrypt\"],\"kty\":\"oct\"},\"url\":\"mxc://"
                        "x.org/abc\",\"v\":\"v2\"}");
    json_free(json);
    buf_release(&out);
    buf_release(&canonical);
}

static void a_room_has_what_fits_it(void **state)
{
    (void)state;
    assert_true(mx_upload_fits("mxc://x/y", false));
    assert_false(mx_upload_fits("mxc://x/y", true));
    assert_true(mx_upload_fits("{\"url\":\"mxc://x/y\"}", true));
    assert_false(mx_upload_fits("{\"url\":\"mxc://x/y\"}", false));
    assert_false(mx_upload_fits("", true));
    assert_false(mx_upload_fits("", false));
}

static void addresses(void **state)
{
    static const char *const good[] = {"mxc://x.org/abc", "mxc://localhost:8448/A-b_9", "mxc://[::1]:80/a",
                                       "mxc://10.0.0.1/a", "mxc://[1:2::3.4.5.6]/a"};
    static const char *const bad[] = {"",
                                      "mxc://",
                                      "mxc://x",
                                      "mxc://x/",
                                      "mxc:///a",
                                      "mxc://x/..",
                                      "mxc://x/.",
                                      "mxc://../a",
                                      "mxc://./a",
                                      "mxc://-x/a",
                                      "mxc://x/../a",
                                      "mxc://x/a/b",
                                      "https://x/a",
                                      "mxc://x/a?b",
                                      "mxc://x/a%2fb",
                                      "mxc://x%2f../a",
                                      "mxc://x/a\"b",
                                      "mxc://x y/a",
                                      "mxc://x/a\nb",
                                      "MXC://x/a",
                                      "mxc://x:/a",
                                      "mxc://x:123456/a",
                                      "mxc://x:a/a",
                                      "mxc://x:1:2/a",
                                      "mxc://[::1/a",
                                      "mxc://[..]x/a",
                                      "mxc://@x/a",
                                      "mxc://x/a#b",
                                      "mxc://x/\xC3\xA4",
                                      "mxc://\xC3\xA4/a"};
    struct mx_address address;
    char long_one[400];

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++)
        if (!mx_media_address(good[i], &address))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        if (mx_media_address(bad[i], &address))
            fail_msg("%s", bad[i]);
    assert_true(mx_media_address("mxc://localhost:8448/A-b_9", &address));
    assert_string_equal(address.server, "localhost:8448");
    assert_string_equal(address.id, "A-b_9");
    memset(long_one, 'a', sizeof(long_one));
    memcpy(long_one, "mxc://x/", 8);
    long_one[MX_ID_MAX] = '\0';
    assert_true(mx_media_address(long_one, &address));
    long_one[MX_ID_MAX] = 'a';
    long_one[MX_ID_MAX + 1] = '\0';
    assert_false(mx_media_address(long_one, &address));
}

#define FILE_OF(v, kty, ops, alg, ext, k, iv, hash)                                                                    \
    "{\"msgtype\":\"m.file\",\"body\":\"a.csv\",\"file\":{\"url\":\"mxc://x.org/abc\",\"v\":\"" v                      \
    "\",\"key\":{\"kty\":\"" kty "\",\"key_ops\":" ops ",\"alg\":\"" alg "\",\"ext\":" ext ",\"k\":\"" k               \
    "\"},\"iv\":\"" iv "\",\"hashes\":{\"sha256\":\"" hash "\"}}}"
#define BOTH "[\"encrypt\",\"decrypt\"]"
/* As in matrix-encrypt-attachment's vectors, the second of "v2". */
#define K "__________________________________________8"
#define IV "//////////8AAAAAAAAAAA"
#define HASH "YzF08lARDdOCzJpzuSwsjTNlQc4pHxpdHcXiD/wpK6k"
#define CIPHERTEXT "\xe7\x12\x59\x4e\xde\x5c\x42\x27\x26\xfb\xd7\xf8"

static int read_media(const char *text, bool secret, struct mx_media *media)
{
    struct json *json = json_parse(span_of(text), NULL);
    int result;

    assert_non_null(json);
    result = mx_media_read(json, secret, media, NULL);
    json_free(json);
    return result;
}

static void a_published_file_opens(void **state)
{
    struct buf bytes = BUF_INIT(64);
    struct mx_media media;

    (void)state;
    assert_int_equal(read_media(FILE_OF("v2", "oct", BOTH, "A256CTR", "true", K, IV, HASH), true, &media), 0);
    assert_string_equal(media.address.server, "x.org");
    buf_adds(&bytes, CIPHERTEXT);
    assert_int_equal(mx_media_open(&media, &bytes, NULL), 0);
    assert_string_equal(buf_text(&bytes), "Hello, World");
    buf_release(&bytes);
}

/* What isn't what was sent is never decrypted: not a byte of it is changed. */
static void another_file_is_not_opened(void **state)
{
    struct buf bytes = BUF_INIT(64);
    struct mx_media media;

    (void)state;
    assert_int_equal(read_media(FILE_OF("v2", "oct", BOTH, "A256CTR", "true", K, IV, HASH), true, &media), 0);
    buf_adds(&bytes, "\xe7\x12\x59\x4e\xde\x5c\x42\x27\x26\xfb\xd7\xf9");
    assert_int_equal(mx_media_open(&media, &bytes, NULL), -1);
    assert_string_equal(buf_text(&bytes), "\xe7\x12\x59\x4e\xde\x5c\x42\x27\x26\xfb\xd7\xf9");
    buf_truncate(&bytes, bytes.length - 1);
    assert_int_equal(mx_media_open(&media, &bytes, NULL), -1);
    buf_release(&bytes);
}

static void what_is_no_file(void **state)
{
    static const char *const bad[] = {
        FILE_OF("v1", "oct", BOTH, "A256CTR", "true", K, IV, HASH),
        FILE_OF("v2", "RSA", BOTH, "A256CTR", "true", K, IV, HASH),
        FILE_OF("v2", "oct", "[\"encrypt\"]", "A256CTR", "true", K, IV, HASH),
        FILE_OF("v2", "oct", "[\"decrypt\"]", "A256CTR", "true", K, IV, HASH),
        FILE_OF("v2", "oct", "\"decrypt encrypt\"", "A256CTR", "true", K, IV, HASH),
        FILE_OF("v2", "oct", BOTH, "A128CTR", "true", K, IV, HASH),
        FILE_OF("v2", "oct", BOTH, "A256CTR", "false", K, IV, HASH),
        FILE_OF("v2", "oct", BOTH, "A256CTR", "\"true\"", K, IV, HASH),
        FILE_OF("v2", "oct", BOTH, "A256CTR", "true", "_____w", IV, HASH),
        FILE_OF("v2", "oct", BOTH, "A256CTR", "true", K K, IV, HASH),
        FILE_OF("v2", "oct", BOTH, "A256CTR", "true", "//////////////////////////////////////////8", IV, HASH),
        FILE_OF("v2", "oct", BOTH, "A256CTR", "true", K, "//////8", HASH),
        FILE_OF("v2", "oct", BOTH, "A256CTR", "true", K, IV, "YzF0"),
        FILE_OF("v2", "oct", BOTH, "A256CTR", "true", K, IV, ""),
        "{\"msgtype\":\"m.file\",\"body\":\"a.csv\",\"file\":\"mxc://x.org/abc\",\"url\":\"mxc://x.org/abc\"}",
        "{\"msgtype\":\"m.file\",\"body\":\"a.csv\",\"file\":{\"url\":\"mxc://x.org/abc\"}}",
        "{\"msgtype\":\"m.file\",\"body\":\"a.csv\",\"url\":7}",
        "{\"msgtype\":\"m.file\",\"body\":\"a.csv\",\"url\":\"mxc://../abc\"}",
        "{\"msgtype\":\"m.file\",\"body\":\"a.csv\"}"};
    struct mx_media media;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        if (read_media(bad[i], false, &media) == 0)
            fail_msg("%s", bad[i]);
}

/* The server keeps what is in the clear, and could put another in its place. */
static void an_encrypted_event_has_an_encrypted_file(void **state)
{
    static const char plain[] = "{\"msgtype\":\"m.file\",\"body\":\"a.csv\",\"url\":\"mxc://x.org/abc\"}";
    struct buf bytes = BUF_INIT(64);
    struct mx_media media;

    (void)state;
    assert_int_equal(read_media(plain, true, &media), -1);
    assert_int_equal(read_media(plain, false, &media), 0);
    assert_false(media.encrypted);
    buf_adds(&bytes, "as it is");
    assert_int_equal(mx_media_open(&media, &bytes, NULL), 0);
    assert_string_equal(buf_text(&bytes), "as it is");
    buf_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_encrypted_file_is_described),
        cmocka_unit_test(a_room_has_what_fits_it),
        cmocka_unit_test(addresses),
        cmocka_unit_test(a_published_file_opens),
        cmocka_unit_test(another_file_is_not_opened),
        cmocka_unit_test(what_is_no_file),
        cmocka_unit_test(an_encrypted_event_has_an_encrypted_file),
    };

    return RUN_TESTS(tests);
}
