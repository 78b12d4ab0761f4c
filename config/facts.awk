# Makes bot/chat's compiled-in words of facts of config/facts.tsv, and of the parts of the body and the sides that
# config/phrases.tsv holds: gawk -f facts.awk facts.tsv phrases.tsv > facts_data.h

@include "config/hash.awk"
@include "config/row.awk"

BEGIN {
    FS = "\t"
}

/^#/ || NF == 0 { next }

FILENAME ~ /phrases/ && $1 !~ /^{(place|side)}$/ { next }

FILENAME ~ /phrases/ { $1 = toupper(substr($1, 2, length($1) - 2)) }

NF != 2 || $1 !~ /^[A-Z]+$/ || $2 !~ /^[a-z' -]+$/ { wrong("a row is: role, words as folding leaves them"); next }

{
    for (n = split($2, parts, " "); n > 0; n--)
        if (!(parts[n] in roles)) {
            words[count++] = parts[n]
            roles[parts[n]] = "FACT(" $1 ")"
        } else {
            roles[parts[n]] = roles[parts[n]] " | FACT(" $1 ")"
        }
}

END {
    if (failed)
        exit 1
    print "/* Made from config/facts.tsv by config/facts.awk. */\n"
    print "static const struct row rows[] = {"
    for (i = 0; i < count; i++) {
        printf "    {\"%s\", %d, %s},\n", words[i], length(words[i]), roles[words[i]]
        hashes[i] = hash_text(words[i])
    }
    print "};\n"
    print_slots("slots", slots_for(count), hashes, count)
}
