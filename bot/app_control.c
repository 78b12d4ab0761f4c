/*
 * The daemon's side of the control socket.
 */
#include "bot/app_control.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/service/control.h"
#include "core/base/buf.h"
#include "core/base/mem.h"

enum { LINE_MAXIMUM = 1024 };

struct app_control {
    struct matrix *matrix;
    struct control *control;
};

static void say(struct control_client *client, const char *word, const char *more)
{
    struct buf line = BUF_INIT(LINE_MAXIMUM);

    buf_adds(&line, word);
    if (more[0] != '\0')
        buf_addf(&line, " %s", more);
    control_say(client, buf_text(&line));
    buf_release(&line);
}

static void show(struct control_client *client, const struct matrix_verification *verification)
{
    struct buf names = BUF_INIT(LINE_MAXIMUM);

    for (int i = 0; i < MATRIX_EMOJI; i++)
        buf_addf(&names, "%s%s|%s", i != 0 ? "|" : "", verification->emoji[i], verification->sign[i]);
    say(client, "compare", buf_text(&names));
    buf_release(&names);
}

static void show_code(struct control_client *client, struct span code)
{
    struct buf hex = BUF_INIT(LINE_MAXIMUM);

    crypto_hex(code, &hex);
    say(client, "qr", buf_text(&hex));
    buf_release(&hex);
}

static void told(void *arg, const struct matrix_verification *verification)
{
    struct control_client *client = arg;

    switch (verification->stage) {
    case MATRIX_VERIFICATION_WAITS:
        say(client, "waits", verification->device);
        break;
    case MATRIX_VERIFICATION_CODE:
        show_code(client, verification->code);
        break;
    case MATRIX_VERIFICATION_SCANNED:
        say(client, "scanned", "");
        break;
    case MATRIX_VERIFICATION_COMPARE:
        show(client, verification);
        break;
    case MATRIX_VERIFICATION_DONE:
        say(client, "done", verification->identity);
        control_end(client);
        break;
    case MATRIX_VERIFICATION_OVER:
        say(client, "over", verification->reason);
        control_end(client);
        break;
    }
}

static void take_line(void *arg, struct control_client *client, const char *line)
{
    struct app_control *control = arg;
    struct matrix_watch *watch = control_kept(client);

    if (watch == NULL && strncmp(line, "verify ", 7) == 0)
        control_keep(client, matrix_verify(control->matrix, line + 7, false, told, client));
    else if (watch == NULL && strncmp(line, "verify-qr ", 10) == 0)
        control_keep(client, matrix_verify(control->matrix, line + 10, true, told, client));
    else if (watch != NULL && (strcmp(line, "yes") == 0 || strcmp(line, "no") == 0))
        matrix_verify_answer(watch, line[0] == 'y');
    else
        control_end(client);
}

static void gone(void *arg, struct control_client *client)
{
    (void)arg;
    matrix_verify_end(control_kept(client));
}

struct app_control *app_control_new(struct loop *loop, const char *store_path, struct matrix *matrix, struct err *err)
{
    struct app_control *control = mem_zero(1, sizeof(*control));
    const struct control_handler handler = {control, take_line, gone};
    char *path = control_path(store_path);

    control->matrix = matrix;
    control->control = control_new(loop, path, &handler, err);
    free(path);
    if (control->control != NULL)
        return control;
    free(control);
    return NULL;
}

void app_control_free(struct app_control *control)
{
    if (control == NULL)
        return;
    control_free(control->control);
    free(control);
}
