/*
 * The parser: bytes go through the screen into json-c's tokener as they arrive.
 */
#include "bot/json/json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/printbuf.h>

#include "bot/json/screen.h"
#include "bot/json/tree.h"
#include "core/base/mem.h"

struct json_parser {
    struct json_tokener *tokener;
    struct json_screen screen;
    size_t maximum;
    size_t taken; /* bytes that came so far */
    struct json_object *root;
    bool complete; /* `root` is a whole document (NULL when it is a bare null) */
    bool refused;
    struct err err; /* why */
};

enum { SPARE_TEXT = 4096 };

/* json-c clears room for a thousand depths for each tokener, more than most documents take: one is kept for the next.
 */
static struct json_tokener *spare;

static struct json_tokener *take_tokener(void)
{
    struct json_tokener *tokener = spare != NULL ? spare : json_tokener_new_ex(JSON_DEPTH_PARSER);

    spare = NULL;
    BUG_IF(tokener == NULL);
    return tokener;
}

/* One that stopped inside a document might know something of it yet. */
static void give_back(struct json_tokener *tokener, bool complete)
{
    explicit_bzero(tokener->pb->buf, (size_t)tokener->pb->size); /* the last text may be a key */
    if (spare != NULL || !complete || tokener->pb->size > SPARE_TEXT) {
        json_tokener_free(tokener);
        return;
    }
    json_tokener_reset(tokener);
    spare = tokener;
}

static int refuse(struct json_parser *parser, enum err_class class, const char *why)
{
    if (!parser->refused)
        err_set(&parser->err, class, "JSON refused near byte %zu: %s", parser->taken, why);
    parser->refused = true;
    return -1;
}

static bool is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == '\0' || strchr(" \t\r\n", bytes[i]) == NULL)
            return false;
    return true;
}

/* What the screen lets pass. */
static int tokenize(void *arg, const char *bytes, size_t length)
{
    struct json_parser *parser = arg;
    enum json_tokener_error status;

    if (parser->complete)
        return is_blank(bytes, length) ? 0 : refuse(parser, ERR_INPUT, "more than one document");
    parser->root = json_tokener_parse_ex(parser->tokener, bytes, (int)length);
    status = json_tokener_get_error(parser->tokener);
    if (status == json_tokener_success)
        parser->complete = true;
    else if (status != json_tokener_continue)
        return refuse(parser, ERR_INPUT, json_tokener_error_desc(status));
    return 0;
}

struct json_parser *json_parser_new(size_t maximum)
{
    struct json_parser *parser = mem_zero(1, sizeof(*parser));

    BUG_IF(maximum > INT_MAX);
    parser->maximum = maximum;
    parser->screen.pass = tokenize;
    parser->screen.arg = parser;
    parser->tokener = take_tokener();
    json_tokener_set_flags(parser->tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    return parser;
}

void json_parser_free(struct json_parser *parser)
{
    if (parser == NULL)
        return;
    json_object_put(parser->root);
    give_back(parser->tokener, parser->complete);
    free(parser);
}

int json_parser_feed(struct json_parser *parser, const char *bytes, size_t length)
{
    if (parser->refused)
        return -1;
    if (length > parser->maximum - parser->taken)
        return refuse(parser, ERR_LIMIT, "longer than allowed");
    parser->taken += length;
    if (json_screen_feed(&parser->screen, bytes, length) != 0)
        return refuse(parser, ERR_INPUT, "malformed");
    return 0;
}

struct json *json_parser_finish(struct json_parser *parser, struct err *err)
{
    struct json_object *root = NULL;

    if (!parser->refused && json_screen_end(&parser->screen) != 0)
        refuse(parser, ERR_INPUT, "it ends too early");
    if (!parser->refused && !parser->complete)
        tokenize(parser, "", 1); /* the NUL ends a number that has no bracket around it */
    if (!parser->refused && parser->root == NULL)
        refuse(parser, ERR_INPUT, parser->complete ? "nothing but a null" : "it ends too early");
    if (parser->refused) {
        if (err != NULL)
            *err = parser->err;
        return NULL;
    }
    root = parser->root;
    parser->root = NULL;
    refuse(parser, ERR_INPUT, "already finished");
    return json_untree(root);
}

struct json *json_parse(struct span text, struct err *err)
{
    struct json_parser *parser = json_parser_new(INT_MAX);
    struct json *json;

    json_parser_feed(parser, text.at, text.length);
    json = json_parser_finish(parser, err);
    json_parser_free(parser);
    return json;
}
