/*
 * A homeserver in memory: keys/upload, keys/query, keys/claim, sendToDevice and the parts of /sync for encryption.
 */
#include "tests/unit/bot/e2ee/world.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"
#include "core/base/mem.h"
#include "tests/unit/unit.h"

static void list_release(text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->at[i]);
    vec_release(list);
}

static char *take_first(text_list *list)
{
    char *first = list->at[0];

    vec_remove(list, 0);
    return first;
}

static char *printed(const struct json *json)
{
    struct buf text = BUF_INIT(16 * 1024 * 1024);

    json_print(json, &text);
    return buf_steal(&text);
}

/* ---- what the server knows */

struct world *world_new(void)
{
    struct world *world = mem_zero(1, sizeof(*world));

    world->now_ms = 1770000000000;
    return world;
}

static void published_release(struct published *device)
{
    free(device->user);
    free(device->device);
    free(device->keys);
    list_release(&device->one_time_ids);
    list_release(&device->one_time_keys);
    free(device->fallback_id);
    free(device->fallback_key);
}

void world_free(struct world *world)
{
    for (size_t i = 0; i < world->clients.count; i++) {
        struct client *client = world->clients.at[i];

        e2ee_free(client->machine);
        memory_store_free(client->store);
        list_release(&client->inbox);
        list_release(&client->changed);
        list_release(&client->left);
        free(client);
    }
    for (size_t i = 0; i < world->devices.count; i++)
        published_release(&world->devices.at[i]);
    for (size_t i = 0; i < world->identities.count; i++) {
        ratchet_account_free(world->identities.at[i].master);
        ratchet_account_free(world->identities.at[i].self_signing);
        free(world->identities.at[i].master_json);
        free(world->identities.at[i].self_signing_json);
    }
    for (int i = 0; i < E2EE_REQUEST_KINDS; i++)
        free(world->lie[i]);
    for (size_t i = 0; i < world->backed_up.count; i++)
        json_free(world->backed_up.at[i]);
    vec_release(&world->backed_up);
    free(world->backup_version);
    free(world->backup_key);
    free(world->signatures);
    vec_release(&world->clients);
    vec_release(&world->devices);
    vec_release(&world->identities);
    list_release(&world->transactions);
    list_release(&world->members);
    free(world);
}

struct published *world_published(struct world *world, const char *user, const char *device)
{
    for (size_t i = 0; i < world->devices.count; i++)
        if (strcmp(world->devices.at[i].user, user) == 0 && strcmp(world->devices.at[i].device, device) == 0)
            return &world->devices.at[i];
    return NULL;
}

void world_log_out(struct world *world, const char *user, const char *device)
{
    for (size_t i = 0; i < world->devices.count; i++)
        if (strcmp(world->devices.at[i].user, user) == 0 && strcmp(world->devices.at[i].device, device) == 0) {
            published_release(&world->devices.at[i]);
            vec_remove(&world->devices, i);
            world_announce(world, user);
            return;
        }
    fail();
}

void world_announce(struct world *world, const char *user)
{
    for (size_t i = 0; i < world->clients.count; i++)
        vec_push(&world->clients.at[i]->changed, mem_strdup(user));
}

void world_member(struct world *world, const char *user)
{
    vec_push(&world->members, mem_strdup(user));
}

void world_member_gone(struct world *world, const char *user)
{
    for (size_t i = 0; i < world->members.count; i++)
        if (strcmp(world->members.at[i], user) == 0) {
            free(world->members.at[i]);
            vec_remove(&world->members, i);
            return;
        }
    fail();
}

struct client *world_add(struct world *world, const char *user, const char *device, enum e2ee_share share)
{
    struct client *client = mem_zero(1, sizeof(*client));

    client->world = world;
    client->user = user;
    client->device = device;
    client->share = share;
    memcpy(client->pickle_key, WORLD_KEY, sizeof(client->pickle_key));
    client->store = memory_store_new();
    vec_push(&world->clients, client);
    client_restart(client);
    return client;
}

/* ---- keys/upload */

static bool add_one_time(struct published *device, const char *id, const struct json *key)
{
    char *text = printed(key);

    for (size_t i = 0; i < device->one_time_ids.count; i++)
        if (strcmp(device->one_time_ids.at[i], id) == 0) {
            bool same = strcmp(device->one_time_keys.at[i], text) == 0;

            free(text);
            return same;
        }
    vec_push(&device->one_time_ids, mem_strdup(id));
    vec_push(&device->one_time_keys, text);
    return true;
}

