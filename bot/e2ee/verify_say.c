/*
 * What is said in a verification: to the device, or in the room.
 */
#include "bot/e2ee/verification.h"

#include <stdlib.h>

#include "bot/json/writer.h"

void e2ee_verification_bind(const struct e2ee_verification *verification, struct buf *out)
{
    struct buf name = BUF_INIT(8 * E2EE_ID_MAX);
    struct json_writer writer;

    json_write_init(&writer, &name);
    json_write_text(&writer, verification->txn);
    if (verification->room_id != NULL)
        buf_addf(out, "\"m.relates_to\":{\"event_id\":%s,\"rel_type\":\"m.reference\"}", buf_text(&name));
    else
        buf_addf(out, "\"transaction_id\":%s", buf_text(&name));
    buf_release(&name);
}

static int send_to_device(struct e2ee *machine, const struct e2ee_verification *verification, const char *type,
                          const char *content, struct err *err)
{
    struct buf body = BUF_INIT(E2EE_BODY_MAX);
    struct json_writer writer;
    int rc;

    json_write_init(&writer, &body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "messages");
    json_write_begin(&writer, '{');
    json_write_key(&writer, verification->user_id);
    json_write_begin(&writer, '{');
    json_write_key(&writer, verification->device_id);
    json_write_raw(&writer, span_of(content));
    for (int i = 0; i < 3; i++)
        json_write_end(&writer);
    rc = e2ee_requests_to_device(machine, "verify", type, &body, err);
    buf_release(&body);
    return rc;
}

int e2ee_verification_send(struct e2ee *machine, const struct e2ee_verification *verification, const char *type,
                           const char *content, struct err *err)
{
    struct buf name = BUF_INIT(64);
    struct e2ee_said *said;
    int rc = 0;

    buf_addf(&name, E2EE_VERIFICATION "%s", type);
    if (verification->room_id == NULL) {
        rc = send_to_device(machine, verification, buf_text(&name), content, err);
    } else {
        said = vec_add(&machine->verify.said);
        *said = (struct e2ee_said){mem_strdup(verification->room_id), mem_strdup(buf_text(&name)), mem_strdup(content)};
    }
    buf_release(&name);
    return rc;
}

int e2ee_verification_cancel(struct e2ee *machine, const struct e2ee_verification *verification, enum verify_code code,
                             struct err *err)
{
    struct buf binding = BUF_INIT(VERIFY_CONTENT_MAX), content = BUF_INIT(VERIFY_CONTENT_MAX);
    int rc;

    e2ee_verification_bind(verification, &binding);
    verify_write_cancel(code, buf_text(&binding), &content);
    rc = e2ee_verification_send(machine, verification, "cancel", buf_text(&content), err);
    buf_release(&binding);
    buf_release(&content);
    return rc;
}

int e2ee_verification_ready(struct e2ee *machine, const struct e2ee_verification *verification, struct err *err)
{
    struct buf binding = BUF_INIT(VERIFY_CONTENT_MAX), content = BUF_INIT(VERIFY_CONTENT_MAX);
    struct json_writer writer;
    int rc;

    e2ee_verification_bind(verification, &binding);
    json_write_init(&writer, &content);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "from_device");
    json_write_text(&writer, machine->device_id);
    json_write_key(&writer, "methods");
    json_write_begin(&writer, '[');
    json_write_text(&writer, SAS_METHOD);
    if (verification->qr != NULL) {
        json_write_text(&writer, QR_SHOW_METHOD);
        json_write_text(&writer, QR_METHOD);
    }
    json_write_end(&writer);
    json_write_end(&writer);
    buf_truncate(&content, content.length - 1);
    buf_addf(&content, ",%s}", buf_text(&binding));
    rc = e2ee_verification_send(machine, verification, "ready", buf_text(&content), err);
    buf_release(&binding);
    buf_release(&content);
    return rc;
}

bool e2ee_verify_next(struct e2ee *machine, struct e2ee_said *said)
{
    if (machine->verify.said.count == 0)
        return false;
    *said = machine->verify.said.at[0];
    vec_remove(&machine->verify.said, 0);
    return true;
}
