/*
 * What people see of verifications that are under way, and what they say to them.
 */
#include "bot/e2ee/verification.h"

static void show(const struct e2ee_verification *verification, struct e2ee_verify_view *view)
{
    *view = (struct e2ee_verify_view){
        .id = verification->id,
        .stage = e2ee_verification_stage(verification),
        .user_id = verification->user_id,
        .device_id = verification->device_id,
        .master = verification->identity ? verification->master : "",
        .reason = verification->reason != NULL ? verification->reason : "",
    };
    if (view->stage == E2EE_VERIFY_COMPARE || view->stage == E2EE_VERIFY_CONFIRMED)
        sas_shown(verification->sas, view->emoji, view->numbers);
    if (view->stage == E2EE_VERIFY_CODE)
        view->code = qr_code(verification->qr);
}

bool e2ee_verify_by_id(const struct e2ee *machine, uint64_t id, struct e2ee_verify_view *view)
{
    for (size_t i = 0; i < machine->verify.all.count; i++)
        if (machine->verify.all.at[i]->id == id) {
            show(machine->verify.all.at[i], view);
            return true;
        }
    return false;
}

bool e2ee_verify_of_user(const struct e2ee *machine, const char *user_id, struct e2ee_verify_view *view)
{
    const struct e2ee_verification *best = NULL;

    for (size_t i = 0; i < machine->verify.all.count; i++) {
        const struct e2ee_verification *verification = machine->verify.all.at[i];

        if (verification->over_ms == 0 && strcmp(verification->user_id, user_id) == 0 &&
            (best == NULL || e2ee_verification_stage(verification) > e2ee_verification_stage(best)))
            best = verification;
    }
    if (best != NULL)
        show(best, view);
    return best != NULL;
}

int e2ee_verify_answer(struct e2ee *machine, uint64_t id, bool same, int64_t now_ms, struct err *err)
{
    struct e2ee_verification *verification = NULL;
    enum e2ee_verify_stage stage;
    int rc;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    for (size_t i = 0; i < machine->verify.all.count; i++)
        if (machine->verify.all.at[i]->id == id)
            verification = machine->verify.all.at[i];
    if (verification == NULL)
        return 0;
    stage = e2ee_verification_stage(verification);
    if (stage != E2EE_VERIFY_COMPARE && stage != E2EE_VERIFY_SCANNED)
        return 0;
    rc = e2ee_verification_same(machine, verification, err);
    if (rc < 0)
        return -1;
    if (rc == 0)
        e2ee_verification_stop(verification, VERIFY_KEY_MISMATCH);
    e2ee_verification_answer(verification, same);
    return e2ee_verification_carry_on(machine, verification, now_ms, err) < 0 ? -1 : rc;
}
