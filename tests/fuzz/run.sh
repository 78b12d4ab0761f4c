#!/bin/sh
# run.sh NAME SECONDS: runs a fuzzer from its seeds; new inputs go to build/fuzz/corpus, never back into the tree.
set -eu
name=$1 seconds=$2
seeds=tests/fuzz/corpus/$name
found=build/fuzz/corpus/$name
mkdir -p "$found" "$seeds"
dictionary=
[ -f "tests/fuzz/$name.dict" ] && dictionary=-dict=tests/fuzz/$name.dict
# shellcheck disable=SC2086
if ! "build/fuzz/fuzz_$name" $dictionary -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
	-artifact_prefix="build/fuzz/crash-$name-" "$found" "$seeds" >"build/fuzz/$name.log" 2>&1; then
	tail -40 "build/fuzz/$name.log"
	echo "fuzz: $name found something: build/fuzz/crash-$name-*"
	exit 1
fi
echo "fuzz: $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name.log") inputs in $seconds s, nothing found"
