"""The skeleton of a new requirement in the places where it lives: catalogue entry, check, fault (`make requirement ID=FC-P-44`).

In: an id.  Out: three files, longer by a skeleton each; what is still to be said stands there as TODO, and tests stay red until it is.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHAPE = re.compile(r"(?P<theme>[A-Z]{2})-(?P<role>[PCS])-\d\d")

ENTRY = """
  - id: {id}
    level: must
    force: TODO
    clause: [TODO]
    title:
      zh: "TODO"
      en: "TODO: one claim, a sentence."
    rationale:
      zh: "TODO"
      en: "TODO: what goes wrong where it does not hold."
    remedy:
      zh: "TODO"
      en: "TODO: what an engineer should do."
    method: observed
"""
CHECK = '''

@check("{id}", needs={{TODO}}, least=1)
def test_todo(evidence, expect, rule):
    for act in evidence.each(TODO):
        expect(evidence.answer(act)).is_accepted()
'''
FAULT = '''

@fault("todo-{name}", breaks="{id}", title=("TODO", "TODO: what the system does wrong"), question=TODO)
def todo_{function}(honest, q):
    """TODO, written from the requirement's text before anybody looks at the check."""
    return honest(q)
'''


def main(id: str) -> str:
    """Writes the skeleton; gives what to do next.  Raises SystemExit with a sentence where the id is none, or taken."""
    shape = SHAPE.fullmatch(id)
    if shape is None:
        raise SystemExit(f"'{id}' is no id: make requirement ID=FC-P-44 (theme, role, two digits)")
    theme = shape["theme"]
    places = {
        ROOT / f"specs/requirements/{theme}.yaml": ENTRY.format(id=id),
        ROOT / f"conformance/checks/test_{theme.lower()}.py": CHECK.format(id=id),
        ROOT / f"conformance/mock/faults/{theme.lower()}.py": FAULT.format(id=id, name=id.lower(), function=id.lower().replace("-", "_")),
    }
    for path in places:
        if not path.exists():
            raise SystemExit(f"there is no theme {theme}: {path.relative_to(ROOT)} does not exist")
        if id in path.read_text("utf-8"):
            raise SystemExit(f"{id} is taken: see {path.relative_to(ROOT)}; ids are never used again")
    for path, text in places.items():
        path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + text, "utf-8")
    return "\n".join((
        "written:", *(f"  {path.relative_to(ROOT)}" for path in places),
        "then: fill in every TODO (the fault before the check), make test, hulian prove --only " + id,
    ))


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1] if len(sys.argv) > 1 else "") + "\n")
