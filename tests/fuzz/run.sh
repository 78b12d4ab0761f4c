#!/bin/sh
# run.sh FOLDER NAME SECONDS [OPTION...]: runs a fuzzer of that build from its seeds; new inputs go to FOLDER/corpus, never back into the tree.
set -eu
folder=$1 name=$2 seconds=$3
shift 3
seeds=tests/fuzz/corpus/$name
found=$folder/corpus/$name
mkdir -p "$found" "$seeds"
dictionary=
[ -f "tests/fuzz/$name.dict" ] && dictionary=-dict=tests/fuzz/$name.dict
# shellcheck disable=SC2086
if ! "$folder/fuzz_$name" $dictionary -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
	-artifact_prefix="$folder/crash-$name-" "$@" "$found" "$seeds" >"$folder/$name.log" 2>&1; then
	grep -a -m 1 -A 12 -e ERROR -e 'runtime error' "$folder/$name.log" || tail -40 "$folder/$name.log"
	for crash in "$folder/crash-$name-"*; do echo "$crash:" && base64 "$crash"; done
	echo "fuzz: $name found something: $folder/crash-$name-*"
	exit 1
fi
echo "fuzz: $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$name.log") inputs in $seconds s, nothing found"
