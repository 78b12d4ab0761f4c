# Makes bot/chat's compiled-in fillers of config/fillers.tsv: gawk -b -f fillers.awk fillers.tsv > fillers_data.h

@include "config/hash.awk"
@include "config/row.awk"

BEGIN {
    FS = "\t"
    count = 0
}

/^#/ || NF == 0 { next }

NF != 2 || $1 !~ /^(FRONT|DOUBT|BACK|PLAN|PLAIN)$/ || $2 ~ /[A-Z]/ { wrong("a row is: where it stands, fillers in small letters"); next }

{
    n = split($2, parts, / \| /)
    for (i = 1; i <= n; i++) {
        if (($1, parts[i]) in seen)
            wrong("\"" parts[i] "\" stands in line " seen[$1, parts[i]] " already")
        seen[$1, parts[i]] = FNR
        if ($1 == "PLAN")
            letters[substr(parts[i], 1, 1)] = 1
        if (!(parts[i] in where))
            text[count++] = parts[i]
        where[parts[i]] = (parts[i] in where ? where[parts[i]] " | " : "") $1
        if (length(parts[i]) > longest)
            longest = length(parts[i])
    }
}

END {
    if (failed)
        exit 1
    print "/* Made from config/fillers.tsv by config/fillers.awk. */\n"
    printf "enum { FILLER_LENGTH_MAX = %d };\n\n", longest
    print "static const struct filler fillers[] = {"
    for (i = 0; i < count; i++) {
        printf "    {\"%s\", %d, %s},\n", text[i], length(text[i]), where[text[i]]
        hashes[i] = hash_text(text[i])
    }
    print "};\n"
    print_slots("filler_slots", slots_for(count), hashes, count)
    for (i = 0; i < count; i++) {
        n = split(text[i], parts, /[ ,.;:!-]/)
        first[i] = hash_text(parts[1])
        last[i] = hash_text(parts[n])
    }
    print_among("first_words", first, count)
    print_among("last_words", last, count)
    printf "\n/* Those that plans begin with, the first the lowest bit. */\nstatic const uint32_t plan_letters = 0"
    for (i = 0; i < 26; i++)
        if (substr("abcdefghijklmnopqrstuvwxyz", i + 1, 1) in letters)
            printf " | 1U << %d", i
    print ";"
}
