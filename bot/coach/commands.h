/*
 * The commands, each in the file of its name.
 */
#ifndef BOT_COACH_COMMANDS_H
#define BOT_COACH_COMMANDS_H

#include "bot/coach/turn.h"

extern const struct command alias_command, cancel_command, checkin_command, decline_command, export_command,
    import_command, fix_command, fix_each_command, fix_exercise_command, fix_side_command, fix_of_command,
    fix_part_command, fix_set_command, fix_sets_command, forget_everything_command, forget_me_command, history_command,
    last_command, one_rm_command, plates_command, warmup_command, hello_command, help_command, how_many_command,
    load_command, myth_command, new_command, next_command, notation_command, ok_command, only_command, quiet_command,
    ready_command, records_command, rest_enough_command, rest_command, rir_command, rules_command, same_command,
    score_command, setting_show_command, sets_command, skip_command, skip_to_command, thanks_command, that_was_command,
    those_were_command, today_command, day_command, left_command, bye_command, sore_command, cardio_command,
    competition_command, gear_command, undo_command, undo_exercise_command, undo_set_command, undo_double_command,
    undo_several_command, undo_sets_command, undo_day_command, week_command, why_command;
extern const struct command heavy_command, light_command, remind_command, sick_command, spare_command;
extern const struct command unwell_command, tired_command, away_command, short_command;
extern const struct command back_command, who_command, kept_command, programme_command, backoff_command;
extern const struct command technique_command, training_max_command;
extern const struct command budget_command, may_fail_command, month_command, swap_command;
extern const struct command board_command, challenge_command, digest_command, leaderboard_command;
extern const struct command link_command, unlink_command, whoami_command;
extern const struct command done_command, forget_template_command, plan_command, start_command, template_command;
extern const struct command group_command, share_command, trust_command, untrust_command;
extern const struct command approve_command, assign_command, coach_command, override_command, target_command,
    team_command;

#endif
