/*
 * The lines of bot/irc for tests in other languages: a question a line, its fields in hex; answers end with ".".
 *
 *   split LINE                        tag KEY VALUE…, source S, user NICK USER HOST, verb V, param P…; or refused
 *   join SOURCE VERB N PARAM… KEY VALUE…   the line without its end; or refused
 *   user SOURCE                       NICK USER HOST
 *   mask MASK TEXT                    yes or no
 *   host NAME                         yes or no: a host name of two labels or more
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/irc/fold.h"
#include "bot/irc/line.h"
#include "core/base/mem.h"

enum { FIELDS = 200 };

static int nibble(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

static struct span unhex(char *text)
{
    size_t length = text[0] == '-' ? 0 : strlen(text) / 2;

    for (size_t i = 0; i < length; i++)
        text[i] = (char)(nibble(text[2 * i]) << 4 | nibble(text[2 * i + 1]));
    text[length] = '\0';
    return (struct span){text, length};
}

static void print(struct span bytes)
{
    putchar(' ');
    if (bytes.length == 0)
        putchar('-');
    for (size_t i = 0; i < bytes.length; i++)
        printf("%02x", (unsigned char)bytes.at[i]);
}

static void field(const char *name, struct span value)
{
    printf("%s", name);
    print(value);
    putchar('\n');
}

static void print_user(struct span nick, struct span user, struct span host)
{
    printf("user");
    print(nick);
    print(user);
    print(host);
    putchar('\n');
}

static void split(struct span bytes)
{
    struct irc_line line;

    if (irc_line_parse(bytes, &line) != 0) {
        puts("refused");
        return;
    }
    for (size_t i = 0; i < line.tag_count; i++) {
        struct buf value = BUF_INIT(IRC_TAGS_MAX);

        irc_tag_unescape(line.tags[i].raw, &value);
        printf("tag");
        print(line.tags[i].key);
        print(buf_span(&value));
        putchar('\n');
        buf_release(&value);
    }
    field("source", line.source);
    print_user(line.nick, line.user, line.host);
    field("verb", span_of(line.verb));
    for (size_t i = 0; i < line.param_count; i++)
        field("param", line.params[i]);
}

static void join(struct span *fields, size_t count)
{
    struct buf text = BUF_INIT(IRC_LINE_MAX);
    size_t params = strtoul(fields[2].at, NULL, 10);
    struct irc_out out;

    irc_out_begin(&out, &text);
    for (size_t i = 3 + params; i + 1 < count; i += 2)
        irc_out_tag(&out, fields[i].at, fields[i + 1]);
    if (fields[0].length != 0)
        irc_out_source(&out, fields[0]);
    irc_out_verb(&out, fields[1].at);
    for (size_t i = 0; i < params; i++) {
        if (i + 1 < params)
            irc_out_param(&out, fields[3 + i]);
        else
            irc_out_last(&out, fields[3 + i]);
    }
    if (irc_out_end(&out) != 0)
        puts("refused");
    else
        field("line", (struct span){text.data, text.length - 2});
    buf_release(&text);
}

static void answer(const char *question, struct span *fields, size_t count)
{
    if (strcmp(question, "split") == 0) {
        split(fields[0]);
    } else if (strcmp(question, "join") == 0) {
        join(fields, count);
    } else if (strcmp(question, "user") == 0) {
        struct span nick, user, host;

        irc_source_split(fields[0], &nick, &user, &host);
        print_user(nick, user, host);
    } else if (strcmp(question, "mask") == 0) {
        puts(irc_mask_match(fields[0].at, fields[1]) ? "yes" : "no");
    } else if (strcmp(question, "host") == 0) {
        puts(irc_host_labels(fields[0]) >= 2 ? "yes" : "no");
    }
    puts(".");
    fflush(stdout);
}

int main(void)
{
    char *line = NULL;
    size_t size = 0;

    while (getline(&line, &size, stdin) > 0) {
        struct span fields[FIELDS];
        size_t count = 0;
        char *word = line, *next;

        line[strcspn(line, "\n")] = '\0';
        next = strchr(word, ' ');
        while (next != NULL && count < FIELDS) {
            char *own = next + 1;

            *next = '\0';
            next = strchr(own, ' ');
            if (next != NULL)
                *next = '\0';
            fields[count++] = unhex(own);
            if (next != NULL)
                *next = ' ';
        }
        answer(word, fields, count);
    }
    free(line);
    return 0;
}
