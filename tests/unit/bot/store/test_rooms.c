/*
 * What the transport keeps of its rooms, for each implementation of the port: values, rooms, members, events.
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/bot/store/backend.h"

static void values_are_bytes(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(100);
    struct err err;

    begin(b);
    assert_int_equal(b->matrix->value_get(b->matrix->self, "next_batch", &out, &err), 0);
    OK(b->matrix->value_put(b->matrix->self, "next_batch", (struct span){"a\0b", 3}, e));
    assert_int_equal(b->matrix->value_get(b->matrix->self, "next_batch", &out, &err), 1);
    assert_int_equal(out.length, 3);
    assert_memory_equal(out.data, "a\0b", 3);
    OK(b->matrix->value_put(b->matrix->self, "next_batch", (struct span){NULL, 0}, e));
    buf_clear(&out);
    assert_int_equal(b->matrix->value_get(b->matrix->self, "next_batch", &out, &err), 1);
    assert_int_equal(out.length, 0);
    assert_int_equal(b->e2ee->value_get(b->e2ee->self, "next_batch", &out, &err), 0); /* names are each port's own */
    commit(b);
    buf_release(&out);
}

static int print_room(void *arg, const struct matrix_room_row *r)
{
    return buf_addf(arg, "%s %d%d%d %lld %lld %d%d%d%d%d [%s]\n", r->room_id, r->joined, r->direct, r->encrypted,
                    (long long)r->rotation_messages, (long long)r->rotation_ms, r->invited_can_read, r->history_shared,
                    r->members_complete, r->welcomed, r->many, r->last_event_id);
}

static void a_room_that_was_encrypted_stays_so(void **state)
{
    struct backend *b = *state;
    struct matrix_room_row room = {"!a:x", true, false, true, 100, 604800000, true, false, false, true, true, "$last"};
    struct buf out = BUF_INIT(500);

    begin(b);
    OK(b->matrix->room_put(b->matrix->self, &room, e));
    room = (struct matrix_room_row){"!b:x", false, true, false, 0, 0, false, true, true, false, false, NULL};
    OK(b->matrix->room_put(b->matrix->self, &room, e));
    OK(b->matrix->room_each(b->matrix->self, print_room, &out, e));
    assert_string_equal(buf_text(&out), "!a:x 101 100 604800000 10011 [$last]\n!b:x 010 0 0 01100 []\n");
    buf_clear(&out);
    room.room_id = "!a:x";
    OK(b->matrix->room_put(b->matrix->self, &room, e));
    OK(b->matrix->room_each(b->matrix->self, print_room, &out, e));
    assert_string_equal(buf_text(&out), "!a:x 011 0 0 01100 []\n!b:x 010 0 0 01100 []\n");
    commit(b);
    buf_release(&out);
}

static int print_member(void *arg, const char *user_id, const char *membership, const char *name)
{
    return buf_addf(arg, "%s=%s(%s);", user_id, membership, name);
}

static void members_are_of_their_room(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(500);

    begin(b);
    OK(b->matrix->member_put(b->matrix->self, "!a:x", "@b:x", "invite", "", e));
    OK(b->matrix->member_put(b->matrix->self, "!a:x", "@a:x", "join", "Anna", e));
    OK(b->matrix->member_put(b->matrix->self, "!a:x", "@b:x", "join", "Ben", e));
    OK(b->matrix->member_put(b->matrix->self, "!other:x", "@c:x", "join", "Cara", e));
    OK(b->matrix->member_each(b->matrix->self, "!a:x", print_member, &out, e));
    assert_string_equal(buf_text(&out), "@a:x=join(Anna);@b:x=join(Ben);");
    commit(b);
    buf_release(&out);
}

static int print_event(void *arg, const struct matrix_event_row *row)
{
    return buf_addf(arg, "%s %s %s %d%d %lld", row->event_id, row->room_id, row->sender, row->encrypted, row->edit,
                    (long long)row->sent_ms);
}

static void an_event_is_new_once_and_known_for_good(void **state)
{
    struct backend *b = *state;
    struct matrix_event_row event = {"$1", "!a:x", "@a:x", true, false, 77};
    struct buf out = BUF_INIT(500);
    struct err err;

    begin(b);
    assert_int_equal(b->matrix->event_find(b->matrix->self, "$1", NULL, NULL, &err), 0);
    assert_int_equal(b->matrix->event_new(b->matrix->self, &event, &err), 1);
    event.sender = "@mallory:x"; /* who says the same id again changes nothing */
    event.encrypted = false;
    assert_int_equal(b->matrix->event_new(b->matrix->self, &event, &err), 0);
    assert_int_equal(b->matrix->event_find(b->matrix->self, "$1", NULL, NULL, &err), 1);
    assert_int_equal(b->matrix->event_find(b->matrix->self, "$1", print_event, &out, &err), 1);
    assert_string_equal(buf_text(&out), "$1 !a:x @a:x 10 77");
    commit(b);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(values_are_bytes),
        ON_EACH(a_room_that_was_encrypted_stays_so),
        ON_EACH(members_are_of_their_room),
        ON_EACH(an_event_is_new_once_and_known_for_good),
    };

    return RUN_TESTS(tests);
}
