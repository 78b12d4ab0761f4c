# Makes build/gen/migrations.h of config/migrations/NNN-name.sql, given in order: index + 1 is the schema's number.

FNR == 1 {
    count++
    number = FILENAME
    sub(/.*\//, "", number)
    if (number !~ /^[0-9][0-9][0-9]-[a-z0-9-]+\.sql$/ || substr(number, 1, 3) + 0 != count) {
        print FILENAME ": expected migration number " count > "/dev/stderr"
        failed = 1
        exit 1
    }
    text[count] = "    /* " number " */\n"
}
{
    sub(/--.*/, "") # no string in a migration holds two dashes
    sub(/[ \t]+$/, "")
    gsub(/\\/, "\\\\")
    gsub(/"/, "\\\"")
    if ($0 != "")
        text[count] = text[count] "    \"" $0 "\\n\"\n"
}
END {
    if (failed)
        exit 1
    print "/* Made by config/migrations.awk. */"
    print "#pragma GCC diagnostic ignored \"-Woverlength-strings\""
    print "static const char *const migrations[] = {"
    for (i = 1; i <= count; i++)
        print "    (\n" text[i] "    )," # clang takes two lines without the parentheses for two texts
    print "};"
}
