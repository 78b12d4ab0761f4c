/*
 * A verification between Anna's phone and the bot.
 */
#include "tests/unit/bot/e2ee/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/unit.h"

struct stage stage_new(bool in_room, const char *id)
{
    struct stage stage = {.pair = pair_new(E2EE_SHARE_SIGNED), .in_room = in_room};
    char curve25519[44];

    snprintf(stage.id, sizeof(stage.id), "%s", id);
    pair_identity(stage.pair.bot, &stage.own);
    stage.identity = world_identity(stage.pair.world, ANNA);
    world_sign_device(stage.pair.world, stage.identity, "PHONE");
    ratchet_account_keys(stage.identity->master, curve25519, stage.master);
    return stage;
}

void stage_end(struct stage *stage)
{
    sas_free(stage->peer);
    free(stage->cancelled);
    world_free(stage->pair.world);
}

static void binding_of(const struct stage *stage, struct buf *out)
{
    buf_addf(out,
             stage->in_room ? "\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":\"%s\"}"
                            : "\"transaction_id\":\"%s\"",
             stage->id);
}

void stage_meet(struct stage *stage)
{
    char ed25519[44], bots[44];
    struct buf binding = BUF_INIT(1024);
    struct sas_options options = {
        .own = {ANNA, "PHONE", ed25519, stage->master},
        .peer = {BOT, "BOTDEV", bots, stage->own.public[E2EE_CROSS_MASTER]},
        .id = stage->id,
    };

    e2ee_fingerprint(stage->pair.anna->machine, ed25519);
    e2ee_fingerprint(stage->pair.bot->machine, bots);
    binding_of(stage, &binding);
    options.binding = buf_text(&binding);
    sas_free(stage->peer);
    stage->peer = sas_new(&options);
    buf_release(&binding);
}

/* Anna says something of type TYPE to the bot. */
int stage_tell(struct stage *stage, const char *sender, const char *type, const char *content, int64_t sent_ms)
{
    struct client *bot = stage->pair.bot;
    struct json *json = json_parse(span_of(content), NULL);
    bool request = strcmp(type, "request") == 0;
    struct e2ee_verify_message message = {
        .room_id = stage->in_room ? ROOM : NULL,
        .sender = sender,
        .id = stage->in_room ? (request ? stage->id : "$other") : NULL,
        .relates = stage->in_room && !request ? stage->id : NULL,
        .type = type,
        .content = json,
        .sent_ms = sent_ms,
        .can_show = stage->can_show,
    };
    int begun;

    assert_non_null(json);
    client_begin(bot);
    begun = e2ee_verify_receive(bot->machine, &message, stage->pair.world->now_ms, NULL);
    client_end(bot, begun < 0 ? -1 : 0);
    json_free(json);
    return begun;
}

int stage_ask_with(struct stage *stage, const char *to, const char *methods, int64_t sent_ms)
{
    struct buf content = BUF_INIT(4096);
    int begun;

    buf_addf(&content, "{\"from_device\":\"PHONE\",\"methods\":[%s],\"to\":\"%s\",\"transaction_id\":\"%s\"", methods,
             to, stage->id);
    buf_addf(&content, ",\"timestamp\":%lld}", (long long)sent_ms);
    begun = stage_tell(stage, ANNA, "request", buf_text(&content), sent_ms);
    buf_release(&content);
    return begun;
}

int stage_ask(struct stage *stage)
{
    return stage_ask_with(stage, BOT, "\"m.sas.v1\"", stage->pair.world->now_ms);
}

static void note_methods(struct stage *stage, const struct json *methods)
{
    struct buf text = BUF_INIT(sizeof(stage->methods));

    for (size_t i = 0; i < json_count(methods); i++)
        buf_addf(&text, "%s ", json_text(json_at(methods, i)));
    snprintf(stage->methods, sizeof(stage->methods), "%s", buf_text(&text));
    buf_release(&text);
}

