/*
 * What coaches say of sets, by replying to the message that they were written in. It is kept with them.
 */
#ifndef BOT_COACH_COMMENT_H
#define BOT_COACH_COMMENT_H

#include "bot/coach/turn.h"

/* TEXT, which is no set and no command: 1 when it was a coach's comment and is kept, 0, -1. */
int comment_hear(struct turn *turn, struct pending *original, struct span text, struct err *err);

struct comment {
    int64_t about; /* the input whose sets it speaks of */
    char *by, *text;
};
typedef VEC(struct comment) comment_list;
/* All that hold of the turn's lifter's sets, the oldest first. */
int comments_load(struct turn *turn, comment_list *comments, struct err *err);
void comments_release(comment_list *comments);
/* Some are about INPUT. */
bool comments_on(const comment_list *comments, int64_t input);
/* A line for each that is about INPUT. */
void comments_say(struct turn *turn, const comment_list *comments, int64_t input);

#endif
