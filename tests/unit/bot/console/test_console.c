/*
 * parse, replay and console from their input to their output. The JSON is the contract's, key by key.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/console/console.h"
#include "bot/console/parse.h"
#include "bot/console/replay.h"
#include "bot/log/log.h"
#include "core/base/buf.h"
#include "core/base/mem.h"

/* Nobody exports here. */
static void no_export(const struct set *set, const struct exercise *exercise, int64_t at_ms, int offset_s,
                      struct buf *out)
{
    (void)set, (void)exercise, (void)at_ms, (void)offset_s, (void)out;
    fail();
}

static void no_random(void *arg, void *bytes, size_t size)
{
    (void)arg;
    memset(bytes, 0, size);
}

static void no_digest(struct span text, struct buf *out)
{
    (void)text, (void)out;
}

static FILE *file_of(const char *text, size_t length)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    rewind(file);
    return file;
}

static char *all_of(FILE *file)
{
    struct buf text = BUF_INIT(64 * 1024 * 1024);
    char chunk[4096];
    size_t got;

    rewind(file);
    while ((got = fread(chunk, 1, sizeof(chunk), file)) != 0)
        assert_int_equal(buf_add(&text, chunk, got), 0);
    fclose(file);
    return buf_steal(&text);
}

static char *parsed(const char *text, size_t length, int code)
{
    FILE *in = file_of(text, length), *out = tmpfile();
    struct err err = {0};

    assert_int_equal(parse_run(in, out, &err), code);
    fclose(in);
    return all_of(out);
}

static void a_line_becomes_a_line_of_json(void **state)
{
    static const char text[] = "bench 80x8 @1\n80x8\r\nsee you @8\ntoday\nbench 100x0\n\nbench 80.25x8";
    char *json = parsed(text, sizeof(text) - 1, EX_OK);
    const char *expected =
        "{\"input\":\"bench 80x8 @1\",\"kind\":\"sets\",\"sets\":[{\"exercise\":\"bench-press\",\"load_kg\":80,"
        "\"load_mode\":\"external\",\"reps\":8,\"seconds\":null,\"rir\":1,\"type\":\"working\",\"failure\":null,"
        "\"side\":null,\"percent\":null,\"at\":null,\"note\":null}],\"question\":null,\"error\":null}\n"
        "{\"input\":\"80x8\",\"kind\":\"sets\",\"sets\":[{\"exercise\":null,\"load_kg\":80,"
        "\"load_mode\":\"external\",\"reps\":8,\"seconds\":null,\"rir\":null,\"type\":\"working\",\"failure\":null,"
        "\"side\":null,\"percent\":null,\"at\":null,\"note\":null}],\"question\":null,\"error\":null}\n"
        "{\"input\":\"see you @8\",\"kind\":\"talk\",\"sets\":[],\"question\":null,\"error\":null}\n"
        "{\"input\":\"today\",\"kind\":\"command\",\"command\":\"today\",\"sets\":[],\"question\":null,\"error\":null}"
        "\n"
        "{\"input\":\"bench 100x0\",\"kind\":\"error\",\"sets\":[],\"question\":null,\"error\":{\"text\":";

    (void)state;
    if (strncmp(json, expected, strlen(expected)) != 0)
        fail_msg("%s", json);
    assert_non_null(strstr(json, "\"hint\":\""));
    assert_non_null(strstr(json, "{\"input\":\"\",\"kind\":\"talk\""));
    assert_non_null(strstr(json, "\"load_kg\":80.25"));
    free(json);
}

static void questions_hold_their_options(void **state)
{
    static const char text[] = "bench 8x8\n";
    char *json = parsed(text, sizeof(text) - 1, EX_OK);

    (void)state;
    assert_non_null(strstr(json, "\"kind\":\"question\",\"sets\":[],\"question\":{\"text\":\""));
    assert_non_null(strstr(json, "\"options\":[[{\"exercise\":\"bench-press\""));
    free(json);
}

static void odd_input_is_parsed(void **state)
{
    static const char bytes[] = "\xff\xfe\n\0bench\0\n";
    size_t size = 2 * 1024 * 1024;
    char *big = mem_alloc(size), *json;

    (void)state;
    json = parsed(bytes, sizeof(bytes) - 1, EX_OK);
    assert_non_null(strstr(json, "{\"input\":\"\xef\xbf\xbd\xef\xbf\xbd\",\"kind\":\"talk\""));
    assert_non_null(strstr(json, "\\u0000bench\\u0000"));
    free(json);
    memset(big, 'x', size);
    free(parsed(big, 1000 * 1000, EX_OK));
    free(parsed(big, size, EX_DATAERR)); /* a line longer than a megabyte */
    free(parsed("", 0, EX_OK));
    free(big);
}

