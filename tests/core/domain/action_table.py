"""The one table of what may be done: tests of the rules, of the screens and of the use cases share it."""

from collections.abc import Iterator

from core.domain.actions import Action, Party
from core.domain.booking import Status

TABLE = """
                 held  pending confirmed in_progress completed no_show declined cancelled expired
approve            .      CK       .          .          .        .        .        .        .
decline            .      CK       .          .          .        .        .        .        .
cancel             .      CKA     CKA         .          .        .        .        .        .
reschedule         .      CKA     CKA         .          .        .        .        .        .
accept_time        .      CK      CK          .          .        .        .        .        .
counter            .      CK      CK          .          .        .        .        .        .
keep_time          .      CK      CK          .          .        .        .        .        .
withdraw           .      CK      CK          .          .        .        .        .        .
cancel_instead     .      C       C           .          .        .        .        .        .
join               .      .       CK          CK         .        .        .        .        .
start              .      .       K           .          .        .        .        .        .
complete           .      .       KA          KA         .        KA       .        .        .
no_show            .      .       KA          KA         KA       KA       .        .        .
report_no_show     .      .       C           C          C        C        .        .        .
answer_report      .      .       K           K          K        K        .        .        .
decide_report      .      .       A           A          A        A        .        .        .
review             .      .       .           .          C        .        .        .        .
answer_review      .      .       .           .          K        .        .        .        .
hide_review        .      .       .           .          A        A        .        .        .
show_review        .      .       .           .          A        A        .        .        .
note               .      K       K           K          K        K        K        K        K
add_to_calendar    .      CK      CK          CK         .        .        .        .        .
book_again         .      C       C           C          C        C        C        C        C
"""
"""Client, counselor (K) and admin, where nothing but the status and the party decides."""
LETTERS = {Party.CLIENT: "C", Party.COUNSELOR: "K", Party.ADMIN: "A"}


def cells() -> Iterator[tuple[Action, Status, frozenset[Party]]]:
    """Each cell of the table: who may do what in which status."""
    heads, *rows = (line.split() for line in TABLE.strip().splitlines())
    for action, *letters in rows:
        for status, who in zip(heads, letters, strict=True):
            parties = frozenset(party for party in Party if LETTERS[party] in who)
            yield Action(action), Status(status), parties
