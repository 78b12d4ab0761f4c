/*
 * Messages that were read late: booked one by one, answered in one summary for each lifter and room.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/coach/announce.h"
#include "bot/coach/earlier.h"
#include "bot/coach/wording.h"

enum { SUMMARY_LINES = 12, SUMMARY_LINE_MAX = 400 };

struct summary_count {
    char exercise[EXERCISE_ID_SIZE];
    size_t sets;
};

typedef VEC(struct summary_count) count_list;
typedef VEC(char *) text_list;
typedef VEC(struct set) logged_list;

struct summary {
    int64_t lifter;
    char *transport, *room, *sender;
    char *last; /* the last message that it sums up: the one that it answers */
    bool direct;
    size_t sets;
    count_list counts;
    text_list lines; /* what else is to be said */
    logged_list logged;
};

typedef VEC(struct summary) summary_list;

struct summaries {
    summary_list at;
};

struct summaries *summaries_new(void)
{
    return mem_zero(1, sizeof(struct summaries));
}

static void release(struct summary *summary)
{
    free(summary->transport);
    free(summary->room);
    free(summary->sender);
    free(summary->last);
    for (size_t i = 0; i < summary->lines.count; i++)
        free(summary->lines.at[i]);
    vec_release(&summary->lines);
    vec_release(&summary->counts);
    vec_release(&summary->logged);
}

void summaries_clear(struct summaries *summaries)
{
    for (size_t i = 0; i < summaries->at.count; i++)
        release(&summaries->at.at[i]);
    vec_clear(&summaries->at);
}

void summaries_free(struct summaries *summaries)
{
    if (summaries == NULL)
        return;
    summaries_clear(summaries);
    vec_release(&summaries->at);
    free(summaries);
}

static struct summary *summary_of(struct summaries *summaries, const struct turn *turn)
{
    const struct message *message = turn->message;
    struct summary *summary;

    for (size_t i = 0; i < summaries->at.count; i++) {
        summary = &summaries->at.at[i];
        if (summary->lifter == turn->lifter->id && strcmp(summary->transport, message->transport) == 0 &&
            strcmp(summary->room, message->room) == 0)
            return summary;
    }
    summary = vec_add(&summaries->at);
    summary->lifter = turn->lifter->id;
    summary->transport = mem_strdup(message->transport);
    summary->room = mem_strdup(message->room);
    summary->sender = mem_strdup(message->sender);
    summary->direct = message->direct;
    return summary;
}

static void count_set(struct summary *summary, const struct set *set)
{
    summary->sets++;
    vec_push(&summary->logged, *set);
    for (size_t i = 0; i < summary->counts.count; i++) {
        if (strcmp(summary->counts.at[i].exercise, set->exercise) == 0) {
            summary->counts.at[i].sets++;
            return;
        }
    }
    memcpy(vec_add(&summary->counts)->exercise, set->exercise, sizeof(set->exercise));
    summary->counts.at[summary->counts.count - 1].sets++;
}

void turn_summarise(struct turn *turn)
{
    struct summary *summary;
    struct buf line = BUF_INIT(SUMMARY_LINE_MAX);

    if (turn->reply.lines.count == 0)
        return;
    summary = summary_of(turn->coach->summaries, turn);
    free(summary->last);
    summary->last = mem_strdup(turn->message->id);
    for (size_t i = 0; i < turn->logged.count; i++)
        count_set(summary, &turn->logged.at[i]);
    if (turn->logged.count == 0 && summary->lines.count < SUMMARY_LINES) {
        reply_plain(&turn->reply, &line);
        for (size_t i = 0; i < line.length; i++) {
            if (line.data[i] == '\n')
                line.data[i] = ' ';
        }
        vec_push(&summary->lines, buf_steal(&line));
    }
    buf_release(&line);
}

static void write_summary(struct turn *turn, const struct summary *summary)
{
    const struct texts *texts = turn->texts;
    struct buf count = BUF_INIT(128), name = BUF_INIT(128);

    if (summary->sets != 0) {
        wording_sets_count(texts, summary->sets, &count);
        reply_say(&turn->reply, texts, TEXT_SUMMARY, ARG("sets", buf_text(&count)));
    } else {
        reply_tell(&turn->reply, texts, TEXT_SUMMARY_NO_SETS);
    }
    for (size_t i = 0; i < summary->counts.count; i++) {
        buf_clear(&count);
        buf_clear(&name);
        wording_sets_count(texts, summary->counts.at[i].sets, &count);
        wording_exercise(turn, summary->counts.at[i].exercise, &name);
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&name));
        reply_add(&turn->reply, REPLY_PLAIN, ": ");
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&count));
    }
    for (size_t i = 0; i < summary->lines.count; i++) {
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_PLAIN, summary->lines.at[i]);
    }
    buf_release(&count);
    buf_release(&name);
}

static int say_summary(struct coach *coach, const struct summary *summary, int64_t now_ms, struct err *err)
{
    struct message message = {.transport = summary->transport,
                              .room = summary->room,
                              .direct = summary->direct,
                              .sender = summary->sender,
                              .sender_name = summary->sender,
                              .id = summary->last,
                              .sent_ms = now_ms,
                              .read_ms = now_ms,
                              .text = ""};
    struct turn turn;
    int result;

    result = turn_open(&turn, coach, &message, summary->lifter, 0, err);
    if (result == 0)
        result = lifter_load_names(turn.lifter, turn.store, err);
    if (result == 0) {
        write_summary(&turn, summary);
        for (size_t i = 0; i < summary->logged.count; i++)
            vec_push(&turn.logged, summary->logged.at[i]);
        result = turn_say(&turn, err);
    }
    /* The reply to the last message is the summary: an edit of that message must not replace it. */
    if (result == 0)
        result = earlier_reply_is(&turn, summary->last, NULL, err);
    turn_close(&turn);
    return result;
}

int coach_finish_batch(struct coach *coach, int64_t now_ms, struct err *err)
{
    int result = 0;

    for (size_t i = 0; i < coach->summaries->at.count && result == 0; i++)
        result = say_summary(coach, &coach->summaries->at.at[i], now_ms, err);
    summaries_clear(coach->summaries);
    return result == 0 ? announce(coach, NULL, NULL, now_ms, err) : result;
}
