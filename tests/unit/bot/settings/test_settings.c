/*
 * Each kind of wrong configuration gets one line with file, line, key and what is expected; the sample reads and names
 * every key.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/settings/settings.h"
#include "core/base/mem.h"
#include "core/effort/policy.h"

#define GOOD "matrix {\n user = \"@s:e.org\"\n password_file = \"p\"\n allow = { \"@*:e.org\" }\n}\n"

static void a_whole_file_is_read(void **state)
{
    struct err err;
    struct settings *settings =
        settings_parse("f",
                       "store { path = \"/var/x.db\" pickle_key_file = \"/etc/k\" }\n"
                       "default { timezone = \"Europe/Berlin\" language = \"en\" units = \"lb\" }\n"
                       "log { level = \"debug\" }\n" GOOD
                       "irc \"libera\" { server = \"irc.libera.chat\" channels = { \"#gym\", \"#b\" } }\n"
                       "irc \"oftc\" { server = \"irc.oftc.net\" port = 6697 tls = true }\n",
                       NULL, &err);

    (void)state;
    assert_non_null(settings);
    assert_string_equal(settings->store_path, "/var/x.db");
    assert_string_equal(settings->pickle_key_file, "/etc/k");
    assert_string_equal(settings->timezone, "Europe/Berlin");
    assert_int_equal(settings->units, UNIT_LB);
    assert_true(settings->units_given);
    assert_int_equal(settings->log_level, LOG_LEVEL_DEBUG);
    assert_string_equal(settings->matrix->user, "@s:e.org");
    assert_string_equal(settings->matrix->allow[0], "@*:e.org");
    assert_null(settings->matrix->allow[1]);
    assert_null(settings->matrix->homeserver);
    assert_int_equal(settings->matrix->share_keys, SHARE_KEYS_SIGNED);
    assert_int_equal(settings->irc_count, 2);
    assert_string_equal(settings->irc[0].name, "libera");
    assert_string_equal(settings->irc[0].channels[1], "#b");
    assert_int_equal(settings->irc[1].port, 6697);
    assert_true(settings->irc[1].tls);
    settings_free(settings);
}

/* Its device is one that the configuration names, or one of the bot's own. */
static void an_application_services_token_may_have_a_device(void **state)
{
    static const char *const texts[] = {"matrix { user = \"@a:b\" as_token_file = \"t\" }\n",
                                        "matrix { user = \"@a:b\" as_token_file = \"t\" device_id = \"D\" }\n"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        struct settings *settings = settings_parse("f", texts[i], NULL, NULL);

        assert_non_null(settings);
        assert_string_equal(settings->matrix->as_token_file, "t");
        assert_int_equal(settings->matrix->device_id != NULL, i == 1);
        settings_free(settings);
    }
}

static void defaults_are_the_contracts(void **state)
{
    struct err err;
    struct settings *settings = settings_parse("f", GOOD, NULL, &err);

    (void)state;
    assert_non_null(settings);
    assert_string_equal(settings->timezone, "UTC");
    assert_string_equal(settings->language, "en");
    assert_int_equal(settings->units, UNIT_KG);
    assert_false(settings->units_given);
    assert_int_equal(settings->log_level, LOG_LEVEL_INFO);
    assert_null(settings->pickle_key_file);
    settings_free(settings);
}

/* TEXT must be refused with a message that holds each of PARTS. */
struct refusal {
    const char *text;
    const char *parts[4];
};

