/*
 * When two nicks or channels are the same (CASEMAPPING), and who matches a mask. Pure.
 */
#ifndef BOT_IRC_FOLD_H
#define BOT_IRC_FOLD_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/span.h"

/* Ones that we don't know (rfc7613) are taken as ascii: what they fold beyond that is no plain nick. */
enum irc_casemap { IRC_CASE_RFC1459, IRC_CASE_STRICT, IRC_CASE_ASCII };

enum irc_casemap irc_casemap_parse(struct span name);
void irc_fold(enum irc_casemap map, struct span name, struct buf *out);
bool irc_same(enum irc_casemap map, struct span a, struct span b);

/* '*' any bytes, '?' one; nothing else is special. ASCII's case counts nothing. */
bool irc_mask_match(const char *mask, struct span text);

/* How many labels the host name has, each valid (RFC 1123, 2.1); 0: it is none. */
size_t irc_host_labels(struct span host);

#endif
