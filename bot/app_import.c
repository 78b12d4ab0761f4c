/*
 * From bot/exchange to the coach.
 */
#include "bot/app_import.h"

#include "bot/exchange/training_log.h"

static void hand_over(const struct training_log *log, void (*each)(void *arg, const struct coach_file_set *set),
                      void *arg)
{
    for (size_t i = 0; i < log->sets.count; i++) {
        const struct logged_set *logged = &log->sets.at[i];
        const struct training_log_origin *origin = &log->origins.at[i];
        const struct exercise *exercise = training_log_exercise(log, logged->set.exercise);
        bool known = catalogue_by_id(exercise->id) == exercise;

        each(arg, &(struct coach_file_set){.set = &logged->set,
                                           .name = known ? NULL : exercise->name,
                                           .wall_ms = logged->at_ms,
                                           .offset_s = origin->zoned ? &origin->offset_s : NULL,
                                           .line = origin->row});
    }
}

int app_read_log(struct span file, enum unit unit, void (*each)(void *arg, const struct coach_file_set *set), void *arg,
                 struct coach_file_rest *rest, struct err *err)
{
    FILE *in = file.length != 0 ? fmemopen((void *)(uintptr_t)file.at, file.length, "r") : NULL;
    struct training_log log;
    int result;

    if (in == NULL)
        return err_set(err, ERR_INPUT, "the file is empty");
    result = training_log_read(&log, in, unit, err);
    fclose(in);
    if (result < 0)
        return -1;
    hand_over(&log, each, arg);
    *rest = (struct coach_file_rest){log.without_reps, log.bad, log.first_bad, log.unit_guessed};
    training_log_release(&log);
    return 0;
}