static const struct refusal refusals[] = {
    {"store {\n pickle_key_file = \"a\"\n pickle_keyring = \"b\"\n}\n" GOOD,
     {"spotter.conf:4:", "store.pickle_keyring"}},
    {GOOD "bogus = 1\n", {"spotter.conf:6:", "bogus", "matrix"}},
    {"store {\n path = \"a\"\n bogus = 1\n}\n" GOOD, {"spotter.conf:3:", "bogus", "path", "pickle_key_file"}},
    {"log {\n\n level = \"loud\"\n}\n" GOOD, {"spotter.conf:3:", "log.level", "error, warn, info or debug", "loud"}},
    {"default { units = \"stone\" }\n" GOOD, {"spotter.conf:1:", "default.units", "kg or lb"}},
    {"default { timezone = \"/etc/passwd\" }\n" GOOD, {"spotter.conf:1:", "default.timezone", "Europe/Berlin"}},
    {"matrix {\n user = \"spotter\"\n password_file = \"p\"\n}\n",
     {"spotter.conf:2:", "matrix.user", "@spotter:example.org"}},
    {"matrix {\n user = \"@a:b\"\n device_id = \"D\"\n}\n",
     {"spotter.conf:4:", "matrix.access_token_file", "device_id"}},
    {"matrix { user = \"@a:b\" as_token_file = \"t\" password_file = \"p\" }\n",
     {"spotter.conf:1:", "matrix.as_token_file"}},
    {"matrix { user = \"@a:b\" as_token_file = \"t\" access_token_file = \"p\" device_id = \"D\" }\n",
     {"spotter.conf:1:", "matrix.as_token_file"}},
    {"matrix { password_file = \"p\" }\n", {"spotter.conf:1:", "matrix.user", "left out"}},
    {"matrix { user = \"@a:b\" access_token_file = \"t\" }\n", {"spotter.conf:1:", "matrix.device_id"}},
    {"matrix { user = \"@a:b\" password_file = \"p\" homeserver = \"ftp://x\" }\n", {"matrix.homeserver", "https://"}},
    {"matrix { user = \"@a:b\" password_file = \"p\" allow = { \"@ok:b\", \"bad\" } }\n", {"matrix.allow", "bad"}},
    {"matrix { user = \"@a:b\" password_file = \"p\" share_keys = \"none\" }\n",
     {"share_keys", "signed, strict or all"}},
    {"irc \"x\" { nick = \"n\" }\n", {"spotter.conf:1:", "irc.server", "host name"}},
    {"irc \"x\" { server = \"s\" port = 70000 }\n", {"spotter.conf:1:", "irc.port", "1 to 65535"}},
    {"irc \"x\" { server = \"s\" port = \"many\" }\n", {"spotter.conf:1:", "port"}},
    {"irc \"x\" { server = \"s\" answers = \"loudly\" }\n", {"spotter.conf:1:", "irc.answers", "notice or privmsg"}},
    {"irc \"x\" { server = \"s\" tls = false password_file = \"p\" }\n", {"irc.password_file", "tls = true"}},
    {"irc \"x\" { server = \"s\" }\nirc \"x\" { server = \"t\" }\n", {"spotter.conf:2:", "x"}},
    {"store { path = \"a\" }\n", {"spotter.conf:1:", "matrix or an irc block"}},
    {"matrix {\n user = \"@a:b\"\n", {"spotter.conf:", "the block matrix is not closed"}},
    {"irc \"x\" {\n server = \"s\"\n # }\n", {"spotter.conf:", "the block irc is not closed"}},
    {"matrix { user = \"@a:b\n", {"spotter.conf:"}},
    {"}{", {"spotter.conf:1:"}},
    {"default { units = \"k\n\x1bg\" }\n" GOOD, {"default.units", "k??g"}},
};

static void each_fault_names_file_line_key_and_what_is_expected(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(refusals); i++) {
        struct err err = {ERR_NONE, ""};

        if (settings_parse("spotter.conf", refusals[i].text, NULL, &err) != NULL)
            fail_msg("taken: %s", refusals[i].text);
        assert_int_equal(err.class, ERR_CONFIG);
        for (size_t part = 0; part < 4 && refusals[i].parts[part] != NULL; part++)
            if (strstr(err.text, refusals[i].parts[part]) == NULL)
                fail_msg("%s\n  lacks \"%s\" in: %s", refusals[i].text, refusals[i].parts[part], err.text);
        assert_null(strchr(err.text, '\n'));
    }
}

static void write_file(const char *path, const char *text, size_t length)
{
    FILE *stream = fopen(path, "w");

    assert_non_null(stream);
    assert_int_equal(fwrite(text, 1, length, stream), length);
    assert_int_equal(fclose(stream), 0);
}

