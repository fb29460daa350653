#!/bin/sh
# Installs job131 from this folder and opens it. With words: the command job131.
here=$(cd "$(dirname "$0")" && pwd)
for python in python3.11 python3; do
    if command -v "$python" >/dev/null 2>&1; then
        exec "$python" "$here/start.py" "$@"
    fi
done
echo "没有找到 Python 3.11，请先安装 python3.11 和 python3.11-venv / Python 3.11 was not found" >&2
exit 1
