@echo off
rem Double click: installs job131 from this folder and opens it. With words: the command job131.
chcp 65001 >nul
set PYTHONUTF8=1
py -3.11 --version >nul 2>nul
if not errorlevel 1 (
  py -3.11 "%~dp0start.py" %*
  goto done
)
python --version >nul 2>nul
if not errorlevel 1 (
  python "%~dp0start.py" %*
  goto done
)
echo 没有找到 Python 3.11。请先装 python-3.11 的 64 位安装程序，再双击一次。
echo Python 3.11 was not found. Install the 64 bit Python 3.11 first.
:done
pause
