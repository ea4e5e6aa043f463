"""Wording: what people write into fields of free text, and texts of any length.

In: a mark that makes a text one of its kind.  Out: texts that systems of the trade are known to damage (domain.md §5.1, §5.3), by the
name of what is special about them.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Final

from conformance.records import JSON
from conformance.specification import Shape

TEXTS: Final[Mapping[str, str]] = {
    "plain": "请放门卫，谢谢 {mark}",
    "emoji": "生日快乐🎂🎉 {mark} 放门口就行🙏",
    "emoji-sequence": "给👨‍👩‍👧‍👦的礼物❤️👍🏽🇨🇳 {mark}",
    "quotes": "放\"老王\"超市，'自提' {mark}，说“小李”的 ‘件’",
    "angle-brackets": "<B1层> {mark} <b>勿压</b> a<b>c",
    "ampersand": "A&B座 {mark} &amp; &lt;不转义&gt; &#20320;",
    "backslash": "C:\\new\\test {mark} \\u4f60 \\n",
    "percent": "100%好评 {mark} %E4%BD%A0 %s {{name}} ${{code}}",
    "sql": "Robert'); DROP TABLE consignments;-- {mark}",
    "formula": "=1+1 {mark} @SUM(A1)",
    "newline": "先打电话\n再上楼 {mark}\r\n谢谢",
    "tab": "数量\t2 {mark}\t箱",
    "outer-spaces": "  前后有空格 {mark}  ",
    "double-spaces": "中间  有两个　空格 {mark}",
    "full-width": "ＡＢＣ１２３（备用）！ {mark}",
    "half-width": "ｶﾀｶﾅ ｱｲｳ {mark}",
    "traditional": "請於週末派送，電話聯絡 {mark}",
    "rare-characters": "收件人𠮷田，㛃㛃姐 {mark} 𰒸",
    "compatibility": "不樂\uf967\uf914 {mark} ﬁ ① ㎏ Å",
    "decomposed": "Cafe\u0301 Nguye\u0302\u0303n {mark}",
    "zero-width": "零\u200b宽\u200d字\ufeff符 {mark}",
    "right-to-left": "اتصل قبل التوصيل {mark} שלום",
    "ethnic-script": "ئالدىن تېلېفون قىلىڭ བཀྲ་ཤིས {mark}",
    "null-word": "null {mark} undefined NaN true 0",
    "json": '{{"remarks": "{mark}", "x": [1, 2]}}',
    "url": "https://example.com/?a=1&b={mark}#定位",
    "controls-beyond-c0": "删\x7f除\x85换行\x9f {mark}",
    "private-use": "生僻字\ue81e\uf8ff {mark}",
    "noncharacters": "非\ufdd0字\ufffe符 {mark}\U0001ffff",
    "line-separator": "一行\u2028二行\u2029三行 {mark}",
}
"""Texts by what is special about them; `{mark}` tells two of a kind apart."""

_FILLING: Final = "沿江大道与滨河路交叉口东北角，红色大门进，电梯口右转，"
_LAST: Final = "𠮷"
"""Two units in UTF-16, four bytes in UTF-8: who counts those cuts it."""


def text(kind: str, mark: str) -> str:
    """A text of that kind."""
    return TEXTS[kind].format(mark=mark)


def of_length(length: int, mark: str) -> str:
    """A text of exactly so many characters, most of them Han, the last beyond the basic plane."""
    body = mark + _FILLING * (length // len(_FILLING) + 1)
    return body[: length - 1] + _LAST


def most(shape: Shape | None, place: str) -> int:
    """How many characters the specification allows at a place (JSON pointer) of what a shape describes; 0 where it sets no limit."""
    for step in filter(None, place.split("/")):
        shape = (shape.items if step.isdigit() else shape.child(step)) if shape is not None else None
    return int(shape.schema.get("maxLength", 0)) if shape is not None else 0


def put(entry: Mapping[str, JSON], place: str, value: JSON) -> dict[str, JSON]:
    """A copy of the entry with the value at a place (JSON pointer); objects on the way are made, array items must be there."""
    changed: dict[str, JSON] = copy.deepcopy(dict(entry))
    *path, leaf = place.split("/")[1:]
    inner: JSON = changed
    for step in path:
        inner = inner[int(step)] if step.isdigit() else inner.setdefault(step, {})
    inner[leaf] = value
    return changed
