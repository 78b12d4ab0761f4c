/*
 * What the server is to leave out.
 */
#include "bot/matrix/filter.h"

#include <stddef.h>

#include "bot/json/writer.h"

enum { TIMELINE_LIMIT = 100 };

static void write_list(struct json_writer *writer, const char *key, const char *const *list)
{
    json_write_key(writer, key);
    json_write_begin(writer, '[');
    for (; *list != NULL; list++)
        json_write_text(writer, *list);
    json_write_end(writer);
}

static void write_none(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_write_begin(writer, '{');
    write_list(writer, "not_types", (const char *const[]){"*", NULL});
    json_write_end(writer);
}

static const char *const state_types[] = {"m.room.member",
                                          "m.room.encryption",
                                          "m.room.power_levels",
                                          "m.room.create",
                                          "m.room.history_visibility",
                                          "m.room.tombstone",
                                          NULL};
static const char *const timeline_types[] = {"m.room.message",
                                             "m.room.encrypted",
                                             "m.reaction",
                                             "m.key.verification.*",
                                             "m.room.redaction",
                                             "m.room.member",
                                             "m.room.encryption",
                                             "m.room.power_levels",
                                             "m.room.create",
                                             "m.room.history_visibility",
                                             "m.room.tombstone",
                                             "m.poll.response",
                                             "org.matrix.msc3381.poll.response",
                                             NULL};

/* To-device messages and device lists are never filtered. Our own events come back as acknowledgements already. */
void mx_filter_sync(const char *user_id, struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    write_none(&writer, "presence");
    json_write_key(&writer, "account_data");
    json_write_begin(&writer, '{');
    write_list(&writer, "types", (const char *const[]){"m.direct", NULL});
    json_write_end(&writer);
    json_write_key(&writer, "room");
    json_write_begin(&writer, '{');
    write_none(&writer, "ephemeral");
    write_none(&writer, "account_data");
    json_write_key(&writer, "state");
    json_write_begin(&writer, '{');
    write_list(&writer, "types", state_types);
    json_write_key(&writer, "lazy_load_members");
    json_write_bool(&writer, true);
    json_write_end(&writer);
    json_write_key(&writer, "timeline");
    json_write_begin(&writer, '{');
    write_list(&writer, "types", timeline_types);
    write_list(&writer, "not_senders", (const char *const[]){user_id, NULL});
    json_write_key(&writer, "lazy_load_members");
    json_write_bool(&writer, true);
    json_write_key(&writer, "limit");
    json_write_int(&writer, TIMELINE_LIMIT);
    json_write_end(&writer);
    json_write_end(&writer);
    json_write_end(&writer);
}

void mx_filter_page(const char *user_id, struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    write_list(&writer, "types", timeline_types);
    write_list(&writer, "not_senders", (const char *const[]){user_id, NULL});
    json_write_end(&writer);
}

void mx_filter_own(const char *user_id, struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    write_list(&writer, "senders", (const char *const[]){user_id, NULL});
    json_write_end(&writer);
}

void mx_filter_history(struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    write_list(&writer, "types",
               (const char *const[]){"m.room.message", "m.room.encrypted", "m.reaction", "m.room.redaction", NULL});
    json_write_end(&writer);
}
