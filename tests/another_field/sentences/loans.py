"""Loans."""

from conformance.check import check
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.rules import Rule
from tests.another_field.words import LOAN, BookLent


@check("LB-L-01", needs={BookLent, LOAN}, least=2)
def test_a_loan_stands_in_the_list_in_time(evidence: Evidence, expect: Expect, rule: Rule) -> None:
    for lent in evidence.each(BookLent):
        assert lent.to is not None
        expect(evidence.first(LOAN, about=lent.about[0], to=lent.to, since=lent.trade, within=rule.duration("deadline"))).arrives()


@check("LB-L-02", needs={BookLent, LOAN}, least=2)
def test_a_loan_is_listed_under_its_reader(evidence: Evidence, expect: Expect) -> None:
    for lent in evidence.each(BookLent):
        for telling in evidence.told(LOAN, about=lent.about[0], to=lent.to):
            expect(telling["reader"]).equals(lent.data["reader"])