/* One message of the bot's. */
static void hear(struct stage *stage, const char *type, const struct json *content)
{
    const char *name = type + strlen(E2EE_VERIFICATION), *code = json_get_text(content, "code");

    assert_int_equal(strncmp(type, E2EE_VERIFICATION, strlen(E2EE_VERIFICATION)), 0);
    stage->said++;
    snprintf(stage->last, sizeof(stage->last), "%s", name);
    if (code != NULL) {
        free(stage->cancelled);
        stage->cancelled = mem_strdup(code);
    }
    if (strcmp(name, "ready") == 0)
        note_methods(stage, json_get(content, "methods"));
    if (stage->in_room)
        assert_string_equal(json_text(json_path(content, "m.relates_to", "event_id", NULL)), stage->id);
    else
        assert_string_equal(json_get_text(content, "transaction_id"), stage->id);
    if (stage->peer != NULL)
        sas_receive(stage->peer, name, content);
}

/* What the bot has said, in the room or to the device, is heard. */
void stage_listen(struct stage *stage)
{
    struct client *bot = stage->pair.bot, *anna = stage->pair.anna;
    struct e2ee_said said;

    client_run(bot);
    while (e2ee_verify_next(bot->machine, &said)) {
        struct json *content = json_parse(span_of(said.content), NULL);

        assert_string_equal(said.room_id, ROOM);
        hear(stage, said.type, content);
        json_free(content);
        free(said.room_id);
        free(said.type);
        free(said.content);
    }
    while (anna->inbox.count != 0) {
        struct json *event = json_parse(span_of(anna->inbox.at[0]), NULL);

        hear(stage, json_get_text(event, "type"), json_get(event, "content"));
        json_free(event);
        free(anna->inbox.at[0]);
        vec_remove(&anna->inbox, 0);
    }
}

/* Carries messages both ways until none is left. */
void stage_carry(struct stage *stage)
{
    const char *type;
    char *content;
    int before;

    do {
        before = stage->said;
        stage_listen(stage);
        while (stage->peer != NULL && sas_next(stage->peer, &type, &content)) {
            stage_tell(stage, ANNA, type, content, stage->pair.world->now_ms);
            free(content);
            stage->said++;
        }
    } while (stage->said != before);
}

struct e2ee_verify_view stage_view(struct stage *stage)
{
    struct e2ee_verify_view view;

    assert_true(e2ee_verify_of_user(stage->pair.bot->machine, ANNA, &view));
    return view;
}

int stage_answer(struct stage *stage, uint64_t id, bool same)
{
    struct client *bot = stage->pair.bot;
    int rc;

    client_begin(bot);
    rc = e2ee_verify_answer(bot->machine, id, same, stage->pair.world->now_ms, NULL);
    client_end(bot, rc < 0 ? -1 : 0);
    return rc;
}

/* Whether the server got the master key of Anna's, signed by our user-signing key. */
void stage_check_signature(struct stage *stage)
{
    static const char *const without[] = {"signatures", "unsigned", NULL};
    const char *signer = stage->own.public[E2EE_CROSS_USER_SIGNING];
    struct buf canonical = BUF_INIT(65536);
    char name[64];
    struct json *body;
    const struct json *master;

    assert_non_null(stage->pair.world->signatures);
    body = json_parse(span_of(stage->pair.world->signatures), NULL);
    master = json_path(body, ANNA, stage->master, NULL);
    snprintf(name, sizeof(name), "ed25519:%s", signer);
    assert_int_equal(json_canonical(master, without, &canonical, NULL), 0);
    assert_true(crypto_ed25519_verify(signer, buf_span(&canonical),
                                      json_text(json_path(master, "signatures", BOT, name, NULL))));
    assert_string_equal(json_get_text(master, "user_id"), ANNA);
    buf_release(&canonical);
    json_free(body);
}

void stage_pass(struct stage *stage, int64_t ms)
{
    struct client *bot = stage->pair.bot;

    stage->pair.world->now_ms += ms;
    client_begin(bot);
    assert_int_equal(e2ee_verify_go_on(bot->machine, stage->pair.world->now_ms, NULL), 0);
    client_end(bot, 0);
    stage_carry(stage);
}
