/*
 * CSV by libcsv, in pieces of a fixed size; see csv.h. The only file that includes csv.h of libcsv.
 */
#include "bot/exchange/csv.h"

#include <csv.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"

enum { PIECE = 64 * 1024, FIELD_MAX = 1024 * 1024, BLOCK = 4096 };

struct reader {
    int (*take)(void *arg, const struct csv_row *row, struct err *err);
    void *arg;
    struct err *err;
    struct buf text;
    struct csv_row row;
    size_t from[CSV_CELLS]; /* where each field begins in the text, which moves as it grows */
    bool failed;
};

static void take_field(void *bytes, size_t length, void *arg)
{
    struct reader *reader = arg;
    struct csv_row *row = &reader->row;

    if (row->count == CSV_CELLS || reader->text.length + length > CSV_ROW_MAX) {
        row->too_big = true;
        return;
    }
    reader->from[row->count] = reader->text.length;
    row->cells[row->count++].length = length;
    buf_add(&reader->text, bytes, length);
}

static void take_row(int end, void *arg)
{
    struct reader *reader = arg;
    struct csv_row *row = &reader->row;

    (void)end;
    row->number++;
    for (size_t i = 0; i < row->count; i++)
        row->cells[i].at = buf_text(&reader->text) + reader->from[i];
    if (!reader->failed && reader->take(reader->arg, row, reader->err) < 0)
        reader->failed = true;
    row->count = 0;
    row->too_big = false;
    buf_clear(&reader->text);
}

/* What stands most often in the first line, outside of quotes. */
static unsigned char delimiter(const char *text, size_t length)
{
    static const char marks[] = ",;\t";
    size_t seen[sizeof(marks)] = {0}, most = 0;
    bool quoted = false;

    for (size_t i = 0; i < length && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        const char *mark = text[i] != '\0' ? strchr(marks, text[i]) : NULL;

        if (text[i] == '"')
            quoted = !quoted;
        else if (mark != NULL && !quoted)
            seen[mark - marks]++;
    }
    for (size_t i = 1; i < sizeof(marks) - 1; i++)
        if (seen[i] > seen[most])
            most = i;
    return (unsigned char)marks[most];
}

/* Length of the byte order mark that TEXT begins with. */
static size_t mark_length(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static int parse_piece(struct csv_parser *parser, struct reader *reader, const char *text, size_t length)
{
    if (csv_parse(parser, text, length, take_field, take_row, reader) != length)
        BUG_IF(csv_error(parser) == CSV_ENOMEM);
    if (csv_get_buffer_size(parser) > FIELD_MAX)
        return err_set(reader->err, ERR_LIMIT, "a field is longer than %d bytes: a quote that is never closed?",
                       FIELD_MAX);
    return reader->failed ? -1 : 0;
}

static int parse_file(struct csv_parser *parser, struct reader *reader, FILE *in, char *piece)
{
    size_t total = 0, length;

    while ((length = fread(piece, 1, PIECE, in)) > 0) {
        size_t skip = total == 0 ? mark_length(piece, length) : 0;

        if (total == 0)
            csv_set_delim(parser, delimiter(piece + skip, length - skip));
        total += length;
        if (total > CSV_FILE_MAX)
            return err_set(reader->err, ERR_LIMIT, "the file has more than %d bytes", CSV_FILE_MAX);
        if (parse_piece(parser, reader, piece + skip, length - skip) < 0)
            return -1;
    }
    if (ferror(in))
        return err_set(reader->err, ERR_INPUT, "the file can't be read");
    csv_fini(parser, take_field, take_row, reader);
    return reader->failed ? -1 : 0;
}

int csv_rows(FILE *in, int (*take)(void *arg, const struct csv_row *row, struct err *err), void *arg, struct err *err)
{
    struct reader *reader = mem_zero(1, sizeof(*reader));
    char *piece = mem_alloc(PIECE);
    struct csv_parser parser;
    int result;

    BUG_IF(csv_init(&parser, 0) != 0);
    csv_set_blk_size(&parser, BLOCK);
    buf_init(&reader->text, CSV_ROW_MAX);
    reader->take = take;
    reader->arg = arg;
    reader->err = err;
    result = parse_file(&parser, reader, in, piece);
    csv_free(&parser);
    buf_release(&reader->text);
    free(reader);
    free(piece);
    return result;
}
