/*
 * Files that people send us in a direct chat. One that may be a log is kept with its event until it was fetched, by
 * authenticated media alone, and handed over: in the one transaction in which it is forgotten, so that a restart
 * neither loses it nor hears it twice.
 */
#ifndef BOT_MATRIX_DOWNLOAD_H
#define BOT_MATRIX_DOWNLOAD_H

#include "bot/matrix/media.h"
#include "bot/matrix/said.h"

struct mx_downloads;

/* One is fetched at a time, for as long as its sender's turn lasts: a homeserver that asks another one for the file
 * answers within 20 s (`timeout_ms`, when it isn't said), and 4 MB take 40 s at 100 kB/s. Then it is the next one's. */
enum {
    MX_FILES_EACH = 3,                    /* files of a sender that may wait */
    MX_FILE_TRY_MS = 60 * 1000,           /* a turn, and one request */
    MX_FILE_PATIENCE_MS = 20 * 60 * 1000, /* for all turns, of a full list too; then it is given up */
    MX_FILE_BEGINS = 2                    /* one whose reading ended the process so often isn't read again */
};

/* A kept file's event is looked at once more. */
struct mx_visit {
    bool reached;                    /* it still says that there is a file for us */
    bool waits;                      /* it isn't known yet who listens in its room */
    struct mx_media media;           /* which one */
    const struct message_file *file; /* what became of it, to be handed over; NULL: it is to be fetched */
};

struct mx_downloads *mx_downloads_new(struct matrix *matrix);
void mx_downloads_free(struct mx_downloads *downloads);
/* After a commit: begins with the next file, if one waits. */
void mx_downloads_run(struct mx_downloads *downloads);

/* Within a transaction: MESSAGE, by EVENT in ROOM with that CONTENT, is a file. Kept, or refused in words. */
int mx_download_take(struct mx_work *work, struct mx_room *room, const struct mx_event *event,
                     const struct json *content, bool encrypted, struct message *message);
/* Likewise: EVENT_ID was taken back. */
int mx_download_drop(struct matrix *matrix, const char *event_id, struct err *err);

#endif
