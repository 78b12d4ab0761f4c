# Makes bot/chat's compiled-in subjects of config/subjects.tsv: gawk -b -f subjects.awk subjects.tsv > subjects_data.h

@include "config/hash.awk"
@include "config/row.awk"

BEGIN {
    FS = "\t"
    count = subjects = links = 0
    role["?"] = "ASKS"
    role["??"] = "ASKS | ASKS_BEHIND"
    role["-"] = "IDLE"
    role["!"] = "TELLING"
}

function add(word) {
    gsub(/_/, " ", word)
    if (!(word in roles)) {
        roles[word] = ""
        text[count++] = word
    }
    if (split(word, parts, " ") > most)
        most = split(word, parts, " ")
    return word
}

function take(word,    weight) {
    weight = word ~ /^\(/ ? 1 : word ~ /!$/ ? 4 : 2
    gsub(/[()!]/, "", word)
    word = add(word)
    if ((word, subjects) in weights)
        return
    weights[word, subjects] = weight
    of[word] = of[word] " " subjects
}

/^#/ || NF == 0 { next }

NF != 2 || $2 ~ /[^a-z0-9'@_() !{}\/-]/ { wrong("a row is: a command, the words of its subject as they are folded"); next }

{ n = split($2, words, " ") }

$1 in role {
    for (i = 1; i <= n; i++)
        roles[add(words[i])] = roles[add(words[i])] " | " role[$1]
    next
}

{
    meant[subjects] = $1
    for (i = 1; i <= n; i++)
        if (words[i] !~ /{/)
            take(words[i])
    subjects++
}

END {
    if (failed)
        exit 1
    print "/* Made from config/subjects.tsv by config/subjects.awk. */\n"
    printf "enum { TERM_WORDS_MAX = %d, SUBJECT_COUNT = %d };\n\n", most, subjects
    print "static const char *const meant[SUBJECT_COUNT] = {"
    for (i = 0; i < subjects; i++)
        printf "    \"%s\",\n", meant[i]
    print "};\n\nstatic const struct link links[] = {"
    for (i = 0; i < count; i++) {
        from[i] = links
        n = split(of[text[i]], parts, " ")
        for (j = 1; j <= n; j++) {
            printf "    {%d, %d},\n", parts[j], weights[text[i], parts[j]]
            links++
        }
    }
    print "};\n\nstatic const struct term terms[] = {"
    for (i = 0; i < count; i++) {
        printf "    {\"%s\", %d, 0%s, %d, %d},\n", text[i], length(text[i]), roles[text[i]], from[i],
            (i + 1 < count ? from[i + 1] : links) - from[i]
        hashes[i] = hash_text(text[i])
    }
    print "};\n"
    print_slots("term_slots", slots_for(count), hashes, count)
    for (i = 0; i < count; i++) {
        n = split(text[i], parts, " ")
        if (roles[text[i]] ~ /ASKS/)
            asking[asks++] = hash_text(parts[1])
        if (roles[text[i]] ~ /ASKS_BEHIND/)
            behind[behinds++] = hash_text(parts[1])
        if (n > 1 && of[text[i]] != "")
            several[severals++] = hash_text(parts[1])
    }
    print "/* Of the words in front of terms that ask, of those that do behind other words, and of those of several words that are of a subject. */"
    print_among("asking_words", asking, asks)
    print_among("behind_words", behind, behinds)
    print_among("first_words", several, severals)
}
