/*
 * Those who had themselves forgotten, and the stores that a restore put aside or is about to: what is aside goes when
 * somebody in it is forgotten, and who was forgotten since a backup is so again when it takes the store's place.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/log/log.h"
#include "bot/store/copy.h"
#include "bot/store/file.h"
#include "bot/store/inside.h"
#include "bot/store/restore.h"
#include "core/base/mem.h"
#include "core/base/path.h"
#include "core/base/vec.h"

enum { NAME_MAXIMUM = 8192 };

/* Of another store, to be read as it is: the caller's; NULL: it can't be. */
static struct store *look_into(const char *path)
{
    struct store *other = store_new();

    if (copy_source(path, &other->db, NULL) == 0)
        return other;
    store_close(other);
    return NULL;
}

/* Whether SQL, of two texts, finds something there: 1, 0, -1. */
static int finds(struct store *other, const char *sql, const char *first, const char *second)
{
    struct query query;
    bool found;

    query_open(&query, other, sql, NULL);
    query_text(&query, first);
    query_text(&query, second);
    found = query_row(&query);
    return query_close(&query) < 0 ? -1 : found;
}

/* ---- what is aside */

static const char *const suffixes[] = {"", "-wal", "-journal", "-shm"};

/* What can't be read may hold anybody. */
static bool holds(const char *path, struct store *store, int64_t lifter)
{
    struct store *other = look_into(path);
    bool held = other == NULL;
    struct query query;

    query_open(&query, store, "SELECT transport, identity FROM identity WHERE lifter = ?", NULL);
    query_int(&query, lifter);
    while (!held && query_row(&query))
        held = finds(other, "SELECT 1 FROM identity WHERE transport = ? AND identity = ?", query_get_text(&query, 0),
                     query_get_text(&query, 1)) != 0;
    query_close(&query);
    store_close(other);
    return held;
}

static void drop(const char *path)
{
    for (size_t i = 0; i < ARRAY_LENGTH(suffixes); i++) {
        char *name = file_beside(path, suffixes[i]);

        if (file_remove(name))
            log_warn("store-copy-removed", LOG_STR("path", name), LOG_STR("reason", "somebody in it was forgotten"));
        free(name);
    }
}

/* How much of NAME, a file beside the store STORE, is the name of one that was put aside; 0: it is something else. */
static size_t aside_length(const char *name, const char *store)
{
    static const char mark[] = ".replaced-";
    size_t length = strlen(name), prefix = strlen(store) + sizeof(mark) - 1;

    if (length <= prefix || strncmp(name, store, strlen(store)) != 0 ||
        strncmp(name + strlen(store), mark, sizeof(mark) - 1) != 0)
        return 0;
    for (size_t i = 1; i < ARRAY_LENGTH(suffixes); i++)
        if (length > strlen(suffixes[i]) && strcmp(name + length - strlen(suffixes[i]), suffixes[i]) == 0)
            length -= strlen(suffixes[i]);
    return length > prefix && strspn(name + prefix, "0123456789-") >= length - prefix ? length : 0;
}

void replaced_drop(struct store *store, int64_t lifter)
{
    struct buf path = BUF_INIT(NAME_MAXIMUM);
    char *name = path_folder(store->path);
    DIR *folder = opendir(name);
    const struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        size_t length = aside_length(entry->d_name, path_name(store->path));

        buf_clear(&path);
        buf_addf(&path, "%s/%.*s", name, (int)length, entry->d_name);
        if (length != 0 && holds(buf_text(&path), store, lifter))
            drop(buf_text(&path));
    }
    if (folder != NULL)
        closedir(folder);
    buf_clear(&path);
    buf_addf(&path, "%s.restore", store->path); /* of one that was killed */
    drop(buf_text(&path));
    free(name);
    buf_release(&path);
}

/* ---- what takes its place */

typedef VEC(int64_t) lifter_list;

static void add_once(lifter_list *lifters, int64_t lifter)
{
    for (size_t i = 0; i < lifters->count; i++)
        if (lifters->at[i] == lifter)
            return;
    vec_push(lifters, lifter);
}

/* A message that is forgotten: whose it is in STORE, where it never comes again. */
static int take_over(struct store *store, const char *transport, const char *event_id, lifter_list *lifters,
                     struct err *err)
{
    struct query query;

    query_open(&query, store, "SELECT lifter FROM input WHERE transport = ? AND event_id = ?", err);
    query_text(&query, transport);
    query_text(&query, event_id);
    if (query_row(&query))
        add_once(lifters, query_get_int(&query, 0));
    if (query_close(&query) < 0)
        return -1;
    query_open(&query, store,
               "INSERT INTO forgotten_message (transport, event_id) VALUES (?, ?) ON CONFLICT DO NOTHING", err);
    query_text(&query, transport);
    query_text(&query, event_id);
    return query_run(&query);
}

/* All that OLD has forgotten. UNCLEAR: it can't all be read. */
static int find_forgotten(struct store *store, struct store *old, lifter_list *lifters, bool *unclear, struct err *err)
{
    struct query query;
    int result = 0;

    query_open(&query, old, "SELECT transport, event_id FROM forgotten_message", NULL);
    while (result == 0 && query_row(&query))
        result = take_over(store, query_get_text(&query, 0), query_get_text(&query, 1), lifters, err);
    *unclear = query_close(&query) < 0;
    return result;
}

/* Whether OLD still has a message of LIFTER's: then it was somebody else, who was one with them in STORE. */
static bool lives(struct store *store, struct store *old, int64_t lifter)
{
    struct query query;
    bool found = false;

    query_open(&query, store, "SELECT transport, event_id FROM input WHERE lifter = ?", NULL);
    query_int(&query, lifter);
    while (!found && query_row(&query))
        found = finds(old, "SELECT 1 FROM input WHERE transport = ? AND event_id = ?", query_get_text(&query, 0),
                      query_get_text(&query, 1)) != 0;
    query_close(&query);
    return found;
}

int replaced_forget(struct store *store, const char *path, struct store_forgotten *forgotten, struct err *err)
{
    struct store *old = look_into(path);
    lifter_list lifters = {0};
    int result = 0;

    *forgotten = (struct store_forgotten){.unclear = old == NULL && access(path, F_OK) == 0};
    if (old != NULL)
        result = find_forgotten(store, old, &lifters, &forgotten->unclear, err);
    for (size_t i = 0; i < lifters.count && result == 0; i++)
        if (!lives(store, old, lifters.at[i])) {
            result = store->coach.lifter_forget(store, lifters.at[i], false, err);
            forgotten->count++;
        }
    vec_release(&lifters);
    store_close(old);
    return result;
}
