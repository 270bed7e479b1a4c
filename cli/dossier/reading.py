"""The page to read in a dossier: what is in it, and how to check it."""

from __future__ import annotations

from jinja2 import Environment

from cli.dossier.proving import Proven
from events.stored import Stored

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{{ supplier.name }}: events with proofs</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.4rem;border-top:1px solid #ddd}
pre{white-space:pre-wrap;word-break:break-all;font-size:12px;margin:0}
</style>
<h1>{{ supplier.name }}</h1>
<p>{{ events | length }} events about supplier {{ supplier.id }}, as they are stored{% if as_of %}: only what
counted as of {{ as_of }}{% endif %}. What persons are called is sealed
(<code>$sealed</code>): it is ciphertext here as it is in the log.</p>
<p>This page proves nothing. To check the events offline, with Python 3.9 or newer and the package
<code>cryptography</code>:</p>
<pre>python verify_dossier.py THIS_FILE.zip --key KEY --print</pre>
<p>KEY is the public key of the log. Do not take it from <code>key.pub</code> here without comparing it with the one you
were given by another way. Take the script from a source of your own if you do not trust ours; it is short, read it.
<code>--head</code> with an older head that you kept shows that the log was not rewritten since.</p>
<p>The proofs show that each of these events is in the log, unchanged and at its position. They do not show that these
are all events about the supplier.</p>
<pre>{{ note }}</pre>
<table><tr><th>Position<th>Recorded (UTC)<th>What<th>Record and version<th>As stored
{% for event in events %}
<tr><td>{{ event.position }}<td>{{ event.recorded_at.strftime("%Y-%m-%d %H:%M:%S") }}<td>{{ event.topic }}
<td>{{ event.originator_id }} {{ event.originator_version }}<td><pre>{{ event.state.decode("utf-8", "replace") }}</pre>
{% endfor %}
</table>
"""


def page(found: Proven, note: str) -> str:
    events: list[Stored] = [leaf.stored for leaf in found.leaves]
    template = Environment(autoescape=True).from_string(PAGE)
    return template.render(supplier=found.supplier, events=events, note=note, as_of=found.as_of)
