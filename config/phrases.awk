# Makes bot/chat's compiled-in phrases of config/phrases.tsv: gawk -f phrases.awk phrases.tsv > phrases_data.h
# Words become numbers, so that a text is compared with a way to say something number by number: see bot/chat/phrase.c.

@include "config/hash.awk"
@include "config/row.awk"

BEGIN {
    FS = "\t"
    n = split("{exercise} {amount} {reps} {effort} {rating} {place} {day} {name} {any}", slots, " ")
    for (i = 1; i <= n; i++)
        number[slots[i]] = i
    numbers = slot_count = n
    count = 0
}

# Each way to leave out what may be left out at the front, so that the first word is sure, and what stands for itself.
function add(said, meant,    rest, slot, words, parts, n, i) {
    if (match(said, / \({[a-z]+}\)/)) {
        slot = " " substr(said, RSTART + 2, RLENGTH - 3)
        rest = substr(said, RSTART + RLENGTH)
        said = substr(said, 1, RSTART - 1)
        add(said rest, meant)
        add(said slot rest, meant)
        return
    }
    if (match(said, /^\([^)]*\) ?/)) {
        rest = substr(said, RLENGTH + 1)
        add(substr(said, 2, index(said, ")") - 2) substr(said, index(said, ")") + 1), meant)
        if (rest != "")
            add(rest, meant)
        return
    }
    split(said, words, " ")
    n = split(words[1], parts, "/")
    for (i = 1; i <= n; i++) {
        said_by[count] = parts[i] substr(said, length(words[1]) + 1)
        meant_by[count++] = meant
    }
}

function number_of(word) {
    if (!(word in number)) {
        if (word ~ /[{}]/)
            wrong("\"" word "\" stands for nothing")
        number[word] = ++numbers
    }
    return number[word]
}

