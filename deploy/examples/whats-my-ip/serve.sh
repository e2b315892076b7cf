#!/bin/sh
# httpd as the first process of its namespace would ignore SIGTERM, so this waits in its place.
trap 'exit 0' TERM INT
httpd -f -p 80 -h /www &
wait $!