static struct published *device_of(struct client *client)
{
    struct published *device = world_published(client->world, client->user, client->device);

    if (device == NULL) {
        device = vec_add(&client->world->devices);
        device->user = mem_strdup(client->user);
        device->device = mem_strdup(client->device);
    }
    return device;
}

static int upload(struct client *client, const struct json *body, struct buf *out)
{
    struct published *device = device_of(client);
    const struct json *keys = json_get(body, "device_keys"), *value;
    struct json_cursor cursor = {0};
    const char *id;

    if (keys != NULL) {
        free(device->keys);
        device->keys = printed(keys);
        world_announce(client->world, client->user);
    }
    while (json_next(json_get(body, "one_time_keys"), &cursor, &id, &value))
        if (!add_one_time(device, id, value))
            return 400; /* "One time key … already exists" */
    cursor = (struct json_cursor){0};
    while (json_next(json_get(body, "fallback_keys"), &cursor, &id, &value)) {
        assert_true(json_get_bool(value, "fallback", false));
        free(device->fallback_id);
        free(device->fallback_key);
        device->fallback_id = mem_strdup(id);
        device->fallback_key = printed(value);
        device->fallback_used = false;
    }
    buf_addf(out, "{\"one_time_key_counts\":{\"signed_curve25519\":%zu}}", device->one_time_ids.count);
    return 200;
}

/* ---- keys/query, keys/claim */

static void write_devices(struct world *world, const char *user, struct json_writer *writer)
{
    json_write_key(writer, user);
    json_write_begin(writer, '{');
    for (size_t i = 0; i < world->devices.count; i++)
        if (strcmp(world->devices.at[i].user, user) == 0 && world->devices.at[i].keys != NULL) {
            json_write_key(writer, world->devices.at[i].device);
            json_write_raw(writer, span_of(world->devices.at[i].keys));
        }
    json_write_end(writer);
}

static void write_identities(struct world *world, struct json_writer *writer)
{
    json_write_key(writer, "master_keys");
    json_write_begin(writer, '{');
    for (size_t i = 0; i < world->identities.count; i++) {
        json_write_key(writer, world->identities.at[i].user);
        json_write_raw(writer, span_of(world->identities.at[i].master_json));
    }
    json_write_end(writer);
    json_write_key(writer, "self_signing_keys");
    json_write_begin(writer, '{');
    for (size_t i = 0; i < world->identities.count; i++) {
        json_write_key(writer, world->identities.at[i].user);
        json_write_raw(writer, span_of(world->identities.at[i].self_signing_json));
    }
    json_write_end(writer);
}

static bool fails(const struct world *world, const char *user)
{
    return world->failing_user != NULL && strcmp(world->failing_user, user) == 0;
}

static int query(struct client *client, const struct json *body, struct buf *out)
{
    struct world *world = client->world;
    struct json_cursor cursor = {0};
    const struct json *value;
    struct json_writer writer;
    const char *user;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "device_keys");
    json_write_begin(&writer, '{');
    while (json_next(json_get(body, "device_keys"), &cursor, &user, &value))
        if (!fails(world, user))
            write_devices(world, user, &writer);
    json_write_end(&writer);
    write_identities(world, &writer);
    json_write_key(&writer, "failures");
    json_write_begin(&writer, '{');
    if (world->failing_user != NULL) {
        json_write_key(&writer, "elsewhere.example");
        json_write_begin(&writer, '{');
        json_write_end(&writer);
    }
    json_write_end(&writer);
    json_write_end(&writer);
    return 200;
}

static void write_claimed(struct world *world, const char *user, const struct json *wanted, struct json_writer *writer)
{
    struct json_cursor cursor = {0};
    const struct json *value;
    const char *device_id;

    while (json_next(wanted, &cursor, &device_id, &value)) {
        struct published *device = world_published(world, user, device_id);
        char *id, *key;

        assert_string_equal(json_text(value), "signed_curve25519");
        if (device == NULL || (device->one_time_ids.count == 0 && device->fallback_id == NULL))
            continue;
        if (device->one_time_ids.count != 0) {
            id = take_first(&device->one_time_ids);
            key = take_first(&device->one_time_keys);
        } else {
            id = mem_strdup(device->fallback_id);
            key = mem_strdup(device->fallback_key);
            device->fallback_used = true;
        }
        json_write_key(writer, device_id);
        json_write_begin(writer, '{');
        json_write_key(writer, id);
        json_write_raw(writer, span_of(key));
        json_write_end(writer);
        free(id);
        free(key);
    }
}

