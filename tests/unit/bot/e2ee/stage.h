/*
 * A verification between Anna's phone and the bot: what she says is made by hand or by PEER, what the bot says is
 * heard.
 */
#ifndef TESTS_UNIT_BOT_E2EE_STAGE_H
#define TESTS_UNIT_BOT_E2EE_STAGE_H

#include "bot/e2ee/cross.h"
#include "bot/e2ee/verify.h"
#include "tests/unit/bot/e2ee/pair.h"

enum { MINUTE_MS = 60 * 1000 };

/* Anna with an identity, her phone signed by it; the bot with one of its own. PEER is her side of a verification. */
struct stage {
    struct pair pair;
    struct e2ee_cross own;
    struct identity *identity;
    char master[44];
    struct sas *peer;
    bool in_room;
    char id[64];
    bool can_show;     /* somebody waits to show her a code */
    char methods[128]; /* of the bot's ready, a blank behind each */
    char last[32];     /* type of what the bot said last */
    char *cancelled;   /* its code */
    int said;
};

struct stage stage_new(bool in_room, const char *id);
void stage_end(struct stage *stage);
void stage_meet(struct stage *stage);
int stage_tell(struct stage *stage, const char *sender, const char *type, const char *content, int64_t sent_ms);
int stage_ask_with(struct stage *stage, const char *to, const char *methods, int64_t sent_ms);
int stage_ask(struct stage *stage);
void stage_listen(struct stage *stage);
void stage_carry(struct stage *stage);
struct e2ee_verify_view stage_view(struct stage *stage);
int stage_answer(struct stage *stage, uint64_t id, bool same);
void stage_check_signature(struct stage *stage);
void stage_pass(struct stage *stage, int64_t ms);

#endif
