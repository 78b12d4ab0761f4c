/*
 * What is told of an uploaded file (Client-Server API: EncryptedFile, and the grammar of mxc addresses).
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "bot/json/json.h"
#include "bot/matrix/upload.h"
#include "core/base/mem.h"

static void an_encrypted_file_is_described(void **state)
{
    unsigned char key[32], iv[16] = {255, 255, 255, 255, 255, 255, 255, 255}, sha256[32];
    struct buf out = BUF_INIT(4096), canonical = BUF_INIT(4096);
    struct json *json;

    (void)state;
    for (size_t i = 0; i < 32; i++) {
        key[i] = i % 2 == 0 ? 0xfb : 0xff; /* in base64 all of it is '+' and '/' */
        sha256[i] = (unsigned char)i;
    }
    mx_upload_describe("mxc://x.org/abc", key, iv, sha256, &out);
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
    static const char *const good[] = {"mxc://x.org/abc", "mxc://localhost:8448/A-b_9", "mxc://[::1]:80/a"};
    static const char *const bad[] = {"",
                                      "mxc://",
                                      "mxc://x",
                                      "mxc://x/",
                                      "mxc:///a",
                                      "mxc://x/..",
                                      "mxc://x/a/b",
                                      "https://x/a",
                                      "mxc://x/a?b",
                                      "mxc://x/a\"b",
                                      "mxc://x y/a",
                                      "mxc://x/a\nb",
                                      "MXC://x/a",
                                      "mxc://x/\xC3\xA4"};
    char long_one[400];

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++)
        assert_true(mx_upload_uri_good(good[i]));
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        if (mx_upload_uri_good(bad[i]))
            fail_msg("%s", bad[i]);
    memset(long_one, 'a', sizeof(long_one));
    memcpy(long_one, "mxc://x/", 8);
    long_one[sizeof(long_one) - 1] = '\0';
    assert_false(mx_upload_uri_good(long_one));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_encrypted_file_is_described),
        cmocka_unit_test(a_room_has_what_fits_it),
        cmocka_unit_test(addresses),
    };

    return RUN_TESTS(tests);
}
