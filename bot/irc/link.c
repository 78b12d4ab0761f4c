/*
 * One connection.
 */
#include "bot/irc/link.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <event2/util.h>

#include "bot/irc/line.h"
#include "core/base/mem.h"

enum {
    CONNECT_S = 15,       /* for each address */
    READ_MAX = 64 * 1024, /* bytes that wait to be read */
    SEND_MAX = 256 * 1024 /* and to be sent: a server that takes nothing is given up */
};

struct irc_link {
    struct irc_link_options options;
    struct evdns_base *dns;
    struct evdns_getaddrinfo_request *request;
    struct evutil_addrinfo *addresses, *next;
    struct bufferevent *bev;
    struct loop_timer *later; /* tells that it is down, out of any call */
    struct err reason;
    bool up, over, skipping; /* skipping: in a line that is too long */
    bool *gone;              /* set when it is freed within a callback */
};

static void connect_next(struct irc_link *link);

static void tell_down(void *arg)
{
    struct irc_link *link = arg;

    link->options.handler.down(link->options.handler.arg, &link->reason);
}

static void close_bev(struct irc_link *link)
{
    if (link->bev != NULL)
        bufferevent_free(link->bev);
    link->bev = NULL;
}

static void end(struct irc_link *link)
{
    if (link->over)
        return;
    link->over = true;
    close_bev(link);
    loop_timer_set(link->later, 0);
}

/* ---------------------------------------------------------------- lines */

/* One line off INPUT: 1 it is in *LINE, the caller's; 0 there is none; -1 one was left out. */
static int take_line(struct irc_link *link, struct evbuffer *input, char **line, size_t *length)
{
    if (evbuffer_search_eol(input, NULL, NULL, EVBUFFER_EOL_LF).pos < 0) {
        if (evbuffer_get_length(input) <= IRC_LINE_MAX)
            return 0;
        evbuffer_drain(input, evbuffer_get_length(input));
        link->skipping = true;
        return 0;
    }
    *line = evbuffer_readln(input, length, EVBUFFER_EOL_LF);
    if (*line == NULL)
        return 0;
    while (*length != 0 && (*line)[*length - 1] == '\r')
        (*length)--;
    if (!link->skipping && *length != 0)
        return 1;
    link->skipping = false;
    free(*line);
    return -1;
}

static void on_read(struct bufferevent *bev, void *arg)
{
    struct irc_link *link = arg;
    struct evbuffer *input = bufferevent_get_input(bev);
    bool gone = false;
    char *line;
    size_t length;
    int taken;

    link->gone = &gone;
    while (!gone && link->bev == bev && (taken = take_line(link, input, &line, &length)) != 0) {
        if (taken < 0)
            continue;
        link->options.handler.line(link->options.handler.arg, (struct span){line, length});
        free(line);
    }
    if (!gone)
        link->options.handler.lines_end(link->options.handler.arg);
    if (!gone)
        link->gone = NULL;
}

/* ---------------------------------------------------------------- connecting */

/* A line is whole when it is written: the system isn't to hold it back until the one before is acknowledged, some 40 ms
 * later. */
static void send_at_once(struct irc_link *link)
{
    const int on = 1;

    (void)setsockopt(bufferevent_getfd(link->bev), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)); /* it goes without */
}

static void on_up(struct irc_link *link)
{
    send_at_once(link);
    if (link->options.tls && irc_tls_check(link->bev, &link->options.to, &link->reason) != 0) {
        end(link);
        return;
    }
    link->up = true;
    bufferevent_set_timeouts(link->bev, NULL, NULL);
    link->options.handler.up(link->options.handler.arg);
}

static void take_reason(struct irc_link *link, short what)
{
    if ((what & BEV_EVENT_TIMEOUT) != 0)
        err_set(&link->reason, ERR_NETWORK, "no answer in %d s", CONNECT_S);
    else if ((what & BEV_EVENT_EOF) != 0)
        err_set(&link->reason, ERR_NETWORK, "the server closed the connection");
    else
        err_set(&link->reason, ERR_NETWORK, "%s", evutil_socket_error_to_string(EVUTIL_SOCKET_ERROR()));
    if (link->options.tls)
        irc_tls_reason(link->bev, &link->reason);
}

