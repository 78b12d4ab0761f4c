# Makes core/notation's compiled-in vocabulary of config/words.tsv: gawk -f words.awk words.tsv > words_data.h

@include "config/hash.awk"
@include "config/row.awk"

BEGIN {
    FS = "\t"
    count = 0
}

/^#/ || NF == 0 { next }

NF != 3 || $1 !~ /^([A-Z]+|[+=%~][A-Z_]+)$/ || $2 !~ /^([0-9]+|[A-Z_]+)$/ {
    wrong("a row is: class, argument, words")
    next
}

{
    n = split($3, parts, " ")
    kind = substr($1, 1, 1)
    for (i = 1; i <= n; i++) {
        key = kind ~ /[+=%~]/ ? $1 " " parts[i] : parts[i]
        if (key in seen)
            wrong("\"" parts[i] "\" stands in line " seen[key] " already")
        if (length(parts[i]) > 15 || parts[i] !~ /^([a-z]\/)?[a-z'-]+$/)
            wrong("\"" parts[i] "\" is no word as folding leaves it, or too long")
        seen[key] = FNR
        if (!(parts[i] in class)) {
            text[count++] = parts[i]
            class[parts[i]] = "WORD_OTHER, 0"
            traits[parts[i]] = amends[parts[i]] = says[parts[i]] = roles[parts[i]] = "0"
        }
        if (kind == "+")
            traits[parts[i]] = traits[parts[i]] " | TRAIT_" substr($1, 2)
        else if (kind == "=")
            amends[parts[i]] = amends[parts[i]] " | AMEND_" substr($1, 2)
        else if (kind == "%")
            says[parts[i]] = says[parts[i]] " | SAYS_" substr($1, 2)
        else if (kind == "~")
            roles[parts[i]] = roles[parts[i]] " | ROLE_" substr($1, 2)
        else
            class[parts[i]] = "WORD_" $1 ", " $2
    }
}

END {
    if (failed)
        exit 1
    print "/* Made from config/words.tsv by config/words.awk. */\n"
    print "static const struct row rows[] = {"
    for (i = 0; i < count; i++) {
        printf "    {\"%s\", %d, {%s, %s, %s, %s, %s}},\n", text[i], length(text[i]), class[text[i]], amends[text[i]],
            says[text[i]], traits[text[i]], roles[text[i]]
        hashes[i] = hash_text(text[i])
    }
    print "};\n"
    print_slots("slots", slots_for(count), hashes, count)
}
