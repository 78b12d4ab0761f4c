/*
 * Capabilities and logging in.
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "bot/irc/caps.h"
#include "bot/irc/sasl.h"
#include "core/base/mem.h"

static struct buf out = BUF_INIT(8192);

static enum irc_caps_event take(struct irc_caps *caps, const char *text)
{
    static struct irc_line line;

    buf_clear(&out);
    assert_int_equal(irc_line_parse(span_of(text), &line), 0);
    return irc_caps_take(caps, &line, &out);
}

static void test_caps(void **state)
{
    struct irc_caps caps;

    (void)state;
    irc_caps_init(&caps, true);
    assert_int_equal(take(&caps, ":s CAP * LS * :multi-prefix inspircd.org/poison ergo.chat/nope"), IRC_CAPS_NOTHING);
    assert_int_equal(take(&caps, ":s CAP * LS :sasl=PLAIN,EXTERNAL batch echo-message sts=port=6697"),
                     IRC_CAPS_NOTHING);
    /* neither what isn't on the list, nor echoes without labels */
    assert_string_equal(buf_text(&out), "CAP REQ :batch multi-prefix sasl\r\n");
    assert_string_equal(caps.mechanisms, "PLAIN,EXTERNAL");
    assert_string_equal(caps.sts, "port=6697");
    assert_int_equal(take(&caps, ":s CAP x ACK :batch multi-prefix sasl "), IRC_CAPS_SETTLED);
    assert_true(irc_caps_has(&caps, IRC_CAP_BATCH | IRC_CAP_MULTI_PREFIX | IRC_CAP_SASL));
    assert_int_equal(take(&caps, ":s CAP x DEL :sasl"), IRC_CAPS_CHANGED);
    assert_false(irc_caps_has(&caps, IRC_CAP_SASL));
    take(&caps, ":s CAP x NEW :sasl=PLAIN foo");
    assert_string_equal(buf_text(&out), "CAP REQ sasl\r\n");
    assert_int_equal(take(&caps, ":s CAP x ACK sasl"), IRC_CAPS_SETTLED);
}

/* A server that refuses one refuses the line: then each is asked for alone, once. */
static void test_caps_refused(void **state)
{
    struct irc_caps caps;

    (void)state;
    irc_caps_init(&caps, false);
    take(&caps, ":s CAP * LS :batch server-time sasl");
    assert_string_equal(buf_text(&out), "CAP REQ :server-time batch\r\n");
    assert_int_equal(take(&caps, ":s CAP * NAK :server-time batch"), IRC_CAPS_NOTHING);
    assert_string_equal(buf_text(&out), "CAP REQ server-time\r\n");
    assert_int_equal(take(&caps, ":s CAP * NAK :server-time"), IRC_CAPS_NOTHING);
    assert_string_equal(buf_text(&out), "CAP REQ batch\r\n");
    assert_int_equal(take(&caps, ":s CAP * ACK :batch"), IRC_CAPS_SETTLED);
    assert_string_equal(buf_text(&out), "");
    irc_caps_init(&caps, false);
    assert_int_equal(take(&caps, ":s CAP * LS :"), IRC_CAPS_SETTLED);
}

static void challenge(struct irc_sasl *sasl, const char *param, int result)
{
    struct err err = {0};

    buf_clear(&out);
    assert_int_equal(irc_sasl_challenge(sasl, span_of(param), &out, &err), result);
}

static const char nonce[] = "rOprNGfwEbeRWgbNEkqOabcd";

static void test_plain(void **state)
{
    char password[300 + 1];
    struct irc_sasl sasl;

    (void)state;
    irc_sasl_init(&sasl, "jilles", "sesame", false, NULL);
    buf_clear(&out);
    assert_true(irc_sasl_begin(&sasl, "EXTERNAL,PLAIN", nonce, &out));
    assert_string_equal(buf_text(&out), "AUTHENTICATE PLAIN\r\n");
    challenge(&sasl, "+", 0);
    assert_string_equal(buf_text(&out), "AUTHENTICATE amlsbGVzAGppbGxlcwBzZXNhbWU=\r\n"); /* jilles\0jilles\0sesame */
    assert_true(irc_sasl_may_succeed(&sasl));
    assert_false(irc_sasl_begin(&sasl, "EXTERNAL,PLAIN", nonce, &out)); /* each once */
    irc_sasl_release(&sasl);
    /* what the operator doesn't allow isn't used, whatever is offered */
    irc_sasl_init(&sasl, "jilles", "sesame", true, (const char *const[]){"SCRAM-SHA-256", NULL});
    assert_false(irc_sasl_begin(&sasl, "EXTERNAL,PLAIN", nonce, &out));
    assert_true(irc_sasl_begin(&sasl, "", nonce, &out));
    assert_string_equal(irc_sasl_mechanism(&sasl), "SCRAM-SHA-256");
    irc_sasl_release(&sasl);
    /* 300 bytes are 400 letters: a chunk, and "+" for nothing more */
    memset(password, 'x', sizeof(password) - 1);
    password[300 - 4] = '\0';
    irc_sasl_init(&sasl, "j", password, false, NULL);
    buf_clear(&out);
    irc_sasl_begin(&sasl, "PLAIN", nonce, &out);
    challenge(&sasl, "+", 0);
    assert_int_equal(out.length, 13 + 400 + 2 + 13 + 1 + 2);
    assert_non_null(strstr(buf_text(&out), "\r\nAUTHENTICATE +\r\n"));
    irc_sasl_release(&sasl);
}

