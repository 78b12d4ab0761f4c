/*
 * Comments of coaches.
 */
#include "bot/coach/comment.h"

#include <stdlib.h>
#include <string.h>

#include "bot/coach/coaching.h"
#include "core/text/fold.h"

enum { COMMENT_MAX = 500, COMMENTED_SIZE = 16, ID_MAX = 1024 };

#define COMMENTED "commented" /* the lifter has been told where comments are */

/* ---------------------------------------------------------------- hearing */

static int count_set(void *arg, const struct coach_set_row *row)
{
    (void)row;
    ++*(size_t *)arg;
    return 0;
}

/* Somebody else's message with sets, or our answer to one, in this room: what the turn's message replies to. */
static int find_sets(struct turn *turn, struct coach_input *input, struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct message *message = turn->message;
    struct buf answers = BUF_INIT(ID_MAX), thread = BUF_INIT(ID_MAX);
    size_t sets = 0;
    int found = store->input_find(store->self, message->transport, message->reply_to, input, err);

    if (found == 0 &&
        (found = store->reply_find(store->self, message->transport, message->reply_to, &answers, &thread, err)) == 1)
        found = store->input_find(store->self, message->transport, buf_text(&answers), input, err);
    if (found == 1 && (input->lifter == turn->lifter->id || strcmp(input->room, message->room) != 0))
        found = 0;
    if (found == 1 && store->sets_of_input(store->self, input->id, count_set, &sets, err) < 0)
        found = -1;
    buf_release(&answers);
    buf_release(&thread);
    return found == 1 ? sets != 0 : found;
}

static int take_about(void *arg, const struct coach_instruction *said)
{
    if (said->kind == COACH_COMMENT)
        *(int64_t *)arg = said->about;
    return 0;
}

/* What the comment was about that this edit has just taken back: edits don't say what they reply to. */
static int find_edited(struct turn *turn, const struct pending *original, struct coach_input *input, struct err *err)
{
    const struct coach_store *store = turn->store;
    int64_t about = 0;

    if (original->action == 0)
        return 0;
    if (store->instructions_of_action(store->self, original->action, true, take_about, &about, err) < 0)
        return -1;
    return about != 0 ? store->input_event(store->self, about, input, NULL, err) : 0;
}

/* The sender coaches the room that the message is in: 1, 0, -1. */
static int is_coach(struct turn *turn, struct roster *roster, struct err *err)
{
    int found = roster_load_room(turn->store, turn->message->transport, turn->message->room, roster, err);

    return found == 1 ? coaching_is(roster_member(roster, turn->lifter->id)) : found;
}

/* Said once to each lifter. */
static int tell(struct turn *turn, const struct roster *roster, int64_t lifter, struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct coach_member *member = roster_member(roster, lifter);
    struct buf value = BUF_INIT(COMMENTED_SIZE), name = BUF_INIT(COACH_NAME_SIZE);
    int told = store->value_get(store->self, lifter, COMMENTED, &value, err);

    if (told == 0 && member != NULL) {
        roster_name(roster, member, &name);
        reply_say(&turn->reply, turn->texts, TEXT_COMMENT_KEPT, ARG("name", buf_text(&name)));
        told = store->value_put(store->self, lifter, COMMENTED, "told", err);
    }
    buf_release(&value);
    buf_release(&name);
    return told < 0 ? -1 : 0;
}

static int keep(struct turn *turn, struct pending *original, const struct roster *roster,
                const struct coach_input *about, struct span text, struct err *err)
{
    struct buf words = BUF_INIT(COMMENT_MAX);
    int result = turn_claim(turn, original, err);

    buf_add(&words, text.at, text_cut(text, COMMENT_MAX));
    if (result == 1)
        result =
            coaching_keep(turn, roster->group.id, COACH_COMMENT, about->lifter, "", buf_text(&words), about->id, err);
    if (result == 0)
        result = tell(turn, roster, about->lifter, err);
    buf_release(&words);
    return result;
}

int comment_hear(struct turn *turn, struct pending *original, struct span text, struct err *err)
{
    const struct message *message = turn->message;
    struct roster roster = {0};
    struct coach_input about;
    int found;

    if (message->direct || text.length == 0 || turn->following || turn->dry)
        return 0;
    found = message->reply_to != NULL ? find_sets(turn, &about, err) : find_edited(turn, original, &about, err);
    if (found == 1)
        found = is_coach(turn, &roster, err);
    if (found == 1 && keep(turn, original, &roster, &about, text, err) < 0)
        found = -1;
    roster_release(&roster);
    return found;
}

/* ---------------------------------------------------------------- showing */

struct load {
    const struct turn *turn;
    comment_list *comments;
};

/* What was said in another room isn't shown in this one. */
static int add(void *arg, const struct coach_instruction *said)
{
    const struct load *load = arg;
    struct span name = roster_short(said->transport, said->identity, said->name);
    char *where = lifter_place(said->transport, said->room);

    if (said->kind == COACH_COMMENT && instruct_shows(load->turn, where))
        vec_push(load->comments,
                 ((struct comment){said->about, mem_strndup(name.at, name.length), mem_strdup(said->text)}));
    free(where);
    return 0;
}

int comments_load(struct turn *turn, comment_list *comments, struct err *err)
{
    struct load load = {turn, comments};

    return turn->store->instructions_for(turn->store->self, turn->lifter->id, add, &load, err);
}

void comments_release(comment_list *comments)
{
    for (size_t i = 0; i < comments->count; i++) {
        free(comments->at[i].by);
        free(comments->at[i].text);
    }
    vec_release(comments);
}

bool comments_on(const comment_list *comments, int64_t input)
{
    for (size_t i = 0; i < comments->count; i++)
        if (comments->at[i].about == input)
            return true;
    return false;
}

void comments_say(struct turn *turn, const comment_list *comments, int64_t input)
{
    for (size_t i = 0; i < comments->count; i++) {
        const struct comment *comment = &comments->at[i];

        if (comment->about == input)
            reply_say(&turn->reply, turn->texts, TEXT_ASKED,
                      ARG("coach", comment->by[0] != '\0' ? comment->by : texts_get(turn->texts, TEXT_ASKED_BY)),
                      ARG("what", comment->text));
    }
}
