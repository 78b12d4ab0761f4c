# Hash tables with open addressing that C reads as they are, for the other scripts here: hash_text() is the same as
# span_hash() of core/base/span.h.

BEGIN {
    for (i = 1; i < 256; i++)
        code[sprintf("%c", i)] = i
}

function hash_text(text,    h, i) {
    h = 5381
    for (i = 1; i <= length(text); i++)
        h = (h * 33 + code[substr(text, i, 1)]) % 4294967296
    return h
}

# A power of two, so that half of the slots are empty at least.
function slots_for(count,    size) {
    for (size = 64; size < count * 2; size *= 2)
        ;
    return size
}

# Prints a table of SIZE slots: place + 1 of what hashes there, 0 for an empty one.
function print_slots(label, size, hashes, count,    i, at, slots) {
    for (i = 0; i < count; i++) {
        for (at = hashes[i] % size; at in slots; at = (at + 1) % size)
            ;
        slots[at] = i + 1
    }
    printf "static const uint16_t %s[%d] = {", label, size
    for (i = 0; i < size; i++)
        printf "%s%d,", i % 24 == 0 ? "\n    " : " ", i in slots ? slots[i] : 0
    print "\n};\n"
}

# Prints which hashes there are, as bits by their last eleven: where a text's isn't among them, it is none of those.
# span_among() of core/base/span.h looks there.
function print_among(label, hashes, count,    i, at, bits, word) {
    for (i = 0; i < count; i++)
        bits[hashes[i] % 2048] = 1
    printf "static const uint32_t %s[64] = {", label
    for (i = 0; i < 64; i++) {
        word = 0
        for (at = 0; at < 32; at++)
            word += ((i * 32 + at) in bits) * 2 ^ at
        printf "%s0x%08x,", i % 8 == 0 ? "\n    " : " ", word
    }
    print "\n};\n"
}