static int claim(struct client *client, const struct json *body, struct buf *out)
{
    struct json_cursor cursor = {0};
    const struct json *wanted;
    struct json_writer writer;
    const char *user;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "one_time_keys");
    json_write_begin(&writer, '{');
    while (json_next(json_get(body, "one_time_keys"), &cursor, &user, &wanted)) {
        if (fails(client->world, user))
            continue;
        json_write_key(&writer, user);
        json_write_begin(&writer, '{');
        write_claimed(client->world, user, wanted, &writer);
        json_write_end(&writer);
    }
    json_write_end(&writer);
    json_write_end(&writer);
    return 200;
}

/* ---- sendToDevice */

static void deliver(struct client *from, const char *type, const char *user, const char *device,
                    const struct json *content)
{
    struct world *world = from->world;

    for (size_t i = 0; i < world->clients.count; i++) {
        struct client *to = world->clients.at[i];
        struct buf event = BUF_INIT(1024 * 1024);

        if (strcmp(to->user, user) != 0 || strcmp(to->device, device) != 0)
            continue;
        buf_addf(&event, "{\"type\":\"%s\",\"sender\":\"%s\",\"content\":", type, from->user);
        json_print(content, &event);
        buf_addc(&event, '}');
        vec_push(&to->inbox, buf_steal(&event));
    }
}

static int to_device(struct client *client, const char *path, const struct json *body, struct buf *out)
{
    struct json_cursor users = {0};
    const struct json *devices;
    const char *user;
    char *type = mem_strdup(path + strlen("/_matrix/client/v3/sendToDevice/"));

    buf_adds(out, "{}");
    *strchr(type, '/') = '\0';
    for (size_t i = 0; i < client->world->transactions.count; i++)
        if (strcmp(client->world->transactions.at[i], path) == 0) {
            free(type);
            return 200;
        }
    vec_push(&client->world->transactions, mem_strdup(path));
    while (json_next(json_get(body, "messages"), &users, &user, &devices)) {
        struct json_cursor cursor = {0};
        const struct json *content;
        const char *device;

        while (json_next(devices, &cursor, &device, &content))
            deliver(client, type, user, device, content);
    }
    free(type);
    return 200;
}

/* ---- room_keys */

static int put_keys(struct world *world, const char *path, const struct json *body, struct buf *out)
{
    const char *version = strstr(path, "?version=");

    assert_non_null(version);
    if (world->backup_version == NULL)
        return 404;
    if (strcmp(version + strlen("?version="), world->backup_version) != 0)
        return 403;
    vec_push(&world->backed_up, json_keep(body));
    buf_adds(out, "{\"etag\":\"1\",\"count\":1}");
    return 200;
}

static int show_version(const struct world *world, struct buf *out)
{
    if (world->backup_version == NULL)
        return 404;
    buf_addf(out, "{\"version\":\"%s\",\"auth_data\":{\"public_key\":\"%s\"}}", world->backup_version,
             world->backup_key);
    return 200;
}

static int answer(struct client *client, const struct e2ee_request *request, struct buf *out)
{
    struct world *world = client->world;
    struct json *body = json_parse(span_of(request->body), NULL);
    int status = 0;

    assert_true(body != NULL || strcmp(request->method, "GET") == 0);
    world->requests[request->kind]++;
    if (world->status[request->kind] != 0) {
        status = world->status[request->kind];
    } else if (request->kind == E2EE_KEYS_QUERY && world->poison_user != NULL &&
               strstr(request->body, world->poison_user) != NULL) {
        status = 500;
    } else if (world->lie[request->kind] != NULL) {
        buf_adds(out, world->lie[request->kind]);
        free(world->lie[request->kind]);
        world->lie[request->kind] = NULL;
        status = 200;
    } else {
        switch (request->kind) {
        case E2EE_KEYS_UPLOAD:
            status = upload(client, body, out);
            break;
        case E2EE_KEYS_QUERY:
            status = query(client, body, out);
            break;
        case E2EE_KEYS_CLAIM:
            status = claim(client, body, out);
            break;
        case E2EE_SEND_TO_DEVICE:
            status = to_device(client, request->path, body, out);
            break;
        case E2EE_BACKUP_KEYS:
            status = put_keys(world, request->path, body, out);
            break;
        case E2EE_BACKUP_VERSION:
            status = show_version(world, out);
            break;
        case E2EE_SIGNATURES:
            free(world->signatures);
            world->signatures = mem_strdup(request->body);
            buf_adds(out, "{\"failures\":{}}");
            status = 200;
            break;
        case E2EE_REQUEST_KINDS:
            fail();
        }
    }
    json_free(body);
    return status;
}

