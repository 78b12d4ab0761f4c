/*
 * records: the best of each exercise, or all of one.
 */
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/names.h"
#include "bot/coach/record.h"
#include "bot/coach/related.h"
#include "bot/coach/wording.h"

enum { SHOWN = 8 };

/* ---------------------------------------------------------------- one exercise */

static void say_best(struct turn *turn, const struct record *record, enum record_kind kind)
{
    static const enum text_key keys[] = {[RECORD_LOAD] = TEXT_RECORDS_LOAD,
                                         [RECORD_REPS] = TEXT_RECORDS_REPS,
                                         [RECORD_E1RM] = TEXT_RECORDS_E1RM,
                                         [RECORD_VOLUME] = TEXT_RECORDS_VOLUME};
    struct buf set = BUF_INIT(96), load = BUF_INIT(32), date = BUF_INIT(64);

    if (isnan(record->value))
        return;
    wording_work(turn, record->load_mode, record->load_kg, record->reps, &set);
    wording_weight(turn, record->value, kind == RECORD_E1RM, &load);
    wording_date(turn->texts, day_of(turn, record->at_ms).number, &date);
    reply_say(&turn->reply, turn->texts, keys[kind], ARG("set", buf_text(&set)), ARG("load", buf_text(&load)),
              ARG("date", buf_text(&date)));
    buf_release(&set);
    buf_release(&load);
    buf_release(&date);
}

static int say_exercise(struct turn *turn, const struct exercise *exercise, struct err *err)
{
    int64_t now_ms = turn->message->sent_ms;
    struct buf name = BUF_INIT(128);
    struct record_walk walk;
    int result;

    record_walk_begin(&walk, turn, exercise, now_ms);
    result = record_walk_all(turn, &walk, 1, now_ms, err);
    if (result == 0 && !walk.records.any) {
        result = related_run(turn, exercise, &records_command, err);
        if (result != 0)
            return result < 0 ? -1 : 0;
    }
    wording_exercise(turn, exercise->id, &name);
    reply_say(&turn->reply, turn->texts, walk.records.any ? TEXT_RECORDS : TEXT_RECORDS_UNKNOWN,
              ARG("exercise", buf_text(&name)));
    for (int kind = 0; kind < RECORD_KINDS; kind++)
        say_best(turn, &walk.records.best[kind], (enum record_kind)kind);
    buf_release(&name);
    return result;
}

/* ---------------------------------------------------------------- all of them */

static void say_brief(struct turn *turn, const char *name, const struct records *records)
{
    const struct record *best = &records->best[isnan(records->best[RECORD_E1RM].value) ? RECORD_LOAD : RECORD_E1RM];
    struct buf set = BUF_INIT(96), load = BUF_INIT(32);

    wording_work(turn, best->load_mode, best->load_kg, best->reps, &set);
    reply_line(&turn->reply, true);
    if (isnan(records->best[RECORD_E1RM].value)) {
        buf_addf(&load, "%s: %s", name, buf_text(&set));
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&load));
    } else {
        struct buf line = BUF_INIT(320);

        wording_weight(turn, best->value, 1, &load);
        reply_phrase(turn->texts, TEXT_RECORDS_BRIEF,
                     REPLY_ARGS(ARG("exercise", name), ARG("set", buf_text(&set)), ARG("load", buf_text(&load))),
                     &line);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
        buf_release(&line);
    }
    buf_release(&set);
    buf_release(&load);
}

/* The exercises that were trained last. */
static int say_all(struct turn *turn, struct err *err)
{
    int64_t now_ms = turn->message->sent_ms;
    char ids[SHOWN][EXERCISE_ID_SIZE];
    int recent = context_recent(turn, now_ms, ids, SHOWN), result, said = 0;
    struct buf name = BUF_INIT(128), first = BUF_INIT(128);
    struct record_walk walks[SHOWN];
    size_t count = 0;

    for (int i = 0; i < recent; i++) {
        const struct exercise *exercise = lifter_exercise(turn->lifter, ids[i]);

        if (exercise != NULL)
            record_walk_begin(&walks[count++], turn, exercise, now_ms);
    }
    result = record_walk_all(turn, walks, count, now_ms, err);
    for (size_t i = 0; i < count; i++) {
        if (!walks[i].records.any)
            continue;
        buf_clear(&name);
        wording_exercise(turn, walks[i].exercise->id, &name);
        if (said++ == 0)
            buf_add_span(&first, buf_span(&name));
        say_brief(turn, buf_text(&name), &walks[i].records);
    }
    if (said == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_RECORDS_NONE);
    else
        reply_say(&turn->reply, turn->texts, TEXT_RECORDS_MORE, ARG("exercise", buf_text(&first)));
    buf_release(&name);
    buf_release(&first);
    return result;
}

static int records_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct exercise *exercise;

    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    if (arguments.length == 0)
        return say_all(turn, err);
    exercise = names_exercise(turn, arguments);
    return exercise != NULL ? say_exercise(turn, exercise, err) : 0;
}

const struct command records_command = {.name = "records",
                                        .aliases = "prs,pr,record,personal records",
                                        .german = "rekorde,rekord,bestwerte,bestleistungen",
                                        .arguments = "[EXERCISE]",
                                        .words = 4,
                                        .never_before = "0123456789x*+@",
                                        .example = "records bench",
                                        .after_name = true,
                                        .may_be_other = true,
                                        .group = COMMAND_REVIEW,
                                        .tells = TELLS_LOG,
                                        .help = TEXT_HELP_RECORDS,
                                        .run = records_run};
