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

/* Writes a member's key and its colon, behind a comma if COMMA. PLAIN: it is known that nothing is to be escaped. */
void json_quote_key(struct buf *out, struct span key, bool comma, bool plain);

#endif
