/*
 * What went wrong, as a value.
 */
#include "core/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *err, enum err_class class, const char *format, ...)
{
    va_list arguments;

    if (err == NULL)
        return -1;
    err->class = class;
    va_start(arguments, format);
    vsnprintf(err->text, sizeof(err->text), format, arguments);
    va_end(arguments);
    return -1;
}

int err_context(struct err *err, const char *format, ...)
{
    char old[sizeof(err->text)];
    va_list arguments;
    size_t length;

    if (err == NULL)
        return -1;
    memcpy(old, err->text, sizeof(old));
    va_start(arguments, format);
    vsnprintf(err->text, sizeof(err->text), format, arguments);
    va_end(arguments);
    length = strlen(err->text);
    snprintf(err->text + length, sizeof(err->text) - length, ": %s", old);
    return -1;
}
