/*
 * What systemd wants to know (sd_notify(3)): one datagram to $NOTIFY_SOCKET. Nothing happens where there is none.
 */
#ifndef BOT_SERVICE_NOTIFY_H
#define BOT_SERVICE_NOTIFY_H

#include <stdint.h>

/* STATE as in sd_notify(3): "READY=1", "WATCHDOG=1", "STOPPING=1", "STATUS=…". */
void notify_send(const char *state);

/* Milliseconds between watchdog messages: half of what systemd allows this process ($WATCHDOG_USEC, $WATCHDOG_PID); 0:
 * none wanted. */
int64_t notify_watchdog_ms(void);

#endif
