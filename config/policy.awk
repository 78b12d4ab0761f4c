# Makes core/effort's compiled-in policy of config/effort.policy: gawk -f policy.awk effort.policy > policy_data.h
# core/effort/policy_read.c reads the same rows, and a test holds both against each other; what is wrong with a row is
# said here only as far as C would not notice.

@include "config/row.awk"

BEGIN {
    words("goal hypertrophy strength fitness", word)
    words("phase normal deload low-volume isolation failure-block", word)
    words("level beginner intermediate advanced unknown", word)
    words("class safe allowed caution trap avoid", word)
    words("position early last", word)
    words("gate closed open", word)
    words("kind isolation compound", word)
    words("hardness easy hard", word)
    words("truth no yes", word)
    effort = reps = rest = ""
    efforts = repss = rests = 0
}

function words(text, into,    parts, n, i) {
    n = split(text, parts, " ")
    for (i = 2; i <= n; i++)
        into[parts[1], parts[i]] = i - 2
}

function number_of(kind, text) {
    if (text == "*")
        return "POLICY_ANY"
    if (!((kind, text) in word))
        wrong("unknown " kind " " text)
    return word[kind, text]
}

function range_of(text,    ends) {
    if (split(text, ends, "-") != 2)
        wrong("no range: " text)
    return ends[1] ", " ends[2]
}

# The rules among the fields from FIRST on; or, with CITED, those in parentheses.
function rules_of(first, cited,    i, rule, out) {
    for (i = first; i <= NF; i++) {
        rule = $i
        gsub(/[()]/, "", rule)
        if (rule ~ /^[RD][0-9]+$/ && ($i ~ /^[(]/) == (cited == "cited"))
            out = out (out == "" ? "" : ", ") "\"" rule "\""
        else if ($i !~ /^(science-[1-8]|contract|convention|[(]?[RD][0-9]+[)]?)$/)
            wrong("unknown source " $i)
    }
    return "{" (out == "" ? "NULL" : out) "}"
}

{ sub(/[ \t]*#.*/, "") }
NF == 0 { next }

$1 == "effort" {
    effort = effort "        {" number_of("goal", $2) ", " number_of("phase", $3) ", " number_of("level", $4) ", " \
        number_of("class", $5) ", " number_of("position", $6) ", " number_of("gate", $7) ", " $8 ", " \
        range_of($9) ", " range_of($10) ", " rules_of(11) ", " rules_of(11, "cited") "},\n"
    efforts++
    next
}
$1 == "phase" {
    phases = phases "        [" number_of("phase", $2) "] = {" $3 ", " number_of("truth", $4) ", " \
        number_of("truth", $5) ", " rules_of(6) "},\n"
    next
}
$1 == "reps" {
    reps = reps "        {" number_of("goal", $2) ", " number_of("class", $3) ", " range_of($4) ", " rules_of(5) "},\n"
    repss++
    next
}
$1 == "rest" {
    rest = rest "        {" number_of("kind", $2) ", " number_of("hardness", $3) ", " range_of($4) ", " \
        rules_of(5) "},\n"
    rests++
    next
}
NF < 4 || $1 !~ /^[a-z]+\.[a-z_0-9]+$/ || split($3, ends, /\.\./) != 2 { wrong("a row is: KEY VALUE FROM..TO SOURCES"); next }
{
    values = values "    ." $1 " = " $2 ",\n"
    keys = keys "    POLICY_KEY(" $1 ", " ends[1] ", " ends[2] ", " rules_of(4) "),\n"
}

END {
    if (failed)
        exit 1
    print "/* Made of config/effort.policy by config/policy.awk. */"
    print "const struct policy policy_default = {"
    printf "    .effort = {\n%s    },\n    .effort_count = %d,\n", effort, efforts
    printf "    .phase = {\n%s    },\n", phases
    printf "    .reps = {\n%s    },\n    .reps_count = %d,\n", reps, repss
    printf "    .rest_rows = {\n%s    },\n    .rest_count = %d,\n", rest, rests
    printf "%s};\n\n", values
    printf "static const struct policy_key policy_keys[] = {\n%s};\n", keys
}
