/*
 * Each name is looked for once: a log says it in every line.
 */
#include "bot/coach/import_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/names.h"
#include "core/text/fold.h"

enum { SHOWN = 24 /* columns */ };

void import_names_init(struct import_names *names, struct turn *turn)
{
    *names = (struct import_names){.turn = turn, .called_at = map_new(0), .fresh_at = map_new(0)};
}

void import_names_release(struct import_names *names)
{
    for (size_t i = 0; i < names->fresh.count; i++)
        free(names->fresh.at[i].name);
    vec_release(&names->fresh);
    vec_release(&names->called);
    map_free(names->called_at, NULL);
    map_free(names->fresh_at, NULL);
}

/* A name as apps write it, "Fly (Smith Machine)", becomes one that can be typed. */
static void plain_name(struct span name, struct buf *out)
{
    struct buf folded = BUF_INIT(256);

    if (text_fold(name, &folded) != 0)
        buf_clear(&folded);
    for (size_t i = 0; i < folded.length; i++) {
        unsigned char c = (unsigned char)folded.data[i];
        bool kept = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '\'';

        if (kept)
            buf_addc(out, (char)c);
        else if (out->length != 0 && out->data[out->length - 1] != ' ')
            buf_addc(out, ' ');
    }
    if (out->length != 0 && out->data[out->length - 1] == ' ')
        buf_truncate(out, out->length - 1);
    buf_release(&folded);
}

/* An id of ours stands for the name that it was made of. */
static void name_of_id(struct buf *name)
{
    for (size_t i = 0; i < name->length; i++)
        if (name->data[i] == '-')
            name->data[i] = ' ';
}

/* NULL: it can be no name, or there are too many. */
static const char *fresh_exercise(struct import_names *names, const char *name)
{
    struct buf id = BUF_INIT(EXERCISE_ID_SIZE);
    bool good = names_own_id(span_of(name), &id) && !id.overflowed;
    uintptr_t at = good ? (uintptr_t)map_get(names->fresh_at, buf_text(&id)) : 0;
    struct import_fresh *fresh;

    if (good && at == 0 && names->fresh.count < names_left(names->turn)) {
        fresh = vec_add(&names->fresh);
        memcpy(fresh->id, buf_text(&id), id.length + 1);
        fresh->name = mem_strdup(name);
        at = names->fresh.count;
        map_put(names->fresh_at, fresh->id, (void *)at);
    }
    buf_release(&id);
    return at != 0 ? names->fresh.at[at - 1].id : NULL;
}

static const char *look_up(struct import_names *names, const char *name)
{
    const struct lifter *lifter = names->turn->lifter;
    struct buf plain = BUF_INIT(256);
    const char *id = exercise_find_exact(&lifter->names, span_of(name));

    if (lifter_exercise(lifter, name) != NULL)
        id = lifter_exercise(lifter, name)->id;
    if (id == NULL) {
        plain_name(span_of(name), &plain);
        name_of_id(&plain);
        id = exercise_find_exact(&lifter->names, buf_span(&plain));
    }
    if (id == NULL)
        id = fresh_exercise(names, buf_text(&plain));
    buf_release(&plain);
    return id;
}

const char *import_names_find(struct import_names *names, const char *name)
{
    uintptr_t at = (uintptr_t)map_get(names->called_at, name);
    struct import_called *called;
    const char *id;

    if (at == 0) {
        id = look_up(names, name);
        called = vec_add(&names->called);
        snprintf(called->id, sizeof(called->id), "%s", id != NULL ? id : "");
        at = names->called.count;
        map_put(names->called_at, name, (void *)at);
    }
    id = names->called.at[at - 1].id;
    return id[0] != '\0' ? id : NULL;
}

void import_names_use(struct import_names *names, const char *id)
{
    uintptr_t at = (uintptr_t)map_get(names->fresh_at, id);

    if (at != 0)
        names->fresh.at[at - 1].used = true;
}

int import_names_book(struct import_names *names, struct err *err)
{
    struct turn *turn = names->turn;
    int result = 0;

    for (size_t i = 0; i < names->fresh.count && result == 0; i++)
        if (names->fresh.at[i].used)
            result = names_add_own(turn, names->fresh.at[i].name, names->fresh.at[i].id, "", err);
    lifter_drop_names(turn->lifter);
    return result == 0 ? lifter_load_names(turn->lifter, turn->store, err) : -1;
}

void import_names_list(const struct import_names *names, struct buf *out)
{
    for (size_t i = 0; i < names->fresh.count; i++) {
        if (!names->fresh.at[i].used)
            continue;
        if (out->length != 0 && out->length + strlen(names->fresh.at[i].name) > SHOWN) {
            buf_adds(out, ", …");
            break;
        }
        buf_adds(out, out->length != 0 ? ", " : "");
        buf_adds(out, names->fresh.at[i].name);
    }
}
