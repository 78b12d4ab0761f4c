/*
 * A lifter, their messages and what they do, in a store.
 */
#ifndef TESTS_UNIT_BOT_STORE_PEOPLE_H
#define TESTS_UNIT_BOT_STORE_PEOPLE_H

#include "tests/unit/bot/store/backend.h"

static inline struct message text_message(const char *id, int64_t sent_ms)
{
    return (struct message){.kind = MESSAGE_TEXT,
                            .transport = "matrix",
                            .room = "!room:x",
                            .sender = "@anna:x",
                            .id = id,
                            .sent_ms = sent_ms,
                            .read_ms = sent_ms + 5,
                            .text = "secret words"};
}

static inline int64_t lifter_of(struct backend *b, const char *transport, const char *identity, bool expect_new)
{
    int64_t lifter = 0;
    bool is_new = !expect_new;

    OK(b->coach->lifter_open(b->coach->self, transport, identity, 1000, &lifter, &is_new, e));
    assert_int_equal(is_new, expect_new);
    return lifter;
}

static inline int64_t input_of(struct backend *b, int64_t lifter, const char *id)
{
    struct message message = text_message(id, 1000);
    int64_t input = 0;
    struct err err;

    assert_int_equal(b->coach->input_claim(b->coach->self, &message, lifter, &input, &err), 1);
    return input;
}

static inline int64_t action_of(struct backend *b, int64_t lifter, int64_t input, enum coach_action_kind kind)
{
    int64_t action = 0;

    OK(b->coach->action_begin(b->coach->self, lifter, input, kind, 1000, &action, e));
    return action;
}

#endif
