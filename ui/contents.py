"""The pages, in reading order: what the menu shows. A new page is a line here and a file in pages/."""

TITLE = "Alliance risk share"
ICON = "ui/icon.svg"
FIRST = "pages/overview.py"

CONTENTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Alliance": (
        ("pages/overview.py", "Overview", ":material/home:"),
        ("pages/baseline.py", "Baseline and fees", ":material/payments:"),
        ("pages/framework.py", "Performance framework", ":material/flag:"),
        ("pages/risk_share.py", "Risk share", ":material/balance:"),
        ("pages/uncertainty.py", "Uncertainty", ":material/query_stats:"),
    ),
    "Futures": (
        ("pages/partners.py", "Partners' gain and pain", ":material/groups:"),
        ("pages/exposure.py", "Alliance exposure", ":material/area_chart:"),
        ("pages/drivers.py", "Drivers and stress", ":material/tune:"),
        ("pages/incentives.py", "Incentives", ":material/trending_up:"),
        ("pages/walk.py", "Walk one future", ":material/footprint:"),
    ),
    "Decision": (
        ("pages/acceptance.py", "Acceptance", ":material/how_to_vote:"),
        ("pages/appetite.py", "Risk appetite", ":material/shield:"),
        ("pages/joining.py", "Should we join?", ":material/handshake:"),
        ("pages/compare.py", "Compare designs", ":material/compare_arrows:"),
        ("pages/finding.py", "Find a design", ":material/travel_explore:"),
        ("pages/room.py", "In the room", ":material/cast:"),
    ),
    "Record": (
        ("pages/library.py", "Library", ":material/inventory_2:"),
        ("pages/settle_year.py", "Settle a year", ":material/receipt_long:"),
        ("pages/history.py", "Test on history", ":material/history:"),
        ("pages/papers.py", "Papers", ":material/article:"),
    ),
    "Learn": (
        ("pages/story.py", "A first look", ":material/school:"),
        ("pages/method.py", "Method and glossary", ":material/menu_book:"),
    ),
}
