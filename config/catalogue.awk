# Makes core/lift's tables: gawk -f catalogue.awk exercises.tsv exercises.de.tsv > catalogue_data.h
# A row that is wrong gets a line on standard error and exit status 1.
#
# Every spelling of a word ("form") becomes the numbers of the words that it stands for; every name becomes its set of
# words, sorted ("key"). Both stand in hash tables: hash_words() is the same function as in core/lift/catalogue.c.

@include "config/hash.awk"

BEGIN {
    FS = "\t"
    list("chest upper-back lats traps front-delts side-delts rear-delts biceps triceps forearms quads hamstrings " \
         "glutes adductors calves abs lower-back", muscle)
    list("barbell dumbbell machine cable bodyweight kettlebell band other", equipment)
    list("safe allowed caution trap avoid", effort)
    list("compound lower timed bodyweight each olympic unloaded", flag)
    rows = words = given = form_count = 0 # numbers from here on
}

function list(text, into,    parts, n, i) {
    n = split(text, parts, " ")
    for (i = 1; i <= n; i++)
        into[parts[i]] = i - 1
}

# WHERE: a row of this file, or a file's name with it.
function wrong(where, what) {
    printf "%s: %s\n", where ~ /:/ ? where : FILENAME ":" where, what > "/dev/stderr"
    failed = 1
}

# TEXT as text_fold() leaves it, or with umlauts as they are written where there are none.
function plain(text, ae) {
    gsub(/ä|Ä/, ae ? "ae" : "a", text)
    gsub(/ö|Ö/, ae ? "oe" : "o", text)
    gsub(/ü|Ü/, ae ? "ue" : "u", text)
    gsub(/ß/, "ss", text)
    return tolower(text)
}

function hash_words(key,    parts, n, h, i) {
    n = split(key, parts, " ")
    h = 17
    for (i = 1; i <= n; i++)
        h = (h * 1009 + parts[i]) % 4294967296
    return h
}

/^#/ || /^$/ { next }

$1 == "word" {
    if (NF != 3 || plain($2) !~ /^[a-z0-9 ]+$/ || $3 !~ /^(-|[a-z0-9 ]+)$/) {
        wrong(FNR, "a word row is: word, spellings, words")
        next
    }
    n = split(plain($2, 1) != plain($2) ? plain($2) " " plain_others($2) : plain($2), spellings, " ")
    for (i = 1; i <= n; i++) {
        if (spellings[i] in stands_for)
            wrong(FNR, "\"" spellings[i] "\" has a row already")
        stands_for[spellings[i]] = $3 == "-" ? "" : $3
    }
    next
}