# The numbers of SAID, parted by commas.
function numbers_of(said,    words, parts, n, m, i, j, flags, out) {
    n = split(said, words, " ")
    for (i = 1; i <= n; i++) {
        flags = words[i] ~ /^\(/ ? " | OPTIONAL" : ""
        gsub(/[()]/, "", words[i])
        m = split(words[i], parts, "/")
        for (j = 1; j <= m; j++)
            out = out number_of(parts[j]) flags (j < m ? " | OR" : "") ", "
    }
    return out "0"
}

# Those of CODES, as above, of which one is said in any case, between spaces: of as few as there are.
function any_words(codes,    parts, n, i, group, size, least, out) {
    n = split(codes, parts, ", ")
    for (i = 1; i < n; i++) {
        group = group " " parts[i] + 0
        size++
        if (parts[i] ~ /OR$/)
            continue
        if (parts[i] !~ /OPTIONAL/ && parts[i] + 0 > slot_count && (least == 0 || size <= least)) {
            out = substr(group, 2)
            least = size
        }
        group = ""
        size = 0
    }
    return out
}

# The bits of WORDS, numbers between spaces.
function bits_of(words, bit,    parts, n, i, out) {
    n = split(words, parts, " ")
    for (i = 1; i <= n; i++)
        out = out (i > 1 ? " | " : "") bit "(" parts[i] ")"
    return n == 0 ? "UINT64_MAX" : out
}

# The way at PLACE is looked at where a text has one of WORDS; 0 any text.
function index_between(words, place,    parts, n, i) {
    n = split(words == "" ? "0" : words, parts, " ")
    for (i = 1; i <= n; i++)
        between[parts[i]] = between[parts[i]] " " place ","
}

# The bits of those of CODES that are said in any case, and in no other way.
function all_of(codes,    parts, n, i, after, out) {
    n = split(codes, parts, ", ")
    out = "0"
    for (i = 1; i < n; i++) {
        if (parts[i] !~ /OR$/ && parts[i] !~ /OPTIONAL/ && !after && parts[i] + 0 > slot_count)
            out = out " | BIT(" parts[i] + 0 ")"
        after = parts[i] ~ /OR$/
    }
    return out
}

# How many words CODES are at most, where nothing in it may be any number of them; 255: it may.
function most_of(codes,    parts, n, i, most) {
    n = split(codes, parts, ", ")
    for (i = 1; i < n; i++) {
        if (parts[i] + 0 <= slot_count)
            return 255
        most += parts[i] !~ /OR$/
    }
    return most
}

# How many words of CODES are said in any case.
function count_of(codes,    parts, n, i, count) {
    n = split(codes, parts, ", ")
    for (i = 1; i < n; i++)
        count += parts[i] !~ /OR$/ && parts[i] !~ /OPTIONAL/
    return count
}

/^#/ || NF == 0 { next }

NF != 2 { wrong("a row is: what is meant, ways to say it"); next }

$1 == "{place}" || $1 == "{side}" {
    n = split($2, parts, " ")
    for (i = 1; i <= n; i++) {
        number_of(parts[i])
        kind[parts[i]] = $1 == "{side}" ? "SIDE" : "PLACE"
    }
    next
}

$1 == "{unit}" {
    n = split($2, parts, " ")
    for (i = 1; i <= n; i++)
        kind[parts[i]] = "UNIT"
    next
}

$1 == "~" || $1 == ">" {
    n = split($2, parts, / \| /)
    for (i = 1; i <= n; i++)
        loose[parts[i]] = $1
    next
}

$1 == "-" || $1 == "!" || $1 ~ /^=/ {
    n = split($2, parts, " ")
    for (i = 1; i <= n; i++) {
        if (parts[i] in becomes)
            wrong("\"" parts[i] "\" stands in two such rows")
        becomes[parts[i]] = $1
    }
    next
}

{
    n = split($2, parts, / \| /)
    for (i = 1; i <= n; i++) {
        if (parts[i] !~ /^[a-z0-9'(){}\/@ -]+$/)
            wrong("\"" parts[i] "\" is no way to say anything")
        m = split(parts[i], words, /[ ()\/]+/)
        for (j = 1; j <= m; j++)
            if (words[j] in becomes && becomes[words[j]] != "!")
                wrong("\"" words[j] "\" is never seen: row \"" becomes[words[j]] "\"")
        add(parts[i], $1)
    }
}

END {
    for (i = 0; i < count; i++) {
        coded[i] = numbers_of(said_by[i])
        first[i] = coded[i] + 0
    }
    for (word in becomes)
        if (becomes[word] == "!")
            number[word] = (word in number ? number[word] " | " : "") "TELLING"
        else
            number[word] = becomes[word] == "-" ? "DROPPED" : number_of(substr(becomes[word], 2))
    for (word in kind)
        if (!(word in number))
            number[word] = 0
    if (failed)
        exit 1
    print "/* Made from config/phrases.tsv by config/phrases.awk. */\n"
    print "static const struct vocable vocables[] = {"
    n = asorti(number, words)
    for (i = 1; i <= n; i++)
        if (words[i] !~ /^{/) {
            printf "    {\"%s\", %d, %s, %s},\n", words[i], length(words[i]), number[words[i]],
                words[i] in kind ? kind[words[i]] : "0"
            hashes[vocables++] = hash_text(words[i])
        }
    print "};\n"
    print_slots("vocable_slots", slots_for(vocables), hashes, vocables)
    for (i = 0; i < count; i++)
        printf "static const uint16_t way_%d[] = {%s};\n", i, coded[i]
    print "\nstatic const struct way ways[] = {"
    for (id = 1; id <= numbers; id++) {
        from[id] = printed + 0
        for (i = 0; i < count; i++)
            if (first[i] == id) {
                certain = count_of(coded[i])
                if (meant_by[i] in loose && said_by[i] !~ /^{amount}/ && certain >= 2)
                    index_between(any_words(coded[i]), printed + 0)
                printf "    {way_%d, \"%s\", %s, %s, %s, %d, %d, %s},\n", i, meant_by[i], bits_of(any_words(coded[i]), "BIT"),
                    bits_of(any_words(coded[i]), "OTHER_BIT"), all_of(coded[i]), certain, most_of(coded[i]), meant_by[i] in loose && loose[meant_by[i]] == ">" ? "true" : "false"
                printed++
            }
    }
    print "};\n\n/* Those where words may stand between, by a word that they have; and where each word's begin. */"
    print "static const uint16_t between[] = {"
    for (i = 0; i <= numbers; i++) {
        between_from = between_from " " between_count + 0 ","
        if (i in between) {
            print "   " between[i]
            between_count += split(between[i], parts, ",") - 1
        }
    }
    print "};\nstatic const uint16_t between_from[] = {" between_from " " between_count + 0 "};"
    print "\n/* Where the ways begin that have each word in front. */"
    printf "static const uint16_t ways_from[] = {0,"
    for (i = 1; i <= numbers; i++)
        printf "%s%d,", i % 16 == 0 ? "\n    " : " ", from[i]
    print " " printed "};"
}
