/*
 * A room takes another's place: what is there of the one is the other's, for each implementation of the port.
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/bot/store/people.h"

#define OLD "!room:x"
#define NEW "!new"
#define ALIKE "!room:xy" /* begins as the other does */

static void values_of(struct backend *b, int64_t lifter, const char *const *names, struct buf *out)
{
    for (; *names != NULL; names++) {
        struct buf value = BUF_INIT(1000);

        if (b->coach->value_get(b->coach->self, lifter, *names, &value, NULL) == 1)
            buf_addf(out, "%s=%s;", *names, buf_text(&value));
        buf_release(&value);
    }
}

static int note_row(void *arg, const struct matrix_outbox_row *row)
{
    return buf_addf(arg, "%s %s;", row->room, row->text);
}

static int count_set(void *arg, const struct coach_set_row *row)
{
    (void)row;
    (*(int *)arg)++;
    return 0;
}

static int note_job(void *arg, const struct coach_job *job)
{
    return buf_addf(arg, "%s;", job->room);
}

static void put_group(struct backend *b, const char *room, struct coach_group *group)
{
    *group = (struct coach_group){.set_up_ms = 1, .transport = "matrix", .timezone = "Europe/Berlin"};
    snprintf(group->room, sizeof(group->room), "%s", room);
    OK(b->coach->group_put(b->coach->self, group, e));
}

static void say(struct backend *b, const char *answers, const char *text)
{
    const struct outgoing outgoing = {
        .kind = OUT_PING, .transport = "matrix", .room = OLD, .answers = answers, .text = text, .at_ms = 1};

    OK(b->matrix->say(b->matrix->self, &outgoing, e));
}

static void all_that_is_there_goes_along(void **state)
{
    static const char *const names[] = {"checkin",
                                        "question:matrix:" OLD,
                                        "question:matrix:" NEW,
                                        "question:matrix:" ALIKE,
                                        "question:irc:x:" OLD,
                                        "goal",
                                        NULL};
    struct backend *b = *state;
    struct buf out = BUF_INIT(4000);
    struct coach_group group, found;
    struct coach_member member = {.identity = "@anna:x", .name = "Anna", .share = COACH_SHARE_ROOM};
    struct coach_job job = {.kind = COACH_JOB_CHECKIN,
                            .transport = "matrix",
                            .room = OLD,
                            .thread = "",
                            .identity = "@anna:x",
                            .name = "Anna",
                            .cause = "",
                            .due_ms = 5,
                            .payload = ""};
    const struct set set = {.exercise = "squat", .load_kg = 100, .reps = 5};
    int64_t lifter, input, action, id;
    int sets = 0;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    input = input_of(b, lifter, "$1"); /* in OLD */
    action = action_of(b, lifter, input, COACH_LOG);
    OK(b->coach->set_add(b->coach->self, lifter, action, input, 0, &set, 1000, &id, e));
    put_group(b, OLD, &group);
    member.group = group.id;
    member.lifter = job.lifter = lifter;
    OK(b->coach->member_put(b->coach->self, &member, e));
    OK(b->coach->job_put(b->coach->self, &job, e));
    OK(b->coach->room_value_put(b->coach->self, "matrix", OLD, "quiet", "on", e));
    OK(b->coach->room_value_put(b->coach->self, "matrix", ALIKE, "quiet", "off", e));
    OK(b->coach->value_put(b->coach->self, lifter, "checkin", "0 0 1\nmatrix\n@anna:x\nAnna\n" OLD "\n", e));
    OK(b->coach->value_put(b->coach->self, lifter, "question:matrix:" OLD, "old", e));
    OK(b->coach->value_put(b->coach->self, lifter, "question:matrix:" ALIKE, "alike", e));
    OK(b->coach->value_put(b->coach->self, lifter, "question:irc:x:" OLD, "irc", e));
    OK(b->coach->value_put(b->coach->self, lifter, "goal", OLD, e));
    say(b, NULL, "check-in");
    say(b, "$1", "answer");
    OK(b->coach->room_move(b->coach->self, "matrix", OLD, NEW, e));

    OK(b->coach->sets_in_room(b->coach->self, lifter, "matrix", NEW, 0, INT64_MAX, count_set, &sets, e));
    assert_int_equal(sets, 1);
    assert_int_equal(b->coach->group_find(b->coach->self, "matrix", NEW, &found, NULL), 1);
    assert_int_equal(found.id, group.id);
    assert_string_equal(found.timezone, "Europe/Berlin");
    assert_int_equal(b->coach->group_find(b->coach->self, "matrix", OLD, &found, NULL), 0);
    OK(b->coach->room_value_get(b->coach->self, "matrix", NEW, "quiet", &out, e));
    OK(b->coach->room_value_get(b->coach->self, "matrix", ALIKE, "quiet", &out, e));
    assert_string_equal(buf_text(&out), "onoff");
    buf_clear(&out);
    values_of(b, lifter, names, &out);
    assert_string_equal(buf_text(&out),
                        "checkin=0 0 1\nmatrix\n@anna:x\nAnna\n" NEW "\n;question:matrix:" NEW
                        "=old;question:matrix:" ALIKE "=alike;question:irc:x:" OLD "=irc;goal=" OLD ";");
    buf_clear(&out);
    OK(b->coach->job_take_due(b->coach->self, "matrix", false, 10, note_job, &out, e));
    OK(b->matrix->outbox_each(b->matrix->self, 0, note_row, &out, e));
    assert_string_equal(buf_text(&out), NEW ";" NEW " check-in;" OLD " answer;");
    commit(b);
    buf_release(&out);
}

/* Somebody has set the new room up before the old one came to it: that stands, and the rest goes along all the same. */
static void what_is_there_already_stays(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(100);
    struct coach_group old, new, found;

    begin(b);
    put_group(b, OLD, &old);
    put_group(b, NEW, &new);
    OK(b->coach->room_value_put(b->coach->self, "matrix", OLD, "quiet", "on", e));
    OK(b->coach->room_value_put(b->coach->self, "matrix", OLD, "board", "5", e));
    OK(b->coach->room_value_put(b->coach->self, "matrix", NEW, "quiet", "off", e));
    OK(b->coach->room_move(b->coach->self, "matrix", OLD, NEW, e));
    assert_int_equal(b->coach->group_find(b->coach->self, "matrix", NEW, &found, NULL), 1);
    assert_int_equal(found.id, new.id);
    OK(b->coach->room_value_get(b->coach->self, "matrix", NEW, "quiet", &out, e));
    OK(b->coach->room_value_get(b->coach->self, "matrix", NEW, "board", &out, e));
    assert_string_equal(buf_text(&out), "off5");
    commit(b);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(all_that_is_there_goes_along),
        ON_EACH(what_is_there_already_stays),
    };

    return RUN_TESTS(tests);
}
