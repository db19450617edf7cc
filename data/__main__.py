"""The library from the command line: `python -m data appoint ALLIANCE ADDRESS PART [--partner NAME]`."""

import argparse
import getpass
import sys

from data import members
from data.records import ROLES
from data.store import Unreachable
from model.documents import Refused


def main() -> int:
    """Gives an account its part in an alliance, and says so; 2 where this cannot be done."""
    given = _parser().parse_args()
    who = f"{getpass.getuser()}, at the command line"
    try:
        made = members.appoint_here(given.alliance, given.address, given.part, given.partner, who)
    except (Refused, Unreachable) as reason:
        print(reason, file=sys.stderr)
        return 2
    print(
        f"{made.email} is {made.role} in {given.alliance}" if made.role != "none" else f"{made.email} has no part now"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="The library, for whoever runs its machine.")
    commands = parser.add_subparsers(required=True)
    appoint = commands.add_parser("appoint", help="give an account its part in an alliance")
    appoint.add_argument("alliance", help="name of the alliance")
    appoint.add_argument("address", help="e-mail address of the account")
    appoint.add_argument("part", choices=ROLES, help="'none' takes the part away")
    appoint.add_argument("--partner", default="", help="for which partner, where the part is 'partner'")
    return parser


if __name__ == "__main__":
    sys.exit(main())
