#!/bin/sh
# Prints the name of a Python that is new enough for cubaru: the one that is asked for, else the newest found.
# Plain sh, for it runs before there is any Python to rely on.

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
has_venv='import ensurepip, venv'

complain() {
    echo "cubaru: $1" >&2
    exit 1
}

version() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

if [ -n "$1" ]; then
    [ -n "$(version "$1")" ] || complain "PYTHON=$1 does not run: name a Python 3.11 or newer that is installed."
    "$1" -c "$new_enough" ||
        complain "PYTHON=$1 is Python $(version "$1"), but 3.11 or newer is needed: name a newer one, or none."
    candidates=$1
else
    candidates='python3.14 python3.13 python3.12 python3.11 python3 python'
fi

found=
for python in $candidates; do
    [ -n "$(version "$python")" ] || continue
    "$python" -c "$new_enough" || { too_old=${too_old:-$python}; continue; }
    found=${found:-$python}
    "$python" -c "$has_venv" 2>/dev/null && echo "$python" && exit 0
done

[ -z "$found" ] ||
    complain "$found has no venv module: install it (on Debian and Ubuntu: apt install $found-venv) and try again."
[ -z "$too_old" ] ||
    complain "Python 3.11 or newer is needed, but $too_old is $(version "$too_old"): install a newer one, then name it: make run PYTHON=python3.12"
complain "Python 3.11 or newer is needed and none was found: install one, then name it: make run PYTHON=python3.12"