/* ---------------------------------------------------------------- replay */

static int zone_offset(void *arg, const char *zone, int64_t at_ms)
{
    (void)arg, (void)zone, (void)at_ms;
    return -5 * 3600;
}

static char *replayed(const char *text, const char *db, bool json, int code, struct err *err)
{
    char path[] = "/tmp/spotter-replay-XXXXXX";
    FILE *out = tmpfile();
    int fd = mkstemp(path);
    const struct replay_options options = {.path = path,
                                           .db = db,
                                           .json = json,
                                           .zone_offset = zone_offset,
                                           .export_set = no_export,
                                           .secrets = {no_random, NULL, no_digest}};

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    assert_int_equal(replay_run(&options, out, err), code);
    unlink(path);
    return all_of(out);
}

static void a_conversation_is_printed_as_json(void **state)
{
    struct err err = {0};
    char *json = replayed("[2026-01-05T18:00:00+01:00] <anna> {id=m1} bench 80x8 @1\n"
                          "[2026-01-05T18:02:00+01:00] <anna> {edit=m1} bench 82.5x8 @1\n",
                          NULL, true, EX_OK, &err);
    static const char *const parts[] = {
        "{\"at\":\"2026-01-05T18:00:00+01:00\",\"room\":null,\"to\":\"anna\",\"kind\":\"reply\",\"in_reply_to\":\"m1\","
        "\"text\":\"bench press 80x8 @1\\nNext: ",
        "\"logged\":[{\"exercise\":\"bench-press\",\"load_kg\":80,\"load_mode\":\"external\",\"reps\":8,\"seconds\":"
        "null,"
        "\"rir\":1,\"type\":\"working\",\"failure\":null,\"side\":null,\"percent\":null,\"at\":null,\"note\":null}],"
        "\"advice\":{\"exercise\":\"bench-press\",\"action\":\"next-set\",\"load_kg\":",
        "\"forecast\":null,\"week\":null,\"records\":[],\"warnings\":[],\"question\":null,\"error\":null}\n",
        "{\"at\":\"2026-01-05T18:02:00+01:00\",\"room\":null,\"to\":\"anna\",\"kind\":\"edit\",\"in_reply_to\":\"m1\"",
        "\"load_kg\":82.5",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
        if (strstr(json, parts[i]) == NULL)
            fail_msg("%s\nlacks %s", json, parts[i]);
    }
    free(json);
}

static void faults_name_the_line(void **state)
{
    struct err err = {0};

    (void)state;
    free(replayed("# fine\n[2026-01-05T18:00:00Z] tick\nnonsense\n", NULL, false, EX_DATAERR, &err));
    assert_non_null(strstr(err.text, ":3: "));
    free(replayed("", NULL, false, EX_OK, &err));
    {
        const struct replay_options options = {.path = "/nowhere/at/all",
                                               .zone_offset = zone_offset,
                                               .export_set = no_export,
                                               .secrets = {no_random, NULL, no_digest}};

        assert_int_equal(replay_run(&options, stderr, &err), EX_NOINPUT);
        assert_non_null(strstr(err.text, "/nowhere/at/all"));
    }
}

/* What was printed can be played again, and prints the same. */
static void a_printed_conversation_plays_again(void **state)
{
    struct err err = {0};
    char *once = replayed("# two of them\n[2026-01-05T18:00:00+01:00] #gym <anna> {id=m1} bench 80x8\n    80x7 @1\n"
                          "[2026-01-05T18:00:10+01:00] #gym <ben> nice\n"
                          "[2026-01-05T18:00:20+01:00] #gym <anna> {reply=m1} today\n",
                          NULL, false, EX_OK, &err);
    char *twice = replayed(once, NULL, false, EX_OK, &err);

    (void)state;
    assert_string_equal(once, twice);
    assert_non_null(strstr(once, "2 sets today"));
    free(once);
    free(twice);
}

