/*
 * Random bytes and digests, as the coach takes them.
 */
#include "bot/app_secrets.h"

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"

static void random_bytes(void *arg, void *bytes, size_t size)
{
    int result = crypto_random(bytes, size);

    (void)arg;
    BUG_IF(result < 0);
}

/* SplitMix64 (Steele, Lea, Flood 2014), a byte of each step. */
static void replayed_bytes(void *arg, void *bytes, size_t size)
{
    uint64_t *seed = arg;

    for (size_t i = 0; i < size; i++) {
        uint64_t mixed = *seed += UINT64_C(0x9E3779B97F4A7C15);

        mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
        mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
        ((unsigned char *)bytes)[i] = (unsigned char)(mixed >> 56);
    }
}

static void digest(struct span text, struct buf *out)
{
    unsigned char bytes[CRYPTO_SHA256];

    crypto_sha256(text, bytes);
    crypto_hex((struct span){(const char *)bytes, sizeof(bytes)}, out);
}

const struct coach_secrets app_secrets = {random_bytes, NULL, digest};

struct coach_secrets app_secrets_replayed(uint64_t *seed)
{
    return (struct coach_secrets){replayed_bytes, seed, digest};
}
