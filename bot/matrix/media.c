/*
 * mxc addresses and EncryptedFile.
 */
#include "bot/matrix/media.h"

#include <string.h>

#include "bot/json/writer.h"
#include "core/base/ascii.h"

enum { PORT_DIGITS = 5 };

/* ---------------------------------------------------------------- addresses */

static bool is_one_of(char byte, const char *signs)
{
    return ascii_is_alnum(byte) || (byte != '\0' && strchr(signs, byte) != NULL);
}

static size_t length_of(struct span text, const char *signs)
{
    size_t length = 0;

    while (length < text.length && is_one_of(text.at[length], signs))
        length++;
    return length;
}

static struct span behind(struct span text, size_t length)
{
    return (struct span){text.at + length, text.length - length};
}

/* A name, or an address of version 4 or, in brackets, 6; and a port. Neither "." nor "..", which lead elsewhere in a
 * path. */
static bool is_server(struct span text)
{
    bool bracketed = text.length != 0 && text.at[0] == '[';
    size_t host = bracketed ? 1 + length_of(behind(text, 1), ":.") : length_of(text, "-.");
    struct span port;

    if (bracketed ? host == text.length || text.at[host++] != ']' : host == 0 || !ascii_is_alnum(text.at[0]))
        return false;
    port = behind(text, host);
    if (port.length == 0)
        return true;
    if (port.at[0] != ':' || port.length < 2 || port.length > 1 + PORT_DIGITS)
        return false;
    for (size_t i = 1; i < port.length; i++)
        if (port.at[i] < '0' || port.at[i] > '9')
            return false;
    return true;
}

bool mx_media_address(const char *uri, struct mx_address *address)
{
    static const char scheme[] = "mxc://";
    struct span server, id = span_of(uri);

    if (!span_starts(id, scheme) || id.length > MX_ID_MAX)
        return false;
    id = behind(id, strlen(scheme));
    server = span_take(&id, '/');
    if (!is_server(server) || id.length == 0 || length_of(id, "-_") != id.length)
        return false;
    memcpy(address->server, server.at, server.length);
    address->server[server.length] = '\0';
    memcpy(address->id, id.at, id.length + 1);
    return true;
}

/* ---------------------------------------------------------------- EncryptedFile */

static void swap(struct buf *text, const char *from, const char *to)
{
    for (size_t i = 0; i < text->length; i++) {
        const char *at = strchr(from, text->data[i]);

        text->data[i] = at != NULL ? to[at - from] : text->data[i];
    }
}

static void write_base64(struct json_writer *writer, const char *key, const unsigned char *bytes, size_t length,
                         bool of_urls)
{
    struct buf text = BUF_INIT(64);

    crypto_base64((struct span){(const char *)bytes, length}, &text);
    if (of_urls)
        swap(&text, "+/", "-_");
    json_write_key(writer, key);
    json_write_span(writer, buf_span(&text));
    crypto_release(&text);
}

static void write_pair(struct json_writer *writer, const char *key, const char *value)
{
    json_write_key(writer, key);
    json_write_text(writer, value);
}

/* A JSON Web Key (RFC 7517), as the specification wants it. */
static void write_key(struct json_writer *writer, const unsigned char key[CRYPTO_KEY])
{
    json_write_key(writer, "key");
    json_write_begin(writer, '{');
    write_pair(writer, "kty", "oct");
    json_write_key(writer, "key_ops");
    json_write_begin(writer, '[');
    json_write_text(writer, "encrypt");
    json_write_text(writer, "decrypt");
    json_write_end(writer);
    write_pair(writer, "alg", "A256CTR");
    write_base64(writer, "k", key, CRYPTO_KEY, true);
    json_write_key(writer, "ext");
    json_write_bool(writer, true);
    json_write_end(writer);
}

void mx_media_describe(const char *uri, const struct mx_media *media, struct buf *out)
{
    struct json_writer writer;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    write_pair(&writer, "url", uri);
    write_key(&writer, media->key);
    write_base64(&writer, "iv", media->iv, CRYPTO_IV, false);
    json_write_key(&writer, "hashes");
    json_write_begin(&writer, '{');
    write_base64(&writer, "sha256", media->sha256, CRYPTO_SHA256, false);
    json_write_end(&writer);
    write_pair(&writer, "v", "v2");
    json_write_end(&writer);
}

static bool says(const struct json *object, const char *key, const char *value)
{
    const char *text = json_get_text(object, key);

    return text != NULL && strcmp(text, value) == 0;
}

static bool may(const struct json *operations, const char *what)
{
    for (size_t i = 0; i < json_count(operations); i++) {
        const char *operation = json_text(json_at(operations, i));

        if (operation != NULL && strcmp(operation, what) == 0)
            return true;
    }
    return false;
}

static bool read_base64(const struct json *object, const char *key, void *bytes, size_t length)
{
    const char *text = json_get_text(object, key);

    return text != NULL && crypto_unbase64_exactly(span_of(text), bytes, length) == 0;
}

/* In the alphabet of URLs, and no other. */
static bool read_key(const struct json *jwk, unsigned char key[CRYPTO_KEY])
{
    const char *text = json_get_text(jwk, "k");
    struct buf standard = BUF_INIT(CRYPTO_KEY_TEXT);
    bool read;

    if (text == NULL || text[strcspn(text, "+/")] != '\0')
        return false;
    buf_adds(&standard, text);
    swap(&standard, "-_", "+/");
    read = !standard.overflowed && crypto_unbase64_exactly(buf_span(&standard), key, CRYPTO_KEY) == 0;
    crypto_release(&standard);
    return read;
}

static const char *read_encrypted(const struct json *file, struct mx_media *media)
{
    const struct json *jwk = json_get(file, "key"), *operations = json_get(jwk, "key_ops");

    media->encrypted = true;
    if (!says(file, "v", "v2"))
        return "an encrypted file of another version than v2";
    if (!says(jwk, "kty", "oct") || !says(jwk, "alg", "A256CTR") || !json_get_bool(jwk, "ext", false) ||
        !may(operations, "encrypt") || !may(operations, "decrypt") || !read_key(jwk, media->key))
        return "an encrypted file's key is none";
    if (!read_base64(file, "iv", media->iv, CRYPTO_IV))
        return "an encrypted file without its counter";
    if (!read_base64(json_get(file, "hashes"), "sha256", media->sha256, CRYPTO_SHA256))
        return "an encrypted file without its hash";
    return NULL;
}

int mx_media_read(const struct json *content, bool secret, struct mx_media *media, struct err *err)
{
    const struct json *file = json_get(content, "file");
    const char *uri = json_get_text(file != NULL ? file : content, "url"), *why = NULL;

    *media = (struct mx_media){.encrypted = false};
    if (file != NULL)
        why = read_encrypted(file, media);
    else if (secret)
        why = "a file in the clear, by an encrypted event";
    if (why == NULL && (uri == NULL || !mx_media_address(uri, &media->address)))
        why = "a file without an address";
    return why != NULL ? err_set(err, ERR_INPUT, "%s", why) : 0;
}

int mx_media_open(const struct mx_media *media, struct buf *bytes, struct err *err)
{
    unsigned char sha256[CRYPTO_SHA256];

    if (!media->encrypted)
        return 0;
    crypto_sha256(buf_span(bytes), sha256);
    if (!crypto_equal(sha256, media->sha256, sizeof(sha256)))
        return err_set(err, ERR_CRYPTO, "the file is another than was sent");
    if (bytes->length != 0)
        crypto_aes_ctr(media->key, media->iv, buf_span(bytes), (unsigned char *)bytes->data);
    return 0;
}
