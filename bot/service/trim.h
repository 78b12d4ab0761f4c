/*
 * Memory that only the start needed.
 */
#ifndef BOT_SERVICE_TRIM_H
#define BOT_SERVICE_TRIM_H

/* Gives back what is free, and the pages of the program and its libraries: those in use come back from the page cache
 * at their next use, some hundreds of minor faults in all. */
void trim_memory(void);

#endif
