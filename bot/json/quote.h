/*
 * Writes a JSON string. Used inside this room only.
 */
#ifndef BOT_JSON_QUOTE_H
#define BOT_JSON_QUOTE_H

#include "core/base/buf.h"
#include "core/base/span.h"

/*
 * The shortest form, quotes included; slashes are not escaped, controls in lower-case hex (as canonical JSON wants).
 * Invalid UTF-8 becomes U+FFFD; but the marks of screen.h become the escapes that they stand for when MARKED.
 */
void json_quote(struct buf *out, struct span text, bool marked);

#endif