/* ---- clients */

void client_begin(struct client *client)
{
    memory_begin(client->store);
}

void client_end(struct client *client, int rc)
{
    if (rc == 0) {
        memory_commit(client->store);
        return;
    }
    memory_rollback(client->store);
    client_begin(client);
    assert_int_equal(e2ee_reload(client->machine, client->world->now_ms, NULL), 0);
    memory_commit(client->store);
}

void client_restart(struct client *client)
{
    struct e2ee_options options = {.user_id = client->user,
                                   .device_id = client->device,
                                   .pickle_key = client->pickle_key,
                                   .share = client->share,
                                   .store = memory_store_port(client->store),
                                   .keys_only = client->keys_only};
    struct err err = {0};

    e2ee_free(client->machine);
    client_begin(client);
    client->machine = e2ee_new(&options, client->world->now_ms, &err);
    if (client->machine == NULL)
        fail_msg("%s", err.text);
    memory_commit(client->store);
}

void client_run(struct client *client)
{
    const struct e2ee_request *request;

    while (!client->stopped && (request = e2ee_next_request(client->machine, client->world->now_ms)) != NULL) {
        struct buf text = BUF_INIT(16 * 1024 * 1024);
        int status = answer(client, request, &text);
        struct json *response = status == 200 ? json_parse(buf_span(&text), NULL) : NULL;
        uint64_t id = request->id;

        client_begin(client);
        client_end(client, e2ee_request_done(client->machine, id, status, response, client->world->now_ms, NULL));
        json_free(response);
        buf_release(&text);
    }
}

static void write_texts(struct buf *out, const char *name, const text_list *texts, bool raw)
{
    buf_addf(out, "\"%s\":[", name);
    for (size_t i = 0; i < texts->count; i++)
        buf_addf(out, raw ? "%s%s" : "%s\"%s\"", i != 0 ? "," : "", texts->at[i]);
    buf_adds(out, "]");
}

int client_try_sync(struct client *client)
{
    struct published *device = world_published(client->world, client->user, client->device);
    struct buf text = BUF_INIT(64 * 1024 * 1024);
    struct json *sync;
    int rc;

    buf_adds(&text, "{");
    write_texts(&text, "to_device", &client->inbox, true);
    buf_adds(&text, ",\"device_lists\":{");
    write_texts(&text, "changed", &client->changed, false);
    buf_adds(&text, ",");
    write_texts(&text, "left", &client->left, false);
    if (client->counts != NULL)
        buf_addf(&text, "},\"counts\":%s", client->counts);
    else
        buf_addf(&text, "},\"counts\":{\"signed_curve25519\":%zu}", device != NULL ? device->one_time_ids.count : 0);
    buf_addf(&text, ",\"unused\":[%s]}",
             device != NULL && device->fallback_id != NULL && !device->fallback_used ? "\"signed_curve25519\"" : "");
    sync = json_parse(buf_span(&text), NULL);
    assert_non_null(sync);
    client_begin(client);
    rc = e2ee_receive_sync(client->machine,
                           &(struct e2ee_sync){json_get(sync, "to_device"), json_get(sync, "device_lists"),
                                               json_get(sync, "counts"), json_get(sync, "unused"),
                                               client->world->now_ms},
                           NULL);
    if (rc == 0) {
        list_release(&client->inbox);
        list_release(&client->changed);
        list_release(&client->left);
    }
    client_end(client, rc);
    json_free(sync);
    buf_release(&text);
    return rc;
}

void client_sync(struct client *client)
{
    assert_int_equal(client_try_sync(client), 0);
    client_run(client);
}

