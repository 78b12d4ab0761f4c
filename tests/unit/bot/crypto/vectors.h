/*
 * Published vectors: bytes in hex, and files of lines of them ("#" begins a comment).
 */
#ifndef TESTS_UNIT_BOT_CRYPTO_VECTORS_H
#define TESTS_UNIT_BOT_CRYPTO_VECTORS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "tests/unit/unit.h"

enum { COLUMNS = 5 };

/* Bytes of hex digits, "-" for none; the caller releases. */
static inline struct buf unhex(const char *hex)
{
    struct buf out = BUF_INIT(100000);

    for (size_t i = 0; hex[i] != '\0' && hex[i + 1] != '\0'; i += 2) {
        const char pair[] = {hex[i], hex[i + 1], '\0'};

        buf_addc(&out, (char)strtol(pair, NULL, 16));
    }
    return out;
}

static inline void assert_hex(const void *bytes, size_t length, const char *expected)
{
    struct buf out = BUF_INIT(10000);

    crypto_hex((struct span){bytes, length}, &out);
    assert_string_equal(buf_text(&out), expected);
    buf_release(&out);
}

/* Gives the words of each line of the file to CHECK, NULL behind the last; returns how many lines there were. */
static inline int each_line(const char *path, void (*check)(char **column))
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t capacity = 0;
    int count = 0;

    assert_non_null(file);
    while (getline(&line, &capacity, file) > 0) {
        char *rest = line, *column[COLUMNS];

        if (line[0] == '#')
            continue;
        for (int i = 0; i < COLUMNS; i++)
            column[i] = rest != NULL ? strsep(&rest, " \n") : NULL;
        check(column);
        count++;
    }
    free(line);
    fclose(file);
    return count;
}

#endif
