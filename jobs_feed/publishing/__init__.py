"""Our postings for others: what is published, in which forms, and how another office reads them back.

In: the store of an office. Out: a JSON feed, pages with schema.org JobPosting, RSS and a spreadsheet, over HTTP or
as a folder of files; `reading.rows_of_feed` turns such a feed into rows again.

A feed is a JSON object:

    {"version": 1, "instance": "name of the office", "generated_at": "2026-06-22T09:00:00+08:00",
     "region": "all", "complete": true, "cursor": "12-…", "next": "address of the next page" or null,
     "postings": [{"ref": "…", "sender": "…", "source_ref": "…", "编号": "…", "岗位名称": "…", …}],
     "withdrawn": ["编号", …]}

- A posting holds every column of the posting template (file formats, section 2) as text, "" where nothing is known.
  `编号` names it among all postings of the office: its own reference, with the sender before it (“sender:ref”) where
  that is not the office itself. Whoever stores the feed under one sender keeps them apart by 编号. `ref`, `sender`
  and `source_ref` are what the office itself calls them; `one_job` is true where nothing is left to be told apart.
  An advert of several jobs is 编号, 编号#2, 编号#3 …
- `withdrawn` names by 编号 what was there before and is no longer; whoever does not know one passes over it.
- `complete` is true on every page of a walk that lists everything: what it does not name is gone. A walk begun with
  `since` lists changes only; where that is not possible (another telephone, pairing or policy) it is complete, too.
- `next` is relative to the address of the page. `cursor` goes into `since` the next time; nothing that changes while
  somebody pages is passed over, but it may come twice.
- Who may be called stands in it only where the employer agreed; otherwise the telephone of the office does, and
  numbers and names in the texts are left out.
"""
