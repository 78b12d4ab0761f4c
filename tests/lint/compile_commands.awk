# Reads file names; writes compile_commands.json for clang-tidy and editors. -v dir=… -v command='cc -std=c17 …'
BEGIN { gsub(/["\\\\]/, "\\\\&", command); print "[" }
{ printf "%s{\"directory\": \"%s\", \"file\": \"%s\", \"command\": \"%s -c %s\"}\n", (NR > 1 ? "," : ""), dir, $0, command, $0 }
END { print "]" }
