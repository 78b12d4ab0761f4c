/*
 * Random bytes, forgetting and comparing.
 */
#include "bot/crypto/crypto.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/crypto.h>

int crypto_random(void *bytes, size_t length)
{
    unsigned char *at = bytes;

    while (length > 0) {
        ssize_t got = getrandom(at, length, 0);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        at += got;
        length -= (size_t)got;
    }
    return 0;
}

void crypto_cleanse(void *bytes, size_t length)
{
    OPENSSL_cleanse(bytes, length);
}

void crypto_release(struct buf *secret)
{
    if (secret->data != NULL)
        crypto_cleanse(secret->data, secret->capacity);
    buf_release(secret);
}

void crypto_drop(char **secret)
{
    if (*secret != NULL)
        crypto_cleanse(*secret, strlen(*secret));
    free(*secret);
    *secret = NULL;
}

bool crypto_equal(const void *a, const void *b, size_t length)
{
    return CRYPTO_memcmp(a, b, length) == 0;
}
