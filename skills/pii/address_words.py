"""The words of addresses: streets, flats, states, and what people say around them."""

from __future__ import annotations

from skills.pii.tokens import words

STREETS = frozenset(
    words(
        "street road rd avenue ave av lane ln boulevard blvd crescent cres terrace highway hwy "
        "parkway pkwy mews grove expressway turnpike freeway esplanade wharf quay"
    )
)
# These are more often other words: they count with a capital letter or near talk of an address.
MAYBE_STREETS = frozenset(
    words(
        "st drive dr court ct place pl way close square sq walk row hill park view circle cir "
        "trail gardens garden rise green crossing path point ridge run pass loop bend alley "
        "plaza landing broadway gate yard vale heights hollow meadow meadows bridge cove croft "
        "fields"
    )
)
# Mostly other words: they end a street's name only where a flat, a state or a ZIP code follows. The
# rest of the US Postal Service's list of suffixes (Publication 28, C1).
RARE_STREETS = frozenset(
    words(
        "annex arcade bayou beach bluff bluffs bottom branch brook brooks burg burgs bypass camp "
        "canyon cape causeway center centers cliff cliffs club common commons corner corners "
        "course crest crossroad crossroads curve dale dam divide drives estate estates extension "
        "fall falls ferry field flat flats ford fords forest forge forges fork forks fort glen "
        "glens greens groves harbor harbors haven hills hollows inlet island islands isle "
        "junction junctions key keys knoll knolls lake lakes land light lights loaf lock locks "
        "lodge mall manor manors mill mills mission motorway mount mountain mountains neck "
        "orchard oval overpass parks passage pike pine pines plain plains points port ports "
        "prairie radial ramp ranch rapid rapids rest ridges river roads route shoal shoals shore "
        "shores skyway spring springs spur spurs squares station stravenue stream streets summit "
        "throughway trace track trafficway tunnel underpass union unions valley valleys via "
        "viaduct views village villages ville vista walks wall ways well wells"
    )
)
ALL_STREETS = STREETS | MAYBE_STREETS | RARE_STREETS
FIRST = frozenset(
    words(
        "rue avenue boulevard bd impasse allée allee quai cours calle avenida paseo via viale "
        "corso piazza plaza place rua praça chemin route"
    )
)
# Between the words of a street's name in those languages.
SMALL = frozenset(words("de la le les du des del della dei d l el"))
DIRECTIONS = frozenset(
    words("north south east west northeast northwest southeast southwest n s e w ne nw se sw")
)
UNITS = frozenset(words("apt apartment flat unit suite ste floor fl room building block house"))
NOT_IN_NAMES = frozenset(
    words(
        "of to in on and is are for a an or with minute minutes hour hours mile miles day days "
        "week weeks month months year years people percent dollars pounds euros per from by my "
        "your our this that at then down up across was were have has different other same more "
        "second seconds blocks times cars persons i you we they he she it if about than but so "
        "just only next almost over around between kilometers kilometres meters metres stores "
        "shops houses offices will can please when as through past off crossed before after "
        "until since number these those some any not no long short quick busy parking "
        "working business"
    )
)
# "a two way street", "a four lane road": what stands alone between the number and the street.
SHAPES = frozenset(
    words(
        "way lane lanes car bedroom star storey story foot track person wheel sided point day "
        "hour minute mile dead open toll dirt step half man"
    )
)
# Words that no town's name has, between a street and its postcode.
BETWEEN = frozenset(
    words(
        "the number yes no okay ok thanks thank please says said let look what which its it's "
        "that's there here good also may would could should do does did don't be been has had "
        "my me him her us them get got call called see say take make one's who whom whose "
        "again sorry hello hi"
    )
)
CUES = frozenset(
    words(
        "address live lives living lived deliver delivered delivery ship shipped shipping send "
        "sent located reside resides residing moved moving home house postal postcode zip "
        "billing mailing technician visit street at town city property residence parcel "
        "package goes"
    )
)
POSTCODE_CUES = frozenset(words("zip zipcode postcode postal plz postleitzahl postcodes"))
STATE_NAMES = frozenset(
    words(
        "alabama alaska arizona arkansas california colorado connecticut delaware florida "
        "georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland "
        "massachusetts michigan minnesota mississippi missouri montana nebraska nevada "
        "hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode "
        "island tennessee texas utah vermont virginia washington wisconsin wyoming"
    )
)
