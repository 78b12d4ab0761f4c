/*
 * What coaches say, for each implementation of the port: it holds while their action stands, for those who are in the
 * room.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/bot/store/people.h"

struct seen {
    char text[512]; /* "KIND exercise=text by name in room;…" */
};

static int note(void *arg, const struct coach_instruction *said)
{
    struct seen *seen = arg;
    size_t length = strlen(seen->text);

    snprintf(seen->text + length, sizeof(seen->text) - length, "%d %s=%s by %s in %s;", (int)said->kind, said->exercise,
             said->text, said->identity, said->room);
    return 0;
}

static void assert_for(struct backend *b, int64_t lifter, const char *expected)
{
    struct seen seen = {""};

    OK(b->coach->instructions_for(b->coach->self, lifter, note, &seen, e));
    assert_string_equal(seen.text, expected);
}

static void member_of(struct backend *b, int64_t group, int64_t lifter, const char *identity,
                      enum coach_presence presence)
{
    const struct coach_member member = {
        .group = group, .lifter = lifter, .identity = identity, .name = "Name", .presence = presence};

    OK(b->coach->member_put(b->coach->self, &member, e));
}

struct scene {
    int64_t anna, ben, cara, input;
    struct coach_group gym, hall;
};

/* Anna and Ben are in the gym, Anna and Cara in the hall. */
static void open_scene(struct backend *b, struct scene *scene)
{
    *scene = (struct scene){.gym = {.transport = "matrix", .room = "!gym:x"},
                            .hall = {.transport = "matrix", .room = "!hall:x"}};
    scene->anna = lifter_of(b, "matrix", "@anna:x", true);
    scene->ben = lifter_of(b, "matrix", "@ben:x", true);
    scene->cara = lifter_of(b, "matrix", "@cara:x", true);
    scene->input = input_of(b, scene->anna, "$1");
    OK(b->coach->group_put(b->coach->self, &scene->gym, e));
    OK(b->coach->group_put(b->coach->self, &scene->hall, e));
    member_of(b, scene->gym.id, scene->anna, "@anna:x", COACH_HERE);
    member_of(b, scene->gym.id, scene->ben, "@ben:x", COACH_HERE);
    member_of(b, scene->hall.id, scene->anna, "@anna:x", COACH_HERE);
    member_of(b, scene->hall.id, scene->cara, "@cara:x", COACH_HERE);
}

static int64_t say_for(struct backend *b, const struct scene *scene, const struct coach_group *group, int64_t lifter,
                       int64_t at_ms, const char *exercise, const char *text)
{
    struct coach_instruction said = {.group = group->id,
                                     .coach = scene->anna,
                                     .input = scene->input,
                                     .lifter = lifter,
                                     .at_ms = at_ms,
                                     .exercise = exercise,
                                     .text = text};

    said.action = action_of(b, scene->anna, scene->input, COACH_LOG);
    OK(b->coach->instruction_add(b->coach->self, &said, e));
    return said.action;
}

static void words_hold_for_whom_they_are(void **state)
{
    struct backend *b = *state;
    struct seen seen = {""};
    struct scene scene;
    int64_t action, undo;

    begin(b);
    open_scene(b, &scene);
    say_for(b, &scene, &scene.gym, 0, 20, "bench-press", "later");
    action = say_for(b, &scene, &scene.gym, scene.ben, 10, "squat", "first");
    say_for(b, &scene, &scene.hall, 0, 15, "row", "elsewhere");
    /* By time, not in the order of saying; what is for everybody in the room, and nothing of other rooms. */
    assert_for(b, scene.ben, "0 squat=first by @anna:x in !gym:x;0 bench-press=later by @anna:x in !gym:x;");
    assert_for(b, scene.cara, "0 row=elsewhere by @anna:x in !hall:x;");
    OK(b->coach->instructions_in(b->coach->self, scene.hall.id, note, &seen, e));
    assert_string_equal(seen.text, "0 row=elsewhere by @anna:x in !hall:x;");
    /* Undone it doesn't hold, and is known by what undid it. */
    undo = action_of(b, scene.anna, scene.input, COACH_UNDO);
    OK(b->coach->action_undo(b->coach->self, action, undo, e));
    assert_for(b, scene.ben, "0 bench-press=later by @anna:x in !gym:x;");
    seen.text[0] = '\0';
    OK(b->coach->instructions_of_action(b->coach->self, undo, true, note, &seen, e));
    assert_string_equal(seen.text, "0 squat=first by @anna:x in !gym:x;");
    seen.text[0] = '\0';
    OK(b->coach->instructions_of_input(b->coach->self, scene.input, note, &seen, e));
    assert_string_equal(seen.text, "0 row=elsewhere by @anna:x in !hall:x;0 bench-press=later by @anna:x in !gym:x;");
    commit(b);
}

static void leaving_ends_them(void **state)
{
    struct backend *b = *state;
    struct scene scene;

    begin(b);
    open_scene(b, &scene);
    say_for(b, &scene, &scene.gym, scene.ben, 10, "squat", "x");
    member_of(b, scene.gym.id, scene.ben, "@ben:x", COACH_AWAY);
    assert_for(b, scene.ben, "0 squat=x by @anna:x in !gym:x;");
    member_of(b, scene.gym.id, scene.ben, "@ben:x", COACH_LEFT);
    assert_for(b, scene.ben, "");
    /* The coach may leave: what they said stays. */
    member_of(b, scene.gym.id, scene.ben, "@ben:x", COACH_HERE);
    member_of(b, scene.gym.id, scene.anna, "@anna:x", COACH_LEFT);
    assert_for(b, scene.ben, "0 squat=x by @anna:x in !gym:x;");
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(words_hold_for_whom_they_are),
        ON_EACH(leaving_ends_them),
    };

    return RUN_TESTS(tests);
}