static void on_event(struct bufferevent *bev, short what, void *arg)
{
    struct irc_link *link = arg;

    (void)bev;
    if ((what & BEV_EVENT_CONNECTED) != 0) {
        on_up(link);
        return;
    }
    if ((what & (BEV_EVENT_EOF | BEV_EVENT_ERROR | BEV_EVENT_TIMEOUT)) == 0)
        return;
    take_reason(link, what);
    if (link->up || link->next == NULL) {
        end(link);
        return;
    }
    close_bev(link);
    connect_next(link);
}

static struct bufferevent *new_bev(struct irc_link *link)
{
    struct event_base *base = loop_base(link->options.loop);

    if (link->options.tls)
        return irc_tls_new(base, &link->options.to, &link->reason);
    return bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
}

static void connect_next(struct irc_link *link)
{
    const struct timeval limit = {CONNECT_S, 0};
    struct evutil_addrinfo *to = link->next;

    link->next = to->ai_next;
    link->bev = new_bev(link);
    if (link->bev == NULL) {
        end(link);
        return;
    }
    bufferevent_setcb(link->bev, on_read, NULL, on_event, link);
    bufferevent_setwatermark(link->bev, EV_READ, 0, READ_MAX);
    bufferevent_set_timeouts(link->bev, &limit, &limit);
    if (bufferevent_socket_connect(link->bev, to->ai_addr, (int)to->ai_addrlen) < 0) {
        err_set(&link->reason, ERR_NETWORK, "%s", strerror(errno));
        end(link);
        return;
    }
    bufferevent_enable(link->bev, EV_READ | EV_WRITE);
}

static void on_resolved(int result, struct evutil_addrinfo *addresses, void *arg)
{
    struct irc_link *link = arg;

    link->request = NULL;
    if (result == EVUTIL_EAI_CANCEL)
        return;
    link->addresses = link->next = addresses;
    if (result != 0 || addresses == NULL) {
        err_set(&link->reason, ERR_NETWORK, "%s: %s", link->options.to.host,
                result != 0 ? evutil_gai_strerror(result) : "no address");
        end(link);
        return;
    }
    connect_next(link);
}

/* Anew for each connection: the machine may have moved to another network. */
static void resolve(struct irc_link *link)
{
    const struct evutil_addrinfo hints = {.ai_family = AF_UNSPEC,
                                          .ai_socktype = SOCK_STREAM,
                                          .ai_protocol = IPPROTO_TCP,
                                          .ai_flags = EVUTIL_AI_ADDRCONFIG};
    char port[16];

    snprintf(port, sizeof(port), "%ld", link->options.port);
    link->dns = evdns_base_new(loop_base(link->options.loop), EVDNS_BASE_DISABLE_WHEN_INACTIVE);
    BUG_IF(link->dns == NULL);
    evdns_base_resolv_conf_parse(link->dns, DNS_OPTIONS_ALL, "/etc/resolv.conf");
    evdns_base_load_hosts(link->dns, "/etc/hosts");
    link->request = evdns_getaddrinfo(link->dns, link->options.to.host, port, &hints, on_resolved, link);
}

static void begin(void *arg)
{
    struct irc_link *link = arg;

    if (link->over)
        tell_down(link);
    else
        resolve(link);
}

struct irc_link *irc_link_new(const struct irc_link_options *options)
{
    struct irc_link *link = mem_zero(1, sizeof(*link));

    link->options = *options;
    link->later = loop_timer_new(options->loop, begin, link);
    loop_timer_set(link->later, 0);
    return link;
}

void irc_link_free(struct irc_link *link)
{
    if (link == NULL)
        return;
    if (link->gone != NULL)
        *link->gone = true;
    if (link->request != NULL)
        evdns_getaddrinfo_cancel(link->request);
    close_bev(link);
    if (link->dns != NULL)
        evdns_base_free(link->dns, 0);
    if (link->addresses != NULL)
        evutil_freeaddrinfo(link->addresses);
    loop_timer_free(link->later);
    free(link);
}

void irc_link_send(struct irc_link *link, struct span bytes)
{
    if (link->bev == NULL || !link->up)
        return;
    if (evbuffer_get_length(bufferevent_get_output(link->bev)) + bytes.length > SEND_MAX) {
        err_set(&link->reason, ERR_NETWORK, "the server takes nothing any more");
        end(link);
        return;
    }
    bufferevent_write(link->bev, bytes.at, bytes.length);
}

void irc_link_pause(struct irc_link *link, bool paused)
{
    if (link->bev == NULL)
        return;
    if (paused)
        bufferevent_disable(link->bev, EV_READ);
    else
        bufferevent_enable(link->bev, EV_READ);
}
