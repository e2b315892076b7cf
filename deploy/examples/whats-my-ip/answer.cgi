#!/bin/sh
# What busybox httpd runs for GET /.
address=$(ip -4 -o address show dev eth0 | tr -s ' ' | cut -d ' ' -f 4 | cut -d / -f 1)
printf 'Content-Type: text/plain\r\n\r\n%s %s\n' "$address" "$(hostname)"
