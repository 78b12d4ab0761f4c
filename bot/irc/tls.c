/*
 * TLS for the link.
 */
#include "bot/irc/tls.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"

enum { FINGERPRINT_BYTES = 32 };

static int openssl_fault(struct err *err, const char *what, const char *file)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());

    ERR_clear_error();
    return err_set(err, ERR_CONFIG, "%s: %s: %s", what, file, reason != NULL ? reason : "can't be used");
}

static bool is_address(const char *host)
{
    unsigned char address[sizeof(struct in6_addr)];

    return inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1;
}

static SSL_CTX *new_context(const struct irc_tls_options *options, struct err *err)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    int result = 0;

    BUG_IF(context == NULL);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_verify(context, options->fingerprint != NULL ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
    if (options->ca_file == NULL)
        SSL_CTX_set_default_verify_paths(context);
    else if (SSL_CTX_load_verify_locations(context, options->ca_file, NULL) != 1)
        result = openssl_fault(err, "ca_file", options->ca_file);
    if (result == 0 && options->certificate_file != NULL) {
        const char *key = options->key_file != NULL ? options->key_file : options->certificate_file;

        if (SSL_CTX_use_certificate_chain_file(context, options->certificate_file) != 1)
            result = openssl_fault(err, "certificate_file", options->certificate_file);
        else if (SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1)
            result = openssl_fault(err, "key_file", key);
    }
    if (result == 0)
        return context;
    SSL_CTX_free(context);
    return NULL;
}

struct bufferevent *irc_tls_new(struct event_base *base, const struct irc_tls_options *options, struct err *err)
{
    SSL_CTX *context = new_context(options, err);
    struct bufferevent *bev;
    SSL *ssl;

    if (context == NULL)
        return NULL;
    ssl = SSL_new(context);
    SSL_CTX_free(context); /* the connection holds it */
    BUG_IF(ssl == NULL);
    if (is_address(options->host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), options->host);
    } else {
        /* OpenSSL's macro for it takes the const away. */
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, (void *)(uintptr_t)options->host);
        SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        BUG_IF(SSL_set1_host(ssl, options->host) != 1);
    }
    bev = bufferevent_openssl_socket_new(base, -1, ssl, BUFFEREVENT_SSL_CONNECTING,
                                         BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
    BUG_IF(bev == NULL);
    bufferevent_openssl_set_allow_dirty_shutdown(bev, 1);
    return bev;
}

/* Hex, in either case, colons between or not. */
static bool is_fingerprint(const char *text, const unsigned char digest[FINGERPRINT_BYTES])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < (size_t)2 * FINGERPRINT_BYTES; i++, text++) {
        int half = i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15;

        while (*text == ':')
            text++;
        if (ascii_lower(*text) != digits[half])
            return false;
    }
    return *text == '\0';
}

int irc_tls_check(struct bufferevent *bev, const struct irc_tls_options *options, struct err *err)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    X509 *certificate;
    bool right;

    if (options->fingerprint == NULL)
        return 0; /* the handshake would have failed */
    certificate = SSL_get1_peer_certificate(bufferevent_openssl_get_ssl(bev));
    right = certificate != NULL && X509_digest(certificate, EVP_sha256(), digest, &length) == 1 &&
            length == FINGERPRINT_BYTES && is_fingerprint(options->fingerprint, digest);
    X509_free(certificate);
    return right ? 0 : err_set(err, ERR_AUTH, "the certificate isn't the one whose fingerprint is configured");
}

void irc_tls_reason(struct bufferevent *bev, struct err *err)
{
    SSL *ssl = bufferevent_openssl_get_ssl(bev);
    unsigned long code = bufferevent_get_openssl_error(bev);
    long verified = ssl != NULL ? SSL_get_verify_result(ssl) : X509_V_OK;
    const char *reason = ERR_reason_error_string(code);

    ERR_clear_error();
    if (code == 0)
        return;
    if (verified != X509_V_OK)
        err_set(err, ERR_AUTH, "the certificate is not to be trusted: %s", X509_verify_cert_error_string(verified));
    else
        err_set(err, ERR_NETWORK, "TLS: %s", reason != NULL ? reason : "failed");
}
