# shellcheck shell=bash
# What the scripts share: how they speak, and the root of the checkout. Sourced, not run.

# shellcheck disable=SC2034  # Used by those who source this.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
speaker=$(basename "$0")
step_now=0
step_count=0

# steps N: how many times step() will be called.
steps() { step_count=$1; }

# step TEXT: says what comes next and how far the script is.
step() {
    step_now=$((step_now + 1))
    printf '%s [%d/%d] %s\n' "$speaker" "$step_now" "$step_count" "$*" >&2
}

note() { printf '%s: %s\n' "$speaker" "$*" >&2; }

fail() {
    printf '%s: %s\n' "$speaker" "$*" >&2
    exit 1
}

# usage: prints the comment at the top of the script.
usage() { awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$0"; }

# free_port: a TCP port of 127.0.0.1 that nothing listens on.
free_port() {
    /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