/* Over a store a transcript counts once, and another one may use the same names for its messages. */
static void transcripts_share_a_store(void **state)
{
    static const char monday[] = "[2026-01-05T18:00:00+01:00] <anna> {id=m1} bench 80x8 @1\n";
    static const char tuesday[] = "[2026-01-06T18:00:00+01:00] <anna> {id=m1} bench 80x8 @1\n"
                                  "[2026-01-06T18:01:00+01:00] <anna> today\n";
    char folder[] = "/tmp/spotter-db-XXXXXX", db[64], command[96];
    struct err err = {0};
    char *text;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(db, sizeof(db), "%s/spotter.db", folder);
    free(replayed(monday, db, false, EX_OK, &err));
    text = replayed(monday, db, false, EX_OK, &err);
    assert_null(strstr(text, "<spotter>"));
    free(text);
    text = replayed(tuesday, db, false, EX_OK, &err);
    assert_non_null(strstr(text, "1 set today"));
    free(text);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* ---------------------------------------------------------------- console */

static int64_t now_ms(void)
{
    return INT64_C(1767636000000);
}

static void the_console_talks(void **state)
{
    static const char text[] = "bench 80x8 @1\n\n   \n80x7 @0\ntoday";
    const struct console_options options = {.export_set = no_export,
                                            .secrets = {no_random, NULL, no_digest},
                                            .db = NULL,
                                            .timezone = "Europe/Berlin",
                                            .unit = UNIT_KG,
                                            .zone_offset = zone_offset,
                                            .now_ms = now_ms};
    FILE *in = file_of(text, sizeof(text) - 1), *out = tmpfile();
    struct err err = {0};
    char *said;

    (void)state;
    assert_int_equal(console_run(&options, in, out, &err), EX_OK);
    fclose(in);
    said = all_of(out);
    assert_memory_equal(said, "bench press 80x8 @1\nNext: ", 26);
    assert_non_null(strstr(said, "\nbench press 80x7 @0\n"));
    assert_non_null(strstr(said, "2 sets today\n- bench press 80x8 @1, 80x7 @0\n"));
    free(said);
}

/* A clock that goes on by a second and a half each time it is looked at. */
static int64_t running_ms(void)
{
    static int64_t time_ms = INT64_C(1767636000000);

    return time_ms += 1500;
}

/* A call stands before the answer to what is typed after it, and after the end there is none. */
static void the_console_calls_between_lines(void **state)
{
    static const char text[] = "rest 1 s\nhello";
    const struct console_options options = {.export_set = no_export,
                                            .secrets = {no_random, NULL, no_digest},
                                            .db = NULL,
                                            .timezone = "Europe/Berlin",
                                            .unit = UNIT_KG,
                                            .zone_offset = zone_offset,
                                            .now_ms = running_ms};
    FILE *in = file_of(text, sizeof(text) - 1), *out = tmpfile();
    struct err err = {0};
    char *said;

    (void)state;
    assert_int_equal(console_run(&options, in, out, &err), EX_OK);
    fclose(in);
    said = all_of(out);
    assert_memory_equal(said, "Rest 0:01: ", 11);
    assert_non_null(strstr(said, "\nYour rest is over.\n"));
    assert_non_null(strstr(strstr(said, "over."), "Spotter"));
    free(said);
}

/* What waited when a transcript ended becomes due in the next one over the same store, before its first line. */
static void what_waits_goes_from_one_transcript_to_the_next(void **state)
{
    static const char monday[] = "[2026-01-05T18:00:00+01:00] #gym <anna> !rest 90\n"
                                 "[2026-01-05T18:00:10+01:00] <ben> rest 60\n"
                                 "[2026-01-05T18:01:09+01:00] tick\n";
    static const char later[] = "[2026-01-05T18:01:30+01:00] tick\n# nobody came\n";
    char folder[] = "/tmp/spotter-db-XXXXXX", db[64], command[96];
    struct err err = {0};
    char *text;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(db, sizeof(db), "%s/spotter.db", folder);
    text = replayed(monday, db, false, EX_OK, &err);
    assert_null(strstr(text, "is over"));
    free(text);
    text = replayed(later, db, false, EX_OK, &err);
    assert_string_equal(text, "[2026-01-05T18:01:10+01:00] <spotter> Your rest is over.\n"
                              "[2026-01-05T18:01:30+01:00] #gym <spotter> anna: Your rest is over.\n"
                              "[2026-01-05T18:01:30+01:00] tick\n# nobody came\n");
    free(text);
    text = replayed(later, db, false, EX_OK, &err);
    assert_string_equal(text, later);
    free(text);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_becomes_a_line_of_json),
        cmocka_unit_test(questions_hold_their_options),
        cmocka_unit_test(odd_input_is_parsed),
        cmocka_unit_test(a_conversation_is_printed_as_json),
        cmocka_unit_test(faults_name_the_line),
        cmocka_unit_test(a_printed_conversation_plays_again),
        cmocka_unit_test(transcripts_share_a_store),
        cmocka_unit_test(the_console_talks),
        cmocka_unit_test(the_console_calls_between_lines),
        cmocka_unit_test(what_waits_goes_from_one_transcript_to_the_next),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}
