/*
 * Sessions of others in lists: those that are kept from us, and those whose device is not known yet.
 */
#include <stdlib.h>

#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"

enum { LOADED_AT_MOST = 1000 };

static void release(struct e2ee_session *session)
{
    free(session->user_id);
    free(session->room_id);
    free(session->session_id);
}

void e2ee_sessions_release(struct e2ee_session_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        release(&list->at[i]);
    vec_release(list);
}

struct e2ee_session *e2ee_sessions_add(struct e2ee_session_list *list, const char *user_id, const char *room_id,
                                       const char *session_id)
{
    struct e2ee_session *session = vec_add(list);

    *session = (struct e2ee_session){
        .user_id = mem_strdup(user_id), .room_id = mem_strdup(room_id), .session_id = mem_strdup(session_id)};
    return session;
}

struct e2ee_session *e2ee_sessions_find(const struct e2ee_session_list *list, const char *user_id, const char *room_id,
                                        const char *session_id)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->at[i].session_id, session_id) == 0 && strcmp(list->at[i].room_id, room_id) == 0 &&
            strcmp(list->at[i].user_id, user_id) == 0)
            return &list->at[i];
    return NULL;
}

void e2ee_sessions_drop(struct e2ee_session_list *list, size_t index)
{
    release(&list->at[index]);
    vec_remove(list, index);
}

/* ---- the value: [[user, room, session, {…}], …] */

static void write_session(const struct e2ee_session *session, struct json_writer *writer)
{
    json_write_begin(writer, '[');
    json_write_text(writer, session->user_id);
    json_write_text(writer, session->room_id);
    json_write_text(writer, session->session_id);
    json_write_begin(writer, '{');
    json_write_key(writer, "unverified");
    json_write_bool(writer, session->unverified);
    json_write_key(writer, "told");
    json_write_int(writer, session->told_ms);
    json_write_end(writer);
    json_write_end(writer);
}

int e2ee_sessions_save(struct e2ee *machine, const char *value, const struct e2ee_session_list *list, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json_writer writer;
    int rc;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '[');
    for (size_t i = 0; i < list->count; i++)
        write_session(&list->at[i], &writer);
    json_write_end(&writer);
    BUG_IF(text.overflowed);
    rc = machine->store->value_put(machine->store->self, value, buf_span(&text), err);
    buf_release(&text);
    return rc;
}

int e2ee_sessions_load(struct e2ee *machine, const char *value, struct e2ee_session_list *list, struct err *err)
{
    struct json *json;

    if (e2ee_value_json(machine, value, &json, err) < 0)
        return -1;
    for (size_t i = 0; i < json_count(json) && i < LOADED_AT_MOST; i++) {
        const struct json *entry = json_at(json, i), *rest = json_at(entry, 3);
        const char *user_id = json_text(json_at(entry, 0)), *room_id = json_text(json_at(entry, 1));
        const char *session_id = json_text(json_at(entry, 2));
        struct e2ee_session *session;

        if (user_id == NULL || room_id == NULL || session_id == NULL)
            continue;
        session = e2ee_sessions_add(list, user_id, room_id, session_id);
        session->unverified = json_get_bool(rest, "unverified", false);
        json_get_int(rest, "told", &session->told_ms);
    }
    json_free(json);
    return 0;
}
