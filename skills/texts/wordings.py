"""Wordings: other words for what people ask about, as office papers write them.

A question about "holidays" is answered by a sentence on "leave". Written down by hand and short on
purpose: words that mean something else as often are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_GROUPS = """
end terminate termination cancel cancellation notice expire quit resign
renew renewal extend extension prolong
pay payment payable paid transfer due
invoice bill
late overdue delay default arrears
penalty fine sanction surcharge reduced
price cost fee charge tariff
salary wage remuneration
holiday vacation leave
sick ill illness disease absence
doctor medical physician
note certificate
law governed jurisdiction court
secret confidential confidentiality secrecy
liable liability responsible responsibility
remote home telework
weight weigh heavy
size area large
speed fast quick quickly
buy purchase bought
sell sale sold
employee staff personnel
customer client
supplier vendor provider contractor
landlord lessor
tenant lessee renter
lease rent rental tenancy
deposit bond
damage harm
repair fix maintain maintenance
replace exchange change
error fault failure malfunction
reset restore
begin start commence began
allow permit consent approve approval
forbid prohibit ban
refuse reject refusal rejection hire
reason cause because
complain complaint appeal disagree objection
report notify inform
injure hurt wound
insurance insured insurer
child kid
car vehicle
phone telephone mobile
profit earn earnings surplus
revenue turnover
grow growth rise increase raise grew rose
fall fell decrease decline reduce drop sink
expect forecast outlook
limit maximum cap limitation
minimum least
attend present participant
absent excused away
meet meeting assembly
decide decision jury
elect appoint chosen choose
apply application applicant candidate
dispose disposal waste trash garbage
destroy delete erase shred wipe
keep kept store retain retention
annual yearly year
month monthly
week weekly
method model procedure
study trial experiment
born birth
lose lost loss
demand claim
laptop computer device
gift present
deploy release rollout
automatic automatically nobody itself
kosten kostet preis betrag
zahlen bezahlen zahlt bezahlt überweisen
kündigung kündigen kündigungsfrist
beginnt beginn beginnen
groß größe quadratmeter
arbeitet arbeiten arbeitszeit
urlaub ferien urlaubstage
coûte coûter prix tarif
payer paie paiement
durée durer
ouvert ouverte ouverture horaire
pagar pagará paga pago precio
plazo aviso
"""


def group_by_stem(stem: Callable[[str], str]) -> Mapping[str, frozenset[int]]:
    """The groups of each word, by its stem."""
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(_GROUPS.split("\n")):
        for word in line.split():
            key = stem(word)
            found[key] = found.get(key, frozenset()) | {number}
    return found
