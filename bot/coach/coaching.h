/*
 * What the commands of coaches share: who may give them, keeping what they say, and a look into another lifter's log.
 */
#ifndef BOT_COACH_COACHING_H
#define BOT_COACH_COACHING_H

#include "bot/coach/instruct.h"
#include "bot/coach/roster.h"

/* The turn's room, as roster_open() finds it, if the sender coaches there: 1, 0 and it is said who does, -1. To be
 * released whatever it returned. */
int coaching_open(struct turn *turn, struct roster *roster, struct err *err);
/* "anna, dora": those who coach. */
void coaching_names(const struct roster *roster, struct buf *out);
/* MEMBER coaches there now, and may be asked. */
bool coaching_is(const struct coach_member *member);

/* Whom a word means: a member, or everybody ("all"). */
struct whom {
    const struct coach_member *member; /* NULL: everybody */
    char name[COACH_NAME_SIZE];        /* as a reply calls them */
};
/* Takes the first word off TEXT: false, and it is said why, where it means nobody. */
bool coaching_whom(struct turn *turn, const struct roster *roster, struct span *text, struct whom *whom);
/* Whether INDEX of the roster is one of WHOM: nobody who has left. */
bool coaching_means(const struct roster *roster, const struct whom *whom, size_t index);

/* Keeps what the turn's message says of KIND for LIFTER (0: everybody) in GROUP; ABOUT: the input that a comment is on,
 * 0. */
int coaching_keep(struct turn *turn, int64_t group, enum coach_instruction_kind kind, int64_t lifter,
                  const char *exercise, const char *text, int64_t about, struct err *err);
/* The same of one ITEM. */
int coaching_keep_item(struct turn *turn, int64_t group, enum coach_instruction_kind kind, int64_t lifter,
                       const struct plan_item *item, struct err *err);
/* The turn's message, which asks WHAT of MEMBER (NULL: of everybody), was said where they don't read it: they are told
 * by KEY, alone where there is a way to, and else in the room. */
int coaching_tell(const struct turn *turn, const struct roster *roster, const struct coach_member *member,
                  enum text_key key, const char *what, struct err *err);
/* "target squat 5x5 @2-3": what was said, as it is typed. The turn's names are loaded. */
void coaching_print(const struct turn *turn, const struct coach_instruction *said, struct buf *out);

/* Another lifter, while the turn of whoever asks goes on, in that one's language. */
struct other {
    struct message message;
    struct turn turn;
    struct lifter *whole;
    struct lifter *seen; /* as far as they share; NULL: that was never asked */
};
/* All of MEMBER, for what isn't shown. To be closed whatever it returned, as the next ones. */
int other_open(struct other *other, const struct turn *turn, const struct coach_member *member, struct err *err);
/* No more of them than whoever reads the turn's answer may know (roster_shows()). */
int other_open_shared(struct other *other, const struct turn *turn, const struct roster *roster,
                      const struct coach_member *member, struct err *err);
/* All of them goes on as no more than the room has seen: where LAST, their last set there, was answered to them there,
 * and they have said nothing elsewhere since, that is all of them, as others have read the answer. */
int other_show_answered(struct other *other, const struct turn *turn, const struct roster *roster,
                        const struct coach_member *member, const struct coach_set_row *last, struct err *err);
/* An open one goes on as far as they share with the room, and as all of them again. */
int other_narrow(struct other *other, const struct roster *roster, struct err *err);
void other_widen(struct other *other);
/* Whether it is less than all of them. */
bool other_is_narrow(const struct other *other);
void other_close(struct other *other);

#endif
