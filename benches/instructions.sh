#!/bin/sh
# Instructions a byte, by callgrind: the figure that does not wobble.
#
#   benches/instructions.sh [FILE]        the source notice where none is given
#
# Each job runs once and eleven times; the difference, over ten and the length of the file, leaves
# start-up and tables out. `cmark` is pulldown-cmark's pass over its events, the yardstick.
set -eu
cd "$(dirname "$0")/.."
file=${1:-fixtures/jiangxi-2018.txt}
binary=$(cargo bench --bench instructions --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"executable":"\([^"]*instructions-[^"]*\)".*/\1/p' | tail -n 1)
bytes=$(wc -c <"$file")

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" "$2" "$file" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

printf '%-8s %14s %12s\n' job instructions 'per byte'
for job in cmark decode plain parse json gb18030; do
    once=$(count "$job" 1)
    more=$(count "$job" 11)
    each=$(((more - once) / 10))
    printf '%-8s %14d %12s\n' "$job" "$each" "$(awk "BEGIN { printf \"%.1f\", $each / $bytes }")"
done
