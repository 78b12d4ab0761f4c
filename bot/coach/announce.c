/*
 * Who came and who went, said in the room.
 */
#include "bot/coach/announce.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_AT_ONCE = 50 /* each is said, in several messages if need be */ };

struct announcement {
    int64_t group;
    int64_t founder; /* whose language the room speaks */
    char *transport, *room;
    char *names[3]; /* who came, who left, who was removed: ", " between */
    size_t count;
    bool explain;
};

typedef VEC(struct announcement) announcement_list;

struct announcements {
    announcement_list at;
};

static const struct {
    enum message_kind kind;
    enum text_key text;
} events[] = {
    {MESSAGE_JOIN, TEXT_ROSTER_JOINED}, {MESSAGE_LEAVE, TEXT_ROSTER_LEFT}, {MESSAGE_REMOVED, TEXT_ROSTER_REMOVED}};

struct announcements *announcements_new(void)
{
    return mem_zero(1, sizeof(struct announcements));
}

static void release(struct announcement *announcement)
{
    for (size_t i = 0; i < ARRAY_LENGTH(events); i++)
        free(announcement->names[i]);
    free(announcement->transport);
    free(announcement->room);
}

void announcements_clear(struct announcements *announcements)
{
    for (size_t i = 0; i < announcements->at.count; i++)
        release(&announcements->at.at[i]);
    vec_clear(&announcements->at);
}

void announcements_free(struct announcements *announcements)
{
    if (announcements == NULL)
        return;
    announcements_clear(announcements);
    vec_release(&announcements->at);
    free(announcements);
}

static struct announcement *announcement_of(struct announcements *announcements, const struct coach_group *group)
{
    struct announcement *announcement;

    for (size_t i = 0; i < announcements->at.count; i++)
        if (announcements->at.at[i].group == group->id)
            return &announcements->at.at[i];
    announcement = vec_add(&announcements->at);
    *announcement = (struct announcement){.group = group->id,
                                          .founder = group->founder,
                                          .transport = mem_strdup(group->transport),
                                          .room = mem_strdup(group->room)};
    return announcement;
}

/* On Matrix the id, since anybody may be called anything. */
static void add_name(const struct coach_member *member, char **names)
{
    struct buf list = BUF_INIT(REPLY_MAX);

    if (*names != NULL)
        buf_addf(&list, "%s, ", *names);
    buf_adds(&list, member->identity[0] == '@' ? member->identity : member->name);
    free(*names);
    *names = buf_steal(&list);
}

int announce_note(struct coach *coach, const struct coach_group *group, const struct coach_member *member,
                  enum message_kind kind, bool explain, int64_t now_ms, struct err *err)
{
    struct announcement *announcement = announcement_of(coach->announcements, group);

    for (size_t i = 0; i < ARRAY_LENGTH(events); i++)
        if (events[i].kind == kind)
            add_name(member, &announcement->names[i]);
    announcement->explain |= explain;
    if (++announcement->count < NAMES_AT_ONCE)
        return 0;
    return announce(coach, group->transport, group->room, now_ms, err);
}

static int say(struct coach *coach, const struct announcement *announcement, int64_t now_ms, struct err *err)
{
    const struct message message = {.transport = announcement->transport,
                                    .room = announcement->room,
                                    .sent_ms = now_ms,
                                    .read_ms = now_ms,
                                    .text = ""};
    struct turn turn;
    int result = turn_open(&turn, coach, &message, announcement->founder, 0, err);

    for (size_t i = 0; i < ARRAY_LENGTH(events); i++)
        if (announcement->names[i] != NULL)
            reply_say(&turn.reply, turn.texts, events[i].text, ARG("names", announcement->names[i]));
    if (announcement->explain)
        reply_tell(&turn.reply, turn.texts, TEXT_ROSTER_EXPLAINED_HERE);
    if (result == 0)
        result = turn_say(&turn, err);
    turn_close(&turn);
    return result;
}

int announce(struct coach *coach, const char *transport, const char *room, int64_t now_ms, struct err *err)
{
    announcement_list *list = &coach->announcements->at;
    int result = 0;

    for (size_t i = 0; i < list->count && result == 0;) {
        struct announcement next = list->at[i];

        if (room != NULL && (strcmp(next.room, room) != 0 || strcmp(next.transport, transport) != 0)) {
            i++;
            continue;
        }
        vec_remove(list, i); /* before it is said: saying something looks here first */
        result = say(coach, &next, now_ms, err);
        release(&next);
    }
    return result;
}
