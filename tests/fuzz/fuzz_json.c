/*
 * JSON from outside: parsed whole and cut in two must agree, what is printed must read back as the same text, and what
 * is canonical must stay so. The first byte says where to cut.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "bot/json/json.h"
#include "core/base/mem.h"

enum { MAXIMUM = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct json *parse_cut(struct span text, size_t cut)
{
    struct json_parser *parser = json_parser_new(MAXIMUM);
    struct json *json;

    if (json_parser_feed(parser, text.at, cut) == 0)
        json_parser_feed(parser, text.at + cut, text.length - cut);
    json = json_parser_finish(parser, NULL);
    json_parser_free(parser);
    return json;
}

/* What is printed (or made canonical) and read again gives the same text. */
static void check_stable(const struct json *json, int (*write)(const struct json *json, struct buf *out))
{
    struct buf first = BUF_INIT(16 * MAXIMUM), second = BUF_INIT(16 * MAXIMUM);
    struct json *again;

    if (write(json, &first) == 0) {
        again = json_parse(buf_span(&first), NULL);
        BUG_IF(again == NULL || write(again, &second) != 0 || !span_equal(buf_span(&first), buf_span(&second)));
        json_free(again);
    }
    buf_release(&first);
    buf_release(&second);
}

static int write_plain(const struct json *json, struct buf *out)
{
    json_print(json, out);
    return 0;
}

static int write_canonical(const struct json *json, struct buf *out)
{
    static const char *const without[] = {"signatures", "unsigned", NULL};

    return json_canonical(json, without, out, NULL);
}

static void walk(const struct json *json)
{
    struct json_cursor cursor = {0};
    const struct json *value;
    const char *key;
    int64_t number;

    while (json_next(json, &cursor, &key, &value)) {
        json_get_text(json, key);
        json_get_int(json, key, &number);
        json_get_bool(json, key, false);
        walk(value);
    }
    for (size_t i = 0; i < json_count(json); i++)
        walk(json_at(json, i));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text;
    struct json *whole, *cut;

    if (size == 0 || size > MAXIMUM)
        return 0;
    text = (struct span){(const char *)data + 1, size - 1};
    whole = json_parse(text, NULL);
    cut = parse_cut(text, data[0] * text.length / 255);
    BUG_IF((whole == NULL) != (cut == NULL));
    if (whole != NULL) {
        check_stable(whole, write_plain);
        check_stable(whole, write_canonical);
        json_check_event(whole, 65536, NULL);
        walk(whole);
    }
    json_free(whole);
    json_free(cut);
    return 0;
}
