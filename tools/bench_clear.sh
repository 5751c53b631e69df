#!/usr/bin/env bash
# Holds `strikeoff clear` on files against its limits of time and memory: ITEMS items, ITEMS x BIDS
# bids that tie or nearly tie. Exits 1 when a limit is exceeded.
set -euo pipefail
export LC_ALL=C

items=${ITEMS:-50000}
bids=${BIDS:-200}
bidders=${BIDDERS:-5000}
seconds_max=15
mib_max=2048
directory=build/bench/clear-$items-$bids
mkdir -p "$directory"

# The files are made once; nothing in them is random, so that runs compare.
if [[ ! -f $directory/done ]]; then
    awk -v items="$items" -v bids="$bids" -v bidders="$bidders" -v out="$directory" 'BEGIN {
        id = "00000000-0000-7000-8%03x-%012x"
        print "adv_no,certificate_id,face" > (out "/items.csv")
        for (i = 1; i <= items; ++i)
            printf "%d," id ",%d.50\n", i, 0, i, 500 + i * 7919 % 9000 > (out "/items.csv")
        print "bidder,bidder_ref,budget,weight" > (out "/bidders.csv")
        for (b = 0; b < bidders; ++b)
            printf "bidder-%d,%032x,%d.00,%d\n", b, b, 1000000 + b * 1000, b % 50 ? 1 : 200 \
                > (out "/bidders.csv")
        print "bid_id,certificate_id,bidder,rate,seq" > (out "/bids.csv")
        for (i = 1; i <= items; ++i)
            for (b = 0; b < bids; ++b)
                printf id "," id ",bidder-%d,0.%s,%d\n", 1, ++seq, 0, i, (i + b * 24) % bidders,
                    (i + b) % 3 ? "25" : "50", seq > (out "/bids.csv")
    }'
    touch "$directory/done"
fi

echo "strikeoff clear: $items items, $((items * bids)) bids, files in the page cache"
cat "$directory"/*.csv >/dev/null
key=$(printf '5a%.0s' {1..32})
begin=$EPOCHREALTIME
build/release/strikeoff clear --items "$directory/items.csv" --bids "$directory/bids.csv" \
    --bidders "$directory/bidders.csv" --draw-key "$key" >"$directory/awards.csv" &
process=$!
kib=0
# The most that the process ever held, as the kernel counts it; the last look is a moment before
# its end.
while peak=$(awk '/^VmHWM:/ { print $2 }' "/proc/$process/status" 2>/dev/null) && [[ -n $peak ]]; do
    kib=$peak
    sleep 0.02
done
wait "$process"
end=$EPOCHREALTIME
sha256sum "$directory/awards.csv"
awk -v micros=$((${end/./} - ${begin/./})) -v kib="$kib" -v s="$seconds_max" -v m="$mib_max" 'BEGIN {
    seconds = micros / 1e6
    mib = kib / 1024
    good = seconds <= s && mib <= m
    printf "%.1f s of %d s, %d MiB of %d MiB: %s\n", seconds, s, mib, m, good ? "within" : "EXCEEDED"
    exit !good
}'
