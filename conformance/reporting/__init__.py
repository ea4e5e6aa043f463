"""Reports: one plain dict of the format `hulian.report/1` goes in, text for people comes out.

Nothing here decides anything: verdicts, counts and exit codes stand in the dict.  What the system under test said is shown
through `visible` and escaped; words come from `reports/words/`, pages from `reports/templates/`.
"""
