#!/bin/sh
# Everything that is promised of completion ports, measured in one run, into one file: echo servers, system calls, wine,
# idle memory, accepting, two threads, flatness; at the end each goal, met or not.
# usage: all.sh FILE [SECONDS [ROUNDS]]   some 10 minutes with 0.3 seconds and 9 rounds; on a machine that does nothing else
set -eu
file=$(realpath "$1") seconds=${2:-0.3} rounds=${3:-9}
cd "$(dirname "$0")"
for part in run accept threads flat; do
    printf '\n######## %s.sh\n' $part
    ./$part.sh "$seconds" "$rounds" 2>&1
done | tee "$file"
printf '\n######## goals\n' | tee -a "$file"
python3 goals.py "$file" | tee -a "$file"
