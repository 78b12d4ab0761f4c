/*
 * Published vectors for every primitive, and the forgeries that other libraries take. Sources stand beside the values.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"
#include "tests/unit/bot/crypto/vectors.h"

/* FIPS 180-4, examples "abc" and the 448-bit message; the empty and the long message of NIST's example values. */
static void sha256_agrees_with_nist(void **state)
{
    static const char *const examples[][2] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    unsigned char digest[CRYPTO_SHA256];
    char *million = mem_alloc(1000000);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(examples); i++) {
        crypto_sha256(span_of(examples[i][0]), digest);
        assert_hex(digest, sizeof(digest), examples[i][1]);
    }
    memset(million, 'a', 1000000);
    crypto_sha256((struct span){million, 1000000}, digest);
    assert_hex(digest, sizeof(digest), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

/* RFC 4231, test cases 1, 2, 3, 4, 6 and 7. */
static void hmac_agrees_with_rfc4231(void **state)
{
    static const char *const cases[][3] = {
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {"0102030405060708090a0b0c0d0e0f10111213141516171819",
         "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {"@",
         "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727"
         "374",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {"@",
         "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e6"
         "42061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520"
         "686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e",
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    unsigned char mac[CRYPTO_SHA256];

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct buf key = unhex(cases[i][0][0] != '@' ? cases[i][0] : ""), data = unhex(cases[i][1]);

        if (cases[i][0][0] == '@') /* 131 times 0xaa */
            for (int n = 0; n < 131; n++)
                buf_addc(&key, (char)0xaa);
        crypto_hmac_sha256(buf_span(&key), buf_span(&data), mac);
        assert_hex(mac, sizeof(mac), cases[i][2]);
        buf_release(&key);
        buf_release(&data);
    }
    crypto_hmac_sha256(span_of(""), span_of(""), mac); /* Wikipedia, "HMAC", examples of 2020 */
    assert_hex(mac, sizeof(mac), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

/* RFC 5869, appendix A.1, A.2 and A.3. */
static void hkdf_agrees_with_rfc5869(void **state)
{
    static const char *const cases[][4] = {
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
         "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
        {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353"
         "63"
         "738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
         "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f9091929394959"
         "69"
         "798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
         "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e"
         "6e"
         "7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
         "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f0"
         "9b"
         "8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
         "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
    };
    unsigned char out[255 * CRYPTO_SHA256 + 1];

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct buf key = unhex(cases[i][0]), salt = unhex(cases[i][1]), info = unhex(cases[i][2]);
        size_t length = strlen(cases[i][3]) / 2;

        assert_int_equal(crypto_hkdf_sha256(buf_span(&key), buf_span(&salt), buf_span(&info), out, length), 0);
        assert_hex(out, length, cases[i][3]);
        buf_release(&key);
        buf_release(&salt);
        buf_release(&info);
    }
    assert_int_equal(crypto_hkdf_sha256(span_of("k"), span_of(""), span_of(""), out, sizeof(out) - 1), 0);
    assert_int_equal(crypto_hkdf_sha256(span_of("k"), span_of(""), span_of(""), out, sizeof(out)), -1);
}

/* RFC 4648, section 10; Matrix specification, appendices, "Unpadded Base64". */
static void base64_is_unpadded_and_strict(void **state)
{
    static const char *const examples[][3] = {
        {"", "", ""},
        {"f", "Zg", "Zg=="},
        {"fo", "Zm8", "Zm8="},
        {"foo", "Zm9v", "Zm9v"},
        {"foob", "Zm9vYg", "Zm9vYg=="},
        {"fooba", "Zm9vYmE", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
        {"\xfb\xff\xfe", "+//+", "+//+"},
    };
    static const char *const refused[] = {"Z",      "Zm9vY", "Zg=",      "Zg===",    "Zm8==",     "Zm9v=", "=",
                                          "==",     "Z===",  "Zh",       "Zm9=",     "Zm9",       "Zm-_",  "Zm 9v",
                                          "Zm9v\n", "Zm=9",  "Zg==Zg==", "Zm9v====", "\xc3\xa9Zg"};
    struct buf out = BUF_INIT(100);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(examples); i++) {
        crypto_base64(span_of(examples[i][0]), &out);
        assert_string_equal(buf_text(&out), examples[i][1]);
        buf_clear(&out);
        crypto_base64_padded(span_of(examples[i][0]), &out);
        assert_string_equal(buf_text(&out), examples[i][2]);
        for (int padded = 1; padded <= 2; padded++) {
            buf_clear(&out);
            assert_int_equal(crypto_unbase64(span_of(examples[i][padded]), &out), 0);
            assert_string_equal(buf_text(&out), examples[i][0]);
        }
        buf_clear(&out);
    }
    buf_adds(&out, "kept");
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++) {
        assert_int_equal(crypto_unbase64(span_of(refused[i]), &out), -1);
        assert_string_equal(buf_text(&out), "kept");
    }
    buf_release(&out);
}

static void base64_keeps_to_its_buffer(void **state)
{
    struct buf out = BUF_INIT(3);

    (void)state;
    assert_int_equal(crypto_unbase64(span_of("Zm9v"), &out), 0);
    buf_clear(&out);
    assert_int_equal(crypto_unbase64(span_of("Zm9vYg"), &out), -1);
    buf_clear(&out);
    crypto_base64(span_of("foo"), &out);
    assert_true(out.overflowed);
    buf_release(&out);
}

static void keys_are_32_bytes(void **state)
{
    unsigned char key[CRYPTO_KEY];

    (void)state;
    assert_int_equal(crypto_key_decode("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo", key), 0);
    assert_hex(key, sizeof(key), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assert_int_equal(crypto_key_decode("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", key), 0);
    assert_int_equal(crypto_key_decode("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUQ", key), -1);
    assert_int_equal(crypto_key_decode("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURoA", key), -1);
    assert_int_equal(crypto_key_decode("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURp", key), -1);
    assert_int_equal(crypto_key_decode("", key), -1);
    assert_int_equal(crypto_key_decode(NULL, key), -1);
}

static bool verify_hex(const char *key, const char *message, const char *signature)
{
    struct buf key_bytes = unhex(key), message_bytes = unhex(message), signature_bytes = unhex(signature);
    struct buf key_text = BUF_INIT(100), signature_text = BUF_INIT(200);
    bool good;

    crypto_base64(buf_span(&key_bytes), &key_text);
    crypto_base64(buf_span(&signature_bytes), &signature_text);
    good = crypto_ed25519_verify(buf_text(&key_text), buf_span(&message_bytes), buf_text(&signature_text));
    buf_release(&key_bytes);
    buf_release(&message_bytes);
    buf_release(&signature_bytes);
    buf_release(&key_text);
    buf_release(&signature_text);
    return good;
}

/* RFC 8032, section 7.1: TEST 1, 2, 3 and SHA(abc). */
static const char *const RFC8032[][3] = {
    {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "551"
     "41438e7a100b"},
    {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "00d"
     "291612bb0c00"},
    {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "027"
     "beceea1ec40a"},
    {"ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2"
     "a9a"
     "c94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad"
     "9be"
     "f1177331a704"},
};

static void ed25519_agrees_with_rfc8032(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(RFC8032); i++) {
        assert_true(verify_hex(RFC8032[i][0], RFC8032[i][1], RFC8032[i][2]));
        assert_false(verify_hex(RFC8032[i][0], "73", RFC8032[i][2]));
        assert_false(verify_hex(RFC8032[(i + 1) % ARRAY_LENGTH(RFC8032)][0], RFC8032[i][1], RFC8032[i][2]));
    }
    assert_false(crypto_ed25519_verify(NULL, span_of(""), NULL));
    assert_false(crypto_ed25519_verify("", span_of(""), ""));
    assert_false(crypto_ed25519_verify("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo", span_of(""), "e5Vk"));
}

/* S + L signs the same message where S < L is not checked (RFC 8032, section 8.4). */
static void ed25519_refuses_s_past_the_order(void **state)
{
    static const char order[] = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(RFC8032); i++) {
        struct buf signature = unhex(RFC8032[i][2]), l = unhex(order), hex = BUF_INIT(200);
        unsigned carry = 0;

        for (int n = 0; n < 32; n++) {
            carry += (unsigned char)signature.data[32 + n] + (unsigned char)l.data[n];
            signature.data[32 + n] = (char)carry;
            carry >>= 8;
        }
        crypto_hex(buf_span(&signature), &hex);
        assert_false(verify_hex(RFC8032[i][0], RFC8032[i][1], buf_text(&hex)));
        buf_release(&signature);
        buf_release(&l);
        buf_release(&hex);
    }
}

/* All encodings of the eight torsion points, as computed from the curve's equation (y and y + p below 2^255, both signs
 * where x is 0). */
static const char *const TORSION[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
};

/*
 * Under the identity as key, R = B (the base point) and S = 1 sign any message, since S B = R + h A; under the other
 * torsion points every eighth message at most. libolm 3.2.13 and OpenSSL 3.0 take it.
 */
static void ed25519_refuses_small_keys(void **state)
{
    static const char signature[] = "5866666666666666666666666666666666666666666666666666666666666666"
                                    "0100000000000000000000000000000000000000000000000000000000000000";

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(TORSION); i++) {
        struct buf key = unhex(TORSION[i]);

        assert_false(crypto_ed25519_good((const unsigned char *)key.data));
        buf_release(&key);
        for (int message = 0; message < 32; message++) {
            const char hex[] = {"0123456789abcdef"[message / 16], "0123456789abcdef"[message % 16], '\0'};

            assert_false(verify_hex(TORSION[i], hex, signature));
        }
    }
}

/*
 * "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, 2020), cases 0 to 9 of its speccheck: small-order A and R,
 * small A, small R, mixed-order A and R (good for every strict verifier), only good with a cofactor (twice), S past the
 * order (twice), non-canonical R (twice).
 */
static void ed25519_is_strict_in_the_known_corner_cases(void **state)
{
    static const struct {
        const char *message, *key, *signature;
        bool good;
    } cases[] = {
        {"8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
         "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
         "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a000000000000000000000000000000000000000000000"
         "00000"
         "00000000000000",
         false},
        {"9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
         "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
         "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1b"
         "b7dfc"
         "6637b45450ac04",
         false},
        {"aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
         "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
         "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff"
         "8b953"
         "ec9f5833ca260e",
         false},
        {"9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
         "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
         "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b"
         "6c52f"
         "cd6648a98bd009",
         true},
        {"e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
         "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
         "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e"
         "434ab"
         "10aa7940551a09",
         false},
        {"e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
         "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
         "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d"
         "00304"
         "94ace586687405",
         false},
        {"85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
         "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
         "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff05"
         "38cb6"
         "8afb369ba3a514",
         false},
        {"85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
         "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
         "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa19427e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d27"
         "2f42b"
         "695dd7e89a8c22",
         false},
        {"fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a",
         "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
         "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f454d370c8d9fc323a41450f8d513eafeb5b0697390c1e"
         "505a0"
         "d4ddc71f566607",
         false},
        {"84b698d39be126ff55fe45079e6c8bf64a0d7db6994560b4e96b7021eb39c1a1",
         "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
         "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f084d5b99c2a9463d9c8bd5026916996984eeec87ddf1d"
         "3be32"
         "9006ace1b37b09",
         false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        if (verify_hex(cases[i].key, cases[i].message, cases[i].signature) != cases[i].good)
            fail_msg("case %zu", i);
}

static void curve25519_refuses_points_that_do_not_contribute(void **state)
{
    /* u of the torsion points, computed as (1 + y) / (1 - y) from those above, and their other encodings; twist: -1. */
    static const char *const small[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    };
    /* RFC 7748, section 6.1: the public keys of Alice and Bob; section 5.2: an input whose top bit is set. */
    static const char *const good[] = {
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(small); i++) {
        struct buf key = unhex(small[i]);

        assert_false(crypto_curve25519_good((unsigned char *)key.data));
        key.data[31] = (char)(key.data[31] | 0x80);
        assert_false(crypto_curve25519_good((unsigned char *)key.data));
        buf_release(&key);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        struct buf key = unhex(good[i]);

        assert_true(crypto_curve25519_good((unsigned char *)key.data));
        buf_release(&key);
    }
}

static void sealed_secrets_open_with_the_same_key_and_context_only(void **state)
{
    unsigned char key[CRYPTO_KEY], other[CRYPTO_KEY];
    struct buf sealed = BUF_INIT(1000), again = BUF_INIT(1000), plain = BUF_INIT(1000);
    struct err err = {0};

    (void)state;
    assert_int_equal(crypto_random(key, sizeof(key)), 0);
    memcpy(other, key, sizeof(other));
    other[31] ^= 1;
    assert_int_equal(crypto_seal(key, "token @a:b", span_of("syt_secret"), &sealed), 0);
    assert_int_equal(crypto_seal(key, "token @a:b", span_of("syt_secret"), &again), 0);
    assert_false(span_equal(buf_span(&sealed), buf_span(&again)));
    assert_null(memmem(sealed.data, sealed.length, "secret", 6));
    assert_int_equal(crypto_open(key, "token @a:b", buf_span(&sealed), &plain, &err), 0);
    assert_string_equal(buf_text(&plain), "syt_secret");
    buf_clear(&plain);
    assert_int_equal(crypto_open(other, "token @a:b", buf_span(&sealed), &plain, &err), -1);
    assert_int_equal(err.class, ERR_CRYPTO);
    assert_int_equal(crypto_open(key, "token @a:c", buf_span(&sealed), &plain, &err), -1);
    for (size_t i = 0; i < sealed.length; i++) {
        assert_int_equal(crypto_open(key, "token @a:b", (struct span){sealed.data, i}, &plain, &err), -1);
        sealed.data[i] ^= 1;
        assert_int_equal(crypto_open(key, "token @a:b", buf_span(&sealed), &plain, &err), -1);
        sealed.data[i] ^= 1;
    }
    assert_int_equal(plain.length, 0);
    buf_clear(&sealed);
    assert_int_equal(crypto_seal(key, "", span_of(""), &sealed), 0);
    assert_int_equal(crypto_open(key, "", buf_span(&sealed), &plain, &err), 0);
    assert_int_equal(plain.length, 0);
    buf_release(&sealed);
    buf_release(&again);
    buf_release(&plain);
}

static void small_things(void **state)
{
    unsigned char a[64] = {0}, b[64] = {0};

    (void)state;
    assert_int_equal(crypto_random(a, sizeof(a)), 0);
    assert_false(crypto_equal(a, b, sizeof(a)));
    memcpy(b, a, sizeof(a));
    assert_true(crypto_equal(a, b, sizeof(a)));
    b[63] ^= 0x80;
    assert_false(crypto_equal(a, b, sizeof(a)));
    assert_true(crypto_equal(a, b, 63));
    crypto_cleanse(a, sizeof(a));
    for (size_t i = 0; i < sizeof(a); i++)
        assert_int_equal(a[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_agrees_with_nist),
        cmocka_unit_test(hmac_agrees_with_rfc4231),
        cmocka_unit_test(hkdf_agrees_with_rfc5869),
        cmocka_unit_test(base64_is_unpadded_and_strict),
        cmocka_unit_test(base64_keeps_to_its_buffer),
        cmocka_unit_test(keys_are_32_bytes),
        cmocka_unit_test(ed25519_agrees_with_rfc8032),
        cmocka_unit_test(ed25519_refuses_s_past_the_order),
        cmocka_unit_test(ed25519_refuses_small_keys),
        cmocka_unit_test(ed25519_is_strict_in_the_known_corner_cases),
        cmocka_unit_test(curve25519_refuses_points_that_do_not_contribute),
        cmocka_unit_test(sealed_secrets_open_with_the_same_key_and_context_only),
        cmocka_unit_test(small_things),
    };

    return RUN_TESTS(tests);
}