static void test_external(void **state)
{
    struct irc_sasl sasl;

    (void)state;
    irc_sasl_init(&sasl, NULL, NULL, true, NULL);
    assert_true(irc_sasl_wanted(&sasl));
    buf_clear(&out);
    assert_true(irc_sasl_begin(&sasl, "", nonce, &out));
    assert_string_equal(buf_text(&out), "AUTHENTICATE EXTERNAL\r\n");
    challenge(&sasl, "+", 0);
    assert_string_equal(buf_text(&out), "AUTHENTICATE +\r\n");
    challenge(&sasl, "+", -1);
    assert_string_equal(buf_text(&out), "AUTHENTICATE *\r\n");
    irc_sasl_release(&sasl);
}

/* RFC 7677, 3: the exchange of user "user" with password "pencil". */
static void test_scram(void **state)
{
    struct irc_scram scram = {.first = BUF_INIT(1000)};
    struct buf message = BUF_INIT(1000);
    struct err err = {0};
    const char *first = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    (void)state;
    buf_adds(&scram.first, "n=user,r=rOprNGfwEbeRWgbNEkqO");
    /* our nonces are longer than the RFC's: what is compared is the front */
    memcpy(scram.nonce, "rOprNGfwEbeRWgbNEkqO%hvY", IRC_SCRAM_NONCE);
    assert_int_equal(irc_scram_final(&scram, "pencil", span_of(first), &message, &err), 0);
    assert_string_equal(buf_text(&message), "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                            "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    assert_int_equal(irc_scram_check(&scram, span_of("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="), &err), 0);
    assert_true(scram.proven);
    assert_int_equal(irc_scram_check(&scram, span_of("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5="), &err), -1);
    assert_int_equal(irc_scram_check(&scram, span_of("e=other-error"), &err), -1);
    assert_false(scram.proven);
    buf_release(&message);
    irc_scram_release(&scram);
}

/* A server that doesn't know the password, and one that wants it cheap. */
static void test_scram_hostile(void **state)
{
    static const char *const firsts[] = {
        "r=short,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOabcdX,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1",
        "r=rOprNGfwEbeRWgbNEkqOabcdX,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=9999999",
        "r=rOprNGfwEbeRWgbNEkqOabcdX,s=,i=4096",
        "m=x,r=rOprNGfwEbeRWgbNEkqOabcdX,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "",
    };
    struct buf message = BUF_INIT(1000);
    struct irc_sasl sasl;
    struct err err;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(firsts); i++) {
        struct irc_scram scram = {.first = BUF_INIT(1000)};

        irc_scram_first(&scram, "u,=", nonce);
        assert_string_equal(buf_text(&scram.first), "n=u=2C=3D,r=rOprNGfwEbeRWgbNEkqOabcd");
        assert_int_equal(irc_scram_final(&scram, "pencil", span_of(firsts[i]), &message, &err), -1);
        irc_scram_release(&scram);
    }
    buf_release(&message);
    irc_sasl_init(&sasl, "user", "pencil", false, NULL);
    buf_clear(&out);
    assert_true(irc_sasl_begin(&sasl, "PLAIN,SCRAM-SHA-256", nonce, &out));
    assert_string_equal(buf_text(&out), "AUTHENTICATE SCRAM-SHA-256\r\n");
    assert_false(irc_sasl_may_succeed(&sasl)); /* nothing was proven */
    irc_sasl_release(&sasl);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_caps),     cmocka_unit_test(test_caps_refused), cmocka_unit_test(test_plain),
        cmocka_unit_test(test_external), cmocka_unit_test(test_scram),        cmocka_unit_test(test_scram_hostile),
    };

    return RUN_TESTS(tests);
}