$1 == "german" {
    if (NF != 4 || plain($3) !~ /^[a-z' -]+$/ || plain($4) !~ /^(-|[a-z0-9 ]+(; [a-z0-9 ]+)*)$/)
        wrong(FNR, "a german row is: german, id, name, aliases")
    else if (!($2 in row_of))
        wrong(FNR, "there is no exercise " $2)
    else if (row_of[$2] in german)
        wrong(FNR, $2 " has a German name already")
    else {
        german[row_of[$2]] = $3
        german_aliases[row_of[$2]] = $4
        german_line[row_of[$2]] = FILENAME ":" FNR
    }
    next
}

NF != 8 { wrong(FNR, "eight fields separated by tabs are expected, not " NF); next }

{
    if ($1 !~ /^[a-z]+(-[a-z]+)*$/ || length($1) > 47)
        wrong(FNR, "\"" $1 "\" is no id")
    if ($1 in row_of)
        wrong(FNR, "id " $1 " stands in " line[row_of[$1]] " already")
    if ($2 !~ /^[A-Z][A-Za-z' -]+$/)
        wrong(FNR, "\"" $2 "\" is no name")
    if (!($5 in equipment))
        wrong(FNR, "unknown equipment " $5)
    if (!($6 in effort))
        wrong(FNR, "unknown effort class " $6)
    r = rows++
    row_of[$1] = r
    line[r] = FILENAME ":" FNR
    id[r] = $1; name[r] = $2; primary[r] = bits($3, muscle, "muscle"); secondary[r] = bits($4, muscle, "muscle")
    gear[r] = $5; class[r] = $6; flags[r] = bits($7, flag, "flag"); aliases[r] = $8
    if (primary[r] == 0)
        wrong(FNR, "a primary muscle is missing")
    if (and(primary[r], secondary[r]) != 0)
        wrong(FNR, "a muscle is both primary and secondary")
    if ($8 !~ /^(-|[a-z0-9 ]+(; [a-z0-9 ]+)*)$/)
        wrong(FNR, "aliases are small letters and digits, separated by \"; \"")
}

function bits(text, names, what,    parts, n, i, sum) {
    if (text == "-")
        return 0
    n = split(text, parts, ",")
    for (i = 1; i <= n; i++) {
        if (!(parts[i] in names))
            wrong(FNR, "unknown " what " " parts[i])
        sum = or(sum, lshift(1, names[parts[i]]))
    }
    return sum
}

# Those of the words of TEXT that umlauts give a second spelling.
function plain_others(text,    parts, n, i, out) {
    n = split(text, parts, " ")
    for (i = 1; i <= n; i++)
        if (plain(parts[i], 1) != plain(parts[i]))
            out = out (out == "" ? "" : " ") plain(parts[i], 1)
    return out
}

function singular(word) {
    if (length(word) < 3 || word !~ /s$/ || word ~ /(ss|us|is)$/)
        return word
    if (word ~ /(ch|sh|ss|x)es$/)
        return substr(word, 1, length(word) - 2)
    if (word ~ /ies$/)
        return substr(word, 1, length(word) - 3) "y"
    return substr(word, 1, length(word) - 1)
}

function plural(word) {
    if (word ~ /(ch|sh|s|x)$/)
        return word "es"
    if (word ~ /[^aeiou]y$/)
        return substr(word, 1, length(word) - 1) "ies"
    return word "s"
}

# The words that SPELLING stands for, as numbers; each new word gets one, and its forms are remembered.
function words_of(spelling, depth,    parts, n, i, out, one) {
    if (depth > 4) {
        wrong(0, "\"" spelling "\" stands for itself")
        return ""
    }
    if (spelling in stands_for) {
        n = split(stands_for[spelling], parts, " ")
        for (i = 1; i <= n; i++) {
            one = parts[i] == spelling ? number_of(spelling) : words_of(parts[i], depth + 1)
            out = out (out == "" || one == "" ? "" : " ") one
        }
        forms[spelling] = out
        return out
    }
    one = singular(spelling)
    if (one in stands_for)
        return words_of(one, depth + 1)
    out = number_of(one)
    forms[one] = out
    if (length(one) > 1 && !(plural(one) in stands_for))
        forms[plural(one)] = out
    if (one ~ /[^aeiou]y$/) # "butterflys"
        forms[one "s"] = out
    return out
}

function number_of(word) {
    if (!(word in number)) {
        number[word] = words
        word_at[words++] = word
    }
    return number[word]
}

# KEY with the words of MORE: each once, sorted.
function add_words(key, more,    parts, n, i, j, held, out) {
    n = split(key " " more, parts, " ")
    for (i = 2; i <= n; i++) {
        held = parts[i]
        for (j = i - 1; j >= 1 && parts[j] + 0 > held + 0; j--)
            parts[j + 1] = parts[j]
        parts[j + 1] = held
    }
    for (i = 1; i <= n; i++)
        if (i == 1 || parts[i] != parts[i - 1])
            out = out (out == "" ? "" : " ") parts[i]
    return out
}

function without(key, word,    out) {
    out = " " key " "
    sub(" " word " ", " ", out)
    gsub(/^ +| +$/, "", out)
    return out
}

function has(key, word) {
    return index(" " key " ", " " word " ") != 0
}

function key_of(text,    parts, n, i, key) {
    gsub(/'/, "", text)
    n = split(tolower(text), parts, /[^a-z0-9]+/)
    for (i = 1; i <= n; i++)
        if (parts[i] != "")
            key = add_words(key, words_of(parts[i], 0))
    if (split(key, parts, " ") > 8)
        wrong(0, "\"" text "\" has more than eight words")
    return key
}

# A name that the row gives itself, in line WHERE.
function add_name(r, text, is_alias, where,    key) {
    key = key_of(text)
    if (key == "") {
        wrong(where, "\"" text "\" has no word that tells it from others")
    } else if (!(key in owner)) {
        owner[key] = r
        key_at[given++] = key
    } else if (owner[key] != r || is_alias) {
        wrong(where, "\"" text "\" is a name of " id[owner[key]] " already")
    }
}

# A name that follows from another: given names win over it, and two exercises that it fits lose it both.
function follow(r, key) {
    if (key in owner && owner[key] < 0 || key in owner && owner[key] == r)
        return
    if (!(key in owner)) {
        owner[key] = r
        key_at[keys++] = key
        followed[key] = 1
    } else if (key in followed) {
        owner[key] = -1
    }
}

function follow_all(r, key,    gear_words) {
    gear_words = gear[r] == "other" ? "" : words_of(gear[r], 0)
    follow(r, add_words(key, gear_words))
    if (gear[r] ~ /^(barbell|cable|bodyweight)$/) # "bankdrücken mit stange", "klimmzüge an der stange"
        follow(r, add_words(key, number_of("stange")))
    if (has(key, number_of("bench")) && has(key, number_of("press")) && split(key, scratch, " ") > 2) {
        follow(r, without(key, number_of("press")))
        follow(r, add_words(without(key, number_of("press")), gear_words))
    }
    if (and(primary[r], lshift(1, muscle["biceps"])) && has(key, number_of("curl"))) {
        follow(r, add_words(key, number_of("bi")))
        follow(r, add_words(key, number_of("bi") " " gear_words))
    }
    if (and(primary[r], lshift(1, muscle["triceps"])) && !and(flags[r], lshift(1, flag["compound"]))) {
        follow(r, add_words(key, number_of("tri")))
        follow(r, add_words(key, number_of("tri") " " gear_words))
    }
    if (and(flags[r], lshift(1, flag["each"])))
        follow(r, add_words(key, key_of(and(flags[r], lshift(1, flag["lower"])) ? "single leg" : "single arm")))
    if (and(flags[r], lshift(1, flag["bodyweight"]))) {
        follow(r, add_words(key, number_of("weighted")))
        follow(r, add_words(key, number_of("assisted")))
    }
}

# What is done with other equipment as well has all its names with that: "überkopf trizeps kh", "front squats smith".
function follow_variants(r, key,    n, i, kinds, variant) {
    n = split("barbell dumbbell machine cable bodyweight kettlebell band smith-machine", kinds, " ")
    for (i = 1; i <= n; i++) {
        variant = kinds[i] "-" id[r]
        if (variant in row_of)
            follow(row_of[variant], add_words(key, key_of(kinds[i])))
    }
}

# Umlauts in names are found in both spellings.
function add_german(r,    n, i, parts) {
    add_name(r, plain(german[r]), 0, german_line[r])
    add_name(r, plain(german[r], 1), 0, german_line[r])
    n = german_aliases[r] == "-" ? 0 : split(german_aliases[r], parts, "; ")
    for (i = 1; i <= n; i++) {
        add_name(r, plain(parts[i]), 1, german_line[r])
        add_name(r, plain(parts[i], 1), 0, german_line[r])
    }
}

function read_names(    r, i, n, parts) {
    for (r = 0; r < rows; r++)
        add_name(r, id[r], 0, line[r])
    for (r = 0; r < rows; r++) {
        add_name(r, name[r], 0, line[r])
        n = aliases[r] == "-" ? 0 : split(aliases[r], parts, "; ")
        for (i = 1; i <= n; i++)
            add_name(r, parts[i], 1, line[r])
    }
    for (r = 0; r < rows; r++)
        if (r in german)
            add_german(r)
    for (spelling in stands_for)
        words_of(spelling, 0)
    words_of("weighted", 0)
    words_of("assisted", 0)
    for (i = 0; i < given; i++)
        weigh(key_at[i])
    keys = given
    for (i = 0; i < given; i++)
        follow_all(owner[key_at[i]], key_at[i])
    for (i = 0; i < given; i++)
        follow_variants(owner[key_at[i]], key_at[i])
    # "legpress", "hipthrust": ids of two or three words in one.
    for (r = 0; r < rows; r++) {
        joined = id[r]
        if (gsub(/-/, "", joined) <= 2 && length(joined) <= 18 && !(joined in forms))
            forms[joined] = key_of(id[r])
    }
}

function weigh(key,    parts, n, i) {
    n = split(key, parts, " ")
    for (i = 1; i <= n; i++)
        uses[parts[i]]++
}

function print_exercises(    r, i, f, text) {
    print "static const struct exercise exercises[] = {"
    for (r = 0; r < rows; r++) {
        text = ""
        for (f in flag)
            if (and(flags[r], lshift(1, flag[f])))
                text = text ", ." (f == "lower" ? "lower_body" : f == "each" ? "each_side" : f) " = true"
        if (r in german)
            text = text ", .german = \"" german[r] "\""
        printf "    {.id = \"%s\", .name = \"%s\", .primary = 0x%x, .secondary = 0x%x, .equipment = EQUIPMENT_%s, " \
               ".effort = EFFORT_%s%s},\n", id[r], name[r], primary[r], secondary[r], toupper(gear[r]),
               toupper(class[r]), text
        hashes[r] = hash_text(id[r])
    }
    print "};\n"
    print_slots("id_slots", slots_for(rows), hashes, rows)
}

function print_forms(    spelling, n, parts, i, letters, bit, hashes, seen) {
    PROCINFO["sorted_in"] = "@ind_str_asc"
    print "static const struct word_form forms[] = {"
    for (spelling in forms) {
        n = split(forms[spelling], parts, " ")
        if (n > 6 || length(spelling) > 31)
            wrong(0, "\"" spelling "\" is too long")
        letters = 0
        for (i = 1; i <= length(spelling); i++) {
            bit = index("abcdefghijklmnopqrstuvwxyz", substr(spelling, i, 1))
            letters = or(letters, lshift(1, bit))
        }
        printf "    {\"%s\", %d, %d, {%s}, 0x%x},\n", spelling, length(spelling), n,
               n == 0 ? "0" : gensub(/ /, ", ", "g", forms[spelling]), letters
        bit = index("abcdefghijklmnopqrstuvwxyz", substr(spelling, 1, 1))
        seen[bit]++
        hashes[form_count++] = hash_text(spelling)
    }
    print "};\n"
    print_slots("form_slots", slots_for(form_count), hashes, form_count)
    printf "static const uint16_t form_starts[28] = {"
    n = 0
    for (i = 0; i <= 26; i++) {
        printf "%d, ", n
        n += seen[i]
    }
    printf "%d};\n\n", n
}

function total_weight(key,    parts, n, i, sum) {
    n = split(key, parts, " ")
    for (i = 1; i <= n; i++)
        sum += weight(uses[parts[i]] + 0)
    return sum
}

function print_keys(    i, k, n, parts, hashes, first, live) {
    print "static const struct name_key keys[] = {"
    for (i = 0; i < keys; i++) {
        k = key_at[i]
        if (owner[k] < 0)
            continue
        n = split(k, parts, " ")
        printf "    {%d, %d, %d, %d},\n", first, n, total_weight(k), owner[k]
        first += n
        hashes[live++] = hash_words(k)
    }
    print "};\n"
    print "static const uint16_t key_words[] = {"
    for (i = 0; i < keys; i++)
        if (owner[key_at[i]] >= 0)
            printf "    %s,\n", gensub(/ /, ", ", "g", key_at[i])
    print "};\n"
    print_slots("key_slots", slots_for(live), hashes, live)
    printf "enum { GIVEN_KEYS = %d };\n\n", given
    # A rare word tells more than a frequent one: 8 once, 4 from some sixteen names on.
    printf "static const uint8_t word_weights[] = {"
    for (i = 0; i < words; i++)
        printf "%s%d,", i % 24 == 0 ? "\n    " : " ", weight(uses[i] + 0)
    print "\n};"
}

function weight(count,    w) {
    w = 8
    while (count > 1 && w > 4) {
        count /= 2
        w--
    }
    return w
}

END {
    read_names()
    if (failed)
        exit 1
    print "/* Made from config/exercises.tsv and exercises.de.tsv by config/catalogue.awk. */\n"
    print_exercises()
    print_forms()
    print_keys()
    if (failed)
        exit 1
}
