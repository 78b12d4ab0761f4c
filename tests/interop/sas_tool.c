/*
 * One verification by emoji after the other on a pipe, so that a peer in another language can hold it against its own:
 * one command a line, words apart by blanks, all in hex ("-" for none). Answers "ok HEX" or "error".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/sas.h"
#include "core/base/mem.h"

enum { WORDS = 10, TEXT_MAXIMUM = 1 << 20 };

static void unhex(const char *hex, struct buf *out)
{
    for (size_t i = 0; hex[i] != '\0' && hex[i + 1] != '\0'; i += 2) {
        const char pair[] = {hex[i], hex[i + 1], '\0'};

        buf_addc(out, (char)strtol(pair, NULL, 16));
    }
}

static struct sas *made(struct buf *word) /* own: USER DEVICE ED25519 MASTER, peer: likewise, ID BINDING */
{
    struct sas_options options = {
        .own = {buf_text(&word[0]), buf_text(&word[1]), buf_text(&word[2]), buf_text(&word[3])},
        .peer = {buf_text(&word[4]), buf_text(&word[5]), buf_text(&word[6]), buf_text(&word[7])},
        .id = buf_text(&word[8]),
        .binding = buf_text(&word[9]),
    };

    return sas_new(&options);
}

static void receive(struct sas *sas, struct buf *word) /* TYPE CONTENT */
{
    struct json *content = json_parse(buf_span(&word[1]), NULL);

    sas_receive(sas, buf_text(&word[0]), content);
    json_free(content);
}

static void shown(struct sas *sas, struct buf *out)
{
    unsigned char emoji[SAS_EMOJI];
    int numbers[SAS_NUMBERS];

    sas_shown(sas, emoji, numbers);
    for (int i = 0; i < SAS_EMOJI; i++)
        buf_addf(out, "%s|", sas_emoji_name(emoji[i]));
    buf_addf(out, "%d|%d|%d", numbers[0], numbers[1], numbers[2]);
}

static void state(struct sas *sas, struct buf *out)
{
    buf_addf(out, "%d %s%s%s", (int)sas_state(sas), sas_reason(sas), sas_vouched_device(sas) ? "device" : "",
             sas_vouched_master(sas) ? " master" : "");
}

static void next(struct sas *sas, struct buf *out)
{
    const char *type;
    char *content;

    if (!sas_next(sas, &type, &content))
        return;
    buf_addf(out, "%s %s", type, content);
    free(content);
}

static void run_line(struct sas **sas, char *line)
{
    struct buf word[WORDS], out = BUF_INIT(TEXT_MAXIMUM), hex = BUF_INIT(2 * TEXT_MAXIMUM);
    char *rest = line, *name = strsep(&rest, " \n");

    for (int i = 0; i < WORDS; i++) {
        char *text = rest != NULL ? strsep(&rest, " \n") : NULL;

        buf_init(&word[i], TEXT_MAXIMUM);
        if (text != NULL && strcmp(text, "-") != 0)
            unhex(text, &word[i]);
    }
    if (strcmp(name, "new") == 0) {
        sas_free(*sas);
        *sas = made(word);
    } else if (strcmp(name, "begin") == 0) {
        sas_begin(*sas);
    } else if (strcmp(name, "receive") == 0) {
        receive(*sas, word);
    } else if (strcmp(name, "answer") == 0) {
        sas_answer(*sas, strcmp(buf_text(&word[0]), "yes") == 0);
    } else if (strcmp(name, "shown") == 0) {
        shown(*sas, &out);
    } else if (strcmp(name, "state") == 0) {
        state(*sas, &out);
    } else if (strcmp(name, "next") == 0) {
        next(*sas, &out);
    } else {
        BUG("no such command");
    }
    crypto_hex(buf_span(&out), &hex);
    printf("ok %s\n", hex.length != 0 ? hex.data : "-");
    fflush(stdout);
    for (int i = 0; i < WORDS; i++)
        buf_release(&word[i]);
    buf_release(&out);
    buf_release(&hex);
}

int main(void)
{
    struct sas *sas = NULL;
    char *line = NULL;
    size_t capacity = 0;

    while (getline(&line, &capacity, stdin) > 0)
        run_line(&sas, line);
    sas_free(sas);
    free(line);
    return 0;
}
