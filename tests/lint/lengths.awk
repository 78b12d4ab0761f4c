# Reads pmccabe: modified complexity, complexity, statements, first line, lines, file(line): function.
# Caps of the house: 80 lines and complexity 15 a function; main is excepted.
/^"/ { print; bad = 1; next } # a complaint: what stands there is not looked at
{
    where = $6
    if (where ~ /bot\/main\.c/ && $7 == "main")
        next
    if ($5 > 80) { printf "%s %s: %d lines (80 at most)\n", where, $7, $5; bad = 1 }
    if ($1 > 15) { printf "%s %s: complexity %d (15 at most)\n", where, $7, $1; bad = 1 }
}
END { exit bad }