/* Whatever is wrong with the policy is said of its own file. */
static void a_policy_is_read_with_the_rest(void **state)
{
    static char large[300 * 1024];
    char folder[] = "/tmp/spotter-settings-XXXXXX", config[64], policy[64], text[512];
    struct err err = {ERR_NONE, ""};
    struct settings *settings;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(config, sizeof(config), "%s/conf", folder);
    snprintf(policy, sizeof(policy), "%s/policy", folder);
    snprintf(text, sizeof(text), "default { effort_policy = \"%s\" }\n" GOOD, policy);
    write_file(config, text, strlen(text));
    write_file(policy, "\ngate.sleep_h 6\n", 16);
    settings = settings_read(config, NULL, &err);
    assert_non_null(settings);
    assert_true(settings->policy->gate.sleep_h == 6 && settings->policy->gate.years == 2);
    settings_free(settings);
    write_file(policy, "\n\ngate.sleep 6\n", 15);
    assert_null(settings_read(config, NULL, &err));
    assert_int_equal(err.class, ERR_CONFIG);
    assert_int_equal(strncmp(err.text, policy, strlen(policy)), 0);
    assert_non_null(strstr(err.text, ":3: gate.sleep: expected"));
    write_file(policy, "a\0b", 3);
    assert_null(settings_read(config, NULL, &err));
    assert_non_null(strstr(err.text, "is not a text file"));
    memset(large, '#', sizeof(large));
    write_file(policy, large, sizeof(large));
    assert_null(settings_read(config, NULL, &err));
    assert_non_null(strstr(err.text, "is larger than"));
    unlink(policy);
    assert_null(settings_read(config, NULL, &err));
    assert_non_null(strstr(err.text, "cannot be read"));
    unlink(config);
    rmdir(folder);
    settings = settings_parse("f", GOOD, NULL, &err);
    assert_null(settings->policy);
    settings_free(settings);
}

static void legal_but_odd_is_warned_of(void **state)
{
    struct buf warnings = BUF_INIT(1000);
    struct err err;
    struct settings *settings =
        settings_parse("f", "matrix { user = \"@a:b\" password_file = \"p\" share_keys = \"all\" }\n", &warnings, &err);

    (void)state;
    assert_non_null(settings);
    assert_non_null(strstr(buf_text(&warnings), "matrix.allow is left out"));
    assert_non_null(strstr(buf_text(&warnings), "share_keys is all"));
    settings_free(settings);
    buf_release(&warnings);
}

static void the_sample_reads_and_names_every_key(void **state)
{
    struct err err;
    struct settings *settings = settings_read("config/spotter.conf", NULL, &err);
    const struct settings_key *key;
    char text[8192];
    FILE *file = fopen("config/spotter.conf", "r");
    size_t length;

    (void)state;
    if (settings == NULL)
        fail_msg("%s", err.text);
    settings_free(settings);
    assert_non_null(file);
    length = fread(text, 1, sizeof(text) - 1, file);
    text[length] = '\0';
    fclose(file);
    for (size_t i = 0; (key = settings_key_at(i)) != NULL; i++)
        if (strstr(text, key->key) == NULL)
            fail_msg("config/spotter.conf does not name %s.%s", key->section, key->key);
}

static void a_missing_file_is_said(void **state)
{
    struct err err;

    (void)state;
    assert_null(settings_read("/nonexistent/spotter.conf", NULL, &err));
    assert_string_equal(err.text, "/nonexistent/spotter.conf: cannot be read: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file_is_read),
        cmocka_unit_test(an_application_services_token_may_have_a_device),
        cmocka_unit_test(defaults_are_the_contracts),
        cmocka_unit_test(each_fault_names_file_line_key_and_what_is_expected),
        cmocka_unit_test(a_policy_is_read_with_the_rest),
        cmocka_unit_test(legal_but_odd_is_warned_of),
        cmocka_unit_test(the_sample_reads_and_names_every_key),
        cmocka_unit_test(a_missing_file_is_said),
    };

    return RUN_TESTS(tests);
}
