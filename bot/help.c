/*
 * `spotter help`; see help.h.
 */
#include "bot/help.h"

#include "bot/chat/command.h"
#include "bot/coach/coach.h"

/* A command's name with what follows it. */
static void print_usage(const struct command *command, FILE *out)
{
    fprintf(out, "%s%s%s", command->name, command->arguments[0] != '\0' ? " " : "", command->arguments);
}

/* A hyphen in bold is one that is typed. */
static void print_roff(const char *text, FILE *out)
{
    for (; *text != '\0'; text++) {
        if (*text == '-' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void man_group(const char *title, FILE *out)
{
    fprintf(out, ".SS %s\n", title);
}

static void man_command(const struct command *command, const char *help, FILE *out)
{
    fputs(".TP\n.B ", out);
    print_roff(command->name, out);
    if (command->arguments[0] != '\0')
        fputc(' ', out);
    print_roff(command->arguments, out);
    fputc('\n', out);
    print_roff(help, out);
    if (command->arguments[0] != '\0') {
        fputs(":\n.B ", out);
        print_roff(command->example, out);
    }
    fputc('\n', out);
}

static void markdown_group(const char *title, FILE *out)
{
    fprintf(out, "\n**%s**\n\n", title);
}

static void markdown_command(const struct command *command, const char *help, FILE *out)
{
    fputs("- `", out);
    print_usage(command, out);
    fputc('`', out);
    if (command->arguments[0] != '\0')
        fprintf(out, " (`%s`)", command->example);
    fprintf(out, ": %s\n", help);
}

static void text_group(const char *title, FILE *out)
{
    fprintf(out, "%s\n", title);
}

static void text_command(const struct command *command, const char *help, FILE *out)
{
    fputs("  ", out);
    print_usage(command, out);
    fprintf(out, "\n      %s: %s\n", help, command->example);
}

static const struct {
    void (*group)(const char *title, FILE *out);
    void (*command)(const struct command *command, const char *help, FILE *out);
} printers[] = {[HELP_TEXT] = {text_group, text_command},
                [HELP_MAN] = {man_group, man_command},
                [HELP_MARKDOWN] = {markdown_group, markdown_command}};

/* What COMMAND does, and whom it obeys. */
static void describe(const struct texts *texts, const struct command *command, struct buf *out)
{
    static const char *const who[COMMAND_WHO] = {
        [COMMAND_COACHES] = "coaches", [COMMAND_MODERATORS] = "moderators", [COMMAND_LEADERS] = "coaches, moderators"};

    buf_clear(out);
    buf_adds(out, texts_get(texts, command->help));
    if (command->who != COMMAND_ANYBODY)
        buf_addf(out, " [%s]", who[command->who]);
}

void help_print(enum help_format format, FILE *out)
{
    const struct texts *texts = texts_for("en");
    struct buf help = BUF_INIT(256);

    for (int group = 0; group < COMMAND_GROUPS; group++) {
        const struct command *command;
        bool any = false;

        for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
            if ((int)command->group != group || command->unlisted)
                continue;
            if (!any)
                printers[format].group(texts_get(texts, command_group_titles[group]), out);
            any = true;
            describe(texts, command, &help);
            printers[format].command(command, buf_text(&help), out);
        }
    }
    buf_release(&help);
    if (format == HELP_MARKDOWN)
        fputc('\n', out);
}
