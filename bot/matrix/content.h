/*
 * What a row of the outbox looks like as an event: type, content, and the relation that stands outside where the
 * content is encrypted. Pure.
 */
#ifndef BOT_MATRIX_CONTENT_H
#define BOT_MATRIX_CONTENT_H

#include <stdbool.h>

#include "bot/json/writer.h"
#include "bot/matrix/store_port.h"
#include "core/base/buf.h"

/* Bytes of a content; encrypted it grows by a third and an envelope, and an event may have 65,536. */
enum { MX_CONTENT_MAX = 44000, MX_RELATES_MAX = 4096 };

struct mx_content {
    const char *type; /* a literal, or lent by the row */
    bool clear; /* sent unencrypted everywhere, as all clients send reactions: their relation is in the clear anyway */
    struct buf content;
    struct buf relates_to; /* "" none */
};

/* 0, or -1: too large to be sent, even without its HTML. Release in both cases. */
int mx_content_build(const struct matrix_outbox_row *row, struct mx_content *content);
void mx_content_release(struct mx_content *content);

/* The member `m.text` of extensible events (MSC1767). */
void mx_content_write_text(struct json_writer *writer, struct span text);

#endif
