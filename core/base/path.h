/*
 * Names of files, as texts.
 */
#ifndef CORE_BASE_PATH_H
#define CORE_BASE_PATH_H

/* The folder that PATH is in, without a slash at its end ("." where PATH names none, "/" of the root's): the caller's.
 */
char *path_folder(const char *path);
/* What PATH is called in there; lent. */
const char *path_name(const char *path);

#endif
