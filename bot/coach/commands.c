/*
 * The command table: every word that can be typed besides sets.
 */
#include "bot/coach/commands.h"

static const struct command *const commands[] = {
    &sets_command,
    &rir_command,
    &today_command, /* "how many sets today" before the "how many" of a forecast, and "how did i do" of next */
    &day_command,
    &next_command,
    &week_command,
    &how_many_command,
    &load_command,
    &ready_command,
    &swap_command,
    &rest_command,
    &ok_command,
    &same_command,
    &decline_command, /* "no thanks" before the "no" of "no, 80x7" */
    &fix_set_command, /* before the "fix" of "fix 80x7" */
    &fix_part_command,
    &fix_of_command,
    &fix_exercise_command,
    &fix_command,
    &that_was_command,
    &alike_command,
    &only_command,
    &undo_command,
    &undo_set_command,
    &undo_several_command,
    &undo_exercise_command,
    &heavy_command,
    &light_command,
    &spare_command,
    &sick_command,
    &remind_command,
    &bye_command,
    &sore_command,
    &cardio_command,
    &competition_command,
    &why_command,
    &may_fail_command,
    &rules_command,
    &myth_command,
    &plan_command,
    &left_command,
    &start_command,
    &skip_to_command,
    &skip_command,
    &done_command,
    &template_command,
    &forget_template_command,
    &last_command,
    &history_command,
    &records_command,
    &score_command,
    &checkin_command,
    &budget_command,
    &month_command,
    &plates_command,
    &warmup_command,
    &one_rm_command,
    &new_command,
    &alias_command,
    &cancel_command,
    &quiet_command,
    &coach_command,
    &target_command,
    &override_command,
    &approve_command,
    &assign_command,
    &team_command,
    &board_command,
    &digest_command,
    &challenge_command,
    &leaderboard_command,
    &group_command,
    &share_command,
    &trust_command,
    &untrust_command,
    &setting_show_command,
    &export_command,
    &import_command,
    &link_command,
    &unlink_command,
    &whoami_command,
    &forget_me_command,
    &forget_everything_command,
    &help_command,
    &hello_command,
    &thanks_command,
    &setting_table[SETTING_GOAL].command,
    &setting_table[SETTING_PHASE].command,
    &setting_table[SETTING_EXPERIENCE].command,
    &setting_table[SETTING_FORM].command,
    &setting_table[SETTING_SAFETIES].command,
    &setting_table[SETTING_STRESS].command,
    &setting_table[SETTING_SLEPT].command,
    &setting_table[SETTING_DEFICIT].command,
    &setting_table[SETTING_INJURY].command,
    &setting_table[SETTING_PAIN].command,
    &setting_table[SETTING_BW].command,
    &setting_table[SETTING_UNITS].command,
    &setting_table[SETTING_EQUIPMENT].command,
    &setting_table[SETTING_TIMEZONE].command,
    &setting_table[SETTING_LANGUAGE].command,
    &setting_table[SETTING_TIMER].command,
    &notation_command,
};

_Static_assert(SETTING_COUNT == 16, "each is listed above");

const struct command_table coach_commands = {commands, ARRAY_LENGTH(commands)};

const struct command *coach_command_at(size_t index)
{
    return index < coach_commands.count ? coach_commands.at[index] : NULL;
}

void coach_command_index(struct command_index *index)
{
    command_index_init(index, coach_commands);
}