void world_settle(struct world *world)
{
    bool busy = true;

    for (int round = 0; busy; round++) {
        assert_true(round < 50);
        busy = false;
        for (size_t i = 0; i < world->clients.count; i++) {
            struct client *client = world->clients.at[i];

            if (client->stopped)
                continue;
            client_run(client);
            busy = busy || client->inbox.count != 0 || client->changed.count != 0;
            client_sync(client);
        }
    }
}

enum e2ee_readiness client_try_prepare(struct client *client, const char *room)
{
    struct world *world = client->world;
    struct e2ee_room asked = {
        .room_id = room,
        .users = (const char *const *)world->members.at,
        .user_count = world->members.count,
        .rotation_messages = client->rotation_messages,
        .rotation_ms = client->rotation_ms,
        .shared_history = client->shared_history,
        .everyone = client->everyone,
    };
    enum e2ee_readiness readiness;

    client_begin(client);
    readiness = e2ee_prepare(client->machine, &asked, world->now_ms, NULL);
    client_end(client, readiness == E2EE_NOT ? -1 : 0);
    return readiness;
}

void client_prepare(struct client *client, const char *room)
{
    for (int i = 0; client_try_prepare(client, room) != E2EE_READY; i++) {
        assert_true(i < 10);
        client_run(client);
    }
}

char *client_seal(struct client *client, const char *room, const char *text)
{
    struct buf content = BUF_INIT(65536), body = BUF_INIT(65536), event = BUF_INIT(65536);
    int rc;

    buf_addf(&body, "{\"body\":\"%s\",\"msgtype\":\"m.text\"}", text);
    client_begin(client);
    rc = e2ee_encrypt(client->machine, room, "m.room.message", buf_span(&body), span_of(""), &content, NULL);
    client_end(client, rc);
    assert_int_equal(rc, 0);
    buf_addf(&event,
             "{\"type\":\"m.room.encrypted\",\"event_id\":\"$e%ld\",\"sender\":\"%s\",\"origin_server_ts\":%lld,"
             "\"content\":%s}",
             ++client->world->next_event, client->user, (long long)client->world->now_ms, buf_text(&content));
    buf_release(&content);
    buf_release(&body);
    return buf_steal(&event);
}

char *client_send(struct client *client, const char *room, const char *text)
{
    client_prepare(client, room);
    return client_seal(client, room, text);
}

static enum e2ee_verdict open_event(struct client *client, const char *room, const char *event, char **text,
                                    struct err *err)
{
    struct json *json = json_parse(span_of(event), NULL);
    struct e2ee_plain plain;
    enum e2ee_verdict verdict;

    assert_non_null(json);
    client_begin(client);
    verdict = e2ee_decrypt(client->machine, room, json, client->world->now_ms, &plain, err);
    client_end(client, verdict == E2EE_FAILED ? -1 : 0);
    if (verdict == E2EE_PLAIN)
        assert_string_equal(plain.type, "m.room.message");
    if (text != NULL)
        *text = verdict == E2EE_PLAIN ? mem_strdup(json_get_text(plain.content, "body")) : NULL;
    json_free(plain.payload);
    json_free(json);
    return verdict;
}

enum e2ee_verdict client_open(struct client *client, const char *room, const char *event, struct err *err)
{
    return open_event(client, room, event, NULL, err);
}

void client_reads(struct client *client, const char *event, const char *text)
{
    struct err err = {0};
    char *said;
    enum e2ee_verdict verdict = open_event(client, ROOM, event, &said, &err);

    if (verdict != E2EE_PLAIN)
        fail_msg("verdict %d: %s", verdict, err.text);
    assert_string_equal(said, text);
    free(said);
}

void client_refuses(struct client *client, const char *event)
{
    struct err err = {0};

    assert_int_equal(client_open(client, ROOM, event, &err), E2EE_REFUSED);
    assert_true(err.text[0] != '\0');
}

void client_parks(struct client *client, const char *event)
{
    assert_int_equal(client_open(client, ROOM, event, NULL), E2EE_PARKED);
}

char *world_session_of(const char *event)
{
    struct json *json = json_parse(span_of(event), NULL);
    char *session = mem_strdup(json_get_text(json_get(json, "content"), "session_id"));

    json_free(json);
    return session;
}
