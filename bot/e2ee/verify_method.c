/*
 * How a verification is done: by emoji, or by a code of ours that the other side scans, where that is offered. The
 * other side chooses, once: the first start.
 */
#include "bot/e2ee/verification.h"

static bool is_scanned(const struct e2ee_verification *verification)
{
    return verification->qr != NULL && qr_state(verification->qr) != QR_SHOWN;
}

void e2ee_verification_meet(const struct e2ee *machine, struct e2ee_verification *verification)
{
    struct buf binding = BUF_INIT(VERIFY_CONTENT_MAX);

    e2ee_verification_bind(verification, &binding);
    verification->sas = sas_new(&(const struct sas_options){
        .own = {machine->user_id, machine->device_id, machine->account.ed25519, machine->own.master},
        .peer = {verification->user_id, verification->device_id, verification->ed25519, verification->master},
        .id = verification->txn,
        .binding = buf_text(&binding),
    });
    if (verification->can_show && machine->own.master[0] != '\0' && verification->master[0] != '\0')
        verification->qr = qr_new(&(const struct qr_options){
            .own_master = machine->own.master,
            .peer_master = verification->master,
            .peer_device = verification->device_id,
            .id = verification->txn,
            .binding = buf_text(&binding),
        });
    buf_release(&binding);
}

static void drop_code(struct e2ee_verification *verification)
{
    qr_free(verification->qr);
    verification->qr = NULL;
}

/* Emoji are chosen by whatever isn't a scan: their machine says what is wrong with it. */
void e2ee_verification_receive(struct e2ee_verification *verification, const char *type, const struct json *content)
{
    bool scan = verification->qr != NULL && strcmp(type, "start") == 0 && verify_says(content, "method", QR_METHOD);

    if (is_scanned(verification) || scan) {
        qr_receive(verification->qr, type, content);
        return;
    }
    sas_receive(verification->sas, type, content);
    if (sas_state(verification->sas) != SAS_IDLE)
        drop_code(verification);
}

void e2ee_verification_answer(struct e2ee_verification *verification, bool same)
{
    if (is_scanned(verification))
        qr_answer(verification->qr, same);
    else
        sas_answer(verification->sas, same);
}

void e2ee_verification_stop(struct e2ee_verification *verification, enum verify_code code)
{
    if (is_scanned(verification)) {
        qr_cancel(verification->qr, code);
        return;
    }
    sas_cancel(verification->sas, code);
    drop_code(verification);
}

bool e2ee_verification_next(struct e2ee_verification *verification, const char **type, char **content)
{
    return is_scanned(verification) ? qr_next(verification->qr, type, content)
                                    : sas_next(verification->sas, type, content);
}

const char *e2ee_verification_reason(const struct e2ee_verification *verification)
{
    return is_scanned(verification) ? qr_reason(verification->qr) : sas_reason(verification->sas);
}

bool e2ee_verification_vouched(const struct e2ee_verification *verification)
{
    return is_scanned(verification) || sas_vouched_master(verification->sas);
}

bool e2ee_verification_idle(const struct e2ee_verification *verification)
{
    return verification->sas != NULL && verification->qr == NULL && sas_state(verification->sas) == SAS_IDLE;
}

enum e2ee_verify_stage e2ee_verification_stage(const struct e2ee_verification *verification)
{
    static const enum e2ee_verify_stage by_emoji[] = {
        [SAS_IDLE] = E2EE_VERIFY_TALKING,  [SAS_STARTED] = E2EE_VERIFY_TALKING, [SAS_ACCEPTED] = E2EE_VERIFY_TALKING,
        [SAS_KEYED] = E2EE_VERIFY_TALKING, [SAS_SHOWN] = E2EE_VERIFY_COMPARE,   [SAS_CONFIRMED] = E2EE_VERIFY_CONFIRMED,
        [SAS_VERIFIED] = E2EE_VERIFY_DONE, [SAS_CANCELLED] = E2EE_VERIFY_OVER,
    };
    static const enum e2ee_verify_stage by_code[] = {
        [QR_SHOWN] = E2EE_VERIFY_CODE,
        [QR_SCANNED] = E2EE_VERIFY_SCANNED,
        [QR_VERIFIED] = E2EE_VERIFY_DONE,
        [QR_CANCELLED] = E2EE_VERIFY_OVER,
    };

    if (verification->over_ms != 0)
        return verification->end;
    if (verification->sas == NULL)
        return E2EE_VERIFY_TALKING;
    return verification->qr != NULL && sas_state(verification->sas) == SAS_IDLE
               ? by_code[qr_state(verification->qr)]
               : by_emoji[sas_state(verification->sas)];
}
